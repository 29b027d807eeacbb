"""Who may be posted to now: the pace that all replicas share.

A channel rests after a message and as long as Slack asks; a workspace rests when several of its
channels were limited at once, or when it has had its messages of the minute. A rest written by a
clock that has been set back since is void: it would last too long.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    union_all,
)

from storage.states import DeliveryState, Method
from storage.tables import channel_rest, delivery
from storage.types import spelled
from storage.upsert import upsert

EVERY_CHANNEL = "*"
"""As the channel of a rest: the whole workspace."""
CHANGES, HISTORIES = "chat.update", "conversations.history"
"""As the channel of a rest: what is limited by itself, for a whole workspace."""
CLOCKS_DIFFER = timedelta(seconds=10)
"""By how much the clocks of two replicas, or one clock before and after its correction, may differ
without one of the two being called wrong."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Rest:
    """Nothing is sent to a channel or person, or by a method of the Web API, before `free_at`."""

    team_id: str
    channel: str
    free_at: datetime


_IS_RESTING = and_(
    channel_rest.c.free_at > bindparam("now"), channel_rest.c.since <= bindparam("horizon")
)
_NEW = upsert(channel_rest)
_REST = _NEW.on_conflict_do_update(
    index_elements=[channel_rest.c.team_id, channel_rest.c.channel],
    set_={
        "since": _NEW.excluded.since,
        "free_at": case(
            (
                and_(
                    channel_rest.c.since <= bindparam("horizon"),
                    channel_rest.c.free_at > _NEW.excluded.free_at,
                ),
                channel_rest.c.free_at,
            ),
            else_=_NEW.excluded.free_at,
        ),
    },
)
_LAST_MINUTE = (
    select(delivery.c.team_id, func.count().label("messages"))
    .where(
        spelled(delivery.c.method, Method.POST),
        delivery.c.state != literal_column(f"'{DeliveryState.PENDING}'"),
        delivery.c.tried_at > bindparam("minute_ago"),
        delivery.c.tried_at <= bindparam("horizon"),
    )
    .group_by(delivery.c.team_id)
    .having(func.count() > bindparam("more_than"))
)
_NEXT_FREE = select(func.min(channel_rest.c.free_at)).where(_IS_RESTING)


def rest(conn: Connection, rests: Iterable[Rest], now: datetime) -> None:
    """Let channels rest; the longer one of two rests counts."""
    # In one order, so that two replicas never wait for each other.
    rows = [
        {
            "team_id": one.team_id,
            "channel": one.channel,
            "since": now,
            "free_at": one.free_at,
            "horizon": horizon(now),
        }
        for one in sorted(rests, key=lambda one: (one.team_id, one.channel))
    ]
    if rows:
        conn.execute(_REST, rows)


def next_free(conn: Connection, now: datetime) -> datetime | None:
    """When the first of those that rest is free again."""
    found: datetime | None = conn.execute(
        _NEXT_FREE, {"now": now, "horizon": horizon(now)}
    ).scalar_one()
    return found


def last_minute(conn: Connection, now: datetime, more_than: int) -> dict[str, int]:
    """How many messages the workspaces had in the last minute that had more than so many.

    A message counts from the answer to it, because one request may be slow on its way and the next
    one fast; until then from its claim.
    """
    of = {"minute_ago": now - _MINUTE, "horizon": horizon(now), "more_than": more_than}
    return {row.team_id: row.messages for row in conn.execute(_LAST_MINUTE, of)}


def horizon(now: datetime) -> datetime:
    """What was written after this was written by a clock that is wrong, or was."""
    return now + CLOCKS_DIFFER


def resting_teams(what: str) -> Select[Any]:
    """The workspaces in which `what` rests; a subquery with `now` and `horizon`."""
    return select(channel_rest.c.team_id).where(
        channel_rest.c.channel == literal_column(f"'{what}'"), _IS_RESTING
    )


def blocked_channels() -> CompoundSelect[Any]:
    """Team and channel of all that rest or have a message on its way; with `now` and `horizon`."""
    return union_all(
        select(channel_rest.c.team_id, channel_rest.c.channel).where(_IS_RESTING),
        select(delivery.c.team_id, delivery.c.channel).where(
            spelled(delivery.c.state, DeliveryState.SENDING),
            spelled(delivery.c.method, Method.POST),
        ),
    )
