"""`python -m bot`: run, migrate, import, import-signals, tick, doctor, export, demo.

The only place that reads the surroundings and the wall clock; everything below is handed both.
"""

import csv
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import ValidationError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from bot import bringing_in, keeping
from bot.app import Bot, Clock, build, running, wall_clock
from bot.bringing_in import Shared, Team
from bot.doctor import examine
from bot.settings import Problem, Settings
from bot.stopping import ended_in_time, told_to_stop
from bot.telemetry.logs import logging_to
from bot.tenancy import defaults_of
from bot.terminal import (
    NOT_SET_UP,
    WRONG,
    failure,
    failure_in_every_language,
    say,
    shown,
    voice,
    warn,
)
from handlers.web.paths import INSTALL_PATH
from handlers.welcome import ensure_workspace
from scheduler.preview import preview
from storage import export as exports
from storage import people, workspaces
from storage.engine import Store, open_engine
from storage.migrate import NewerDatabase, newest_schema, schema_of
from storage.migrate import migrate as bring_up_to_date
from storage.workspaces import Workspace

cli = typer.Typer(
    name="python -m bot",
    help="Goen (ご縁): customer results become referrals.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_INSUFFICIENT_PRIVILEGE = "42501"


@cli.command()
def run(
    no_migrate: Annotated[
        bool, typer.Option("--no-migrate", help="Leave the database's schema as it is.")
    ] = False,
) -> None:
    """Run the bot until Ctrl+C or SIGTERM."""
    settings = _settings()
    _check_set_up(settings)
    with (
        logging_to(sys.stderr, settings.log_level, settings.log_format),
        told_to_stop() as told,
        _kindly(settings),
        ExitStack() as stack,
    ):
        logging.getLogger("slack_bolt.App").addFilter(_is_not_of_tokens)
        if no_migrate:
            _check_schema(settings)
        else:
            bring_up_to_date(settings.database_url)
        bot = build(settings)
        port = stack.enter_context(running(bot))
        if bot.team_id is None:
            say("cli.running_many", address=f"{settings.public_base}{INSTALL_PATH}")
        elif settings.uses_socket_mode:
            say("cli.running", team=bot.team_id)
        else:
            say("cli.running_http", team=bot.team_id, host=settings.host, port=port)
        told.wait()
        say("cli.stopping")
        with ended_in_time(bot.give_up):
            stack.close()


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Of the page; 0 takes any free one.")] = 8765,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no page.")] = False,
    days: Annotated[int, typer.Option(help="How many days of the story to live through.")] = 3,
) -> None:
    """Try Goen without a Slack workspace: a local Slack with sample data, in the browser."""
    # Imported here because nobody but the demo needs the local Slack.
    from bot.demo.run import run as run_demo  # noqa: PLC0415

    try:
        run_demo(
            port,
            days,
            open_browser=not no_browser,
            say=lambda url: say("cli.demo", url=url),
        )
    except OSError as error:
        raise failure("cli.port_taken", port=port, error=error) from error


@cli.command()
def migrate() -> None:
    """Create the database, or bring it to the newest schema."""
    settings = _settings()
    with _kindly(settings):
        bring_up_to_date(settings.database_url)
    say("cli.migrated", version=newest_schema() or "")


@cli.command()
def tick(
    at: Annotated[str, typer.Option(help="For example 2026-11-24T09:00+09:00.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be sent, and send nothing.")
    ] = False,
) -> None:
    """One pass of planning and delivery, as of the given time."""
    settings = _settings()
    now = _instant(at, settings)
    if dry_run:
        with _kindly(settings), _migrated(settings) as store:
            _print_planned(store, now)
        return
    _check_set_up(settings)
    with _kindly(settings):
        bring_up_to_date(settings.database_url)
        say("cli.sent", n=_tick(build(settings, _clock_from(now))))


@cli.command()
def doctor() -> None:
    """Say what is wrong with this installation, and how to mend it."""
    settings = _settings()
    wrong = 0
    with _kindly(settings):
        for finding in examine(settings, wall_clock()):
            wrong += finding.is_wrong
            mark = "✗" if finding.is_wrong else "✓"
            text = voice().plain(f"doctor.{finding.code}", **finding.values)
            typer.echo(f"{mark} {shown(text)}")
    if wrong:
        raise failure("cli.doctor_wrong", n=wrong)
    say("cli.doctor_well")


@cli.command()
def export(
    directory: Annotated[Path, typer.Argument(file_okay=False, help="New or empty.")],
    team: Team = None,
) -> None:
    """Write everything of a workspace as CSV files that a spreadsheet may open safely."""
    settings = _settings()
    if directory.exists() and any(directory.iterdir()):
        raise failure("cli.folder_not_empty", NOT_SET_UP, folder=directory)
    with _kindly(settings):
        _check_schema(settings)
        store = Store(open_engine(settings.database_url))
        try:
            written = _write_sheets(store, _workspace(store, settings, team), directory)
        finally:
            store.close()
    say("cli.exported", n=written, folder=directory)


@cli.command("new-key")
def new_key() -> None:
    """Print a new key for GOEN_ENCRYPTION_KEYS."""
    from storage.sealed import new_key as make  # noqa: PLC0415 - only keys want the slow import

    typer.echo(make())


@cli.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypt every kept token with the first of GOEN_ENCRYPTION_KEYS; the bot may be running."""
    from storage.installations import reseal  # noqa: PLC0415 - only keys want the slow imports
    from storage.sealed import Keys, WrongKeys  # noqa: PLC0415

    settings = _settings()
    if not settings.keys:
        raise failure_in_every_language("doctor.no_keys", NOT_SET_UP)
    with _kindly(settings), _migrated(settings) as store:
        try:
            changed = reseal(store, Keys(settings.keys))
        except WrongKeys as error:
            raise failure("cli.wrong_keys", NOT_SET_UP) from error
    say("cli.keys_rotated", n=changed)


def _is_not_of_tokens(record: logging.LogRecord) -> bool:
    """Bolt warns of a token in the surroundings, which is the one that its client has."""
    return not record.getMessage().startswith("As you gave `client`")


def _check_set_up(settings: Settings) -> None:
    """Say what keeps Goen from reaching Slack, as `doctor` does, before anything is begun."""
    if settings.problem is Problem.NO_TOKENS:
        raise failure_in_every_language("cli.no_tokens", NOT_SET_UP)
    if settings.problem:
        raise failure_in_every_language(f"doctor.{settings.problem}", NOT_SET_UP)


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        for one in error.errors():
            name = str(one["loc"][0]).upper() if one["loc"] else ""
            warn("cli.bad_setting", name=name, why=one["msg"])
        raise typer.Exit(NOT_SET_UP) from None
    except (OSError, UnicodeDecodeError) as error:
        raise failure("cli.bad_env", NOT_SET_UP, error=type(error).__name__) from error


@contextmanager
def _kindly(settings: Settings) -> Iterator[None]:
    """What an operator can mend is said in a sentence; everything else keeps its traceback."""
    try:
        yield
    except SlackApiError as error:
        raise failure(
            "cli.refused", NOT_SET_UP, error=error.response.get("error") or error
        ) from error
    except NewerDatabase as error:
        raise failure(
            "cli.newer_database", NOT_SET_UP, at=error.at, version=newest_schema() or ""
        ) from error
    except (ArgumentError, NoSuchModuleError, DBAPIError) as error:
        if isinstance(error, DBAPIError) and not _can_be_mended(error):
            raise
        raise failure("cli.database", WRONG, error=str(error).splitlines()[0]) from error
    except OSError as error:
        raise failure(
            "cli.unreachable", WRONG, address=settings.slack_api_url, error=error
        ) from error


def _can_be_mended(error: DBAPIError) -> bool:
    """Whether the database, and not a statement of ours, is what is wrong."""
    lacks_rights = getattr(error.orig, "sqlstate", None) == _INSUFFICIENT_PRIVILEGE
    return lacks_rights or isinstance(error, OperationalError)


@contextmanager
def _migrated(settings: Settings) -> Iterator[Store]:
    bring_up_to_date(settings.database_url)
    store = Store(open_engine(settings.database_url))
    try:
        yield store
    finally:
        store.close()


def _check_schema(settings: Settings) -> None:
    store = Store(open_engine(settings.database_url))
    try:
        with store.read() as conn:
            at = schema_of(conn)
    finally:
        store.close()
    if at != newest_schema():
        raise failure("cli.schema", NOT_SET_UP)


def _workspace(store: Store, settings: Settings, team: str | None) -> Workspace:
    """The workspace that is meant: the named one, the only one, or that of the token."""
    with store.read() as conn:
        known = workspaces.every(conn)
    meant = [one for one in known if team in (None, one.team_id)]
    if len(meant) == 1:
        return meant[0]
    if team is None and settings.slack_bot_token:
        token = settings.slack_bot_token.get_secret_value()
        client = WebClient(token, base_url=settings.slack_api_url, retry_handlers=[])
        return ensure_workspace(store, client, defaults_of(settings), wall_clock())
    if not known:
        raise failure("cli.no_workspace", NOT_SET_UP)
    raise failure("cli.which_workspace", NOT_SET_UP, teams=", ".join(one.team_id for one in known))


def _instant(at: str, settings: Settings) -> datetime:
    """A time as typed; without a zone it is the workspace's default one."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        raise failure("cli.bad_time", NOT_SET_UP, typed=at) from None
    zoned = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.timezone))
    return zoned.astimezone(UTC)


def _clock_from(start: datetime) -> Clock:
    begun = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - begun)


def _tick(bot: Bot) -> int:
    """Plan once, and deliver until nothing waits for its turn; how many messages went out."""
    try:
        bot.planner.run()
        sent = bot.deliverer.run()
        while (wait := bot.deliverer.seconds_until_free) is not None:
            time.sleep(wait)
            sent += bot.deliverer.run()
        return sent
    finally:
        bot.store.close()


def _print_planned(store: Store, now: datetime) -> None:
    planned = preview(store, now)
    with store.read() as conn:
        names = {
            person.user_id: person.name
            for workspace in workspaces.every(conn)
            for person in people.team(conn, workspace.team_id)
        }
    for one in planned:
        to = f"{names[one.to]} ({one.to})" if one.to in names else one.to
        say("cli.would_send", to=to, kind=one.kind, language=one.language)
        typer.echo("\n".join(f"    {line}" for line in shown(one.text).splitlines()) + "\n")
    say("cli.planned", n=len(planned))


def _write_sheets(store: Store, workspace: Workspace, directory: Path) -> int:
    written = 0
    with store.read() as conn:
        try:
            directory.mkdir(parents=True, exist_ok=True)
            for sheet in exports.sheets(conn, workspace.team_id):
                _write_sheet(sheet, directory / f"{sheet.name}.csv")
                written += 1
        except OSError as error:
            raise failure("cli.cannot_write", folder=directory, error=error) from error
    return written


def _write_sheet(sheet: exports.Sheet, path: Path) -> None:
    # With its mark in front, so that a spreadsheet takes the file for UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.columns)
        writer.writerows(sheet.rows)


keeping.add_to(cli, _settings, _kindly, _instant)
bringing_in.add_to(cli, Shared(_settings, _kindly, _migrated, _workspace, wall_clock))
