"""Claiming deliveries, so that each is in one worker's hands at a time (DESIGN §3).

A worker claims in one short transaction, posts outside of it, and writes back what became of it
(`verdicts`) only while it still holds the lease: the epoch grows with every claim, so a late answer
of an earlier one is lost.
"""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    Connection,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from storage.restored import behind_slack
from storage.rests import (
    CHANGES,
    EVERY_CHANNEL,
    HISTORIES,
    blocked_channels,
    horizon,
    last_minute,
    resting_teams,
)
from storage.states import DeliveryState, Method
from storage.tables import delivery
from storage.types import spelled

_MOST_TURNS, _TURN_SECONDS = 20, 0.005
_LOCK = 5_046_537
"""PostgreSQL's advisory lock of whoever claims, any number that nobody else uses here."""


class Claimed(NamedTuple):
    """A delivery that this worker holds until its lease ends.

    A tuple, because a frozen dataclass takes as long to make as the database to find its row.
    """

    id: int
    team_id: str
    dedup_key: str
    kind: str
    method: Method
    channel: str
    target_ts: str | None
    response_url: str | None
    payload: dict[str, Any]
    epoch: int
    attempt: int
    first_try_at: datetime | None
    request_id: str | None


@dataclass(frozen=True)
class Doubtful:
    """A delivery of which nobody knows whether Slack took it."""

    id: int
    epoch: int
    team_id: str
    channel: str
    due_at: datetime
    lease_until: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Whether its time to be looked at has come, and nobody else is looking."""
        return self.due_at <= now and (self.lease_until is None or self.lease_until <= now)


_CLAIMED = [delivery.c[name] for name in Claimed._fields]
_OTHER = delivery.alias("other")
_SAME_MESSAGE = and_(
    _OTHER.c.target_ts == delivery.c.target_ts,
    _OTHER.c.channel == delivery.c.channel,
    _OTHER.c.team_id == delivery.c.team_id,
)
# Two changes of one message never travel at once, and an older one never follows a newer one.
IS_SUPERSEDED = exists().where(
    _SAME_MESSAGE, _OTHER.c.id > delivery.c.id, _OTHER.c.state != DeliveryState.CANCELLED
)
_IS_UNDER_WAY = exists().where(
    _SAME_MESSAGE, _OTHER.c.id != delivery.c.id, _OTHER.c.state == DeliveryState.SENDING
)


def _claim(picked: Select[Any], /, **values: Any) -> Update:
    ids = picked.cte("picked").prefix_with("MATERIALIZED", dialect="postgresql")
    return (
        update(delivery)
        .where(delivery.c.id.in_(select(ids.c.id)))
        .values(
            owner=bindparam("worker"),
            lease_until=bindparam("lease"),
            epoch=delivery.c.epoch + 1,
            **values,
        )
        .returning(*_CLAIMED)
    )


def _due(state: DeliveryState, /, *extra: Any) -> Select[Any]:
    return (
        select(delivery.c.id)
        .where(spelled(delivery.c.state, state), delivery.c.due_at <= bindparam("now"), *extra)
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=delivery)
    )


def _heads() -> Select[Any]:
    """The next message of each of the first channels that may be posted to.

    Two steps, so that the walk along the index ends early whatever else is due.
    """
    ahead: CTE = (
        select(delivery.c.id, delivery.c.team_id, delivery.c.channel, delivery.c.due_at)
        .where(
            spelled(delivery.c.state, DeliveryState.PENDING),
            spelled(delivery.c.method, Method.POST),
            delivery.c.due_at <= bindparam("now"),
            delivery.c.team_id.not_in(bindparam("full", expanding=True)),
            delivery.c.team_id.not_in(resting_teams(EVERY_CHANNEL)),
            delivery.c.team_id.not_in(behind_slack()),
            tuple_(delivery.c.team_id, delivery.c.channel).not_in(blocked_channels()),
        )
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(bindparam("window"))
        .cte("ahead")
        .prefix_with("MATERIALIZED")
    )
    order = (ahead.c.due_at, ahead.c.id)
    place = func.row_number().over(partition_by=(ahead.c.team_id, ahead.c.channel), order_by=order)
    ranked = select(ahead.c.id, ahead.c.due_at, place.label("place")).subquery("ranked")
    first = (
        select(ranked.c.id)
        .where(ranked.c.place == literal_column("1"))
        .order_by(ranked.c.due_at, ranked.c.id)
        .limit(bindparam("most"))
    )
    return (
        select(delivery.c.id)
        .where(delivery.c.id.in_(first), spelled(delivery.c.state, DeliveryState.PENDING))
        .with_for_update(skip_locked=True, of=delivery)
    )


_TRY: Mapping[str, Any] = {
    "state": DeliveryState.SENDING,
    "attempt": delivery.c.attempt + 1,
    "tried_at": bindparam("now"),
    "first_try_at": func.coalesce(delivery.c.first_try_at, bindparam("now")),
}
_CLAIM_POSTS = _claim(_heads(), **_TRY)
_CLAIM_CHANGES = _claim(
    _due(
        DeliveryState.PENDING,
        delivery.c.method != literal_column(f"'{Method.POST}'"),
        delivery.c.method != Method.MAIL,
        or_(
            delivery.c.method != Method.UPDATE,
            delivery.c.team_id.not_in(resting_teams(CHANGES)),
        ),
        ~IS_SUPERSEDED,
        ~_IS_UNDER_WAY,
    ),
    **_TRY,
)
_CLAIM_MAILS = _claim(
    _due(
        DeliveryState.PENDING,
        spelled(delivery.c.method, Method.MAIL),
        delivery.c.settled_at.is_(None),
        delivery.c.expires_at > bindparam("now"),
        # A backup does not know what was sent after it was made.
        delivery.c.team_id.not_in(behind_slack()),
    ),
    **_TRY,
)
_DOUBTFUL = (
    select(*(delivery.c[name] for name in Doubtful.__dataclass_fields__))
    .where(spelled(delivery.c.state, DeliveryState.DOUBT), delivery.c.method != Method.MAIL)
    .order_by(delivery.c.due_at, delivery.c.id)
    .limit(bindparam("most"))
)
_CLAIM_DOUBTFUL = _claim(
    _due(
        DeliveryState.DOUBT,
        delivery.c.id.in_(bindparam("ids", expanding=True)),
        or_(delivery.c.lease_until.is_(None), delivery.c.lease_until <= bindparam("now")),
        delivery.c.team_id.not_in(resting_teams(HISTORIES)),
    )
)
_IS_HELD = select(delivery.c.id).where(
    delivery.c.id == bindparam("the_id"),
    delivery.c.owner == bindparam("the_owner"),
    delivery.c.epoch == bindparam("the_epoch"),
    spelled(delivery.c.state, DeliveryState.SENDING),
    delivery.c.lease_until > bindparam("ends_at"),
    delivery.c.expires_at > bindparam("now"),
)
_RELEASE = (
    update(delivery)
    .where(
        delivery.c.id == bindparam("the_id"),
        delivery.c.owner == bindparam("the_owner"),
        delivery.c.epoch == bindparam("the_epoch"),
        spelled(delivery.c.state, DeliveryState.SENDING),
    )
    .values(
        state=DeliveryState.PENDING,
        owner=None,
        lease_until=None,
        tried_at=None,
        attempt=delivery.c.attempt - 1,
    )
)
_TAKE_TURN = select(func.pg_try_advisory_xact_lock(_LOCK))


def take_turn(conn: Connection) -> bool:
    """Be the one who claims, until the transaction ends; False when others are all the time.

    What one channel has on its way is only known to whoever claims alone.
    """
    if conn.dialect.name == "sqlite":
        return True
    for _ in range(_MOST_TURNS):
        if conn.execute(_TAKE_TURN).scalar_one():
            return True
        # Others are done within milliseconds; one that hangs is not waited for.
        time.sleep(_TURN_SECONDS)
    return False


def claim_posts(
    conn: Connection,
    worker: str,
    now: datetime,
    lease: timedelta,
    most: int,
    per_minute: int | None = None,
) -> list[Claimed]:
    """Take up to `most` due messages for `worker`; nobody else gets them until the lease ends.

    At most one for each channel, of those that don't rest and have nothing on its way. With
    `per_minute`, a workspace that has had that many messages in the last minute has to wait.
    """
    at_once, full = most, []
    if per_minute is not None:
        # Whoever has less room than is to be taken, and how much.
        room = {
            team_id: per_minute - had
            for team_id, had in last_minute(conn, now, per_minute - most).items()
        }
        full = [team_id for team_id, left in room.items() if left <= 0]
        at_once = min([most, per_minute, *(left for left in room.values() if left > 0)])
    taken: list[Claimed] = []
    while len(taken) < at_once:
        wanted = at_once - len(taken)
        more = {"full": full, "window": 2 * wanted, "horizon": horizon(now)}
        found = _rows(conn, _CLAIM_POSTS, worker, now, lease, wanted, **more)
        if not found:
            break
        taken += found
    return taken


def claim_changes(
    conn: Connection, worker: str, now: datetime, lease: timedelta, most: int
) -> list[Claimed]:
    """The same for answers to a click and changes of messages: somebody is waiting for them."""
    return _rows(conn, _CLAIM_CHANGES, worker, now, lease, most, horizon=horizon(now))


def claim_mails(
    conn: Connection, worker: str, now: datetime, lease: timedelta, most: int
) -> list[Claimed]:
    """The same for mails to contacts, which a worker of their own sends: see `storage.mails`."""
    return _rows(conn, _CLAIM_MAILS, worker, now, lease, most)


def doubtful(conn: Connection, most: int) -> list[Doubtful]:
    """Those whose outcome is unknown, the one that was put off the least first."""
    return [Doubtful(**row) for row in conn.execute(_DOUBTFUL, {"most": most}).mappings()]


def claim_doubtful(
    conn: Connection, worker: str, now: datetime, lease: timedelta, ids: Collection[int]
) -> list[Claimed]:
    """Take those of the doubtful `ids` whose time to be looked at has come.

    They stay in doubt, and looking at them is not a try.
    """
    if not ids:
        return []
    more = {"ids": list(ids), "horizon": horizon(now)}
    return _rows(conn, _CLAIM_DOUBTFUL, worker, now, lease, len(ids), **more)


def is_held(
    conn: Connection, claimed: Claimed, worker: str, now: datetime, takes: timedelta
) -> bool:
    """Whether `worker` may still send it, which `takes` so long: the fence before each post."""
    found = conn.execute(_IS_HELD, {**_of(claimed, worker), "now": now, "ends_at": now + takes})
    return found.scalar_one_or_none() is not None


def release(conn: Connection, worker: str, held: Iterable[Claimed]) -> None:
    """Give back what was claimed and not tried."""
    rows = [_of(one, worker) for one in sorted(held, key=lambda one: one.id)]
    if rows:
        conn.execute(_RELEASE, rows)


def _of(claimed: Claimed, worker: str) -> dict[str, object]:
    return {"the_id": claimed.id, "the_owner": worker, "the_epoch": claimed.epoch}


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
    rows = conn.execute(statement, values)
    return sorted(map(Claimed._make, rows))
