"""What came in from Slack, each at most once, and what it did, for ever."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, bindparam, insert, select

from storage.tables import audit, inbox
from storage.upsert import upsert

# Counted by what comes back: PostgreSQL's driver knows no row count of an INSERT.
_CLAIM = upsert(inbox).on_conflict_do_nothing().returning(inbox.c.key)
_SEEN = select(inbox.c.key).where(
    inbox.c.team_id == bindparam("team"), inbox.c.key.in_(bindparam("keys", expanding=True))
)
_AUDIT = insert(audit)


def claim(conn: Connection, team_id: str, key: str, now: datetime) -> bool:
    """Take the delivery `key` for this transaction; False when it took effect before."""
    taken = conn.execute(_CLAIM, {"team_id": team_id, "key": key, "seen_at": now})
    return taken.scalar_one_or_none() is not None


def seen(conn: Connection, team_id: str, keys: Iterable[str]) -> frozenset[str]:
    """Those of the keys that took effect already."""
    return frozenset(conn.execute(_SEEN, {"team": team_id, "keys": list(keys)}).scalars())


class Place(Protocol):
    """A workspace in which Goen does something by itself."""

    @property
    def team_id(self) -> str: ...
    @property
    def bot_user_id(self) -> str: ...


def by_itself(
    conn: Connection, workspace: Place, now: datetime, action: str, of: str, record_id: int | str
) -> None:
    """Note what Goen did because its time had come, and nobody asked for it."""
    record(conn, workspace.team_id, now, workspace.bot_user_id, action, of, record_id)


def record(
    conn: Connection,
    team_id: str,
    now: datetime,
    user_id: str,
    action: str,
    record: str,
    record_id: int | str,
    detail: Mapping[str, int | str | None] | None = None,
) -> None:
    """Who did what to which record. `detail` holds ids and words of the playbook, never texts."""
    conn.execute(
        _AUDIT,
        {
            "team_id": team_id,
            "at": now,
            "user_id": user_id,
            "action": action,
            "record": record,
            "record_id": str(record_id),
            "detail": dict(detail or {}),
        },
    )
