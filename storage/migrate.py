"""Creating and upgrading the database by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.engine import Store, open_engine

_SCRIPTS = Path(__file__).parent / "migrations"


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
            check_not_newer(schema_of(conn))
    finally:
        store.close()
    command.upgrade(config(database_url), "head")


def config(database_url: str) -> Config:
    """Alembic's configuration, made here so that no ini file has to be found at run time."""
    found = Config()
    found.set_main_option("script_location", str(_SCRIPTS))
    found.attributes["database_url"] = database_url
    return found


def check_not_newer(at: str | None) -> None:
    """Raises NewerDatabase when a schema is none of ours."""
    known = {script.revision for script in _scripts().walk_revisions()}
    if at is not None and at not in known:
        raise NewerDatabase(at)


def schema_of(conn: Connection) -> str | None:
    """The revision that a database is at; None for one that was never migrated."""
    return MigrationContext.configure(conn).get_current_revision()


def newest_schema() -> str | None:
    """The revision that this version of Goen works with."""
    return _scripts().get_current_head()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_SCRIPTS))
