"""What makes asking natural: thanks, upsells, renewals, contracts (M5)."""

from dataclasses import dataclass
from datetime import datetime

from bot.playbook.terms import MomentKind
from storage import tables
from storage.rows import Rows


@dataclass(frozen=True)
class Moment:
    """One such event with a contact."""

    id: int
    contact_id: int
    kind: MomentKind
    note: str
    source_link: str | None
    happened_at: datetime
    created_by: str
    deleted_at: datetime | None


ROWS = Rows(tables.moment, Moment)
get, add, change = ROWS.get, ROWS.add, ROWS.change
