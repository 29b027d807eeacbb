"""Creating and upgrading the database by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config

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
