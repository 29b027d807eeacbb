"""What reps wrote for the pages that contacts hand to their superiors (A5)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam

from storage.rows import Rows
from storage.tables import summary
from storage.upsert import upsert


@dataclass(frozen=True)
class Kept:
    """The texts of one contact's page as they were typed. People and steps are lines; a quote is
    only shown when its speaker agreed to it, on the day `agreed_on`."""

    id: int
    contact_id: int
    title: str
    division: str
    quote: str
    quote_by: str
    agreed_on: date | None
    voice_id: int | None
    theirs: str
    ours: str
    steps: str
    changed_by: str
    changed_at: datetime


_ROWS = Rows(summary, Kept)
_OF_CONTACT = _ROWS.select.where(summary.c.contact_id == bindparam("contact"))
_NEW = upsert(summary)
_KEEP = _NEW.on_conflict_do_update(
    index_elements=[summary.c.contact_id],
    set_={
        column.name: _NEW.excluded[column.name]
        for column in summary.c
        if column.name not in ("id", "team_id", "contact_id")
    },
    where=summary.c.team_id == _NEW.excluded.team_id,
).returning(summary.c.id)


def of_contact(conn: Connection, team_id: str, contact_id: int) -> Kept | None:
    """What was written for a contact's page; None when nothing ever was."""
    found = _ROWS.all(conn, _OF_CONTACT, team_id, contact=contact_id)
    return found[0] if found else None


def keep(conn: Connection, team_id: str, contact_id: int, **typed: Any) -> int:
    """Write the texts of a contact's page, in the place of what was there; the row's id."""
    row_id: int = conn.execute(
        _KEEP, {"team_id": team_id, "contact_id": contact_id, **typed}
    ).scalar_one()
    return row_id
