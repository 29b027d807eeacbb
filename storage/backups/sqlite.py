"""A SQLite file copied by SQLite's own online backup, which no writer waits for in WAL mode
(https://www.sqlite.org/backup.html)."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from storage import restored
from storage.backups.unfit import Unfit
from storage.engine import Store, open_engine
from storage.migrate import newest_schema, schema_of

_PATIENCE = 2.0
"""Seconds in which a bot that is just stopping may let go of its database."""


def back_up(database: Path, file: Path) -> None:
    """The file is complete and checked when it appears under its name."""
    if not database.is_file():
        raise Unfit("nothing", file=database)
    with _beside(file) as copy:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as into:
            source.backup(into)
        _mark(copy)
        _check(copy, file)
        copy.replace(file)


def schema_in(file: Path) -> str | None:
    """The schema of a backup, whose file is whole. Raises Unfit."""
    _check(file, file)
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as conn:
        try:
            found = conn.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError:
            raise Unfit("not_ours", file=file) from None
    return str(found[0]) if found else None


def restore(database: Path, file: Path, bring_up: Callable[[str], None]) -> None:
    """All is made ready beside the database, which then changes in one transaction."""
    with closing(_alone_with(database)) as into, _beside(database) as copy:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as ready:
            source.backup(ready)
        bring_up(_url(copy))
        with closing(sqlite3.connect(copy)) as ready:
            ready.backup(into)


def _alone_with(database: Path) -> sqlite3.Connection:
    """A connection beside which there is no other. Raises Unfit."""
    conn = sqlite3.connect(database, timeout=_PATIENCE)
    try:
        # Only whoever has the database alone may leave the mode in which several share it.
        conn.execute("PRAGMA journal_mode=DELETE")
        conn.execute("PRAGMA locking_mode=EXCLUSIVE")
    except sqlite3.OperationalError:
        conn.close()
        raise Unfit("running") from None
    return conn


def _mark(copy: Path) -> None:
    """So that a backup that is copied into place by hand is known for one, too. What is of an
    older version is marked when it is restored."""
    store = Store(open_engine(_url(copy)))
    try:
        with store.write() as conn:
            if schema_of(conn) == newest_schema():
                restored.mark(conn)
    finally:
        store.close()
    with closing(sqlite3.connect(copy)) as conn:
        conn.execute("PRAGMA journal_mode=DELETE")


def _check(copy: Path, named: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            (verdict,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise Unfit("broken", file=named, why=error) from error
    if verdict != "ok":
        raise Unfit("broken", file=named, why=verdict)


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A new file in the same folder, which only its owner may read; gone afterwards."""
    copy = file.with_name(f"{file.name}.{os.getpid()}.part")
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield copy
    finally:
        for name in (copy.name, f"{copy.name}-wal", f"{copy.name}-shm"):
            copy.with_name(name).unlink(missing_ok=True)


def _url(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string()
