"""The addresses of customers' pages: known by unguessable tokens, and revocable (P1)."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.playbook.terms import Purpose
from storage.rows import Rows
from storage.tables import page_link
from storage.upsert import upsert

_RANDOM_BYTES = 16
"""128 bits: 22 letters of an address."""


@dataclass(frozen=True)
class PageLink:
    """A page of one contact or one referral (`subject_id`; 0 is the workspace itself)."""

    id: int
    team_id: str
    purpose: Purpose
    subject_id: int
    token: str
    created_at: datetime
    revoked_at: datetime | None


_T = page_link
_ROWS = Rows(_T, PageLink)
get = _ROWS.get
_MINE = (
    _T.c.team_id == bindparam("team"),
    _T.c.purpose == bindparam("what_for"),
    _T.c.subject_id == bindparam("subject"),
    _T.c.revoked_at.is_(None),
)
_CURRENT = select(*_ROWS.columns).where(*_MINE)
_EVER_MADE = (
    select(_T.c.id)
    .where(
        _T.c.team_id == bindparam("team"),
        _T.c.purpose == bindparam("what_for"),
        _T.c.subject_id == bindparam("subject"),
    )
    .limit(1)
)
_MAKE = upsert(_T).on_conflict_do_nothing()
_REVOKE = update(_T).where(*_MINE).values(revoked_at=bindparam("now"))
_FIND = select(*_ROWS.columns).where(_T.c.token == bindparam("given"), _T.c.revoked_at.is_(None))


def current(conn: Connection, team_id: str, purpose: Purpose, subject_id: int) -> PageLink | None:
    """The page as it is open now; None when there is none."""
    of = {"what_for": purpose, "subject": subject_id}
    found = _ROWS.all(conn, _CURRENT, team_id, **of)
    return found[0] if found else None


def was_closed(conn: Connection, team_id: str, purpose: Purpose, subject_id: int) -> bool:
    """Whether there was a page and there is none now: somebody wanted it closed."""
    of = {"team": team_id, "what_for": purpose, "subject": subject_id}
    was_made = conn.execute(_EVER_MADE, of).first() is not None
    return was_made and current(conn, team_id, purpose, subject_id) is None


def make(
    conn: Connection, team_id: str, purpose: Purpose, subject_id: int, now: datetime
) -> PageLink:
    """The open page, made when there is none; two who make it at once get the same."""
    found = current(conn, team_id, purpose, subject_id)
    if found:
        return found
    conn.execute(
        _MAKE,
        {
            "team_id": team_id,
            "purpose": purpose,
            "subject_id": subject_id,
            "token": secrets.token_urlsafe(_RANDOM_BYTES),
            "created_at": now,
        },
    )
    made = current(conn, team_id, purpose, subject_id)
    if made is None:
        raise LookupError(f"no page of {purpose} {subject_id}")
    return made


def revoke(
    conn: Connection, team_id: str, purpose: Purpose, subject_id: int, now: datetime
) -> bool:
    """Close the page for good; whether one was open. Its address leads nowhere from now on."""
    of = {"team": team_id, "what_for": purpose, "subject": subject_id, "now": now}
    return conn.execute(_REVOKE, of).rowcount == 1


def renew(
    conn: Connection, team_id: str, purpose: Purpose, subject_id: int, now: datetime
) -> PageLink:
    """Close the page, and open it at another address."""
    revoke(conn, team_id, purpose, subject_id, now)
    return make(conn, team_id, purpose, subject_id, now)


def find(conn: Connection, token: str) -> PageLink | None:
    """Whose page a token opens, in whatever workspace: the token is all that a reader has."""
    found = conn.execute(_FIND, {"given": token}).one_or_none()
    return PageLink(*found) if found else None
