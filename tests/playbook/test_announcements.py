from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playbook.announcements import (
    Announced,
    NotNow,
    Occasion,
    Speech,
    announcement_after_snooze,
    announcement_after_undo,
    first_announcement,
    speech,
)
from bot.playbook.follow_ups import FollowUp
from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind, Snooze
from bot.playbook.working_time import PersonTime

POLICY = Policy()
TOKYO = ZoneInfo("Asia/Tokyo")
PERSON = PersonTime(TOKYO)
HOUR = timedelta(hours=1)


def tokyo(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO).astimezone(UTC)


RECEIVED = tokyo(17, 14)
CONTACT = FollowUp(1, FollowUpKind.FIRST_CONTACT, "U_REP", RECEIVED + 24 * HOUR)
THANKS = FollowUp(2, FollowUpKind.THANKS_REFERRAL, "U_REP", RECEIVED + 24 * HOUR)
SNOOZED = replace(CONTACT, remind_at=RECEIVED + 2 * HOUR, snoozed_by="U_REP")


@pytest.mark.parametrize(
    ("kind", "speaks"),
    [
        (FollowUpKind.FIRST_CONTACT, True),
        (FollowUpKind.CONSENT_REQUEST, True),
        (FollowUpKind.THANKS_WIN, True),
        (FollowUpKind.LOSS_NEWS, True),
        (FollowUpKind.PROGRESS_UPDATE, False),
        (FollowUpKind.NPS_REFRESH, False),
        (FollowUpKind.RESULT_REPORT, False),
    ],
)
def test_only_what_is_warm_has_a_message_of_its_own(kind: FollowUpKind, speaks: bool) -> None:
    assert first_announcement(kind, RECEIVED) == (RECEIVED if speaks else None)


@pytest.mark.parametrize(
    ("follow_up", "hours", "announced_at", "expected"),
    [
        pytest.param(CONTACT, 0, 0, (Occasion.NEW, False, 20), id="at receipt"),
        pytest.param(CONTACT, 3, 0, (Occasion.NEW, False, 20), id="at receipt, after an outage"),
        pytest.param(CONTACT, 20, 20, (Occasion.CLOCK, False, 24), id="after 20 hours"),
        pytest.param(CONTACT, 24, 24, (None, True, None), id="after 24 hours"),
        pytest.param(CONTACT, 25, 20, (None, True, None), id="down over the last hours"),
        pytest.param(CONTACT, 40, 0, (Occasion.NEW, True, None), id="down for the whole day"),
        pytest.param(SNOOZED, 2, 2, (Occasion.AGAIN, False, 20), id="put off for an hour"),
        pytest.param(
            replace(CONTACT, remind_at=tokyo(19)), 20, 20, (None, False, 24), id="put off further"
        ),
        pytest.param(
            replace(CONTACT, remind_at=tokyo(19)), 24, 24, (None, True, None), id="put off too far"
        ),
    ],
)
def test_the_clock_tells_the_owner_twice_and_then_the_managers(
    follow_up: FollowUp,
    hours: float,
    announced_at: float,
    expected: tuple[Occasion | None, bool, float | None],
) -> None:
    announced = Announced(follow_up, RECEIVED, RECEIVED + announced_at * HOUR)

    said = speech(announced, RECEIVED + hours * HOUR, POLICY, PERSON)

    assert isinstance(said, Speech)
    next_at = None if said.next_at is None else (said.next_at - RECEIVED) / HOUR
    assert (said.occasion, said.to_managers, next_at) == expected


def test_whoever_takes_over_a_late_one_is_told_and_the_managers_know_already() -> None:
    now = RECEIVED + 30 * HOUR
    said = speech(Announced(CONTACT, now, now), now, POLICY, PERSON)
    assert isinstance(said, Speech)
    assert (said.occasion, said.to_managers, said.next_at) == (Occasion.NEW, False, None)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(tokyo(17, 14), None, id="at work"),
        pytest.param(tokyo(17, 18), tokyo(18), id="after work"),
        pytest.param(tokyo(18, 3), tokyo(18), id="at night"),
        pytest.param(tokyo(20, 19), tokyo(24), id="before a weekend and a holiday"),
        pytest.param(tokyo(23, 12), tokyo(24), id="on a holiday"),
    ],
)
def test_thanks_wait_for_working_hours(now: datetime, expected: datetime | None) -> None:
    said = speech(Announced(THANKS, now, now), now, POLICY, PERSON)
    assert said == NotNow(expected) if expected else isinstance(said, Speech)


def test_the_clock_speaks_at_any_hour() -> None:
    midnight = tokyo(21, 0)
    late = replace(CONTACT, due_at=midnight + 24 * HOUR)
    assert isinstance(speech(Announced(late, midnight, midnight), midnight, POLICY, PERSON), Speech)


@pytest.mark.parametrize(
    ("follow_up", "choice", "hours", "expected"),
    [
        pytest.param(THANKS, Snooze.HOUR, 1, 1, id="an hour"),
        pytest.param(THANKS, Snooze.TOMORROW, 19, None, id="tomorrow is in the digest"),
        pytest.param(CONTACT, Snooze.HOUR, 1, 1, id="an hour on the clock"),
        pytest.param(CONTACT, Snooze.MONDAY, 140, 24, id="the managers hear at the end"),
        pytest.param(CONTACT, Snooze.TOMORROW, 19, 24, id="tomorrow on the clock"),
    ],
)
def test_a_snooze_never_silences_the_end_of_the_clock(
    follow_up: FollowUp, choice: Snooze, hours: float, expected: float | None
) -> None:
    until = RECEIVED + hours * HOUR
    at = announcement_after_snooze(follow_up, choice, until, RECEIVED)
    assert (None if at is None else (at - RECEIVED) / HOUR) == expected


@pytest.mark.parametrize(
    ("follow_up", "hours", "expected"),
    [
        pytest.param(THANKS, 3, None, id="no clock"),
        pytest.param(CONTACT, 3, 20, id="in the first hours"),
        pytest.param(CONTACT, 21, 24, id="in the last hours"),
        pytest.param(CONTACT, 30, None, id="over"),
    ],
)
def test_an_undone_one_goes_on_where_the_clock_stands(
    follow_up: FollowUp, hours: float, expected: float | None
) -> None:
    at = announcement_after_undo(follow_up, RECEIVED + hours * HOUR, POLICY)
    assert (None if at is None else (at - RECEIVED) / HOUR) == expected
