from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.policy import Policy
from bot.playbook.working_time import (
    PersonTime,
    WorkingCalendar,
    knows_country,
    local_date,
    local_instant,
    working_calendar,
    zone,
)

TOKYO = PersonTime(ZoneInfo("Asia/Tokyo"))
NEW_YORK = PersonTime(ZoneInfo("America/New_York"), WorkingCalendar(country="US"))
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        pytest.param(date(2026, 11, 24), True, id="an ordinary Tuesday"),
        pytest.param(date(2026, 11, 21), False, id="Saturday"),
        pytest.param(date(2026, 11, 23), False, id="Labour Thanksgiving Day"),
        pytest.param(date(2026, 9, 22), False, id="a day between two holidays"),
        pytest.param(date(2026, 5, 6), False, id="a substitute holiday"),
        pytest.param(date(2031, 1, 1), False, id="New Year of a later year"),
    ],
)
def test_public_holidays_of_the_country_are_not_worked(day: date, is_worked: bool) -> None:
    assert WorkingCalendar(country="JP").is_working_day(day) is is_worked


def test_without_a_country_only_the_weekend_rests() -> None:
    assert WorkingCalendar(country="").is_working_day(date(2026, 11, 23))


def test_a_team_may_work_on_other_weekdays() -> None:
    gulf = WorkingCalendar(country="", weekdays=frozenset({6, 0, 1, 2, 3}))
    assert gulf.is_working_day(date(2026, 11, 22))
    assert not gulf.is_working_day(date(2026, 11, 27))


def test_an_unknown_country_is_told_apart_before_it_is_used() -> None:
    assert knows_country("JP")
    assert not knows_country("XX")
    with pytest.raises(NotImplementedError):
        WorkingCalendar(country="XX").is_working_day(date(2026, 11, 24))


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"weekdays": frozenset()}, id="no weekday"),
        pytest.param({"weekdays": frozenset({7})}, id="an eighth weekday"),
        pytest.param({"hours": (time(18), time(9))}, id="ends before it starts"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"calendar needs|hours end"):
        WorkingCalendar(**settings)  # type: ignore[arg-type]


def test_the_calendar_follows_the_policy() -> None:
    policy = Policy(country="US", working_hours=(time(8), time(17)))
    assert working_calendar(policy) == WorkingCalendar("US", hours=(time(8), time(17)))


@pytest.mark.parametrize(
    ("name", "fallback", "expected"),
    [
        pytest.param("Europe/Berlin", "Asia/Tokyo", "Europe/Berlin", id="known"),
        pytest.param("Mars/Olympus", "Asia/Tokyo", "Asia/Tokyo", id="unknown"),
        pytest.param("", "Asia/Tokyo", "Asia/Tokyo", id="empty"),
        pytest.param("../etc/passwd", "Asia/Tokyo", "Asia/Tokyo", id="a path"),
        pytest.param("America", "Asia/Tokyo", "Asia/Tokyo", id="a folder"),
        pytest.param("x", "y", "UTC", id="both unknown"),
    ],
)
def test_an_unknown_zone_takes_the_workspaces(name: str, fallback: str, expected: str) -> None:
    assert zone(name, fallback).key == expected


def test_a_day_begins_where_the_person_is() -> None:
    now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert TOKYO.date_of(now) == date(2026, 11, 24)
    assert NEW_YORK.date_of(now) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "day", "at", "expected"),
    [
        pytest.param(
            "Europe/Berlin",
            date(2026, 10, 25),
            time(2, 30),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            id="an hour that happens twice is the first one",
        ),
        pytest.param(
            "Europe/Berlin",
            date(2026, 3, 29),
            time(2, 30),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
            id="an hour that never happens is when it would have been",
        ),
        pytest.param(
            "Africa/Cairo",
            date(2026, 4, 24),
            time(0),
            datetime(2026, 4, 23, 22, 0, tzinfo=UTC),
            id="a midnight that never happens",
        ),
    ],
)
def test_a_local_hour_has_one_instant(name: str, day: date, at: time, expected: datetime) -> None:
    assert local_instant(day, at, ZoneInfo(name)) == expected


@given(st.sampled_from(ZONES), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_mornings_follow_each_other_by_about_a_day_in_every_zone(name: str, day: date) -> None:
    tz = ZoneInfo(name)
    first = local_instant(day, time(9), tz)
    second = local_instant(day + timedelta(days=1), time(9), tz)
    assert timedelta(hours=21) <= second - first <= timedelta(hours=27)
    assert local_date(first, tz) == day


def test_the_next_working_morning_skips_the_weekend_and_the_holiday() -> None:
    friday = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    assert TOKYO.next_working_morning(friday) == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def test_the_next_working_morning_is_never_today() -> None:
    before_nine = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    assert TOKYO.next_working_morning(before_nine) == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


def test_a_week_later_means_a_morning() -> None:
    tuesday_evening = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    expected = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
    assert TOKYO.morning_after(tuesday_evening, timedelta(days=7)) == expected


@pytest.mark.parametrize(
    ("now", "is_work"),
    [
        pytest.param(datetime(2026, 11, 24, 0, 0, tzinfo=UTC), True, id="nine sharp"),
        pytest.param(datetime(2026, 11, 24, 8, 59, tzinfo=UTC), True, id="a minute to six"),
        pytest.param(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), False, id="six sharp"),
        pytest.param(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), False, id="noon of a holiday"),
    ],
)
def test_working_hours_include_their_start_and_not_their_end(now: datetime, is_work: bool) -> None:
    assert TOKYO.in_working_hours(now) is is_work


def test_the_end_of_work_and_of_the_day_are_local() -> None:
    day = date(2026, 11, 24)
    assert TOKYO.end_of_work(day) == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert TOKYO.end_of_day(day) == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone_name", "now", "expected"),
    [
        pytest.param(
            "Asia/Tokyo",
            datetime(2026, 11, 17, 23, 30, tzinfo=UTC),
            datetime(2026, 11, 18, 0, 0, tzinfo=UTC),
            id="before work",
        ),
        pytest.param(
            "Asia/Tokyo",
            datetime(2026, 11, 18, 0, 0, tzinfo=UTC),
            datetime(2026, 11, 19, 0, 0, tzinfo=UTC),
            id="at the start itself",
        ),
        pytest.param(
            "Asia/Tokyo",
            datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
            datetime(2026, 11, 24, 0, 0, tzinfo=UTC),
            id="over a weekend and a holiday",
        ),
        pytest.param(
            "Europe/London",
            datetime(2026, 10, 23, 20, 0, tzinfo=UTC),
            datetime(2026, 10, 26, 9, 0, tzinfo=UTC),
            id="over the end of summer time",
        ),
        pytest.param(
            "America/New_York",
            datetime(2026, 3, 6, 23, 0, tzinfo=UTC),
            datetime(2026, 3, 9, 13, 0, tzinfo=UTC),
            id="over the beginning of summer time",
        ),
    ],
)
def test_work_begins_next_on_a_working_day(
    zone_name: str, now: datetime, expected: datetime
) -> None:
    assert PersonTime(ZoneInfo(zone_name)).next_working_start(now) == expected
