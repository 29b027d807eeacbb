"""The rhythm of the week and the day (R1 R2): what is due now, and until when it is worth saying.

Every occurrence belongs to a local date, which is its part of the deduplication key, so that a tick
may come as often as it likes. Past the end of that working day the message is stale and is dropped.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.playbook.terms import Routine
from bot.playbook.working_time import PersonTime

_WEEKDAYS = {0: Routine.MONDAY, 1: Routine.TUESDAY, 3: Routine.THURSDAY, 4: Routine.FRIDAY}


@dataclass(frozen=True)
class Occurrence:
    """One message of the rhythm on one local day."""

    day: date
    due_at: datetime
    expires_at: datetime

    @property
    def key(self) -> str:
        """The local date as ISO 8601: what makes the occurrence one of a kind."""
        return self.day.isoformat()


@dataclass(frozen=True)
class RoutineDue:
    """The week's message that is due."""

    routine: Routine
    occurrence: Occurrence


def routine_due(now: datetime, team: PersonTime) -> RoutineDue | None:
    """The routine message that is due in the team's zone; none on a day that is not worked.

    `team.morning` is the team's hour for it (`Policy.routine_at`).
    """
    routine = _WEEKDAYS.get(team.date_of(now).weekday())
    occurrence = digest_due(now, team)
    return RoutineDue(routine, occurrence) if routine and occurrence else None


def digest_due(now: datetime, person: PersonTime) -> Occurrence | None:
    """The daily digest that is due for this person: at their hour, on their working days."""
    day = person.date_of(now)
    if not person.calendar.is_working_day(day):
        return None
    occurrence = _occurrence(day, person)
    return occurrence if occurrence.due_at <= now < occurrence.expires_at else None


def _occurrence(day: date, person: PersonTime) -> Occurrence:
    due_at = person.morning_of(day)
    end = person.end_of_work(day)
    # Somebody who wants their digest in the evening still gets it, until midnight.
    expires_at = end if end > due_at else person.end_of_day(day)
    return Occurrence(day, due_at, expires_at)
