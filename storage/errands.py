"""Work that takes longer than Slack waits: written down in the transaction that asks for it.

A request that wants a file read or every contact folded again adds an errand and answers at once.
A worker claims it afterwards, which hides it from the others until its lease ends; when a process
dies on the way it is run again, so every kind must bear being run twice. What it has to say is a
delivery with a key of its own, so that it is said once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select, update

from bot.telemetry.about import request_id
from storage.rests import CLOCKS_DIFFER
from storage.states import ErrandKind, ErrandState
from storage.tables import errand
from storage.types import spelled
from storage.upsert import upsert


@dataclass(frozen=True)
class Errand:
    """One piece of work. `detail` holds what its kind needs: ids and file names."""

    id: int
    team_id: str
    kind: ErrandKind
    asked_by: str
    detail: Mapping[str, Any]
    attempt: int
    request_id: str | None


Finish = Callable[[Connection, datetime], None]
"""The effect of an errand, in the transaction that ends it."""
Work = Callable[[Errand, datetime], Finish]
"""The slow part of an errand, outside of any transaction; it may be done twice."""

_COLUMNS = [errand.c[name] for name in Errand.__dataclass_fields__]
_ADD = upsert(errand).on_conflict_do_nothing()
_DUE = (
    select(errand.c.id)
    .where(
        spelled(errand.c.state, ErrandState.OPEN),
        # Longer than a lease nothing waits, but for a clock that was ahead.
        or_(errand.c.due_at <= bindparam("now"), errand.c.due_at > bindparam("latest_lease")),
    )
    .order_by(errand.c.due_at, errand.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(errand)
    .where(errand.c.id == _DUE.scalar_subquery())
    .values(due_at=bindparam("lease_until"), attempt=errand.c.attempt + 1)
    .returning(*_COLUMNS)
)
# The attempt is that of the claim: each one counts it up.
_RELEASE = (
    update(errand)
    .where(
        errand.c.id == bindparam("the_id"),
        errand.c.attempt == bindparam("the_attempt"),
        spelled(errand.c.state, ErrandState.OPEN),
    )
    .values(due_at=bindparam("now"), attempt=errand.c.attempt - 1)
)
_SETTLE = (
    update(errand)
    .where(errand.c.id == bindparam("the_id"), spelled(errand.c.state, ErrandState.OPEN))
    .values(state=bindparam("outcome"), settled_at=bindparam("now"), last_error=bindparam("error"))
)
_FAILED = (
    select(errand.c.id, errand.c.kind, errand.c.last_error)
    .where(
        errand.c.team_id == bindparam("team"),
        errand.c.state == ErrandState.FAILED,
        errand.c.settled_at > bindparam("since"),
    )
    .order_by(errand.c.id.desc())
)
_FORGET = (
    update(errand)
    .where(errand.c.team_id == bindparam("team"), errand.c.id == bindparam("the_id"))
    .values(detail={})
)
_PUT_OFF = (
    update(errand)
    .where(errand.c.id == bindparam("the_id"), spelled(errand.c.state, ErrandState.OPEN))
    .values(due_at=bindparam("again_at"), last_error=bindparam("error"))
)


def add(
    conn: Connection,
    team_id: str,
    now: datetime,
    *,
    kind: ErrandKind,
    key: str,
    asked_by: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Ask for a piece of work; the same key is never asked for twice."""
    conn.execute(
        _ADD,
        {
            "team_id": team_id,
            "kind": kind,
            "key": key[:255],
            "state": ErrandState.OPEN,
            "asked_by": asked_by,
            "detail": dict(detail or {}),
            "due_at": now,
            "created_at": now,
            "request_id": request_id(),
        },
    )


@dataclass(frozen=True)
class Failed:
    """An errand that was given up."""

    id: int
    kind: ErrandKind
    last_error: str | None


def failed(conn: Connection, team_id: str, since: datetime) -> list[Failed]:
    """Those that were given up after `since`, the latest first."""
    rows = conn.execute(_FAILED, {"team": team_id, "since": since}).mappings()
    return [Failed(**row) for row in rows]


def claim(conn: Connection, now: datetime, lease: timedelta) -> Errand | None:
    """Take the errand that has waited longest; None when nothing is due."""
    at = {"now": now, "lease_until": now + lease, "latest_lease": now + lease + CLOCKS_DIFFER}
    row = conn.execute(_CLAIM, at).mappings().first()
    return Errand(**row) if row else None


def release(conn: Connection, held: Errand, now: datetime) -> bool:
    """Give back an errand that was claimed; False when it is over, or another worker has it."""
    which = {"the_id": held.id, "the_attempt": held.attempt, "now": now}
    return conn.execute(_RELEASE, which).rowcount == 1


def settle(conn: Connection, errand_id: int, now: datetime, *, failed: str | None = None) -> bool:
    """Close an errand; False when another worker did so first, and this one's work must not count.

    `failed` says why it was given up.
    """
    outcome = ErrandState.FAILED if failed else ErrandState.DONE
    params = {"the_id": errand_id, "outcome": outcome, "now": now, "error": failed}
    return conn.execute(_SETTLE, params).rowcount == 1


def forget(conn: Connection, team_id: str, errand_id: int) -> None:
    """Take away what an errand was about, which is nobody's to read any more."""
    conn.execute(_FORGET, {"team": team_id, "the_id": errand_id})


def put_off(conn: Connection, errand_id: int, until: datetime, error: str) -> None:
    """Try again later."""
    conn.execute(_PUT_OFF, {"the_id": errand_id, "again_at": until, "error": error})
