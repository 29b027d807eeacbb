"""Creating and upgrading the database by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database_url: str) -> None:
    """Bring the database to the newest schema; nothing happens when it is there already."""
    command.upgrade(config(database_url), "head")


def config(database_url: str) -> Config:
    """Alembic's configuration, made here so that no ini file has to be found at run time."""
    found = Config()
    found.set_main_option("script_location", str(_SCRIPTS))
    found.attributes["database_url"] = database_url
    return found


def schema_of(conn: Connection) -> str | None:
    """The revision that a database is at; None for one that was never migrated."""
    return MigrationContext.configure(conn).get_current_revision()


def newest_schema() -> str | None:
    """The revision that this version of Goen works with."""
    return ScriptDirectory(str(_SCRIPTS)).get_current_head()
