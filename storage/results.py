"""KPIs before and after, per account (M1)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, bindparam

from bot.playbook.terms import Direction
from storage import tables
from storage.rows import Rows


@dataclass(frozen=True)
class Result:
    """One KPI in the units it was typed in; `percent` is the signed change, None from zero.

    `contact_id` None means that it speaks for every contact of the account.
    """

    id: int
    customer_id: int
    contact_id: int | None
    kpi: str
    before: Decimal
    after: Decimal
    before_unit: str
    after_unit: str
    direction: Direction
    period: str
    note: str
    percent: Decimal | None
    improved: bool | None
    measured_at: datetime
    created_by: str
    deleted_at: datetime | None


ROWS = Rows(tables.result, Result)
get, add, change = ROWS.get, ROWS.add, ROWS.change
_OF_CUSTOMER = ROWS.select.where(
    tables.result.c.customer_id == bindparam("customer"), tables.result.c.deleted_at.is_(None)
).order_by(tables.result.c.measured_at.desc(), tables.result.c.id.desc())


def of_customer(conn: Connection, team_id: str, customer_id: int) -> list[Result]:
    """The results of an account, the latest first."""
    return ROWS.all(conn, _OF_CUSTOMER, team_id, customer=customer_id)
