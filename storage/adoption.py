"""Taking up a message of ours that stands in Slack and that this database does not know to be sent,
because it was sent after the backup from which the database was restored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.states import DeliveryState, Method
from storage.tables import delivery, follow_up, shown_follow_up
from storage.upsert import upsert


@dataclass(frozen=True)
class Found:
    """A message of ours in a channel's history. `to` is the channel or user it was meant for."""

    key: str
    kind: str
    to: str
    channel: str
    ts: str
    follow_ups: Sequence[int]

    @property
    def at(self) -> float:
        """Seconds since 1970."""
        return float(self.ts)


_KNOWN = select(delivery.c.id, delivery.c.state).where(
    delivery.c.team_id == bindparam("team"), delivery.c.dedup_key == bindparam("key")
)
_SENT = {
    "state": DeliveryState.SENT,
    "posted_channel": bindparam("found_in"),
    "slack_ts": bindparam("found_ts"),
    "settled_at": bindparam("found_at"),
}
_ARRIVED = (
    update(delivery)
    .where(
        delivery.c.team_id == bindparam("team"),
        delivery.c.id == bindparam("the_id"),
        delivery.c.state != DeliveryState.SENT,
    )
    .values(**_SENT, owner=None, lease_until=None, last_error=None, epoch=delivery.c.epoch + 1)
)
_ADD = upsert(delivery).on_conflict_do_nothing().returning(delivery.c.id)
_EXISTING = select(follow_up.c.id).where(
    follow_up.c.team_id == bindparam("team"), follow_up.c.id.in_(bindparam("ids", expanding=True))
)
_HOLD_BACK = (
    update(delivery)
    .where(
        delivery.c.team_id == bindparam("team"),
        delivery.c.state == DeliveryState.PENDING,
        delivery.c.method == Method.POST,
        delivery.c.due_at <= bindparam("now"),
        delivery.c.channel.in_(bindparam("channels", expanding=True)),
    )
    .values(state=DeliveryState.DOUBT, due_at=bindparam("now"), first_try_at=bindparam("since"))
)


def adopt(conn: Connection, team_id: str, found: Found, at: datetime) -> int | None:
    """Know a message to be sent; its delivery's id, or None when that was known.

    A delivery of the same key that still waits is settled; otherwise one is added, whose words are
    only in Slack. It shows those follow-ups that are still on record.
    """
    known = conn.execute(_KNOWN, {"team": team_id, "key": found.key}).one_or_none()
    place = {"found_in": found.channel, "found_ts": found.ts, "found_at": at}
    if known:
        settled = conn.execute(_ARRIVED, {"team": team_id, "the_id": known.id, **place}).rowcount
        return known.id if settled else None
    added: int | None = conn.execute(
        _ADD,
        {
            "team_id": team_id,
            "dedup_key": found.key,
            "kind": found.kind,
            "method": Method.POST,
            "channel": found.to,
            "payload": {},
            "due_at": at,
            "expires_at": at,
            "state": DeliveryState.SENT,
            "posted_channel": found.channel,
            "slack_ts": found.ts,
            "settled_at": at,
            "is_stale": False,
            "is_blank": True,
        },
    ).scalar_one_or_none()
    if added is not None:
        _show(conn, team_id, added, found.follow_ups)
    return added


def hold_back(
    conn: Connection, team_id: str, channels: Sequence[str], since: datetime, now: datetime
) -> int:
    """Put in doubt what is due to channels and people where it may stand already; how many.

    What becomes of a doubt where the history can't be read is the workspace's promise.
    """
    of = {"team": team_id, "channels": list(channels), "since": since, "now": now}
    return conn.execute(_HOLD_BACK, of).rowcount if channels else 0


def _show(conn: Connection, team_id: str, delivery_id: int, follow_ups: Sequence[int]) -> None:
    if not follow_ups:
        return
    there = set(conn.execute(_EXISTING, {"team": team_id, "ids": list(follow_ups)}).scalars())
    rows = [
        {
            "delivery_id": delivery_id,
            "follow_up_id": one,
            "position": position,
            "team_id": team_id,
        }
        for position, one in enumerate(follow_ups)
        if one in there
    ]
    if rows:
        conn.execute(insert(shown_follow_up), rows)
