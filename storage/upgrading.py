"""Alembic, which nobody needs whose database is up to date: see `migrate`."""

from pathlib import Path

from alembic import command
from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(database_url: str) -> None:
    """Run every migration that the database has not seen."""
    command.upgrade(_config(database_url), "head")


def _config(database_url: str) -> Config:
    """Alembic's configuration, made here so that no ini file has to be found at run time."""
    found = Config()
    found.set_main_option("script_location", str(SCRIPTS))
    found.attributes["database_url"] = database_url
    return found
