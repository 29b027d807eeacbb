"""Days and hours as people live them: local dates, working days, mornings.

Everything stored is aware UTC. A day belongs to a person's time zone, so the rules that speak of
mornings, Mondays and working hours take a `PersonTime`: the person's zone, the calendar of the
country they work in, and the hour at which their day starts.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.playbook.policy import Policy

DAY = timedelta(days=1)
_LONGEST_BREAK = 60
"""Days after which a calendar without a working day is taken for a mistake in its settings."""


@lru_cache(maxsize=64)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    # Imported here because the library costs more to import than the rest of the playbook.
    import holidays  # noqa: PLC0415

    return frozenset(holidays.country_holidays(country, years=year))


@lru_cache(maxsize=1)
def known_countries() -> frozenset[str]:
    """The ISO 3166-1 alpha-2 codes of the countries whose public holidays are known."""
    import holidays  # noqa: PLC0415 - see above

    return frozenset(holidays.list_supported_countries(include_aliases=False))


def knows_country(country: str) -> bool:
    """Whether the public holidays of this country are known."""
    return country in known_countries()


@dataclass(frozen=True)
class WorkingCalendar:
    """Which local dates are worked, and between which local hours."""

    country: str = "JP"
    """ISO 3166-1 alpha-2; empty for no public holidays. Unknown ones raise on first use."""
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """As `date.weekday()` counts: Monday is 0. At least one."""
    hours: tuple[time, time] = (time(9, 0), time(18, 0))
    """Start, and the first moment that is no longer worked; start before end."""

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("a calendar needs at least one working weekday, from 0 to 6")
        if self.hours[0] >= self.hours[1]:
            raise ValueError("working hours end after they start")

    def is_holiday(self, day: date) -> bool:
        """Whether the country rests on this date. Raises NotImplementedError if it is unknown."""
        return bool(self.country) and day in _public_holidays(self.country, day.year)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this local date."""
        return day.weekday() in self.weekdays and not self.is_holiday(day)

    def working_day_from(self, day: date) -> date:
        """This date or the first worked one after it. Raises ValueError if none is near."""
        for ahead in range(_LONGEST_BREAK):
            candidate = day + ahead * DAY
            if self.is_working_day(candidate):
                return candidate
        raise ValueError(f"no working day within {_LONGEST_BREAK} days after {day}")


def working_calendar(policy: Policy) -> WorkingCalendar:
    """The calendar that a team's policy describes."""
    return WorkingCalendar(policy.country, policy.working_weekdays, policy.working_hours)


def zone(name: str, fallback: str = "UTC") -> ZoneInfo:
    """The time zone of this IANA name; an unknown name takes the fallback, and that failing, UTC.

    The fallback is the workspace's zone: a person whose zone Slack does not tell us most likely
    sits with their team, and a reminder at the team's morning is better than none.
    """
    for candidate in (name, fallback):
        try:
            return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            # Names come from Slack: empty, misspelt, or one that reads like a path or a folder.
            continue
    return ZoneInfo("UTC")


def local_date(now: datetime, tz: ZoneInfo) -> date:
    """The date on the wall calendar of this zone."""
    return now.astimezone(tz).date()


def local_instant(day: date, at: time, tz: ZoneInfo) -> datetime:
    """The one UTC instant of a local day's hour.

    When the hour happens twice (autumn) it is the first, when it does not happen (spring) it is the
    instant that the clock would have shown it, so that every local day has exactly one. Where that
    is tomorrow already, in Greenland and its late evening, it is as long before the change.
    """
    instant = datetime.combine(day, at.replace(fold=0), tzinfo=tz).astimezone(UTC)
    if local_date(instant, tz) == day:
        return instant
    earlier = datetime.combine(day, at.replace(fold=1), tzinfo=tz).astimezone(UTC)
    return earlier if local_date(earlier, tz) == day else instant


@dataclass(frozen=True)
class PersonTime:
    """A person's or a team's days: where they are, when they work, when their day starts."""

    tz: ZoneInfo
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    morning: time = time(9, 0)

    def local(self, now: datetime) -> datetime:
        """What their clocks show."""
        return now.astimezone(self.tz)

    def date_of(self, now: datetime) -> date:
        """Their local date."""
        return local_date(now, self.tz)

    def morning_of(self, day: date) -> datetime:
        """The UTC instant at which this local day starts for them, worked or not."""
        return local_instant(day, self.morning, self.tz)

    def working_morning_from(self, day: date) -> datetime:
        """The morning of this local date, or of the first working day after it."""
        return self.morning_of(self.calendar.working_day_from(day))

    def next_working_morning(self, now: datetime) -> datetime:
        """The first morning of a working day on a later local date than today."""
        return self.working_morning_from(self.date_of(now) + DAY)

    def morning_after(self, now: datetime, wait: timedelta) -> datetime:
        """The first working morning on or after the local date that is `wait` away."""
        return self.working_morning_from(self.date_of(now + wait))

    def in_working_hours(self, now: datetime) -> bool:
        """Whether they may be written to now."""
        local = now.astimezone(self.tz)
        start, end = self.calendar.hours
        return self.calendar.is_working_day(local.date()) and start <= local.time() < end

    def next_working_start(self, now: datetime) -> datetime:
        """The next instant, after now, at which they begin to work."""
        start, _ = self.calendar.hours
        today = self.date_of(now)
        has_begun = local_instant(today, start, self.tz) <= now
        day = self.calendar.working_day_from(today + DAY if has_begun else today)
        return local_instant(day, start, self.tz)

    def end_of_work(self, day: date) -> datetime:
        """The UTC instant at which this local day's work ends."""
        return local_instant(day, self.calendar.hours[1], self.tz)

    def end_of_day(self, day: date) -> datetime:
        """The UTC instant at which the next local date begins."""
        return local_instant(day + DAY, time(0), self.tz)
