"""Deliveries that nothing but a human can settle: what they are, and what was decided.

`dead` was refused by Slack and certainly does not stand there; of `needs_human` nobody knows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, and_, bindparam, literal_column, or_, select, update

from storage.states import DeliveryState, Method
from storage.tables import delivery
from storage.types import spelled

WORTH_SAYING_FOR = timedelta(days=1)
"""How long a message that is sent again may wait for Slack, when its own time is over."""


@dataclass(frozen=True)
class Stuck:
    """A message to a channel or a person that did not get through, or a person's mail (`channel` is
    who sent it) of which nobody knows whether it did."""

    id: int
    kind: str
    state: DeliveryState
    channel: str
    last_error: str | None
    method: Method = Method.POST

    @property
    def is_mail(self) -> bool:
        return self.method is Method.MAIL

    @property
    def may_have_arrived(self) -> bool:
        return self.state is DeliveryState.NEEDS_HUMAN


_OF_TEAM = (
    delivery.c.team_id == bindparam("team"),
    # Spelled out, and in this order: a partial index is found by its text.
    delivery.c.state.in_(
        [literal_column(f"'{state}'") for state in (DeliveryState.DEAD, DeliveryState.NEEDS_HUMAN)]
    ),
    or_(
        delivery.c.method == Method.POST,
        # Of a mail that was refused its sender was told, and its ask is taken back.
        and_(delivery.c.method == Method.MAIL, delivery.c.state == DeliveryState.NEEDS_HUMAN),
    ),
)
_ALL = (
    select(*(delivery.c[name] for name in Stuck.__dataclass_fields__))
    .where(*_OF_TEAM)
    .order_by(delivery.c.id.desc())
)
_THE_ONE = update(delivery).where(*_OF_TEAM, delivery.c.id == bindparam("the_id"))
_ARRIVED = _THE_ONE.where(spelled(delivery.c.state, DeliveryState.NEEDS_HUMAN)).values(
    state=DeliveryState.ARRIVED, settled_at=bindparam("now")
)
_DROP = _THE_ONE.values(state=DeliveryState.CANCELLED, settled_at=bindparam("now"))
# Nobody ever sends a mail a second time but by asking anew.
_AGAIN = _THE_ONE.where(delivery.c.method == Method.POST).values(
    state=DeliveryState.PENDING,
    due_at=bindparam("now"),
    attempt=0,
    first_try_at=None,
    settled_at=None,
)
_EXTEND = update(delivery).where(
    delivery.c.team_id == bindparam("team"),
    delivery.c.id == bindparam("the_id"),
    delivery.c.expires_at < bindparam("until"),
)


def of_team(conn: Connection, team_id: str) -> list[Stuck]:
    """The latest first."""
    return [Stuck(**row) for row in conn.execute(_ALL, {"team": team_id}).mappings()]


def mark_arrived(conn: Connection, team_id: str, delivery_id: int, now: datetime) -> bool:
    """Somebody saw it in Slack, or knows that the mail came. False when it is not in doubt, or not
    stuck any more."""
    return _changed(conn, _ARRIVED, team_id, delivery_id, now)


def drop(conn: Connection, team_id: str, delivery_id: int, now: datetime) -> bool:
    """It need not be said any more. False when it is not stuck any more."""
    return _changed(conn, _DROP, team_id, delivery_id, now)


def send_again(conn: Connection, team_id: str, delivery_id: int, now: datetime) -> bool:
    """Send it as if it had never been tried. False when it is not stuck any more.

    One of which nobody knows whether it arrived may then stand twice.
    """
    if not _changed(conn, _AGAIN, team_id, delivery_id, now):
        return False
    until = now + WORTH_SAYING_FOR
    which = {"team": team_id, "the_id": delivery_id, "until": until}
    conn.execute(_EXTEND.values(expires_at=until), which)
    return True


def _changed(
    conn: Connection, statement: Update, team_id: str, delivery_id: int, now: datetime
) -> bool:
    which = {"team": team_id, "the_id": delivery_id, "now": now}
    return conn.execute(statement, which).rowcount == 1
