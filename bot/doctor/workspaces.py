"""What can be seen of the workspaces: their admins, their channels, what got stuck."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.doctor.finding import Finding, fine, wrong
from bot.doctor.slack import Slack
from bot.mail.letter import is_address
from bot.settings import Settings
from bot.telemetry.errors import word_of
from storage import deliveries, errands, people, stuck, workspaces
from storage.stuck import Stuck
from storage.workspaces import Workspace

_LATE = timedelta(minutes=5)
_ERRANDS_SINCE = timedelta(days=7)
"""Whoever asked for one that failed was told; after a week nobody waits for it."""
_NAMED = 5
"""How many stuck messages are named; the rest is counted."""


def look_at(conn: Connection, told: Settings, slack: Slack, now: datetime) -> Iterator[Finding]:
    """What the database holds of the token's workspace, or of all when there is no token."""
    known = [one for one in workspaces.every(conn) if slack.team_id in (None, one.team_id)]
    if not known:
        yield fine("no_workspace")
        if slack.team_id and told.channel:
            yield from slack.channel(told.channel)
    tokens = _tokens(conn, told)
    for workspace in known:
        theirs = slack
        if told.has_many_workspaces:
            theirs = Slack(told, tokens.get(workspace.team_id))
            yield from _installation(workspace, tokens, theirs, now)
        yield from _workspace(conn, workspace, told, theirs)
        yield from _messages(conn, workspace.team_id, now)
        yield from _errands(conn, workspace.team_id, now)


def _tokens(conn: Connection, told: Settings) -> Mapping[str, str | None]:
    if not told.keys:
        return {}
    # Imported here because only several workspaces need encryption.
    from storage.installations import tokens  # noqa: PLC0415
    from storage.sealed import Keys  # noqa: PLC0415

    return tokens(conn, Keys(told.keys))


def _installation(
    workspace: Workspace, tokens: Mapping[str, str | None], theirs: Slack, now: datetime
) -> Iterator[Finding]:
    """Whether Goen is installed in one of several workspaces, and its token good."""
    if workspace.team_id not in tokens:
        yield wrong("not_installed", team=workspace.name)
    elif tokens[workspace.team_id] is None:
        yield wrong("key_missing", team=workspace.team_id)
    else:
        for one in theirs.bot_token(now):
            refused = one.code == "bot_token"
            yield wrong("team_token", team=workspace.name, **one.values) if refused else one


def _workspace(
    conn: Connection, workspace: Workspace, told: Settings, slack: Slack
) -> Iterator[Finding]:
    if not people.has_admin(conn, workspace.team_id):
        yield wrong("no_admin", team=workspace.name)
    if told.mail_server and not _may_anybody_write(conn, workspace):
        yield wrong("mail_no_sender", team=workspace.name)
    channel = told.channel or workspace.channel_id
    if channel is None:
        yield wrong("no_channel", team=workspace.name)
    elif slack.team_id:
        yield from slack.channel(channel)
    if not slack.may_read_history:
        yield fine(f"promise_{workspace.promise}", team=workspace.name)


def _may_anybody_write(conn: Connection, workspace: Workspace) -> bool:
    """Whether Slack tells us of anybody's address; nobody's without `users:read.email`."""
    return any(is_address(one.email or "") for one in people.team(conn, workspace.team_id))


def _messages(conn: Connection, team_id: str, now: datetime) -> Iterator[Finding]:
    waiting = stuck.of_team(conn, team_id)
    for one in waiting[:_NAMED]:
        yield wrong(
            _code_of(one),
            number=one.id,
            kind=one.kind,
            to=one.channel,
            error=one.last_error or one.state,
        )
    if len(waiting) > _NAMED:
        yield wrong("more_stuck", n=len(waiting) - _NAMED)
    late = len(deliveries.due(conn, team_id, now - _LATE))
    if late:
        yield wrong("late", n=late)
    if not waiting and not late:
        yield fine("messages")


def _code_of(one: Stuck) -> str:
    if one.is_mail:
        return "mail_in_doubt"
    return "in_doubt" if one.may_have_arrived else "refused"


def _errands(conn: Connection, team_id: str, now: datetime) -> Iterator[Finding]:
    for one in errands.failed(conn, team_id, now - _ERRANDS_SINCE):
        yield wrong("errand", number=one.id, kind=one.kind, error=word_of(one.last_error))
