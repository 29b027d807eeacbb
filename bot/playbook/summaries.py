"""What of a customer's results goes on the page for their superior (A5).

Only what got better is shown: the page is the contact's, to be proud of. Of a KPI that was measured
several times the latest result counts, and its earlier ones become the course.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from bot.playbook.measures import Change, Measure, UnlikeUnits, compare
from bot.playbook.names import typing_key
from bot.playbook.terms import Direction

MOST_FIGURES: Final = 3
MOST_BARS: Final = 4
_LEAST_POINTS: Final = 3
"""Two points are a line between any two numbers, not a course."""
_MOST_POINTS: Final = 13
"""A year, month by month, with its beginning."""


@dataclass(frozen=True)
class Measured:
    """One recorded result. `day` is the local day of the measurement."""

    kpi: str
    before: Measure
    after: Measure
    direction: Direction
    period: str
    day: date


@dataclass(frozen=True)
class Point:
    """A value of a course. `day` None is the state before."""

    day: date | None
    value: Decimal


@dataclass(frozen=True)
class Kpi:
    """A KPI that got better. `course` is empty unless it was measured in several months."""

    name: str
    before: Measure
    after: Measure
    change: Change
    period: str
    day: date
    course: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What the page shows: `figures` large, `bars` before and after, at most one `course`.

    `left_out` names the KPIs that found no place, because they did not improve or were too many.
    """

    figures: tuple[Kpi, ...]
    bars: tuple[Kpi, ...]
    course: Kpi | None
    left_out: tuple[str, ...]


def choose(results: Iterable[Measured]) -> Shown:
    """The results worth a page, the greatest improvement first; `figures` is empty when there is
    nothing to be proud of yet."""
    by_kpi: dict[str, list[Measured]] = {}
    for one in sorted(results, key=lambda result: result.day):
        by_kpi.setdefault(typing_key(one.kpi), []).append(one)
    kpis = [_kpi(history) for history in by_kpi.values()]
    better = sorted((one for one in kpis if one.change.improved), key=_weight, reverse=True)
    courses = [one for one in better if one.course]
    return Shown(
        figures=tuple(better[:MOST_FIGURES]),
        bars=tuple(better[:MOST_BARS]),
        course=courses[0] if courses else None,
        left_out=tuple(one.name for one in kpis if one not in better[:MOST_BARS]),
    )


def _weight(kpi: Kpi) -> tuple[Decimal, date]:
    """By how much it changed in its own terms; what begins at nothing comes last."""
    return abs(kpi.change.percent or Decimal(0)), kpi.day


def _kpi(history: list[Measured]) -> Kpi:
    last = history[-1]
    change = compare(last.before, last.after, last.direction)
    return Kpi(
        last.kpi, last.before, last.after, change, last.period, last.day, _course(history, change)
    )


def _course(history: list[Measured], change: Change) -> tuple[Point, ...]:
    """One point a month in the unit of `change`; empty when there are too few to speak of one."""
    months: dict[tuple[int, int], Point] = {}
    for one in history:
        value = _in_unit(one.after, change.unit)
        if value is None:
            return ()
        months[one.day.year, one.day.month] = Point(one.day, value)
    start = _in_unit(history[0].before, change.unit)
    if start is None or len(months) + 1 < _LEAST_POINTS:
        return ()
    return (Point(None, start), *list(months.values())[-(_MOST_POINTS - 1) :])


def _in_unit(value: Measure, unit: str) -> Decimal | None:
    """The value in another unit of its family; None when it can't be said in it."""
    try:
        aligned = compare(Measure(Decimal(0), unit), value, Direction.HIGHER)
    except UnlikeUnits:
        return None
    return aligned.after if aligned.unit == unit else None
