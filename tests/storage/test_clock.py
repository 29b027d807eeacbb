"""One time for all replicas, whatever their own clocks show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from storage.clock import DatabaseClock
from storage.engine import Store, open_engine
from tests.house import Postgres


@dataclass
class Stopwatch:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(postgres: Postgres) -> Iterator[Store]:
    with postgres.database() as url:
        opened = Store(open_engine(url))
        yield opened
        opened.close()


def test_a_replica_whose_own_clock_is_wrong_shows_the_databases_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = datetime.now(UTC)
    monkeypatch.setattr("time.time", lambda: 0.0)

    assert timedelta(0) <= DatabaseClock(store)() - before < timedelta(seconds=10)


def test_between_two_questions_the_time_goes_on_by_the_monotonic_clock(store: Store) -> None:
    seconds = Stopwatch()
    clock = DatabaseClock(store, seconds)
    shown = clock()

    seconds.now += 9.5
    assert clock() - shown == timedelta(seconds=9.5)
    seconds.now += 0.5
    assert clock() - shown < timedelta(seconds=9), "the database has been asked again"


def test_while_the_database_cannot_be_asked_the_time_goes_on(postgres: Postgres) -> None:
    seconds = Stopwatch()
    with postgres.database() as url:
        store = Store(open_engine(url))
        clock = DatabaseClock(store, seconds)
        shown = clock()
    seconds.now += 60

    assert clock() - shown == timedelta(seconds=60)
    store.close()
