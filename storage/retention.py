"""Forgetting in time: what has done its work is blanked or deleted, the oldest first.

Each pass finds what is old by a walk along an index, in a transaction that only reads, and drops it
in portions so small that nobody who writes has to wait.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Delete,
    Select,
    bindparam,
    delete,
    exists,
    false,
    or_,
    select,
    true,
    update,
)

from bot.playbook.policy import Policy
from bot.playbook.signals import SignalKind
from bot.playbook.terms import FollowUpState
from storage.states import Method
from storage.tables import audit, delivery, errand, follow_up, inbox, shown_follow_up, signal

REQUESTS = ("command", "action", "submission", "shortcut", "event")
"""How the keys of what people and Slack did begin; all others are those of occasions."""
LASTING = ("win", "voice")
"""Kinds of message that are changed in place however old they are."""

_TEAM: BindParameter[str] = bindparam("team")
_BEFORE: Any = bindparam("before")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


_AT_ONCE = 2_000
"""Rows of one look."""


@dataclass(frozen=True)
class Found:
    """What is old. `after` is where to look on; None when there is no more."""

    ids: Sequence[Any]
    after: tuple[datetime, str] | None = None


Find = Callable[[Connection, str, Policy, datetime, tuple[datetime, str] | None], Found]
Drop = Callable[[Connection, str, Sequence[Any]], None]


@dataclass(frozen=True)
class Pass:
    """One kind of thing that is forgotten. What `drop` takes is a part of what `find` found."""

    find: Find
    drop: Drop


_START = (datetime.min.replace(tzinfo=UTC), "")
_KEYS = (
    select(inbox.c.seen_at, inbox.c.key)
    .where(
        inbox.c.team_id == _TEAM,
        inbox.c.seen_at < _BEFORE,
        inbox.c.seen_at >= bindparam("since"),
        or_(inbox.c.seen_at > bindparam("since"), inbox.c.key > bindparam("last")),
    )
    .order_by(inbox.c.seen_at, inbox.c.key)
    .limit(_AT_ONCE)
)
_FORGET_KEYS = delete(inbox).where(inbox.c.team_id == _TEAM, inbox.c.key.in_(_IDS))


def _old_deliveries(*which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(delivery.c.id)
        .where(delivery.c.team_id == _TEAM, delivery.c.settled_at < _BEFORE, *which)
        .order_by(delivery.c.settled_at)
        .limit(_AT_ONCE)
    )


_OLD_WORDS = _old_deliveries(delivery.c.is_blank == false())
_SHOWS_SOMETHING_OPEN = exists().where(
    shown_follow_up.c.team_id == _TEAM,
    shown_follow_up.c.delivery_id == delivery.c.id,
    follow_up.c.team_id == _TEAM,
    follow_up.c.id == shown_follow_up.c.follow_up_id,
    follow_up.c.state == FollowUpState.OPEN,
)
_OLD_PROMISES = _old_deliveries(
    delivery.c.is_blank == true(), delivery.c.kind.not_in(LASTING), ~_SHOWS_SOMETHING_OPEN
)
# One by one: of several ids, SQLite walks all of the workspace's.
_BLANK = (
    update(delivery)
    .where(delivery.c.team_id == _TEAM, delivery.c.id == bindparam("the_id"))
    .values(payload={}, response_url=None, is_blank=True)
)
_FORGET_SHOWN = delete(shown_follow_up).where(
    shown_follow_up.c.team_id == _TEAM, shown_follow_up.c.delivery_id.in_(_IDS)
)
_FORGET_DELIVERIES = delete(delivery).where(delivery.c.team_id == _TEAM, delivery.c.id.in_(_IDS))
_FORGET_CHANGES = _FORGET_DELIVERIES.where(delivery.c.method != Method.POST)
_OLD_ERRANDS = (
    select(errand.c.id)
    .where(errand.c.team_id == _TEAM, errand.c.settled_at < _BEFORE)
    .order_by(errand.c.settled_at)
    .limit(_AT_ONCE)
)
_FORGET_ERRANDS = delete(errand).where(errand.c.team_id == _TEAM, errand.c.id.in_(_IDS))
_OLD_SIGNALS = (
    select(signal.c.id)
    .where(
        signal.c.team_id == _TEAM,
        signal.c.created_at < _BEFORE,
        signal.c.kind.in_([SignalKind.USAGE, SignalKind.PARTICIPATION]),
    )
    .order_by(signal.c.created_at)
    .limit(_AT_ONCE)
)
_FORGET_SIGNALS = delete(signal).where(signal.c.team_id == _TEAM, signal.c.id.in_(_IDS))
_OLDEST_NOTES = (
    select(audit.c.id, audit.c.at)
    .where(audit.c.team_id == _TEAM)
    .order_by(audit.c.id)
    .limit(_AT_ONCE)
)
_FORGET_NOTES = delete(audit).where(audit.c.team_id == _TEAM, audit.c.id.in_(_IDS))


def _keys(
    conn: Connection,
    team_id: str,
    policy: Policy,
    now: datetime,
    after: tuple[datetime, str] | None,
) -> Found:
    """Keys of requests that Slack will not send again, and of days that no calendar brings back."""
    since, last = after or _START
    of = {"team": team_id, "before": now - policy.requests_kept_for, "since": since, "last": last}
    rows = conn.execute(_KEYS, of).all()
    long_ago = now - policy.promises_kept_for
    old = [
        row.key for row in rows if row.seen_at < long_ago or row.key.partition(":")[0] in REQUESTS
    ]
    has_more = len(rows) == _AT_ONCE
    return Found(old, (rows[-1].seen_at, rows[-1].key) if has_more else None)


def _words(
    conn: Connection, team_id: str, policy: Policy, now: datetime, _: tuple[datetime, str] | None
) -> Found:
    return _found(conn, _OLD_WORDS, team_id, now - policy.words_kept_for)


def _promises(
    conn: Connection, team_id: str, policy: Policy, now: datetime, _: tuple[datetime, str] | None
) -> Found:
    """Messages so old that no key of theirs can come again, and that show nothing open."""
    return _found(conn, _OLD_PROMISES, team_id, now - policy.promises_kept_for)


def _errands(
    conn: Connection, team_id: str, policy: Policy, now: datetime, _: tuple[datetime, str] | None
) -> Found:
    return _found(conn, _OLD_ERRANDS, team_id, now - policy.words_kept_for)


def _notes(
    conn: Connection, team_id: str, policy: Policy, now: datetime, _: tuple[datetime, str] | None
) -> Found:
    """The audit's oldest rows. They are looked at by id, which is their order in time, because an
    index on their time would cost every click something."""
    before = now - policy.audit_kept_for
    oldest = conn.execute(_OLDEST_NOTES, {"team": team_id})
    ids = [row.id for row in oldest if row.at < before]
    return Found(ids, _START if len(ids) == _AT_ONCE else None)


def _signals(
    conn: Connection, team_id: str, policy: Policy, now: datetime, _: tuple[datetime, str] | None
) -> Found:
    """What is sent by the day. The others are scores, moments and tickets, which stay."""
    return _found(conn, _OLD_SIGNALS, team_id, now - policy.signals_kept_for)


def _found(conn: Connection, old: Select[Any], team_id: str, before: datetime) -> Found:
    """What is found is dropped, so that the next look begins where this one did."""
    ids = list(conn.execute(old, {"team": team_id, "before": before}).scalars())
    return Found(ids, _START if len(ids) == _AT_ONCE else None)


def _forget_words(conn: Connection, team_id: str, ids: Sequence[int]) -> None:
    """What messages said: their rows stay, by which they are found and changed in place. Answers
    to clicks and changes of messages go whole, because nothing is ever looked up in them."""
    conn.execute(_FORGET_CHANGES, {"team": team_id, "ids": ids})
    blank(conn, team_id, ids)


def _forget_promises(conn: Connection, team_id: str, ids: Sequence[int]) -> None:
    conn.execute(_FORGET_SHOWN, {"team": team_id, "ids": ids})
    conn.execute(_FORGET_DELIVERIES, {"team": team_id, "ids": ids})


def _by(statement: Delete) -> Drop:
    def drop(conn: Connection, team_id: str, ids: Sequence[Any]) -> None:
        conn.execute(statement, {"team": team_id, "ids": ids})

    return drop


def blank(conn: Connection, team_id: str, delivery_ids: Sequence[int]) -> None:
    """Take away what these messages said."""
    if delivery_ids:
        conn.execute(_BLANK, [{"team": team_id, "the_id": one} for one in delivery_ids])


PASSES = (
    Pass(_keys, _by(_FORGET_KEYS)),
    Pass(_words, _forget_words),
    Pass(_promises, _forget_promises),
    Pass(_errands, _by(_FORGET_ERRANDS)),
    Pass(_notes, _by(_FORGET_NOTES)),
    Pass(_signals, _by(_FORGET_SIGNALS)),
)
"""Everything that is forgotten."""
