"""One public message about one thing, kept true: found, changed or withdrawn by its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from storage.states import DeliveryState
from storage.tables import delivery


@dataclass(frozen=True)
class Announced:
    """How far a message has come; `slack_ts` is None until it stands in Slack."""

    delivery_id: int
    state: DeliveryState
    posted_channel: str | None
    slack_ts: str | None


_MINE = (delivery.c.team_id == bindparam("team"), delivery.c.dedup_key == bindparam("the_key"))
_FIND = select(
    delivery.c.id.label("delivery_id"),
    delivery.c.state,
    delivery.c.posted_channel,
    delivery.c.slack_ts,
).where(*_MINE)
_UNSENT = (DeliveryState.PENDING, DeliveryState.CANCELLED, DeliveryState.EXPIRED)
_REVISE = (
    update(delivery)
    .where(*_MINE, delivery.c.state.in_(_UNSENT))
    .values(
        state=DeliveryState.PENDING,
        payload=bindparam("the_payload"),
        due_at=bindparam("now"),
        expires_at=bindparam("until"),
        settled_at=None,
    )
)
_WITHDRAW = (
    update(delivery)
    .where(*_MINE, delivery.c.state == DeliveryState.PENDING)
    .values(state=DeliveryState.CANCELLED, settled_at=bindparam("now"))
)


def find(conn: Connection, team_id: str, key: str) -> Announced | None:
    row = conn.execute(_FIND, {"team": team_id, "the_key": key}).mappings().one_or_none()
    return Announced(**row) if row else None


def revise(
    conn: Connection,
    team_id: str,
    key: str,
    payload: Mapping[str, Any],
    now: datetime,
    until: datetime,
) -> bool:
    """Let a message that no worker has taken yet say this instead; False when one has."""
    values = {
        "team": team_id,
        "the_key": key,
        "the_payload": dict(payload),
        "now": now,
        "until": until,
    }
    return conn.execute(_REVISE, values).rowcount == 1


def withdraw(conn: Connection, team_id: str, key: str, now: datetime) -> bool:
    """Keep a message from being sent; False when it is too late for that."""
    return conn.execute(_WITHDRAW, {"team": team_id, "the_key": key, "now": now}).rowcount == 1
