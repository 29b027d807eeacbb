"""Backing a database up while the bot runs, and restoring it while it does not.

A restored database is marked (`storage.restored`): the bot that starts on it reads in Slack what
was said since the backup, before it says anything.
"""

from pathlib import Path

from sqlalchemy.engine import make_url

from storage import restored, workspaces
from storage.backups import postgresql, sqlite
from storage.backups.unfit import Unfit
from storage.engine import Store, open_engine
from storage.migrate import check_not_newer, migrate
from storage.tables import workspace

__all__ = ["Unfit", "back_up", "restore"]


def back_up(database_url: str, file: Path) -> None:
    """Write all of the database to a new file, as it is at one instant.

    Raises:
        Unfit: why it was not done; nothing was written.
    """
    url = make_url(database_url)
    if file.exists():
        raise Unfit("exists", file=file)
    if url.get_backend_name() == "sqlite":
        sqlite.back_up(Path(url.database or ""), file)
    else:
        postgresql.back_up(url, file)


def restore(database_url: str, file: Path, *, replace: bool = False) -> None:
    """Make the database what it was when the backup was made, brought to the newest schema.

    Either all of it is restored or nothing. A database that holds a workspace is only replaced when
    that is wanted, and none that anybody is connected to.

    Raises:
        NewerDatabase: the backup is of a newer version of Goen.
        Unfit: why it was not done; nothing was changed.
    """
    url = make_url(database_url)
    if not file.is_file():
        raise Unfit("missing", file=file)
    kind = sqlite if url.get_backend_name() == "sqlite" else postgresql
    check_not_newer(kind.schema_in(file))
    if not replace and _holds_something(database_url):
        raise Unfit("not_empty")
    if url.get_backend_name() == "sqlite":
        sqlite.restore(Path(url.database or ""), file, _bring_up)
        return
    postgresql.restore(url, file)
    _bring_up(database_url)


def _bring_up(database_url: str) -> None:
    migrate(database_url)
    store = Store(open_engine(database_url))
    try:
        with store.write() as conn:
            restored.mark(conn)
    finally:
        store.close()


def _holds_something(database_url: str) -> bool:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    store = Store(open_engine(database_url))
    try:
        with store.read() as conn:
            if not store.engine.dialect.has_table(conn, workspace.name):
                return False
            return bool(workspaces.every(conn))
    finally:
        store.close()
