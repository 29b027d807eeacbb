"""Writing back what became of claimed deliveries: one statement, however many there are.

A batch goes to the database as one JSON text. Bound row by row, the driver's and SQLAlchemy's work
for each of them would cost several times what the database's does.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    String,
    Text,
    Update,
    and_,
    bindparam,
    cast,
    column,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.types import TypeEngine

from storage.claims import IS_SUPERSEDED, Claimed
from storage.states import DeliveryState
from storage.tables import delivery
from storage.types import spelled


@dataclass(frozen=True)
class Verdict:
    """What became of a claim. `due_at` is when it is looked at again; None leaves what is known.

    `tried_at` is when Slack answered to the attempt to send it; None when it was not one.
    """

    state: DeliveryState
    attempt: int
    due_at: datetime | None = None
    settled_at: datetime | None = None
    tried_at: datetime | None = None
    posted_channel: str | None = None
    slack_ts: str | None = None
    last_error: str | None = None


_NAMES = tuple(field.name for field in fields(Verdict))
_ALWAYS = ("state", "attempt", "settled_at", "last_error")
_TIMES = frozenset({"due_at", "settled_at", "tried_at"})


def _type(name: str) -> TypeEngine[Any]:
    if name in _TIMES:
        return DateTime(timezone=True)
    if name == "id":
        return BigInteger()
    return Integer() if name in ("epoch", "attempt") else Text()


def _write_back(value: Mapping[str, ColumnElement[Any]]) -> Update:
    """The statement, given where in the rows of the text each value is."""
    return (
        update(delivery)
        .where(
            delivery.c.id == value["id"],
            delivery.c.epoch == value["epoch"],
            # Whoever took the lease back and has not looked yet leaves the epoch as it was: what
            # is known after all is better than a doubt.
            or_(
                delivery.c.owner == bindparam("worker"),
                and_(spelled(delivery.c.state, DeliveryState.DOUBT), delivery.c.owner.is_(None)),
            ),
        )
        .values(
            owner=None,
            lease_until=None,
            **{
                name: value[name]
                if name in _ALWAYS
                else func.coalesce(value[name], delivery.c[name])
                for name in _NAMES
            },
        )
        .returning(delivery.c.id, delivery.c.is_stale)
    )


def _for_sqlite() -> Update:
    rows = func.json_each(bindparam("rows", type_=String)).table_valued("value", name="rows")
    value = {
        name: func.json_extract(rows.c.value, f"$[{place}]", type_=_type(name))
        for place, name in enumerate(("id", "epoch", *_NAMES))
    }
    return _write_back(value)


def _for_postgresql() -> Update:
    names = ("id", "epoch", *_NAMES)
    text = cast(bindparam("rows", type_=String), JSON)
    listed = func.json_array_elements(text).table_valued(column("value", JSON), name="rows")
    value = {
        name: cast(listed.c.value.op("->>")(place), _type(name)) for place, name in enumerate(names)
    }
    return _write_back(value)


_FOR_SQLITE, _FOR_POSTGRESQL = _for_sqlite(), _for_postgresql()
_SUPERSEDED = select(IS_SUPERSEDED).where(delivery.c.id == bindparam("the_id"))


def write_back(
    conn: Connection, worker: str, verdicts: Sequence[tuple[Claimed, Verdict]]
) -> dict[int, bool]:
    """Record outcomes. The ids of those whose lease was not lost meanwhile, each with whether what
    the message shows changed on its way."""
    if not verdicts:
        return {}
    zone = "" if conn.dialect.name == "sqlite" else "Z"
    texts: dict[datetime | None, str | None] = {None: None}
    rows = []
    for claimed, one in verdicts:
        for at in (one.due_at, one.settled_at, one.tried_at):
            if at and at not in texts:
                texts[at] = _text(at, zone)
        rows.append(
            (
                claimed.id,
                claimed.epoch,
                one.state,
                one.attempt,
                texts[one.due_at],
                texts[one.settled_at],
                texts[one.tried_at],
                one.posted_channel,
                one.slack_ts,
                one.last_error,
            )
        )
    statement = _FOR_POSTGRESQL if zone else _FOR_SQLITE
    kept = conn.execute(statement, {"rows": json.dumps(rows), "worker": worker})
    return {row.id: row.is_stale for row in kept}


def is_superseded(conn: Connection, claimed: Claimed) -> bool:
    """Whether a newer change of the same message is owed or made."""
    return bool(conn.execute(_SUPERSEDED, {"the_id": claimed.id}).scalar_one())


def _text(at: datetime, zone: str) -> str:
    """A time as the column has it, which on SQLite is a text without zone."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds") + zone
