"""Tickets of a help desk: open complaints forbid asking, and other open tickets speak against it.

Its signals may come in any order and more than once: what counts is when it was opened last, and
when it was closed last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    true,
    update,
)

from storage.tables import ticket
from storage.upsert import upsert

_T = ticket
_TEAM = _T.c.team_id == bindparam("team")
_IS_OPEN = and_(
    _T.c.opened_at.is_not(None), or_(_T.c.closed_at.is_(None), _T.c.closed_at < _T.c.opened_at)
)
# Those of the customer as a whole concern everybody there.
_CONCERNS = and_(
    _T.c.customer_id == bindparam("customer"),
    or_(_T.c.contact_id.is_(None), _T.c.contact_id == bindparam("contact")),
)


@dataclass(frozen=True)
class Ticket:
    """One ticket. It is open while `closed_at` is before `opened_at`, or missing."""

    id: int
    source: str
    reference: str
    customer_id: int
    contact_id: int | None
    is_complaint: bool
    opened_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class TicketEvent:
    """What a signal tells of a ticket: which one, whose it is, and when that was."""

    source: str
    reference: str
    customer_id: int
    contact_id: int | None
    at: datetime


@dataclass(frozen=True)
class Open:
    """How many tickets of a contact are open, and whether one of them is a complaint."""

    tickets: int
    has_complaint: bool


_COLUMNS = [_T.c[name] for name in Ticket.__dataclass_fields__]
_KNOWN = select(*_COLUMNS).where(_TEAM, _T.c.reference.in_(bindparam("references", expanding=True)))
_OPEN = select(
    func.count().label("tickets"),
    func.sum(case((_T.c.is_complaint, 1), else_=0)).label("complaints"),
).where(_TEAM, _CONCERNS, _IS_OPEN)
_CLOSE_COMPLAINTS = (
    update(_T)
    .where(_TEAM, _CONCERNS, _IS_OPEN, _T.c.is_complaint == true())
    .values(closed_at=bindparam("now"))
)
_FORGET = delete(_T).where(_TEAM, _T.c.contact_id.in_(bindparam("contacts", expanding=True)))
_NEW = upsert(_T)


def _later(name: str) -> ColumnElement[datetime | None]:
    new, known = _NEW.excluded[name], _T.c[name]
    return case((or_(known.is_(None), new > known), new), else_=known)


_OPENED = _NEW.on_conflict_do_update(
    index_elements=["team_id", "source", "reference"],
    set_={
        "opened_at": _later("opened_at"),
        **{name: _NEW.excluded[name] for name in ("customer_id", "contact_id", "is_complaint")},
    },
)
_CLOSED = _NEW.on_conflict_do_update(
    index_elements=["team_id", "source", "reference"], set_={"closed_at": _later("closed_at")}
)


def known(conn: Connection, team_id: str, references: Iterable[str]) -> list[Ticket]:
    """Tickets by what they are called, of whatever source."""
    rows = conn.execute(_KNOWN, {"team": team_id, "references": sorted(set(references))})
    return [Ticket(*row) for row in rows]


def opened(conn: Connection, team_id: str, event: TicketEvent, *, is_complaint: bool) -> None:
    """A ticket was opened, or opened again."""
    conn.execute(_OPENED, _values(team_id, event, is_complaint) | {"opened_at": event.at})


def closed(conn: Connection, team_id: str, event: TicketEvent) -> None:
    """A ticket was closed; that may be known before it is known to have been opened."""
    conn.execute(_CLOSED, _values(team_id, event, is_complaint=False) | {"closed_at": event.at})


def open_of(conn: Connection, team_id: str, customer_id: int, contact_id: int) -> Open:
    """What is open of a contact and of their customer as a whole."""
    of = {"team": team_id, "customer": customer_id, "contact": contact_id}
    found = conn.execute(_OPEN, of).one()
    return Open(found.tickets, bool(found.complaints))


def close_complaints(
    conn: Connection, team_id: str, customer_id: int, contact_id: int, now: datetime
) -> bool:
    """Somebody of the team says that nothing is the matter any more; whether something was open."""
    of = {"team": team_id, "customer": customer_id, "contact": contact_id, "now": now}
    return conn.execute(_CLOSE_COMPLAINTS, of).rowcount > 0


def forget(conn: Connection, team_id: str, contact_ids: Iterable[int]) -> None:
    """The tickets of people who are nobody any more."""
    conn.execute(_FORGET, {"team": team_id, "contacts": list(contact_ids)})


def _values(team_id: str, event: TicketEvent, is_complaint: bool) -> dict[str, object]:
    return {
        "team_id": team_id,
        "source": event.source,
        "reference": event.reference,
        "customer_id": event.customer_id,
        "contact_id": event.contact_id,
        "is_complaint": is_complaint,
    }
