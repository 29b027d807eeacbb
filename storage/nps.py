"""Answers to the NPS question (M2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam

from storage import tables
from storage.rows import Rows


@dataclass(frozen=True)
class Nps:
    """One answer, 0 to 10."""

    id: int
    contact_id: int
    score: int
    comment: str
    answered_at: datetime
    created_by: str
    deleted_at: datetime | None


ROWS = Rows(tables.nps, Nps)
get, add, change = ROWS.get, ROWS.add, ROWS.change
_OF_CONTACT = ROWS.select.where(
    tables.nps.c.contact_id == bindparam("contact"), tables.nps.c.deleted_at.is_(None)
).order_by(tables.nps.c.answered_at.desc(), tables.nps.c.id.desc())


def of_contact(conn: Connection, team_id: str, contact_id: int) -> list[Nps]:
    """The answers of a contact, the latest first."""
    return ROWS.all(conn, _OF_CONTACT, team_id, contact=contact_id)
