"""Whom a 429 is meant for, and how a Slack that does not answer is left alone."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.line import Line
from scheduler.outcomes import Answer, Doubt, Limited, Refused, Sent, Unreachable
from scheduler.pace import Limits
from tests.house import TEAM

NOW = datetime(2026, 11, 16, tzinfo=UTC)
FOUR = ("C1", "C2", "C3", "C4")
SENT, LOST, NOWHERE = Sent("C1", "1.0"), Doubt("500"), Unreachable("refused")


def limited(limits: Limits, waits: dict[str, float]) -> list[bool]:
    """What one 429 after the other is taken for."""
    return [
        limits.limited(TEAM, channel, NOW + timedelta(seconds=seconds))
        for channel, seconds in waits.items()
    ]


def test_channels_that_are_told_to_wait_until_one_moment_are_the_workspaces() -> None:
    found = limited(Limits(), dict(zip(FOUR, (30, 30, 29.2, 30.5), strict=True)))

    assert found == [False, False, False, True]


def test_channels_that_wait_until_different_moments_rest_by_themselves() -> None:
    found = limited(Limits(), dict(zip(FOUR, (30, 12, 30, 5), strict=True)))

    assert found == [False, False, False, False]


def test_a_message_that_slack_takes_meanwhile_says_that_the_workspace_is_not_limited() -> None:
    limits = Limits()
    limited(limits, dict.fromkeys(FOUR[:3], 30))
    limits.accepted(TEAM)

    assert limited(limits, {FOUR[3]: 30}) == [False]


@dataclass
class Watch:
    now: float = 100.0
    line: Line = field(init=False)

    def __post_init__(self) -> None:
        self.line = Line(timedelta(seconds=5), lambda: self.now)

    def hear(self, *answers: Answer) -> None:
        for answer in answers:
            self.line.heard(answer)


@pytest.mark.parametrize(
    ("heard", "quiet"),
    [
        ([LOST, LOST], 0),
        ([LOST, LOST, LOST], 5),
        ([LOST, LOST, SENT, LOST], 0),
        ([NOWHERE], 5),
        ([NOWHERE] * 8, 5),
        ([Limited(timedelta(seconds=30))] * 8, 0),
        ([Refused("is_archived")] * 8, 0),
    ],
    ids=["bad luck", "failing", "answered", "gone", "gone, with eight", "limited", "refused"],
)
def test_a_line_is_left_alone_when_slack_does_not_answer(heard: list[Answer], quiet: float) -> None:
    watch = Watch()
    watch.hear(*heard)

    assert watch.line.seconds_until_free == quiet
    assert watch.line.room(8, under_way=2) == (0 if quiet else 6)


def test_a_line_that_goes_on_failing_is_tried_by_one_call_at_a_time_ever_less_often() -> None:
    watch, waits = Watch(), []
    for _ in range(6):
        watch.hear(NOWHERE)
        waits.append(watch.line.seconds_until_free)
        watch.now += waits[-1]
        assert (watch.line.room(8, under_way=0), watch.line.room(8, under_way=1)) == (1, 0)

    assert waits == [5, 10, 20, 40, 60, 60]
    watch.hear(SENT)
    assert watch.line.room(8, under_way=1) == 7
