"""A workspace that removed Goen: it is gone at once, and everything of it is deleted in portions.

From the moment its row is gone nobody acts in its name any more. What was under way may still write
a row or two, which is why the deletion is repeated for a while. Event keys are kept as long, so
that the event which began it has no second effect on a workspace that comes back.
"""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Table,
    and_,
    bindparam,
    delete,
    func,
    not_,
    select,
    tuple_,
    update,
)

from storage.engine import Store
from storage.states import DeliveryState
from storage.tables import (
    delivery,
    departure,
    errand,
    inbox,
    metadata,
    slack_bots,
    slack_installations,
    workspace,
)
from storage.upsert import upsert

KEPT_IN_MIND = timedelta(hours=1)
"""Slack repeats an event for some minutes."""
_TO_THE_SECOND = timedelta(seconds=1)
"""How exactly Slack tells when an event happened."""
_PORTION = 500
"""Rows of one transaction: some tens of milliseconds in which nobody else may write."""
_EVENTS = "event:%"
_LOCKS = 5_046_537
"""PostgreSQL's advisory locks of workspaces that come and go, any number nobody else uses here."""


def _of_team(table: Table) -> ColumnElement[bool]:
    return table.c.team_id == bindparam("team")


def _some_of(table: Table) -> Delete:
    """A portion of a workspace's rows of a table."""
    keys = list(table.primary_key)
    portion = select(*keys).where(_of_team(table)).limit(_PORTION)
    if table is inbox:
        is_recent = and_(inbox.c.key.like(_EVENTS), inbox.c.seen_at >= bindparam("since"))
        portion = portion.where(not_(is_recent))
    return delete(table).where(_of_team(table), tuple_(*keys).in_(portion))


_TABLES = [
    table
    for table in reversed(metadata.sorted_tables)
    if "team_id" in table.c and table is not departure
]
"""What refers to others comes before them."""
_ALL = [delete(table).where(_of_team(table)) for table in _TABLES]
_SOME = [_some_of(table) for table in _TABLES]
_AT_ONCE = [
    delete(table).where(_of_team(table))
    for table in (workspace, slack_bots, slack_installations, errand)
]
_CANCEL = (
    update(delivery)
    .where(
        _of_team(delivery),
        delivery.c.state.in_([DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DOUBT]),
    )
    .values(state=DeliveryState.CANCELLED, owner=None, lease_until=None)
)
_NOTE = upsert(departure)
_NOTE = _NOTE.on_conflict_do_update(
    index_elements=["team_id"], set_={"departed_at": _NOTE.excluded.departed_at}
)
_KNOWN = select(departure.c.team_id, departure.c.departed_at)
_IS_KNOWN = select(departure.c.team_id).where(_of_team(departure))
_END = delete(departure).where(_of_team(departure))
_FORGET_KEYS = delete(inbox).where(_of_team(inbox))
_INSTALLED_AT = select(func.max(slack_bots.c.installed_at)).where(_of_team(slack_bots))
_CREATED_AT = select(workspace.c.created_at).where(_of_team(workspace))


def depart(conn: Connection, team_id: str, happened_at: datetime, now: datetime) -> bool:
    """End a workspace: its tokens, its duties and its name; the rest follows, see `sweep`.

    False when there is no such workspace, or it came after what happened: a late repetition of an
    event must not end the workspace that has come back meanwhile.
    """
    _alone(conn, team_id)
    of = {"team": team_id}
    since = _since(conn, team_id)
    if since is None or since >= happened_at + _TO_THE_SECOND:
        return False
    for statement in (*_AT_ONCE, _CANCEL):
        conn.execute(statement, of)
    conn.execute(_NOTE, {"team_id": team_id, "departed_at": now})
    return True


def finish(conn: Connection, team_id: str) -> None:
    """Delete all that is left of an earlier time, before the workspace comes back. Until the
    transaction ends nobody else lets it come or go."""
    _alone(conn, team_id)
    of = {"team": team_id}
    if conn.execute(_IS_KNOWN, of).first() is None:
        return
    for statement in (*_ALL, _END):
        conn.execute(statement, of)


def sweep(store: Store, now: datetime, seconds: float) -> int:
    """Go on deleting, for about that long; how many rows were deleted."""
    until = time.monotonic() + seconds
    with store.read() as conn:
        departed = [(row.team_id, row.departed_at) for row in conn.execute(_KNOWN)]
    swept = 0
    for team_id, departed_at in departed:
        found = _sweep(store, team_id, departed_at, until)
        swept += found
        if found == 0 and departed_at + KEPT_IN_MIND <= now:
            with store.write() as conn:
                if _is_gone(conn, team_id):
                    conn.execute(_FORGET_KEYS, {"team": team_id})
                    conn.execute(_END, {"team": team_id})
    return swept


def _sweep(store: Store, team_id: str, departed_at: datetime, until: float) -> int:
    swept = 0
    for statement in _SOME:
        found = _PORTION
        while found == _PORTION and time.monotonic() < until:
            with store.write() as conn:
                if not _is_gone(conn, team_id):
                    return swept
                found = conn.execute(statement, {"team": team_id, "since": departed_at}).rowcount
            swept += found
    return swept


def _is_gone(conn: Connection, team_id: str) -> bool:
    """Whether the workspace has not come back; it won't during this transaction."""
    _alone(conn, team_id)
    return conn.execute(_IS_KNOWN, {"team": team_id}).first() is not None


def _alone(conn: Connection, team_id: str) -> None:
    """Let nobody else end or begin this workspace until the transaction ends. SQLite has one writer
    at a time."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(_LOCKS, func.hashtext(team_id))))


def _since(conn: Connection, team_id: str) -> datetime | None:
    """When the workspace came; None when it is not here."""
    of = {"team": team_id}
    installed_at: datetime | None = conn.execute(_INSTALLED_AT, of).scalar_one()
    if installed_at:
        return installed_at.replace(tzinfo=UTC)
    created_at: datetime | None = conn.execute(_CREATED_AT, of).scalar_one_or_none()
    return created_at
