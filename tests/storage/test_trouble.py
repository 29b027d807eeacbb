"""What a transaction does when the database keeps it waiting, or breaks off."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import inbox
from storage.engine import Store, open_engine
from storage.trouble import TROUBLE, Late, Unsure, is_passing, until_it_passes
from tests.house import MONDAY_MORNING, TEAM


def soon(seconds: float = 0.3) -> float:
    return time.monotonic() + seconds


def is_taken(store: Store, key: str) -> bool:
    with store.read() as conn:
        return bool(inbox.seen(conn, TEAM, [key]))


@contextmanager
def occupied(store: Store, key: str) -> Iterator[None]:
    """Another process holds what a transaction that claims this key needs."""
    other = Store(open_engine(store.engine.url.render_as_string(hide_password=False)))
    with other.trial() as conn:
        inbox.claim(conn, TEAM, key, MONDAY_MORNING)
        yield
    other.close()


def test_a_transaction_that_has_to_wait_too_long_writes_nothing_now_or_later(store: Store) -> None:
    begun = time.monotonic()
    with occupied(store, "click"), pytest.raises(TROUBLE), store.write(soon()) as conn:
        inbox.claim(conn, TEAM, "click", MONDAY_MORNING)

    assert time.monotonic() - begun < 2
    assert not is_taken(store, "click")


def test_a_transaction_that_takes_too_long_writes_nothing(store: Store) -> None:
    with pytest.raises(Late), store.write(soon(0.05)) as conn:
        inbox.claim(conn, TEAM, "click", MONDAY_MORNING)
        time.sleep(0.1)

    assert not is_taken(store, "click")


def test_writers_of_one_process_stand_in_line_only_as_long_as_they_can(store: Store) -> None:
    if not store.is_sqlite:
        pytest.skip("PostgreSQL lets many writers in")
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with store.write():
            inside.set()
            leave.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    with pytest.raises(Late), store.write(soon(0.1)):
        pytest.fail("it was not its turn")
    leave.set()
    holder.join()

    with store.write(soon()) as conn:
        assert inbox.claim(conn, TEAM, "click", MONDAY_MORNING)


def test_a_limit_ends_with_its_transaction(store: Store) -> None:
    with store.write(soon(0.1)):
        pass
    time.sleep(0.1)

    with store.write() as conn:
        assert inbox.claim(conn, TEAM, "click", MONDAY_MORNING)
        if not store.is_sqlite:
            conn.execute(text("SELECT pg_sleep(0.15)"))
    assert is_taken(store, "click")


def test_a_connection_that_breaks_is_replaced_and_the_work_done_again(store: Store) -> None:
    if store.is_sqlite:
        pytest.skip("nobody breaks a connection to a file")
    attempts = 0

    def work() -> None:
        nonlocal attempts
        attempts += 1
        with store.write() as conn:
            inbox.claim(conn, TEAM, "click", MONDAY_MORNING)
            if attempts == 1:
                break_off(store, conn.scalar(text("SELECT pg_backend_pid()")))
                conn.execute(text("SELECT 1"))

    until_it_passes(work, soon(2))

    assert attempts == 2
    assert is_taken(store, "click")


def test_a_connection_that_breaks_during_the_commit_leaves_one_unsure(store: Store) -> None:
    if store.is_sqlite:
        pytest.skip("nobody breaks a connection to a file")

    with pytest.raises(Unsure) as unsure, store.write() as conn:
        inbox.claim(conn, TEAM, "click", MONDAY_MORNING)
        break_off(store, conn.scalar(text("SELECT pg_backend_pid()")))

    assert is_passing(unsure.value)


def break_off(store: Store, backend: int | None) -> None:
    with store.write() as conn:
        conn.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": backend})
    # The server tells the connection's end a moment later.
    time.sleep(0.1)


def test_whoever_was_unsure_once_stays_so() -> None:
    errors: list[Exception] = [Unsure("lost"), OperationalError("", {}, Exception("gone"))]

    def work() -> None:
        raise errors.pop(0)

    with pytest.raises(Unsure):
        until_it_passes(work, soon(1))
    assert errors == []


def test_a_mistake_is_not_tried_again(store: Store) -> None:
    attempts = 0

    def work() -> None:
        nonlocal attempts
        attempts += 1
        with store.write() as conn:
            conn.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(DBAPIError):
        until_it_passes(work, soon(1))
    assert attempts == 1
