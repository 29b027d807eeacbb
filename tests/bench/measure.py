"""Measuring two things beside each other: by turns, so that a busy machine slows both."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Spread:
    """The middle of several measurements, and how far they lie apart."""

    median: float
    least: float
    most: float


@dataclass(frozen=True)
class Compared:
    """A floor and the thing that stands on it; `ratio` is ours to the floor's, round by round."""

    floor: Spread
    ours: Spread
    ratio: Spread


def spread(values: Sequence[float]) -> Spread:
    return Spread(statistics.median(values), min(values), max(values))


def compared(floors: Sequence[float], ours: Sequence[float]) -> Compared:
    ratios = [mine / least for mine, least in zip(ours, floors, strict=True)]
    return Compared(spread(floors), spread(ours), spread(ratios))


def alternate(floor: Callable[[], float], ours: Callable[[], float], rounds: int) -> Compared:
    """Both measured in each round, in changing order, after one round that is thrown away."""
    floor()
    ours()
    taken: dict[Callable[[], float], list[float]] = {floor: [], ours: []}
    for number in range(rounds):
        for measured in (floor, ours) if number % 2 else (ours, floor):
            taken[measured].append(measured())
    return compared(taken[floor], taken[ours])


def timed(work: Callable[[], object], calls: int) -> Callable[[], float]:
    """Measures the seconds that one call takes, of so many in a row."""

    def measure() -> float:
        began = time.perf_counter()
        for _ in range(calls):
            work()
        return (time.perf_counter() - began) / calls

    return measure


def recorded(engine: Engine, work: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements that `work` runs, as the driver gets them, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(_: object, __: object, sql: str, params: Any, ___: object, ____: object) -> None:
        found.append((sql, params))

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return found
