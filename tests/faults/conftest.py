"""Faults in two sizes: a short form in every test run, the long one by `make faults`."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

Report = Callable[..., None]


@dataclass(frozen=True)
class Scale:
    """How much of a fault is tried."""

    is_long: bool

    def __call__(self, short: int, long: int) -> int:
        return long if self.is_long else short


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Scale:
    """`scale(short, long)` is the one of the two numbers that this run is about."""
    return Scale(bool(request.config.getoption("--long")))


@pytest.fixture
def report(record_property: Callable[[str, object], None]) -> Report:
    """`report(lost=0, doubled=0, …)`: figures for the table at the end of a run."""

    def note(**figures: object) -> None:
        record_property("figures", ", ".join(f"{name} {value}" for name, value in figures.items()))

    return note
