"""Forgetting in time: what has done its work is blanked or deleted, a few rows at once.

Each function treats at most `most` rows of one workspace, found by a walk along an index from the
oldest on, and says how many it treated; fewer than `most` means that there are no more.
"""

from datetime import datetime
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
from bot.playbook.terms import FollowUpState
from storage.states import Method
from storage.tables import audit, delivery, errand, follow_up, inbox, shown_follow_up

REQUESTS = ("command", "action", "submission", "shortcut", "event")
"""How the keys of what people and Slack did begin; all others are those of occasions."""
LASTING = ("win",)
"""Kinds of message that are changed in place however old they are: their keys hold no day."""

_TEAM: BindParameter[str] = bindparam("team")
_BEFORE: Any = bindparam("before")
_MOST: Any = bindparam("most")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def _old_keys(*which: ColumnElement[bool]) -> Delete:
    mine = (inbox.c.team_id == _TEAM, inbox.c.seen_at < _BEFORE, *which)
    found = select(inbox.c.key).where(*mine).order_by(inbox.c.seen_at).limit(_MOST)
    return delete(inbox).where(inbox.c.team_id == _TEAM, inbox.c.key.in_(found))


def _old_deliveries(*which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(delivery.c.id)
        .where(delivery.c.team_id == _TEAM, delivery.c.settled_at < _BEFORE, *which)
        .order_by(delivery.c.settled_at)
        .limit(_MOST)
    )


_FORGET_REQUESTS = _old_keys(or_(*(inbox.c.key.like(f"{name}:%") for name in REQUESTS)))
_FORGET_OCCASIONS = _old_keys()
_KEPT = delivery.c.is_blank == false()
_OLD_CHANGES = _old_deliveries(_KEPT, delivery.c.method != Method.POST)
_OLD_WORDS = _old_deliveries(_KEPT)
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
_BLANK = (
    update(delivery)
    .where(delivery.c.team_id == _TEAM, delivery.c.id.in_(_IDS))
    .values(payload={}, response_url=None, is_blank=True)
)
_FORGET_SHOWN = delete(shown_follow_up).where(
    shown_follow_up.c.team_id == _TEAM, shown_follow_up.c.delivery_id.in_(_IDS)
)
_FORGET_DELIVERIES = delete(delivery).where(delivery.c.team_id == _TEAM, delivery.c.id.in_(_IDS))
_OLD_ERRANDS = (
    select(errand.c.id)
    .where(errand.c.team_id == _TEAM, errand.c.settled_at < _BEFORE)
    .order_by(errand.c.settled_at)
    .limit(_MOST)
)
_FORGET_ERRANDS = delete(errand).where(errand.c.team_id == _TEAM, errand.c.id.in_(_OLD_ERRANDS))
_OLDEST_NOTES = (
    select(audit.c.id, audit.c.at).where(audit.c.team_id == _TEAM).order_by(audit.c.id).limit(_MOST)
)
_FORGET_NOTES = delete(audit).where(audit.c.team_id == _TEAM, audit.c.id.in_(_IDS))


def requests(conn: Connection, team_id: str, policy: Policy, now: datetime, most: int) -> int:
    """Keys of clicks, commands, forms and events that Slack will not send again."""
    of = {"team": team_id, "before": now - policy.requests_kept_for, "most": most}
    return conn.execute(_FORGET_REQUESTS, of).rowcount


def occasions(conn: Connection, team_id: str, policy: Policy, now: datetime, most: int) -> int:
    """Keys of days that were planned."""
    of = {"team": team_id, "before": now - policy.promises_kept_for, "most": most}
    return conn.execute(_FORGET_OCCASIONS, of).rowcount


def changes(conn: Connection, team_id: str, policy: Policy, now: datetime, most: int) -> int:
    """Answers to clicks and changes of messages: nothing is ever looked up in them."""
    of = {"team": team_id, "before": now - policy.words_kept_for, "most": most}
    ids = list(conn.execute(_OLD_CHANGES, of).scalars())
    return conn.execute(_FORGET_DELIVERIES, {"team": team_id, "ids": ids}).rowcount if ids else 0


def words(conn: Connection, team_id: str, policy: Policy, now: datetime, most: int) -> int:
    """What messages said. Their rows stay: by them they are found and changed in place."""
    of = {"team": team_id, "before": now - policy.words_kept_for, "most": most}
    ids = list(conn.execute(_OLD_WORDS, of).scalars())
    return blank(conn, team_id, ids)


def blank(conn: Connection, team_id: str, delivery_ids: list[int]) -> int:
    """Take away what these messages said; how many."""
    if not delivery_ids:
        return 0
    return conn.execute(_BLANK, {"team": team_id, "ids": delivery_ids}).rowcount


def promises(conn: Connection, team_id: str, policy: Policy, now: datetime, most: int) -> int:
    """Messages so old that no key of theirs can come again, and that show nothing open."""
    of = {"team": team_id, "before": now - policy.promises_kept_for, "most": most}
    ids = list(conn.execute(_OLD_PROMISES, of).scalars())
    if not ids:
        return 0
    conn.execute(_FORGET_SHOWN, {"team": team_id, "ids": ids})
    return conn.execute(_FORGET_DELIVERIES, {"team": team_id, "ids": ids}).rowcount


def errands(conn: Connection, team_id: str, policy: Policy, now: datetime, most: int) -> int:
    """Work that was done or given up."""
    of = {"team": team_id, "before": now - policy.words_kept_for, "most": most}
    return conn.execute(_FORGET_ERRANDS, of).rowcount


def notes(conn: Connection, team_id: str, policy: Policy, now: datetime, most: int) -> int:
    """The audit's oldest rows. They are looked at by id, which is their order in time, because an
    index on their time would cost every click something."""
    before = now - policy.audit_kept_for
    oldest = conn.execute(_OLDEST_NOTES, {"team": team_id, "most": most})
    ids = [row.id for row in oldest if row.at < before]
    return conn.execute(_FORGET_NOTES, {"team": team_id, "ids": ids}).rowcount if ids else 0


PASSES = (requests, occasions, changes, words, promises, errands, notes)
"""Everything that is forgotten, in an order in which changes are gone before words are blanked."""
