from datetime import UTC, datetime, timedelta

import pytest

from bot.playbook.first_contact_clock import AlarmKind, alarms, clock_alarm, next_alarm_at
from bot.playbook.policy import Policy

POLICY = Policy()
START = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours", "kind", "next_hours"),
    [
        pytest.param(-1, None, 0, id="before it starts"),
        pytest.param(0, AlarmKind.RECEIVED, 20, id="at receipt"),
        pytest.param(19.9, AlarmKind.RECEIVED, 20, id="the whole first day"),
        pytest.param(20, AlarmKind.REMINDER, 24, id="after 20 hours"),
        pytest.param(24, AlarmKind.ESCALATION, None, id="after 24 hours"),
        pytest.param(500, AlarmKind.ESCALATION, None, id="after a long outage"),
    ],
)
def test_one_alarm_has_its_turn(
    hours: float, kind: AlarmKind | None, next_hours: float | None
) -> None:
    now = START + hours * HOUR
    alarm = clock_alarm(START, now, POLICY)
    assert (alarm.kind if alarm else None) is kind
    expected = None if next_hours is None else START + next_hours * HOUR
    assert next_alarm_at(START, now, POLICY) == expected


def test_an_alarm_ends_when_the_next_one_begins() -> None:
    first, second, third = alarms(START, POLICY)
    assert (first.expires_at, second.expires_at) == (second.due_at, third.due_at)
    assert third.expires_at is None


def test_only_the_last_alarm_goes_to_the_managers() -> None:
    assert [alarm.goes_to_managers for alarm in alarms(START, POLICY)] == [False, False, True]
