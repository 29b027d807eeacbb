"""What a referred person is given, and whether they used it (P4)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam

from bot.playbook.benefits import ALPHABET, CODE_LENGTH
from storage import tables
from storage.rows import Rows


@dataclass(frozen=True)
class Benefit:
    """One benefit of one referral, worded for whoever reads its page."""

    id: int
    referral_id: int
    offer_id: int | None
    title: str
    note: str
    code: str
    valid_until: date | None
    names_referrer: bool
    used_at: datetime | None
    used_by: str | None
    created_by: str
    created_at: datetime
    deleted_at: datetime | None


_T = tables.benefit
ROWS = Rows(_T, Benefit)
get, change = ROWS.get, ROWS.change
_OF_REFERRAL = ROWS.select.where(
    _T.c.referral_id == bindparam("referral"), _T.c.deleted_at.is_(None)
)
_NEWEST = ROWS.select.where(_T.c.deleted_at.is_(None)).order_by(_T.c.id.desc()).limit(1)


def give(
    conn: Connection, team_id: str, referral_id: int, by: str, now: datetime, **values: object
) -> int:
    """A new benefit with a code that nobody can guess; its id."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return ROWS.add(
        conn,
        team_id,
        referral_id=referral_id,
        code=code,
        created_by=by,
        created_at=now,
        **values,
    )


def of_referral(conn: Connection, team_id: str, referral_id: int) -> Benefit | None:
    """The benefit that a referral has, if any."""
    found = ROWS.all(conn, _OF_REFERRAL, team_id, referral=referral_id)
    return found[0] if found else None


def newest(conn: Connection, team_id: str) -> Benefit | None:
    """The one that was given last in the team, to start the next from."""
    found = ROWS.all(conn, _NEWEST, team_id)
    return found[0] if found else None
