"""Opening the database: one `Store` for SQLite and PostgreSQL alike."""

import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from storage.trouble import Late, Unsure

_BUSY_TIMEOUT_MS = 10_000
_LOOKS_AGAIN_AFTER = (0.001, 0.005)
"""Seconds until a writer of SQLite tries again; at random, so that none is always the second."""
_POSTGRESQL = {
    # A server that is gone without a word is noticed in seconds, not in a quarter of an hour.
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    # A process that stands still in a transaction holds its locks for no longer than this.
    "options": "-c idle_in_transaction_session_timeout=15s",
}
_POOL_PATIENCE = 2.0
"""Seconds for which a free connection is waited for: whoever has clicked waits no longer."""


def open_engine(database_url: str) -> Engine:
    """Connect to `database_url`; `postgresql://` means psycopg 3.

    SQLite runs in WAL with `synchronous=FULL`: an acked click survives a power cut. Errors do not
    quote the values of a statement: those are what people typed.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(str(url.render_as_string(hide_password=False)))
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(
        url,
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        pool_timeout=_POOL_PATIENCE,
        connect_args=_POSTGRESQL,
        hide_parameters=True,
    )


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={
            "timeout": _BUSY_TIMEOUT_MS / 1000,
            "check_same_thread": False,
            "factory": _SqliteConnection,
        },
        pool_size=10,
        max_overflow=20,
        hide_parameters=True,
    )
    # Not by a listener for "begin": with one of those, each statement is announced to listeners.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign,assignment]

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        # pysqlite would open transactions by itself, and deferred; `_begin` decides instead.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={_BUSY_TIMEOUT_MS}",
            # What is deleted is overwritten: a person's data are gone, not only out of sight.
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


class _SqliteConnection(sqlite3.Connection):
    """`writes_until`: the next transaction is a writer's, who waits for others until that instant
    of `time.monotonic()`."""

    writes_until: float | None = None


def _begin(borrowed: PoolProxiedConnection) -> None:
    connection: Any = borrowed.dbapi_connection
    until, connection.writes_until = connection.writes_until, None
    if until is None:
        connection.execute("BEGIN")
    else:
        # A deferred transaction that reads and then writes fails with SQLITE_BUSY at once, whatever
        # the timeout: writers take the lock at their beginning.
        _begin_to_write(connection, until)


def _begin_to_write(connection: sqlite3.Connection, until: float) -> None:
    """Take the writer's lock of a SQLite database as soon as no other process has it.

    SQLite's own waiting sleeps for up to 100 ms at a time, and the longer the later somebody came:
    among busy processes one would starve.

    Raises:
        OperationalError: others had it until then.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > until:
                    raise
                time.sleep(random.uniform(*_LOOKS_AGAIN_AFTER))
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")


class Store:
    """Transactions on one database. All of them are short: no Slack call happens inside one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # SQLite lets one writer in at a time and makes the others sleep and try again, the longer
        # the later they came. Within a process they rather stand in line.
        self._line = threading.Lock() if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self, until: float | None = None) -> Iterator[Connection]:
        """A transaction that commits when the block ends and rolls back when it raises.

        With `until`, an instant of `time.monotonic()`, it begins to commit by then or not at all:
        somebody was told that nothing came of it.

        Raises:
            Late: it would have committed too late.
            Unsure: the connection broke during the commit.
        """
        with (
            self._turn(until),
            self._to_write(until) as connection,
            _committed(connection, until),
        ):
            if until is not None and not self.is_sqlite:
                # Waiting for somebody else's lock ends in time, too.
                limit = f"SET LOCAL statement_timeout = {_milliseconds(until)}"
                connection.exec_driver_sql(limit)
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the data."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """A transaction that may write and leaves nothing behind."""
        with (
            self._turn(None),
            self._to_write(None) as connection,
            connection.begin() as transaction,
        ):
            yield connection
            transaction.rollback()

    def scrub(self) -> None:
        """Leave nothing of what was overwritten behind in SQLite's log of writes.

        While somebody reads an older state it stays there, until the next time.
        """
        if self.is_sqlite:
            with self._turn(None), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()

    def _to_write(self, until: float | None) -> Connection:
        """A connection whose next transaction is a writer's."""
        connection = self.engine.connect()
        if self.is_sqlite:
            patience = time.monotonic() + _BUSY_TIMEOUT_MS / 1000 if until is None else until
            driver: Any = connection.connection.dbapi_connection
            driver.writes_until = patience
        return connection

    @contextmanager
    def _turn(self, until: float | None) -> Iterator[None]:
        """One's place in the line of this process's writers."""
        if self._line is None:
            yield
            return
        if not self._line.acquire(timeout=-1 if until is None else _seconds(until)):
            raise Late("other writers had their turn for too long")
        try:
            yield
        finally:
            self._line.release()


@contextmanager
def _committed(connection: Connection, until: float | None) -> Iterator[None]:
    transaction = connection.begin()
    with transaction:
        yield
        if until is not None and time.monotonic() > until:
            raise Late("the transaction took too long")
        try:
            transaction.commit()
        except DBAPIError as error:
            if error.connection_invalidated:
                raise Unsure("the connection broke during the commit") from error
            raise


def _seconds(until: float) -> float:
    return max(until - time.monotonic(), 0.0)


def _milliseconds(until: float) -> int:
    # PostgreSQL takes 0 for no limit.
    return max(int(_seconds(until) * 1000), 1)
