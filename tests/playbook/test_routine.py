from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.playbook.routine import digest_due, routine_due
from bot.playbook.terms import Routine
from bot.playbook.working_time import PersonTime, WorkingCalendar

TEAM = PersonTime(ZoneInfo("Asia/Tokyo"), morning=time(9, 30))


def tokyo(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Tokyo")).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "routine"),
    [
        pytest.param(tokyo(30, 9, 30), Routine.MONDAY, id="Monday"),
        pytest.param(tokyo(24, 9, 30), Routine.TUESDAY, id="Tuesday"),
        pytest.param(tokyo(25, 9, 30), None, id="Wednesday has none yet"),
        pytest.param(tokyo(26, 17, 59), Routine.THURSDAY, id="Thursday, late"),
        pytest.param(tokyo(27, 12), Routine.FRIDAY, id="Friday"),
        pytest.param(tokyo(28, 12), None, id="Saturday"),
        pytest.param(tokyo(23, 12), None, id="a Monday that is a holiday"),
        pytest.param(tokyo(24, 9, 29), None, id="before the hour"),
        pytest.param(tokyo(24, 18), None, id="after work"),
    ],
)
def test_each_working_day_has_its_message(now: datetime, routine: Routine | None) -> None:
    due = routine_due(now, TEAM)
    assert (due.routine if due else None) is routine


def test_an_occurrence_is_one_of_a_kind_by_its_local_date() -> None:
    due = routine_due(tokyo(24, 11), TEAM)
    assert due is not None
    assert due.occurrence.key == "2026-11-24"
    assert due.occurrence.due_at == tokyo(24, 9, 30)
    assert due.occurrence.expires_at == tokyo(24, 18)


def test_a_digest_comes_at_the_hour_of_the_person_and_not_of_the_team() -> None:
    new_york = PersonTime(ZoneInfo("America/New_York"), WorkingCalendar(country="JP"))
    nine_in_tokyo = tokyo(25, 9)
    nine_in_new_york = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert digest_due(nine_in_tokyo, new_york) is None
    due = digest_due(nine_in_new_york, new_york)
    assert due is not None
    assert due.day == date(2026, 11, 24)


def test_a_digest_wanted_after_work_still_comes_before_midnight() -> None:
    evening = PersonTime(ZoneInfo("Asia/Tokyo"), morning=time(20))
    due = digest_due(tokyo(24, 23, 59), evening)
    assert due is not None
    assert due.expires_at == tokyo(25, 0)
    assert digest_due(tokyo(25, 0), evening) is None
