"""What whoever operates Goen asks about the database as a whole, whatever the workspace.

Nothing here returns a row or a text of a workspace: counts, times and the state of the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, bindparam, func, inspect, literal, literal_column, or_, select

from storage.states import DeliveryState, Method
from storage.tables import delivery, metadata
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
    select(delivery.c.state, func.count().label("count_"))
    .where(
        delivery.c.state.in_([literal_column(f"'{state}'") for state in _STUCK]),
        # Whoever sent a mail that was refused was told, and nothing is left to be done.
        or_(delivery.c.method != Method.MAIL, delivery.c.state != DeliveryState.DEAD),
    )
    .group_by(delivery.c.state)
)
# Messages and changes wait in an index each.
_IS_POST = spelled(delivery.c.method, Method.POST)
_IS_CHANGE = delivery.c.method != literal_column(f"'{Method.POST}'")
_OLDEST_DUE = tuple(
    select(func.min(delivery.c.due_at)).where(
        spelled(delivery.c.state, DeliveryState.PENDING),
        kind,
        delivery.c.due_at <= bindparam("now"),
    )
    for kind in (_IS_POST, _IS_CHANGE)
)

_USER = select(func.current_user())
_MAY_CREATE = select(
    func.coalesce(func.has_schema_privilege(func.current_schema(), "CREATE"), literal(False))
)
_MAY = select(func.has_table_privilege(bindparam("table"), bindparam("right")))
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
    counts |= {row.state: row.count_ for row in conn.execute(_STUCK_COUNTS)}
    oldest = [conn.execute(one, {"now": now}).scalar_one() for one in _OLDEST_DUE]
    return Backlog(counts, min((one for one in oldest if one), default=None))


def database_time(conn: Connection) -> datetime | None:
    """What time it is at the database; None where it has no clock but this machine's."""
    if conn.dialect.name == "sqlite":
        return None
    found: datetime = conn.execute(_DATABASE_TIME).scalar_one()
    return found


@dataclass(frozen=True)
class Server:
    """A PostgreSQL as it tells of itself; `version` is 140005 for 14.5."""

    version: int
    user: str
    time: datetime


def server(conn: Connection) -> Server:
    """Who serves and who we are there. PostgreSQL only."""
    number = int(conn.exec_driver_sql("SHOW server_version_num").scalar_one())
    user: str = conn.execute(_USER).scalar_one()
    return Server(number, user, conn.execute(_DATABASE_TIME).scalar_one())


def missing_rights(conn: Connection) -> list[str]:
    """What we may not do there and have to: `CREATE` for migrations, and to read and write every
    table. PostgreSQL only."""
    missing = [] if conn.execute(_MAY_CREATE).scalar_one() else ["CREATE"]
    known = set(inspect(conn).get_table_names())
    for name in sorted(known.intersection(metadata.tables)):
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            if not conn.execute(_MAY, {"table": name, "right": right}).scalar_one():
                missing.append(f"{right} {name}")
    return missing


def journal_mode(conn: Connection) -> str:
    """How SQLite keeps a change from being half done. SQLite only."""
    found: str = conn.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    return found


def file_of(conn: Connection) -> Path:
    """The file that SQLite keeps everything in. SQLite only."""
    files = {name: file for _, name, file in conn.exec_driver_sql("PRAGMA database_list")}
    return Path(files["main"])


def write_something(conn: Connection) -> None:
    """Change a number in the file's head that nobody uses; to be rolled back. SQLite only."""
    conn.exec_driver_sql("PRAGMA user_version = 1")
