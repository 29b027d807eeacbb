"""Claiming deliveries and writing back what became of them (DESIGN §3).

A worker claims a batch in one short transaction, posts outside of it, and writes back only while it
still holds the lease: the epoch grows with every claim, so a late answer of an earlier one is lost.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from storage.states import DeliveryState, Method
from storage.tables import delivery
from storage.types import spelled


@dataclass(frozen=True)
class Claimed:
    """A delivery that this worker holds until its lease ends."""

    id: int
    team_id: str
    dedup_key: str
    kind: str
    method: Method
    channel: str
    posted_channel: str | None
    target_ts: str | None
    response_url: str | None
    payload: dict[str, Any]
    expires_at: datetime
    epoch: int
    attempt: int
    first_try_at: datetime | None


_CLAIMED = [delivery.c[name] for name in Claimed.__dataclass_fields__]
_OTHER = delivery.alias("other")
_SAME_MESSAGE = and_(
    _OTHER.c.target_ts == delivery.c.target_ts,
    _OTHER.c.channel == delivery.c.channel,
    _OTHER.c.team_id == delivery.c.team_id,
)
# Two changes of one message never travel at once, and an older one never follows a newer one.
_IS_SUPERSEDED = exists().where(
    _SAME_MESSAGE, _OTHER.c.id > delivery.c.id, _OTHER.c.state != DeliveryState.CANCELLED
)
_IS_UNDER_WAY = exists().where(
    _SAME_MESSAGE, _OTHER.c.id != delivery.c.id, _OTHER.c.state == DeliveryState.SENDING
)


def _claim(state: DeliveryState, /, *extra: Any, **values: Any) -> Update:
    picked = (
        select(delivery.c.id)
        .where(spelled(delivery.c.state, state), delivery.c.due_at <= bindparam("now"), *extra)
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=delivery)
        .cte("picked")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    return (
        update(delivery)
        .where(delivery.c.id.in_(select(picked.c.id)))
        .values(
            owner=bindparam("worker"),
            lease_until=bindparam("lease"),
            epoch=delivery.c.epoch + 1,
            first_try_at=func.coalesce(delivery.c.first_try_at, bindparam("now")),
            **values,
        )
        .returning(*_CLAIMED)
    )


_CLAIM_POSTS = _claim(
    DeliveryState.PENDING,
    spelled(delivery.c.method, Method.POST),
    delivery.c.channel.not_in(bindparam("resting", expanding=True)),
    state=DeliveryState.SENDING,
    attempt=delivery.c.attempt + 1,
)
_CLAIM_CHANGES = _claim(
    DeliveryState.PENDING,
    delivery.c.method != literal_column(f"'{Method.POST}'"),
    ~_IS_SUPERSEDED,
    ~_IS_UNDER_WAY,
    state=DeliveryState.SENDING,
    attempt=delivery.c.attempt + 1,
)
_CLAIM_DOUBT = _claim(
    DeliveryState.DOUBT,
    or_(delivery.c.lease_until.is_(None), delivery.c.lease_until <= bindparam("now")),
)
_LOST = (
    spelled(delivery.c.state, DeliveryState.SENDING),
    delivery.c.lease_until <= bindparam("now"),
)
_LOST_POSTS = (
    update(delivery)
    .where(*_LOST, delivery.c.method == Method.POST)
    .values(state=DeliveryState.DOUBT, owner=None, lease_until=None, due_at=bindparam("settle_at"))
)
_LOST_CHANGES = (
    update(delivery)
    .where(*_LOST, delivery.c.method != Method.POST)
    .values(
        state=case((_IS_SUPERSEDED, DeliveryState.CANCELLED), else_=DeliveryState.PENDING),
        owner=None,
        lease_until=None,
    )
)
_EXPIRE = (
    update(delivery)
    .where(
        spelled(delivery.c.state, DeliveryState.PENDING), delivery.c.expires_at <= bindparam("now")
    )
    .values(state=DeliveryState.EXPIRED, settled_at=bindparam("now"))
)
_RELEASE = (
    update(delivery)
    .where(
        delivery.c.id.in_(bindparam("ids", expanding=True)),
        delivery.c.owner == bindparam("worker"),
        spelled(delivery.c.state, DeliveryState.SENDING),
    )
    .values(
        state=DeliveryState.PENDING,
        owner=None,
        lease_until=None,
        attempt=delivery.c.attempt - 1,
    )
)
_WRITE_BACK = (
    update(delivery)
    .where(
        delivery.c.id == bindparam("the_id"),
        delivery.c.owner == bindparam("the_owner"),
        delivery.c.epoch == bindparam("the_epoch"),
    )
    .returning(delivery.c.is_stale)
)
_SUPERSEDED = select(_IS_SUPERSEDED).where(delivery.c.id == bindparam("the_id"))


def claim_posts(
    conn: Connection,
    worker: str,
    now: datetime,
    lease: timedelta,
    most: int,
    resting: Collection[str] = (),
) -> list[Claimed]:
    """Take up to `most` due messages for `worker`; nobody else gets them until the lease ends.

    Those to the channels in `resting` are left where they are.
    """
    return _rows(conn, _CLAIM_POSTS, worker, now, lease, most, resting=list(resting))


def claim_changes(
    conn: Connection, worker: str, now: datetime, lease: timedelta, most: int
) -> list[Claimed]:
    """The same for answers to a click and changes of messages: somebody is waiting for them."""
    return _rows(conn, _CLAIM_CHANGES, worker, now, lease, most)


def claim_doubtful(
    conn: Connection, worker: str, now: datetime, lease: timedelta, most: int
) -> list[Claimed]:
    """Take deliveries whose outcome is unknown and whose settle time is over.

    They stay in doubt, and looking at them is not a try.
    """
    return _rows(conn, _CLAIM_DOUBT, worker, now, lease, most)


def release(conn: Connection, worker: str, held: Iterable[Claimed]) -> None:
    """Give back what was claimed and not tried."""
    conn.execute(_RELEASE, {"worker": worker, "ids": [one.id for one in held]})


def release_lost(conn: Connection, now: datetime, settle: timedelta) -> int:
    """Take back what a dead worker held: a post is in doubt until `settle` is over, a change of a
    message that stands already is simply made again."""
    posts = conn.execute(_LOST_POSTS, {"now": now, "settle_at": now + settle}).rowcount
    return posts + conn.execute(_LOST_CHANGES, {"now": now}).rowcount


def expire(conn: Connection, now: datetime) -> int:
    """Drop what is no longer worth saying; how many."""
    return conn.execute(_EXPIRE, {"now": now}).rowcount


@dataclass(frozen=True)
class Kept:
    """The outcome was recorded. `is_stale`: what the message shows changed on its way."""

    is_stale: bool


def write_back(conn: Connection, claimed: Claimed, worker: str, **columns: object) -> Kept | None:
    """Record the outcome; None when the lease was lost meanwhile and nothing was written."""
    found = conn.execute(
        _WRITE_BACK.values(**columns),
        {"the_id": claimed.id, "the_owner": worker, "the_epoch": claimed.epoch},
    ).one_or_none()
    return Kept(found.is_stale) if found else None


def is_superseded(conn: Connection, claimed: Claimed) -> bool:
    """Whether a newer change of the same message is owed or made."""
    return bool(conn.execute(_SUPERSEDED, {"the_id": claimed.id}).scalar_one())


def _rows(
    conn: Connection,
    statement: Update,
    worker: str,
    now: datetime,
    lease: timedelta,
    most: int,
    **more: object,
) -> list[Claimed]:
    values = {"worker": worker, "now": now, "lease": now + lease, "most": most, **more}
    rows = conn.execute(statement, values).mappings()
    return sorted((Claimed(**row) for row in rows), key=lambda claimed: claimed.id)
