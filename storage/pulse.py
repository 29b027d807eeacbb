"""What whoever operates Goen asks about the database as a whole, whatever the workspace.

Nothing here returns a row or a text of a workspace: counts, times and the state of the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, literal_column, select

from storage.states import DeliveryState
from storage.tables import delivery
from storage.types import UtcDateTime, spelled

_ON_THE_WAY = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DOUBT)
_STUCK = (DeliveryState.DEAD, DeliveryState.NEEDS_HUMAN)
# Each state has a partial index of its own; the states that only grow are not counted here.
_OPEN_COUNTS = select(
    *(
        select(func.count())
        .select_from(delivery)
        .where(spelled(delivery.c.state, state))
        .scalar_subquery()
        .label(state.value)
        for state in _ON_THE_WAY
    )
)
_STUCK_COUNTS = (
    select(delivery.c.state, func.count())
    .where(delivery.c.state.in_([literal_column(f"'{state}'") for state in _STUCK]))
    .group_by(delivery.c.state)
)
_OLDEST_DUE = select(func.min(delivery.c.due_at)).where(
    spelled(delivery.c.state, DeliveryState.PENDING), delivery.c.due_at <= bindparam("now")
)

_DATABASE_TIME = select(func.clock_timestamp(type_=UtcDateTime))


@dataclass(frozen=True)
class Backlog:
    """What is still to be delivered: how many in each state that is not over, and since when the
    oldest of them has been due."""

    counts: Mapping[DeliveryState, int]
    oldest_due: datetime | None


def backlog(conn: Connection, now: datetime) -> Backlog:
    """Four walks over small indexes, however many deliveries there have been."""
    counts = dict.fromkeys((*_ON_THE_WAY, *_STUCK), 0)
    found = conn.execute(_OPEN_COUNTS).one()._mapping
    counts |= {state: found[state.value] for state in _ON_THE_WAY}
    counts |= dict(conn.execute(_STUCK_COUNTS).tuples().all())
    return Backlog(counts, conn.execute(_OLDEST_DUE, {"now": now}).scalar_one())


def database_time(conn: Connection) -> datetime | None:
    """What time it is at the database; None where it has no clock but this machine's."""
    if conn.dialect.name == "sqlite":
        return None
    found: datetime = conn.execute(_DATABASE_TIME).scalar_one()
    return found
