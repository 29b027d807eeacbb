"""Mails to contacts in the delivery table: one for an ask, after a click on its preview.

What became of a mail can't be looked up. Each that may have been sent and may not have been ends at
a human, and is never sent by itself again. A worker of its own sends them (`scheduler.mailing`), so
that a slow mail server keeps no message waiting.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import Connection, and_, bindparam, exists, or_, select, update

from storage import deliveries
from storage.deliveries import NewDelivery
from storage.rests import CLOCKS_DIFFER
from storage.states import DeliveryState, Method
from storage.tables import delivery
from storage.types import spelled

KIND = "mail"
WAITS_FOR = timedelta(hours=1)
"""How long a mail server may be away: whoever clicked believes that the mail is there by then."""
_AT_ONCE = 50


@dataclass(frozen=True)
class Mail:
    """What was shown before the click, and goes out as it was shown."""

    ask_id: int
    contact_id: int
    sender: str
    sender_name: str
    to: str
    to_name: str
    subject: str
    body: str
    has_summary: bool = False
    """Whether the one-page summary goes with it."""

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> Self | None:
        """None for one so old, or of somebody erased, that its words were taken away."""
        known = {one.name for one in fields(cls)}
        return cls(**payload) if payload.keys() == known else None


@dataclass(frozen=True)
class Outgoing:
    """A mail on its way, or what became of it. `channel` is who sent it, by their click."""

    id: int
    team_id: str
    dedup_key: str
    channel: str
    state: DeliveryState
    epoch: int
    payload: Mapping[str, Any]
    last_error: str | None

    @property
    def mail(self) -> Mail | None:
        return Mail.read(self.payload)

    @property
    def may_be_there(self) -> bool:
        """Whether the contact has it, or may have it."""
        return self.state not in _CERTAINLY_NOT_SENT


_CERTAINLY_NOT_SENT = frozenset(
    {
        DeliveryState.PENDING,
        DeliveryState.DEAD,
        DeliveryState.CANCELLED,
        DeliveryState.EXPIRED,
    }
)
_FIELDS = [delivery.c[name] for name in Outgoing.__dataclass_fields__]
_OF_TEAM = (
    delivery.c.team_id == bindparam("team"),
    spelled(delivery.c.method, Method.MAIL),
)
_GET = select(*_FIELDS).where(*_OF_TEAM, delivery.c.id == bindparam("the_id"))
_BY_KEY = select(*_FIELDS).where(*_OF_TEAM, delivery.c.dedup_key == bindparam("the_key"))
_LOST = and_(
    delivery.c.state == DeliveryState.SENDING,
    or_(
        delivery.c.lease_until <= bindparam("now"),
        # It was given by a clock that was ahead.
        delivery.c.lease_until > bindparam("latest_lease"),
    ),
)
_LATE = and_(delivery.c.state == DeliveryState.PENDING, delivery.c.expires_at <= bindparam("now"))
_OVER = (
    select(*_FIELDS)
    .where(
        spelled(delivery.c.method, Method.MAIL),
        delivery.c.settled_at.is_(None),
        or_(_LOST, _LATE, delivery.c.state == DeliveryState.DOUBT),
    )
    .order_by(delivery.c.due_at, delivery.c.id)
    .limit(_AT_ONCE)
    .with_for_update(skip_locked=True, of=delivery)
)
_ARE_ANY_OPEN = select(
    exists().where(spelled(delivery.c.method, Method.MAIL), delivery.c.settled_at.is_(None))
)
_END = (
    update(delivery)
    .where(
        delivery.c.team_id == bindparam("team"),
        delivery.c.id == bindparam("the_id"),
        delivery.c.epoch == bindparam("the_epoch"),
        delivery.c.state == bindparam("was"),
    )
    .values(
        state=bindparam("becomes"),
        settled_at=bindparam("now"),
        last_error=bindparam("error"),
        owner=None,
        lease_until=None,
    )
)
_HOLD_BACK = (
    update(delivery)
    .where(*_OF_TEAM, spelled(delivery.c.state, DeliveryState.PENDING))
    .values(state=DeliveryState.DOUBT, last_error=bindparam("error"))
)


def owe(conn: Connection, team_id: str, mail: Mail, by: str, sent_at: datetime) -> int | None:
    """Have a mail sent in the name of `by`; None when the ask has one already."""
    return deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=team_id,
            dedup_key=_key(mail.ask_id, by, sent_at),
            kind=KIND,
            channel=by,
            payload=asdict(mail),
            due_at=sent_at,
            expires_at=sent_at + WAITS_FOR,
            method=Method.MAIL,
        ),
    )


def of_ask(
    conn: Connection, team_id: str, ask_id: int, by: str, sent_at: datetime
) -> Outgoing | None:
    """The mail by which an ask went out; None for one that a person sent without Goen."""
    of = {"team": team_id, "the_key": _key(ask_id, by, sent_at)}
    found = conn.execute(_BY_KEY, of).mappings().one_or_none()
    return Outgoing(**found) if found else None


def get(conn: Connection, team_id: str, delivery_id: int) -> Outgoing | None:
    found = conn.execute(_GET, {"team": team_id, "the_id": delivery_id}).mappings().one_or_none()
    return Outgoing(**found) if found else None


def are_any_open(conn: Connection) -> bool:
    """Whether there is anything to be done, in whatever workspace."""
    return bool(conn.execute(_ARE_ANY_OPEN).scalar_one())


def over(conn: Connection, now: datetime, lease: timedelta) -> list[Outgoing]:
    """What will not be tried any more: in doubt, lost by a worker that died, or too late. Locked
    until the transaction ends."""
    at = {"now": now, "latest_lease": now + lease + CLOCKS_DIFFER}
    return [Outgoing(**row) for row in conn.execute(_OVER, at).mappings()]


def end(
    conn: Connection, one: Outgoing, becomes: DeliveryState, error: str | None, now: datetime
) -> bool:
    """Settle a mail; False when somebody else has moved it meanwhile."""
    of = {
        "team": one.team_id,
        "the_id": one.id,
        "the_epoch": one.epoch,
        "was": one.state,
        "becomes": becomes,
        "error": error,
        "now": now,
    }
    return conn.execute(_END, of).rowcount == 1


def hold_back(conn: Connection, team_id: str) -> int:
    """Put in doubt what waits in a database that was restored: it may have gone out after the
    backup. How many."""
    return conn.execute(_HOLD_BACK, {"team": team_id, "error": "restored"}).rowcount


def _key(ask_id: int, by: str, sent_at: datetime) -> str:
    """kind:subject:user:date: an ask has one mail, whatever happens."""
    return f"{KIND}:ask-{ask_id}:{by}:{sent_at:%Y-%m-%d}"
