"""What deliveries need now and then: dead workers' claims back, an end to what has expired, and
waits put right that were written by a clock which has been set back since.

Rows that a handler's transaction holds are left for the next time, so nobody waits for anybody.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Update,
    and_,
    bindparam,
    case,
    literal_column,
    or_,
    select,
    update,
)

from storage.claims import IS_SUPERSEDED
from storage.rests import CLOCKS_DIFFER, horizon
from storage.states import DeliveryState, Method
from storage.tables import delivery
from storage.types import spelled

_LONGEST_WAIT = timedelta(minutes=10)
"""Longer than any back-off, and than Slack has ever asked anybody to wait."""
_IS_POST = spelled(delivery.c.method, Method.POST)
_IS_CHANGE = and_(
    delivery.c.method != literal_column(f"'{Method.POST}'"), delivery.c.method != Method.MAIL
)


def _update(*of: ColumnElement[bool], **values: Any) -> Update:
    free = select(delivery.c.id).where(*of).with_for_update(skip_locked=True, of=delivery)
    return update(delivery).where(delivery.c.id.in_(free)).values(**values)


_FREE = {"owner": None, "lease_until": None}


def _lose_posts(which: ColumnElement[bool]) -> Update:
    return _update(
        which, _IS_POST, state=DeliveryState.DOUBT, due_at=bindparam("settle_at"), **_FREE
    )


def _lose_changes(which: ColumnElement[bool]) -> Update:
    return _update(
        which,
        _IS_CHANGE,
        state=case((IS_SUPERSEDED, DeliveryState.CANCELLED), else_=DeliveryState.PENDING),
        settled_at=case((IS_SUPERSEDED, bindparam("now")), else_=None),
        **_FREE,
    )


# A lease that ends later than one that begins now was given by a clock that was ahead.
_LOST = and_(
    spelled(delivery.c.state, DeliveryState.SENDING),
    or_(
        delivery.c.lease_until <= bindparam("now"),
        delivery.c.lease_until > bindparam("latest_lease"),
    ),
)
_LOST_POSTS = _lose_posts(_LOST)
_LOST_CHANGES = _lose_changes(_LOST)
_EXPIRE = _update(
    spelled(delivery.c.state, DeliveryState.PENDING),
    delivery.c.expires_at <= bindparam("now"),
    # Somebody has to be told of a mail: see `storage.mails`.
    delivery.c.method != Method.MAIL,
    state=DeliveryState.EXPIRED,
    settled_at=bindparam("now"),
)
_LET_GO = and_(
    spelled(delivery.c.state, DeliveryState.SENDING), delivery.c.owner == bindparam("worker")
)
_LET_POSTS_GO = _lose_posts(_LET_GO)
_LET_CHANGES_GO = _lose_changes(_LET_GO)
_HASTEN = (
    _update(
        spelled(delivery.c.state, DeliveryState.PENDING),
        _IS_POST,
        delivery.c.tried_at > bindparam("horizon"),
        due_at=bindparam("now"),
        tried_at=None,
    ),
    _update(
        spelled(delivery.c.state, DeliveryState.PENDING),
        _IS_CHANGE,
        delivery.c.due_at > bindparam("latest_wait"),
        due_at=bindparam("now"),
    ),
    _update(
        spelled(delivery.c.state, DeliveryState.DOUBT),
        or_(
            delivery.c.due_at > bindparam("latest_wait"),
            delivery.c.lease_until > bindparam("latest_lease"),
        ),
        due_at=bindparam("now"),
        **_FREE,
    ),
)


def release_lost(conn: Connection, now: datetime, lease: timedelta, settle: timedelta) -> int:
    """Take back what a dead worker held: a post is in doubt until `settle` is over, a change of a
    message that stands already is simply made again."""
    at = {"now": now, "latest_lease": now + lease + CLOCKS_DIFFER}
    posts = conn.execute(_LOST_POSTS, at | {"settle_at": now + settle}).rowcount
    return posts + conn.execute(_LOST_CHANGES, at).rowcount


def let_go(conn: Connection, worker: str, now: datetime, settle: timedelta) -> None:
    """The same for everything that `worker` holds, which ends without finishing it."""
    conn.execute(_LET_POSTS_GO, {"worker": worker, "settle_at": now + settle})
    conn.execute(_LET_CHANGES_GO, {"worker": worker, "now": now})


def expire(conn: Connection, now: datetime) -> int:
    """Drop what is no longer worth saying; how many."""
    return conn.execute(_EXPIRE, {"now": now}).rowcount


def hasten(conn: Connection, now: datetime, lease: timedelta) -> int:
    """Look now at what was put off by a clock that was ahead; how many."""
    at = {
        "now": now,
        "horizon": horizon(now),
        "latest_wait": now + _LONGEST_WAIT,
        "latest_lease": now + lease + CLOCKS_DIFFER,
    }
    return sum(conn.execute(statement, at).rowcount for statement in _HASTEN)
