"""What is wrong with an installation, and its mend: settings, database, Slack, channel, messages.

Each examination says one thing. What needs something that another one found missing is left out, so
that the first thing named is the first thing to mend.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.scopes import SCOPES
from bot.settings import Problem, Settings
from storage import deliveries, people, workspaces
from storage.engine import Store, open_engine
from storage.migrate import newest_schema, schema_of

_SKEW_ALLOWED = timedelta(minutes=1)
"""Slack's signatures die after five; a reminder should not be minutes off."""
_LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `code` names its sentence: what is fine, or wrong and how to
    mend it."""

    code: str
    is_wrong: bool = False
    values: Mapping[str, str | int] = field(default_factory=dict)


def _fine(code: str, **values: str | int) -> Finding:
    return Finding(code, values=values)


def _wrong(code: str, **values: str | int) -> Finding:
    return Finding(code, is_wrong=True, values=values)


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Everything, in the order in which it should be mended."""
    yield from _mode(settings)
    slack = _Slack(settings)
    if settings.slack_bot_token:
        yield from slack.bot_token(now)
    if settings.slack_app_token:
        yield from slack.app_token()
    store = Store(open_engine(settings.database_url))
    try:
        found = list(_database(store))
        yield from found
        if any(one.is_wrong for one in found):
            return
        with store.read() as conn:
            yield from _workspaces(conn, settings, slack, now)
    finally:
        store.close()


def _mode(settings: Settings) -> Iterator[Finding]:
    if settings.problem is Problem.NO_TOKENS:
        yield _wrong("no_way_in" if settings.slack_bot_token else "no_bot_token")
    elif settings.problem:
        yield _wrong(settings.problem)
    elif settings.uses_socket_mode:
        yield _fine("socket_mode")
    else:
        yield _fine("http_mode", host=settings.host, port=settings.port)


def _database(store: Store) -> Iterator[Finding]:
    address = store.engine.url.render_as_string(hide_password=True)
    try:
        with store.read() as conn:
            at, newest = schema_of(conn), newest_schema()
    except SQLAlchemyError as error:
        yield _wrong("database", address=address, error=str(error).splitlines()[0])
        return
    yield _fine("database_reached", address=address)
    if at == newest:
        yield _fine("schema", version=at or "")
    elif at is None:
        yield _wrong("schema_missing")
    else:
        yield _wrong("schema_other", version=at, newest=newest or "")


@dataclass
class _Slack:
    """What Slack says of our tokens and channels. `team_id` is known once the bot token is good."""

    settings: Settings
    team_id: str | None = None

    def __post_init__(self) -> None:
        token = self.settings.slack_bot_token
        self._client = WebClient(
            token.get_secret_value() if token else None,
            base_url=self.settings.slack_api_url,
            timeout=10,
            retry_handlers=[],
        )

    def bot_token(self, now: datetime) -> Iterator[Finding]:
        begun = time.monotonic()
        try:
            answer = self._client.auth_test()
        except SlackApiError as error:
            yield _wrong("bot_token", error=_name_of(error))
            return
        except OSError as error:
            yield _wrong("unreachable", address=self.settings.slack_api_url, error=str(error))
            return
        self.team_id = answer["team_id"]
        yield _fine("connected", team=answer["team"], team_id=answer["team_id"])
        yield from _scopes(answer)
        yield from _clock(answer, now, timedelta(seconds=time.monotonic() - begun))

    def app_token(self) -> Iterator[Finding]:
        token = self.settings.slack_app_token
        try:
            self._client.apps_connections_open(app_token=token.get_secret_value() if token else "")
        except SlackApiError as error:
            yield _wrong("app_token", error=_name_of(error))
        except OSError as error:
            yield _wrong("unreachable", address=self.settings.slack_api_url, error=str(error))
        else:
            yield _fine("app_token_good")

    def channel(self, channel_id: str) -> Iterator[Finding]:
        try:
            found = self._client.conversations_info(channel=channel_id)["channel"]
        except SlackApiError as error:
            yield _wrong("channel", channel=channel_id, error=_name_of(error))
            return
        except OSError as error:
            yield _wrong("unreachable", address=self.settings.slack_api_url, error=str(error))
            return
        name = f"#{found.get('name', channel_id)}"
        if found.get("is_archived"):
            yield _wrong("channel_archived", channel=name)
        elif not found.get("is_member"):
            yield _wrong("not_in_channel", channel=name)
        else:
            yield _fine("in_channel", channel=name)


def _scopes(answer: SlackResponse) -> Iterator[Finding]:
    granted = _header(answer, "x-oauth-scopes")
    if granted is None:
        yield _fine("scopes_untold")
        return
    missing = SCOPES - {scope.strip() for scope in granted.split(",")}
    if missing:
        yield _wrong("scopes", scopes=", ".join(sorted(missing)))
    else:
        yield _fine("scopes_granted", n=len(SCOPES))


def _clock(answer: SlackResponse, now: datetime, took: timedelta) -> Iterator[Finding]:
    theirs = _header(answer, "date")
    if theirs is None:
        return
    ahead = now - parsedate_to_datetime(theirs)
    if abs(ahead) > _SKEW_ALLOWED + took:
        yield _wrong("clock", seconds=int(ahead.total_seconds()))
    else:
        yield _fine("clock_right")


def _header(answer: SlackResponse, name: str) -> str | None:
    found = (value for key, value in answer.headers.items() if key.lower() == name)
    return next(found, None)


def _name_of(error: SlackApiError) -> str:
    return str(error.response.get("error") or error)


def _workspaces(
    conn: Connection, settings: Settings, slack: _Slack, now: datetime
) -> Iterator[Finding]:
    """What the database holds of the token's workspace, or of all when there is no token."""
    known = [one for one in workspaces.every(conn) if slack.team_id in (None, one.team_id)]
    if not known:
        yield _fine("no_workspace")
        if slack.team_id and settings.channel:
            yield from slack.channel(settings.channel)
    for workspace in known:
        if not people.has_admin(conn, workspace.team_id):
            yield _wrong("no_admin", team=workspace.name)
        channel = settings.channel or workspace.channel_id
        if channel is None:
            yield _wrong("no_channel", team=workspace.name)
        elif slack.team_id:
            yield from slack.channel(channel)
        yield from _messages(conn, workspace.team_id, now)


def _messages(conn: Connection, team_id: str, now: datetime) -> Iterator[Finding]:
    stuck = deliveries.stuck(conn, team_id)
    for one in stuck:
        yield _wrong(
            "stuck", number=one["id"], kind=one["kind"], error=one["last_error"] or one["state"]
        )
    late = len(deliveries.due(conn, team_id, now - _LATE))
    if late:
        yield _wrong("late", n=late)
    if not stuck and not late:
        yield _fine("messages")
