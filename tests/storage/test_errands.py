"""Errands are done once, by whoever holds them, and again when that one dies."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import errands
from storage.engine import Store
from storage.errands import Errand
from storage.states import ErrandKind
from storage.tables import errand

TEAM = "T1"
NOW = datetime(2026, 11, 16, tzinfo=UTC)
LEASE = timedelta(minutes=10)


def ask(store: Store, key: str, now: datetime = NOW) -> None:
    with store.write() as conn:
        errands.add(conn, TEAM, now, kind=ErrandKind.IMPORT, key=key, asked_by="U1")


def take(store: Store, now: datetime = NOW) -> Errand | None:
    with store.write() as conn:
        return errands.claim(conn, now, LEASE)


def test_the_one_that_waited_longest_is_taken_first_and_by_one_only(store: Store) -> None:
    ask(store, "second", NOW)
    ask(store, "first", NOW - timedelta(minutes=1))

    taken = [take(store) for _ in range(3)]

    with store.read() as conn:
        keys = dict(iter(conn.execute(select(errand.c.id, errand.c.key))))
    assert [keys[one.id] for one in taken if one] == ["first", "second"]
    assert taken[2] is None


def test_the_same_key_is_asked_for_once(store: Store) -> None:
    ask(store, "a")
    ask(store, "a")

    assert [take(store) is None for _ in range(2)] == [False, True]


def test_when_its_worker_dies_it_is_taken_again_after_the_lease(store: Store) -> None:
    ask(store, "a")
    first = take(store)
    assert take(store, NOW + LEASE - timedelta(seconds=1)) is None

    again = take(store, NOW + LEASE)

    assert first
    assert again
    assert (again.id, again.attempt) == (first.id, 2)


def test_it_does_not_wait_for_a_clock_that_was_ahead(store: Store) -> None:
    ask(store, "a", NOW)
    tomorrow = NOW + timedelta(days=1)
    assert take(store, tomorrow)

    assert take(store, NOW) is not None


def test_it_is_ended_once_even_by_two_workers(store: Store) -> None:
    ask(store, "a")
    taken = take(store)
    assert taken

    with store.write() as conn:
        ended = [errands.settle(conn, taken.id, NOW) for _ in range(2)]

    assert ended == [True, False]
    assert take(store, NOW + 2 * LEASE) is None


def test_what_is_put_off_comes_back_at_its_time(store: Store) -> None:
    ask(store, "a")
    taken = take(store)
    assert taken
    with store.write() as conn:
        errands.put_off(conn, taken.id, NOW + timedelta(seconds=30), "no connection")

    assert take(store, NOW + timedelta(seconds=29)) is None
    assert take(store, NOW + timedelta(seconds=30))


def test_what_was_given_up_says_why_and_never_comes_back(store: Store) -> None:
    ask(store, "a")
    taken = take(store)
    assert taken
    with store.write() as conn:
        errands.settle(conn, taken.id, NOW, failed="broken")

    assert take(store, NOW + 2 * LEASE) is None
    with store.read() as conn:
        assert conn.execute(select(errand.c.last_error)).scalar_one() == "broken"
