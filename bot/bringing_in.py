"""The commands that bring data in from CSV files: import, import-signals."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.messages.rewrite import rewrite
from bot.pages.site import Site
from bot.playbook.csv_text import UnreadableFile
from bot.playbook.customer_file import CustomerFile, read_customers
from bot.playbook.file_accounts import accounts_of
from bot.playbook.signal_file import SignalFile, is_signal_file, read_signals
from bot.settings import Settings
from bot.terminal import WRONG, failure, say, shown, voice
from bot.views import importing as views
from bot.views import signals as signal_views
from handlers.importing import audit, counts
from handlers.signal_importing import take_file
from handlers.signal_news import Reach
from storage import importing
from storage.engine import Store
from storage.workspaces import Workspace

Team = Annotated[
    str | None, typer.Option(help="The workspace's id, when the database holds several.")
]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
_MANY_ROWS = 1_000


@dataclass(frozen=True)
class Shared:
    """What every command does alike: `cli`'s own, and handed in."""

    settings_of: Callable[[], Settings]
    kindly: Callable[[Settings], AbstractContextManager[None]]
    migrated: Callable[[Settings], AbstractContextManager[Store]]
    workspace_of: Callable[[Store, Settings, str | None], Workspace]
    clock: Callable[[], datetime]


def add_to(cli: typer.Typer, shared: Shared) -> None:
    """Add the commands."""

    @cli.command("import")
    def import_file(file: File, team: Team = None) -> None:
        """Bring in customers and contacts from a CSV file: all of it or nothing."""
        settings = shared.settings_of()
        read = _read(file)
        with shared.kindly(settings), shared.migrated(settings) as store:
            workspace = shared.workspace_of(store, settings, team)
            now, accounts = shared.clock(), accounts_of(read.rows)
            with store.write() as conn, _progress(len(read.rows)) as on_progress:
                done = importing.take(
                    conn, workspace, accounts, now, workspace.bot_user_id, on_progress
                )
                rewrite(conn, workspace, done.follow_ups, now, f"import:{now.isoformat()}")
                audit(conn, workspace, done, now, workspace.bot_user_id)
        for line in views.counts(voice(), counts(done.customers), counts(done.contacts)):
            typer.echo(line)

    @cli.command("import-signals")
    def import_signals(file: File, team: Team = None) -> None:
        """Bring in what other systems know of customers from a CSV file: usage, tickets, NPS."""
        settings = shared.settings_of()
        with shared.kindly(settings), shared.migrated(settings) as store:
            workspace = shared.workspace_of(store, settings, team)
            read = _read_signals(file, ZoneInfo(workspace.timezone))
            now, by = shared.clock(), workspace.bot_user_id
            cause, reach = f"import:{now.isoformat()}", Reach(Site(settings.public_base))
            with _progress(len(read.rows)) as on_progress:
                counted, problems = take_file(
                    store, workspace.team_id, read, by, now, cause, reach, on_progress
                )
        for problem in problems:
            typer.echo(shown(signal_views.row_text(voice(), problem)), err=True)
        typer.echo(signal_views.file_counts(voice(), counted))
        if counted.refused:
            raise failure("cli.signals_refused", n=counted.refused)


def _read(file: Path) -> CustomerFile:
    """A file without problems; otherwise each of them is named, and nothing is touched."""
    said = voice()
    try:
        read = read_customers(file.read_bytes())
    except UnreadableFile as why:
        raise _unreadable(why) from None
    if read.ignored_columns:
        say("import.ignored", names=said.list(read.ignored_columns))
    for problem in read.problems:
        typer.echo(shown(views.problem_text(said, problem)), err=True)
    if read.problems:
        raise failure("import.refused", file=file.name, n=len(read.problems))
    return read


def _read_signals(file: Path, zone: ZoneInfo) -> SignalFile:
    """A file of signals, whose rows stand for themselves."""
    raw = file.read_bytes()
    try:
        read = read_signals(raw, zone)
    except UnreadableFile as why:
        raise _unreadable(why) from None
    if not is_signal_file(raw):
        raise failure("cli.no_signals")
    if read.ignored_columns:
        say("import.ignored", names=voice().list(read.ignored_columns))
    return read


def _unreadable(why: UnreadableFile) -> typer.Exit:
    typer.echo(shown(views.file_problem(voice(), why)), err=True)
    return typer.Exit(WRONG)


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int, int], None] | None]:
    """A bar for what takes longer than a breath."""
    if rows < _MANY_ROWS:
        yield None
        return
    with typer.progressbar(length=rows, label=voice().plain("import.title")) as bar:
        yield lambda done, total: bar.update(round(rows * done / total) - bar.pos)
