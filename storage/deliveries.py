"""The outbox: what Goen owes Slack, and which of its messages show what.

A delivery is enqueued in the transaction that causes it; `claims` takes it from there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from bot.telemetry.about import request_id
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
class Posted:
    """A message of ours that stands in Slack, or is on its way there while it has no `slack_ts`."""

    delivery_id: int
    kind: str
    dedup_key: str
    channel: str
    due_at: datetime
    posted_channel: str | None
    slack_ts: str | None


@dataclass(frozen=True)
class Owed:
    """A delivery that is due and was not tried yet."""

    dedup_key: str
    kind: str
    channel: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Failed:
    """A message that did not get through."""

    kind: str
    state: DeliveryState


_UNSETTLED = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DOUBT)
_ENQUEUE = upsert(delivery).on_conflict_do_nothing().returning(delivery.c.id)
_SHOW = upsert(shown_follow_up).on_conflict_do_nothing()
_POSTED = [
    delivery.c.id.label("delivery_id"),
    *(delivery.c[name] for name in Posted.__dataclass_fields__ if name != "delivery_id"),
]
_SUPERSEDE = (
    update(delivery)
    .where(
        delivery.c.team_id == bindparam("team"),
        delivery.c.channel == bindparam("in_channel"),
        delivery.c.target_ts == bindparam("ts"),
        delivery.c.id < bindparam("newer"),
        delivery.c.state == DeliveryState.PENDING,
    )
    .values(state=DeliveryState.CANCELLED, settled_at=bindparam("at"))
)
_THE_ONE = (
    delivery.c.team_id == bindparam("team"),
    delivery.c.id == bindparam("the_id"),
)
_CHANGE_PENDING = update(delivery).where(
    *_THE_ONE, spelled(delivery.c.state, DeliveryState.PENDING)
)
_MARK_STALE = (
    update(delivery)
    .where(*_THE_ONE, delivery.c.state.in_([DeliveryState.SENDING, DeliveryState.DOUBT]))
    .values(is_stale=True)
)
_GET = select(*_POSTED).where(*_THE_ONE)
_BY_KEY = select(delivery.c.id).where(
    delivery.c.team_id == bindparam("team"), delivery.c.dedup_key == bindparam("the_key")
)
_SHOWING = (
    select(*_POSTED)
    .join(shown_follow_up, shown_follow_up.c.delivery_id == delivery.c.id)
    .where(
        delivery.c.team_id == bindparam("team"),
        shown_follow_up.c.team_id == bindparam("team"),
        shown_follow_up.c.follow_up_id == bindparam("follow_up"),
        delivery.c.state.in_([*_UNSETTLED, DeliveryState.SENT]),
    )
    .order_by(delivery.c.id)
)
_SHOWN = (
    select(shown_follow_up.c.follow_up_id)
    .where(
        shown_follow_up.c.team_id == bindparam("team"),
        shown_follow_up.c.delivery_id == bindparam("the_id"),
    )
    .order_by(shown_follow_up.c.position)
)
_OF_TEAM = (delivery.c.team_id == bindparam("team"), delivery.c.method == Method.POST)
_FAILED = (
    select(delivery.c.kind, delivery.c.state)
    .where(
        *_OF_TEAM,
        delivery.c.channel.in_(bindparam("channels", expanding=True)),
        delivery.c.settled_at > bindparam("since"),
        delivery.c.settled_at <= bindparam("until"),
        delivery.c.state.in_(
            [DeliveryState.EXPIRED, DeliveryState.DEAD, DeliveryState.NEEDS_HUMAN]
        ),
    )
    .order_by(delivery.c.settled_at, delivery.c.id)
)
_WAITED_FOR = (
    select(delivery.c.channel)
    .where(
        *_OF_TEAM,
        delivery.c.state.in_([*_UNSETTLED, DeliveryState.EXPIRED]),
    )
    .distinct()
)
_DUE_BEFORE = select(func.max(delivery.c.due_at)).where(
    *_OF_TEAM,
    delivery.c.channel == bindparam("in_channel"),
    delivery.c.kind == bindparam("the_kind"),
    delivery.c.due_at < bindparam("before"),
    delivery.c.state.not_in([DeliveryState.CANCELLED, DeliveryState.EXPIRED]),
)
_DUE = (
    select(delivery.c.dedup_key, delivery.c.kind, delivery.c.channel, delivery.c.payload)
    .where(
        delivery.c.team_id == bindparam("team"),
        spelled(delivery.c.state, DeliveryState.PENDING),
        delivery.c.due_at <= bindparam("now"),
        delivery.c.expires_at > bindparam("now"),
        delivery.c.method == Method.POST,
    )
    .order_by(delivery.c.due_at, delivery.c.id)
)


def enqueue(conn: Connection, new: NewDelivery) -> int | None:
    """Owe Slack a message. None when the same dedup key is owed or was sent already.

    A change of a message takes the place of the changes of it that were not made yet.
    """
    delivery_id: int | None = conn.execute(
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
            "request_id": request_id(),
        },
    ).scalar_one_or_none()
    if delivery_id is None:
        return None
    if new.target_ts:
        place = {"team": new.team_id, "in_channel": new.channel, "ts": new.target_ts}
        conn.execute(_SUPERSEDE, place | {"newer": delivery_id, "at": new.due_at})
    if new.follow_ups:
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


def replace_unsent(
    conn: Connection, team_id: str, delivery_id: int, payload: Mapping[str, Any]
) -> bool:
    """Change a message before it is sent; False when somebody has begun to send it."""
    values = {"payload": dict(payload)}
    found = conn.execute(_CHANGE_PENDING.values(**values), {"team": team_id, "the_id": delivery_id})
    return found.rowcount == 1


def change_message(conn: Connection, new: NewDelivery) -> None:
    """Owe Slack a change of a message; the last of several changes with one key counts."""
    if enqueue(conn, new) is None:
        known = conn.execute(_BY_KEY, {"team": new.team_id, "the_key": new.dedup_key})
        replace_unsent(conn, new.team_id, known.scalar_one(), new.payload)


def withdraw_unsent(conn: Connection, team_id: str, delivery_id: int, now: datetime) -> bool:
    """Take a message back before it is sent; False when somebody has begun to send it."""
    values = {"state": DeliveryState.CANCELLED, "settled_at": now}
    found = conn.execute(_CHANGE_PENDING.values(**values), {"team": team_id, "the_id": delivery_id})
    return found.rowcount == 1


def mark_stale(conn: Connection, team_id: str, delivery_id: int) -> bool:
    """Have a message that is on its way rewritten when it has arrived; False when it has."""
    found = conn.execute(_MARK_STALE, {"team": team_id, "the_id": delivery_id})
    return found.rowcount == 1


def get(conn: Connection, team_id: str, delivery_id: int) -> Posted | None:
    found = conn.execute(_GET, {"team": team_id, "the_id": delivery_id}).mappings().first()
    return Posted(**found) if found else None


def showing(conn: Connection, team_id: str, follow_up_id: int) -> list[Posted]:
    """The messages that show this follow-up and must change with it, sent or on their way."""
    rows = conn.execute(_SHOWING, {"team": team_id, "follow_up": follow_up_id}).mappings()
    return [Posted(**row) for row in rows]


def follow_ups_shown(conn: Connection, team_id: str, delivery_id: int) -> list[int]:
    """What a message lets people tick off, in its order."""
    return list(conn.execute(_SHOWN, {"team": team_id, "the_id": delivery_id}).scalars())


def failed(
    conn: Connection, team_id: str, channels: Sequence[str], since: datetime, until: datetime
) -> list[Failed]:
    """The messages to these channels or people that came to nothing, after `since`."""
    of = {"team": team_id, "channels": list(channels), "since": since, "until": until}
    return [Failed(**row) for row in conn.execute(_FAILED, of).mappings()]


def waited_for(conn: Connection, team_id: str) -> list[str]:
    """The channels and people to whom a message is on its way or has not got through in time."""
    return list(conn.execute(_WAITED_FOR, {"team": team_id}).scalars())


def due_before(
    conn: Connection, team_id: str, channel: str, kind: str, before: datetime
) -> datetime | None:
    """When the last message of this kind to them was due, before that instant."""
    of = {"team": team_id, "in_channel": channel, "the_kind": kind, "before": before}
    found: datetime | None = conn.execute(_DUE_BEFORE, of).scalar_one()
    return found


def due(conn: Connection, team_id: str, now: datetime) -> list[Owed]:
    """What would be posted now, in its order."""
    rows = conn.execute(_DUE, {"team": team_id, "now": now}).mappings()
    return [Owed(**row) for row in rows]
