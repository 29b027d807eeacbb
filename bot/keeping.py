"""The commands that keep the data: backup, restore, reconcile."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings
from bot.terminal import NOT_SET_UP, failure, say
from storage import restored
from storage.backups import Unfit, back_up, restore
from storage.engine import Store, open_engine
from storage.migrate import migrate

SettingsOf = Callable[[], Settings]
Kindly = Callable[[Settings], AbstractContextManager[None]]
Instant = Callable[[str, Settings], datetime]


def add_to(cli: typer.Typer, settings_of: SettingsOf, kindly: Kindly, instant: Instant) -> None:
    """Add the commands; what every command shares is `cli`'s own and handed in."""

    @cli.command()
    def backup(file: Annotated[Path, typer.Argument(dir_okay=False, help="A new file.")]) -> None:
        """Write all of the database to a file, while the bot runs or not."""
        settings = settings_of()
        with kindly(settings), _in_words():
            back_up(settings.database_url, file)
        say("backup.done", file=file)

    @cli.command("restore")
    def restore_(
        file: Annotated[Path, typer.Argument(dir_okay=False, help="What `backup` wrote.")],
        replace: Annotated[
            bool, typer.Option("--replace", help="Give up what the database holds now.")
        ] = False,
    ) -> None:
        """Make the database what it was when the backup was made; the bot must not run."""
        settings = settings_of()
        with kindly(settings), _in_words():
            restore(settings.database_url, file, replace=replace)
        say("backup.restored", file=file)

    @cli.command()
    def reconcile(
        since: Annotated[
            str | None, typer.Option(help="When the backup was made: 2026-11-24T09:00+09:00.")
        ] = None,
    ) -> None:
        """After a restore by other tools: have Slack's history read before anything is posted."""
        settings = settings_of()
        began = instant(since, settings) if since else None
        with kindly(settings):
            migrate(settings.database_url)
            store = Store(open_engine(settings.database_url))
            try:
                with store.write() as conn:
                    restored.mark(conn, began)
            finally:
                store.close()
        say("backup.reconcile")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except Unfit as why:
        raise failure(f"backup.{why.code}", NOT_SET_UP, **why.values) from why
