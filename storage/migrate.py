"""Creating and upgrading the database.

Whether there is anything to do is one query; Alembic is loaded only when there is, because that
takes a good part of the time in which a bot starts.
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, column, select, table

from storage.engine import Store, open_engine

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_ALEMBIC = table("alembic_version", column("version_num"))
_AT = select(_ALEMBIC.c.version_num)


class NewerDatabase(Exception):
    """The database was brought to a schema that this version of Goen has never heard of."""

    def __init__(self, at: str) -> None:
        super().__init__(f"the database is at {at}, this version of Goen knows {newest_schema()}")
        self.at = at


def migrate(database_url: str) -> None:
    """Bring the database to the newest schema; nothing happens when it is there already.

    Any number of processes may do so at once: one migrates, the others wait for it.

    Raises:
        NewerDatabase: a newer version of Goen has been here; nothing was changed.
    """
    store = Store(open_engine(database_url))
    try:
        with store.read() as conn:
            at = schema_of(conn)
    finally:
        store.close()
    check_not_newer(at)
    if at != newest_schema():
        from storage.upgrading import upgrade  # noqa: PLC0415 - see above

        upgrade(database_url)


def check_not_newer(at: str | None) -> None:
    """Raises NewerDatabase when a schema is none of ours."""
    if at is not None and at not in _schemas():
        raise NewerDatabase(at)


def schema_of(conn: Connection) -> str | None:
    """The revision that a database is at; None for one that was never migrated."""
    if not conn.dialect.has_table(conn, _ALEMBIC.name):
        return None
    found: str | None = conn.execute(_AT).scalar_one_or_none()
    return found


def newest_schema() -> str:
    """The revision that this version of Goen works with."""
    return _schemas()[-1]


@cache
def _schemas() -> tuple[str, ...]:
    """Every revision there has been: they are numbered, and each file begins with its number."""
    return tuple(sorted(file.name.split("_")[0] for file in _VERSIONS.glob("[0-9]*_*.py")))
