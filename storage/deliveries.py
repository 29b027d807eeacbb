"""The outbox: what Goen owes Slack, claimed by conditional updates and settled by epoch.

A delivery is enqueued in the transaction that causes it. A worker claims a batch in one short
transaction, posts outside of it, and writes back only while it still holds the lease.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Update,
    bindparam,
    func,
    or_,
    select,
    update,
)

from storage.states import DeliveryState, Method
from storage.tables import delivery, shown_follow_up
from storage.types import spelled
from storage.upsert import upsert


@dataclass(frozen=True)
class NewDelivery:
    """A message to send. `dedup_key` is kind:subject:user:local_date and unique in a workspace.

    `channel` is a channel, or a user for a direct message. `payload` is the body of the Web API
    call. `follow_ups` are the ids of what the message lets people tick off, in its order.
    """

    team_id: str
    dedup_key: str
    kind: str
    channel: str
    payload: Mapping[str, Any]
    due_at: datetime
    expires_at: datetime
    method: Method = Method.POST
    target_ts: str | None = None
    response_url: str | None = None
    follow_ups: Sequence[int] = field(default_factory=tuple)


@dataclass(frozen=True)
class Claimed:
    """A delivery that this worker holds until `lease_until`."""

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


@dataclass(frozen=True)
class Posted:
    """A message of ours that stands in Slack."""

    delivery_id: int
    kind: str
    dedup_key: str
    channel: str
    posted_channel: str
    slack_ts: str


_ENQUEUE = upsert(delivery).on_conflict_do_nothing().returning(delivery.c.id)
_SHOW = upsert(shown_follow_up).on_conflict_do_nothing()
_CLAIMED = [delivery.c[name] for name in Claimed.__dataclass_fields__]
_POSTED = [
    delivery.c.id.label("delivery_id"),
    delivery.c.kind,
    delivery.c.dedup_key,
    delivery.c.channel,
    delivery.c.posted_channel,
    delivery.c.slack_ts,
]
_MINE = (
    delivery.c.id == bindparam("the_id"),
    delivery.c.owner == bindparam("the_owner"),
    delivery.c.epoch == bindparam("the_epoch"),
)


def _claimable(state: DeliveryState, *extra: Any) -> Any:
    return (
        select(delivery.c.id)
        .where(spelled(delivery.c.state, state), delivery.c.due_at <= bindparam("now"), *extra)
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("picked")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )


def _claim(state: DeliveryState, *extra: Any) -> Update:
    picked = _claimable(state, *extra)
    return (
        update(delivery)
        .where(delivery.c.id.in_(select(picked.c.id)))
        .values(
            state=DeliveryState.SENDING if state is DeliveryState.PENDING else state,
            owner=bindparam("worker"),
            lease_until=bindparam("lease"),
            epoch=delivery.c.epoch + 1,
            attempt=delivery.c.attempt + 1,
            first_try_at=func.coalesce(delivery.c.first_try_at, bindparam("now")),
        )
        .returning(*_CLAIMED)
    )


_CLAIM_PENDING = _claim(DeliveryState.PENDING)
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
    .values(state=DeliveryState.DOUBT, owner=None, due_at=bindparam("settle_at"))
)
_LOST_CHANGES = (
    update(delivery)
    .where(*_LOST, delivery.c.method != Method.POST)
    .values(state=DeliveryState.PENDING, owner=None)
)
_EXPIRE = (
    update(delivery)
    .where(
        spelled(delivery.c.state, DeliveryState.PENDING), delivery.c.expires_at <= bindparam("now")
    )
    .values(state=DeliveryState.EXPIRED, settled_at=bindparam("now"))
)
_WRITE_BACK = update(delivery).where(*_MINE)
_CANCEL = (
    update(delivery)
    .where(
        delivery.c.team_id == bindparam("team"),
        delivery.c.state == DeliveryState.PENDING,
        delivery.c.kind == "reminder",
        delivery.c.id.in_(
            select(shown_follow_up.c.delivery_id).where(
                shown_follow_up.c.follow_up_id == bindparam("follow_up")
            )
        ),
    )
    .values(state=DeliveryState.CANCELLED, settled_at=bindparam("now"))
)
_SHOWING = (
    select(*_POSTED)
    .join(shown_follow_up, shown_follow_up.c.delivery_id == delivery.c.id)
    .where(
        delivery.c.team_id == bindparam("team"),
        shown_follow_up.c.follow_up_id == bindparam("follow_up"),
        delivery.c.slack_ts.is_not(None),
    )
)
_AT = select(*_POSTED).where(
    delivery.c.team_id == bindparam("team"),
    delivery.c.posted_channel == bindparam("in_channel"),
    delivery.c.slack_ts == bindparam("ts"),
    delivery.c.method == Method.POST,
)
_SHOWN = (
    select(shown_follow_up.c.follow_up_id)
    .where(
        shown_follow_up.c.team_id == bindparam("team"),
        shown_follow_up.c.delivery_id == bindparam("the_id"),
    )
    .order_by(shown_follow_up.c.position)
)
_STUCK = select(delivery.c.id, delivery.c.kind, delivery.c.state, delivery.c.last_error).where(
    delivery.c.team_id == bindparam("team"),
    delivery.c.state.in_([DeliveryState.NEEDS_HUMAN, DeliveryState.DEAD]),
)


def enqueue(conn: Connection, new: NewDelivery) -> int | None:
    """Owe Slack a message. None when the same dedup key is owed or was sent already."""
    delivery_id = conn.execute(
        _ENQUEUE,
        {
            "team_id": new.team_id,
            "dedup_key": new.dedup_key,
            "kind": new.kind,
            "method": new.method,
            "channel": new.channel,
            "target_ts": new.target_ts,
            "response_url": new.response_url,
            "payload": dict(new.payload),
            "due_at": new.due_at,
            "expires_at": new.expires_at,
            "state": DeliveryState.PENDING,
            "is_stale": False,
        },
    ).scalar_one_or_none()
    if delivery_id is not None and new.follow_ups:
        conn.execute(
            _SHOW,
            [
                {
                    "delivery_id": delivery_id,
                    "follow_up_id": follow_up,
                    "position": position,
                    "team_id": new.team_id,
                }
                for position, follow_up in enumerate(new.follow_ups)
            ],
        )
    return delivery_id


def claim(
    conn: Connection, worker: str, now: datetime, lease: timedelta, most: int
) -> list[Claimed]:
    """Take up to `most` due deliveries for `worker`; nobody else gets them until the lease ends."""
    return _rows(conn, _CLAIM_PENDING, worker, now, lease, most)


def claim_doubtful(
    conn: Connection, worker: str, now: datetime, lease: timedelta, most: int
) -> list[Claimed]:
    """Take deliveries whose outcome is unknown and whose settle time is over."""
    return _rows(conn, _CLAIM_DOUBT, worker, now, lease, most)


def release_lost(conn: Connection, now: datetime, settle: timedelta) -> int:
    """Take back what a dead worker held: a post is in doubt until `settle` is over, a change of a
    message that stands already is simply made again."""
    posts = conn.execute(_LOST_POSTS, {"now": now, "settle_at": now + settle}).rowcount
    return posts + conn.execute(_LOST_CHANGES, {"now": now}).rowcount


def expire(conn: Connection, now: datetime) -> int:
    return conn.execute(_EXPIRE, {"now": now}).rowcount


def write_back(conn: Connection, claimed: Claimed, worker: str, **columns: object) -> bool:
    """Record the outcome; False when the lease was lost meanwhile and nothing was written."""
    found = conn.execute(
        _WRITE_BACK.values(**columns),
        {"the_id": claimed.id, "the_owner": worker, "the_epoch": claimed.epoch},
    )
    return found.rowcount == 1


def cancel_reminders(conn: Connection, team_id: str, follow_up_id: int, now: datetime) -> int:
    """Withdraw reminders of a follow-up that were not sent yet."""
    found = conn.execute(_CANCEL, {"team": team_id, "follow_up": follow_up_id, "now": now})
    return found.rowcount


def showing(conn: Connection, team_id: str, follow_up_id: int) -> list[Posted]:
    """The messages in Slack that show this follow-up and must change with it."""
    rows = conn.execute(_SHOWING, {"team": team_id, "follow_up": follow_up_id}).mappings()
    return [Posted(**row) for row in rows]


def posted_at(conn: Connection, team_id: str, channel: str, ts: str) -> Posted | None:
    """Our message at a place in Slack."""
    found = conn.execute(_AT, {"team": team_id, "in_channel": channel, "ts": ts})
    row = found.mappings().first()
    return Posted(**row) if row else None


def follow_ups_shown(conn: Connection, team_id: str, delivery_id: int) -> list[int]:
    return list(conn.execute(_SHOWN, {"team": team_id, "the_id": delivery_id}).scalars())


def stuck(conn: Connection, team_id: str) -> list[RowMapping]:
    """What a human must look at."""
    return list(conn.execute(_STUCK, {"team": team_id}).mappings())


def _rows(
    conn: Connection,
    statement: Update,
    worker: str,
    now: datetime,
    lease: timedelta,
    most: int,
) -> list[Claimed]:
    rows = conn.execute(
        statement, {"worker": worker, "now": now, "lease": now + lease, "most": most}
    ).mappings()
    return sorted((Claimed(**row) for row in rows), key=lambda claimed: claimed.id)
