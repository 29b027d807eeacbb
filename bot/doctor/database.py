"""What can be seen of the database: reached, written, of which version, where."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import Finding, fatal, fine, wrong
from storage import pulse
from storage.engine import Store
from storage.migrate import NewerDatabase, check_not_newer, newest_schema, schema_of

LEAST_POSTGRESQL = 14
"""The oldest major version that its makers still mend."""
LEAST_FREE = 500_000_000
"""Bytes of a disk; SQLite's log of changes alone may take some hundred million for a while."""
CLOCK_MAY_DIFFER = timedelta(minutes=1)
_NETWORKS = ("9p", "afs", "ceph", "cifs", "fuse.", "glusterfs", "lustre", "ncpfs", "nfs", "smb")
"""File systems on which SQLite's locks and its shared memory are not to be trusted."""
_MOUNTS = Path("/proc/mounts")


def look_at(store: Store, now: datetime) -> Iterator[Finding]:
    try:
        with store.read() as conn:
            at = schema_of(conn)
    except SQLAlchemyError as error:
        yield fatal("database", address=address_of(store), error=first_line(error))
        return
    yield fine("database_reached", address=address_of(store))
    yield from _sqlite(store) if store.is_sqlite else _postgresql(store, now)
    yield _schema(at)


def address_of(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=True)


def first_line(error: Exception) -> str:
    """What a driver says; below it SQLAlchemy quotes the statement."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _schema(at: str | None) -> Finding:
    if at == newest_schema():
        return fine("schema", version=at or "")
    if at is None:
        return fatal("schema_missing")
    try:
        check_not_newer(at)
    except NewerDatabase:
        return fatal("schema_newer", version=at)
    return fatal("schema_other", version=at, newest=newest_schema() or "")


def _sqlite(store: Store) -> Iterator[Finding]:
    with store.read() as conn:
        place, mode = pulse.file_of(conn), pulse.journal_mode(conn)
    yield from room_in(place.parent)
    yield from on_network(place, _mounts())
    try:
        with store.trial() as conn:
            pulse.write_something(conn)
    except SQLAlchemyError as error:
        yield wrong("sqlite_readonly", file=str(place), error=first_line(error))
    if mode != "wal":
        yield wrong("journal_mode", mode=mode)


def room_in(folder: Path, least_free: int = LEAST_FREE) -> Iterator[Finding]:
    """Whether there is room for more; `least_free` in bytes."""
    free = shutil.disk_usage(folder).free
    if free < least_free:
        yield wrong("disk_full", folder=str(folder), n=free // 1_000_000)


def on_network(place: Path, mounts: str) -> Iterator[Finding]:
    """Whether a file of SQLite's is on another machine, by what /proc/mounts says."""
    kind = _file_system(place, mounts)
    if kind.startswith(_NETWORKS):
        yield wrong("sqlite_network", file=str(place), kind=kind)


def _mounts() -> str:
    """Where Linux tells what is mounted; nothing on other systems."""
    return _MOUNTS.read_text() if _MOUNTS.exists() else ""


def _file_system(place: Path, mounts: str) -> str:
    """The kind of the innermost file system that holds `place`."""
    found: tuple[int, str] = (-1, "")
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split()
        # Spaces and the like stand there as octal numbers.
        where = os.fsencode(point).decode("unicode_escape")
        if place.is_relative_to(where):
            found = max(found, (len(where), kind))
    return found[1]


def _postgresql(store: Store, now: datetime) -> Iterator[Finding]:
    with store.read() as conn:
        server = pulse.server(conn)
        missing = pulse.missing_rights(conn)
    yield version(server.version)
    if missing:
        yield wrong("postgresql_rights", user=server.user, missing=", ".join(missing))
    yield clock(now - server.time)


def version(number: int) -> Finding:
    """A PostgreSQL's version, as its `server_version_num` tells it."""
    major = number // 10_000
    if major < LEAST_POSTGRESQL:
        return wrong("postgresql_old", version=major, least=LEAST_POSTGRESQL)
    return fine("postgresql", version=major)


def clock(ahead: timedelta) -> Finding:
    """By how much this machine's clock is ahead of the database's, by which every replica goes."""
    if abs(ahead) > CLOCK_MAY_DIFFER:
        return wrong("database_clock", seconds=int(ahead.total_seconds()))
    return fine("database_clock_right")
