"""Tokens by which other systems send signals: one of a workspace at a time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from storage.rows import Rows
from storage.tables import signal_key

PREFIX: Final = "goen_signals_"
"""By which a token that has leaked is recognised."""
_RANDOM_BYTES = 32
_NOTED_EVERY = timedelta(hours=1)
"""That a token is used is written down this often, and not with every request."""


@dataclass(frozen=True)
class SignalKey:
    """A token on record; the token itself is known to whoever was shown it."""

    id: int
    team_id: str
    created_by: str
    created_at: datetime
    used_at: datetime | None


_T = signal_key
_ROWS = Rows(_T, SignalKey)
_MINE = (_T.c.team_id == bindparam("team"), _T.c.revoked_at.is_(None))
_CURRENT = select(*_ROWS.columns).where(*_MINE)
_REVOKE = update(_T).where(*_MINE).values(revoked_at=bindparam("now"))
_ADD = insert(_T)
_FIND = select(*_ROWS.columns).where(
    _T.c.token_hash == bindparam("given"), _T.c.revoked_at.is_(None)
)
_NOTE = (
    update(_T)
    .where(
        _T.c.team_id == bindparam("team"),
        _T.c.id == bindparam("the_id"),
        or_(_T.c.used_at.is_(None), _T.c.used_at < bindparam("before")),
    )
    .values(used_at=bindparam("now"))
)


def current(conn: Connection, team_id: str) -> SignalKey | None:
    """The token that is good now; None when there is none."""
    found = _ROWS.all(conn, _CURRENT, team_id)
    return found[0] if found else None


def make(conn: Connection, team_id: str, by: str, now: datetime) -> str:
    """A new token, to be shown once; the one before is good no longer."""
    revoke(conn, team_id, now)
    token = f"{PREFIX}{secrets.token_urlsafe(_RANDOM_BYTES)}"
    values = {"team_id": team_id, "token_hash": _hash(token), "created_by": by, "created_at": now}
    conn.execute(_ADD, values)
    return token


def revoke(conn: Connection, team_id: str, now: datetime) -> bool:
    """Whether there was one."""
    return conn.execute(_REVOKE, {"team": team_id, "now": now}).rowcount == 1


def find(conn: Connection, token: str) -> SignalKey | None:
    """Whose token it is, in whatever workspace: it is all that a sender has."""
    found = conn.execute(_FIND, {"given": _hash(token)}).one_or_none()
    return SignalKey(*found) if found else None


def note_use(conn: Connection, key: SignalKey, now: datetime) -> None:
    """Remember when it was used last, to the hour."""
    of = {"team": key.team_id, "the_id": key.id, "before": now - _NOTED_EVERY, "now": now}
    conn.execute(_NOTE, of)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
