"""Opening the database: one `Store` for SQLite and PostgreSQL alike."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

_WRITES = "goen_writes"
_BUSY_TIMEOUT_MS = 10_000


def open_engine(database_url: str) -> Engine:
    """Connect to `database_url`; `postgresql://` means psycopg 3.

    SQLite runs in WAL with `synchronous=FULL`: an acked click survives a power cut.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(str(url.render_as_string(hide_password=False)))
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
        pool_size=10,
        max_overflow=20,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        # pysqlite would open transactions by itself, and deferred; `begin` below decides instead.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={_BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails with SQLITE_BUSY at once,
        # whatever the timeout: writers take the lock at their beginning.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class Store:
    """Transactions on one database. All of them are short: no Slack call happens inside one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(**{_WRITES: True})
        # SQLite lets one writer in at a time and makes the others sleep and try again, the longer
        # the later they came. Within a process they rather stand in line.
        self._line: AbstractContextManager[object] = (
            threading.Lock() if self.is_sqlite else nullcontext()
        )

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits when the block ends and rolls back when it raises."""
        with self._line, self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the data."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """A transaction that may write and leaves nothing behind."""
        with self._line, self._writer.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    def close(self) -> None:
        self.engine.dispose()
