"""One digest and one routine message on each local day, in every zone, wherever people fly to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import holidays
import pytest

from bot.playbook.routine import Occurrence, RoutineDue, digest_due, routine_due
from bot.playbook.terms import FollowUpKind, Routine
from bot.playbook.working_time import PersonTime, WorkingCalendar, known_countries
from scheduler.planner import Planner
from storage import people
from storage.engine import Store
from tests.faults.conftest import Report, Scale
from tests.house import SATO, TEAM, Clock
from tests.scheduler.stand import enter, nobody_new, owe, planned, utc

DAY = timedelta(days=1)
STEP = timedelta(minutes=15)
FIRST, DAYS = date(2026, 1, 1), 1096
TELLING = (
    "Africa/Cairo",  # its spring begins at midnight
    "Africa/Casablanca",  # its clocks follow Ramadan
    "America/Havana",
    "America/Nuuk",  # its spring begins an hour before midnight
    "Antarctica/Troll",  # by two hours
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",  # by half an hour
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Kiritimati",
)
NEVER_CLOSED = WorkingCalendar(country="", weekdays=frozenset(range(7)))
MORNINGS = (time(9), time(0), time(0, 30), time(2, 30), time(23, 30))
"""The usual one, and those that a change of the clocks repeats or leaves out."""
_Walk = tuple[tuple[datetime, str], ...]
WEEK = {0: Routine.MONDAY, 1: Routine.TUESDAY, 3: Routine.THURSDAY, 4: Routine.FRIDAY}
ONE_WEEK = 7
"""Of each month, in which the routine is looked at too: it is a digest on certain weekdays."""


def test_every_local_day_of_every_zone_has_one_digest_at_one_instant(
    scale: Scale, report: Report
) -> None:
    zones = sorted(available_timezones()) if scale.is_long else TELLING
    changes = 0
    quiet: set[tuple[datetime, ...]] = set()
    walked: set[_Walk] = set()
    for name in zones:
        person = PersonTime(ZoneInfo(name), NEVER_CLOSED)
        noons = tuple(_noon(FIRST + day * DAY, person.tz) for day in range(DAYS))
        restless = {
            at + near
            for at, (noon, next_noon) in enumerate(pairwise(noons))
            for near in (0, 1)
            if next_noon - noon != DAY
        }
        changes += len(restless)
        # Half of the zones are others by another name.
        if noons not in quiet:
            quiet.add(noons)
            for at in sorted(set(range(DAYS)) - restless):
                _one_quiet_day(person, FIRST + at * DAY, noons[at])
        for at in sorted(restless):
            walk = _around(FIRST + at * DAY, person.tz)
            if walk not in walked:
                walked.add(walk)
                for morning in MORNINGS:
                    _every_day_once(replace(person, morning=morning), FIRST + at * DAY)
    report(zones=len(zones), days=len(zones) * DAYS, changes=changes, missed=0, doubled=0)


def _noon(day: date, tz: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), tz).astimezone(UTC)


def _one_quiet_day(person: PersonTime, day: date, noon: datetime) -> None:
    """No clock changes near: nine is three hours before noon, and six is six hours after."""
    opens, closes = noon - timedelta(hours=3), noon + timedelta(hours=6)
    assert digest_due(opens, person) == Occurrence(day, opens, closes), (person.tz, day)
    assert digest_due(opens - timedelta(microseconds=1), person) is None, (person.tz, day)
    assert digest_due(closes, person) is None, (person.tz, day)
    if day.day > ONE_WEEK:
        return
    routine = WEEK.get(day.weekday())
    expected = RoutineDue(routine, Occurrence(day, opens, closes)) if routine else None
    assert routine_due(opens, person) == expected, (person.tz, day)


def _around(day: date, tz: ZoneInfo) -> _Walk:
    """The instants from the day before to the day after, as the ticker sees them, only fewer, and
    what the clocks show then."""
    at, end = (datetime.combine(day + near * DAY, time(), tz).astimezone(UTC) for near in (-1, 2))
    steps = range((end - at) // STEP)
    return tuple(
        (at + step * STEP, (at + step * STEP).astimezone(tz).isoformat()) for step in steps
    )


def _every_day_once(person: PersonTime, day: date) -> None:
    instants: dict[date, set[datetime]] = {}
    windows: list[date] = []
    for at, _ in _around(day, person.tz):
        found = digest_due(at, person)
        if found:
            instants.setdefault(found.day, set()).add(found.due_at)
            if windows[-1:] != [found.day]:
                windows.append(found.day)
    where = (person.tz, person.morning, day)
    assert windows == [day - DAY, day, day + DAY], where
    assert all(len(due) == 1 for due in instants.values()), where


@pytest.mark.parametrize(
    ("name", "around", "skipped"),
    [
        pytest.param("Pacific/Apia", date(2011, 12, 30), True, id="Samoa jumps over a day"),
        pytest.param("Pacific/Kwajalein", date(1993, 8, 21), True, id="Kwajalein does so too"),
        pytest.param("America/St_Johns", date(2010, 11, 7), False, id="a minute of tomorrow first"),
        pytest.param("America/Juneau", date(1983, 10, 30), False, id="two hours back at once"),
    ],
)
@pytest.mark.parametrize("morning", [time(9), time(0), time(23, 30)], ids=str)
def test_days_that_were_skipped_or_came_in_pieces_have_no_more_than_one(
    name: str, around: date, skipped: bool, morning: time
) -> None:
    person = PersonTime(ZoneInfo(name), NEVER_CLOSED, morning)
    at = datetime.combine(around, time(), UTC) - 3 * DAY
    seen: dict[date, set[datetime]] = {}
    while at.date() < around + 3 * DAY:
        found = digest_due(at, person)
        if found:
            seen.setdefault(found.day, set()).add(found.due_at)
        at += timedelta(minutes=1)

    assert (around in seen) != skipped
    assert {around - DAY, around + DAY} <= set(seen)
    assert all(len(instants) == 1 for instants in seen.values())


def test_in_every_country_its_holidays_and_weekends_are_left_in_peace(
    scale: Scale, report: Report
) -> None:
    countries = sorted(known_countries()) if scale.is_long else ["DE", "GB", "JP", "SA", "US"]
    tz = ZoneInfo("Asia/Tokyo")
    worked = 0
    for country in countries:
        person = PersonTime(tz, WorkingCalendar(country))
        for year in range(2026, 2029 if country == "JP" else 2027):
            rest = holidays.country_holidays(country, years=year)
            for number in range(365):
                day = date(year, 1, 1) + number * DAY
                works = day.weekday() < 5 and day not in rest
                assert bool(digest_due(_noon(day, tz), person)) == works, (country, day)
                worked += works
    report(countries=len(countries), worked=worked)


TRIPS = {
    "Tokyo, London, Honolulu and back": [
        (utc(2026, 11, 16, 0), "Asia/Tokyo"),
        (utc(2026, 11, 17, 3), "Europe/London"),
        (utc(2026, 11, 18, 12), "Pacific/Honolulu"),
        (utc(2026, 11, 19, 22), "Asia/Tokyo"),
    ],
    "over the date line and over it again": [
        (utc(2026, 11, 16, 0), "Pacific/Kiritimati"),
        (utc(2026, 11, 16, 22), "Pacific/Pago_Pago"),
        (utc(2026, 11, 17, 20), "Pacific/Kiritimati"),
        (utc(2026, 11, 18, 23), "Pacific/Pago_Pago"),
    ],
    "landing where the clocks just changed": [
        (utc(2026, 10, 23, 0), "Asia/Tokyo"),
        (utc(2026, 10, 24, 23, 30), "Europe/Berlin"),
        (utc(2026, 10, 25, 2), "Africa/Cairo"),
        (utc(2026, 10, 28, 12), "America/New_York"),
    ],
}


@pytest.mark.parametrize("trip", TRIPS)
def test_whoever_flies_gets_one_digest_on_each_date_they_live_through(
    store: Store, scale: Scale, report: Report, trip: str
) -> None:
    planned_days = _travelled(store, TRIPS[trip], timedelta(minutes=scale(60, 15)))
    report(digests=planned_days, missed=0, doubled=0)


def test_whoever_never_rests_gets_one_digest_on_each_date_they_live_through(
    store: Store, scale: Scale, report: Report
) -> None:
    chance = Random(20261116)
    zones = sorted(available_timezones())
    at, stops = utc(2026, 11, 16), []
    for _ in range(scale(6, 60)):
        stops.append((at, chance.choice(zones)))
        at += timedelta(hours=chance.randrange(3, 40))
    report(digests=_travelled(store, stops, timedelta(minutes=60)), missed=0, doubled=0)


def _travelled(store: Store, trip: list[tuple[datetime, str]], step: timedelta) -> int:
    """Plan all along the way; how many digests there were, each of them right."""
    start, home = trip[0]
    clock = Clock(start)
    workspace = enter(store, start - DAY, timezone=home)
    planner = Planner(store, clock, nobody_new)
    owe(store, FollowUpKind.NPS_REFRESH, start - DAY, start - DAY)
    rest = holidays.country_holidays(workspace.country, years=[2026, 2027])
    expected: list[str] = []
    for now, zone, is_new in _along(trip, step):
        if is_new:
            _moves_to(store, zone)
        clock.now = now
        planner.run()
        local = now.astimezone(ZoneInfo(zone))
        works = local.weekday() < 5 and local.date() not in rest
        if works and time(9) <= local.time() < time(18):
            expected.append(local.date().isoformat())
    found = [day for to, day in planned(store, "digest") if to == SATO]
    assert sorted(found) == sorted(set(expected))
    return len(found)


def _along(
    trip: list[tuple[datetime, str]], step: timedelta
) -> Iterator[tuple[datetime, str, bool]]:
    """Every step of a trip and of the three days after it: when, in which zone, just arrived."""
    end = trip[-1][0] + 3 * DAY
    for (arrived, zone), (until, _) in pairwise([*trip, (end, "")]):
        at = arrived
        while at < until:
            yield at, zone, at == arrived
            at += step


def _moves_to(store: Store, zone: str) -> None:
    with store.write() as conn:
        sato = people.get(conn, TEAM, SATO)
        assert sato
        people.save(conn, replace(sato, timezone=zone))
