"""Signals as they came in, each once, and what of them counts for a contact now (I2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, bindparam, cast, literal, or_, select, update

from bot.playbook.contact_facts import ParticipationRecord, UsageRecord
from bot.playbook.policy import Policy
from bot.playbook.signals import Signal, SignalKind, trend
from storage import tables
from storage.directory import Meant
from storage.types import Identity64
from storage.upsert import upsert

_T = tables.signal
_TEAM = _T.c.team_id == bindparam("team")
_ADD = upsert(_T).on_conflict_do_nothing().returning(_T.c.id)
_DIGESTS = select(_T.c.source, _T.c.external_id, _T.c.digest).where(
    _TEAM, _T.c.external_id.in_(bindparam("ids", expanding=True))
)
_LOGGED_AS = (
    update(_T).where(_TEAM, _T.c.id == bindparam("the_id")).values(record_id=bindparam("logged_as"))
)
# What is told of the customer as a whole concerns everybody there.
_LATEST = (
    select(_T.c.contact_id, _T.c.label, _T.c.value, _T.c.at)
    .where(
        _TEAM,
        _T.c.customer_id == bindparam("customer"),
        _T.c.kind == bindparam("the_kind"),
        or_(_T.c.contact_id.is_(None), _T.c.contact_id == bindparam("contact")),
    )
    .order_by(_T.c.at.desc(), _T.c.id.desc())
    .limit(1)
)
_BEFORE = (
    select(_T.c.value)
    .where(
        _TEAM,
        _T.c.customer_id == bindparam("customer"),
        _T.c.kind == SignalKind.USAGE,
        _T.c.contact_id.is_not_distinct_from(bindparam("whose", type_=Identity64)),
        _T.c.label == bindparam("metric"),
        _T.c.at <= bindparam("until"),
    )
    .order_by(_T.c.at.desc(), _T.c.id.desc())
    .limit(1)
)
# Its own id takes the place of the sender's, which would lead back to the person.
_ERASE = (
    update(_T)
    .where(_TEAM, _T.c.contact_id.in_(bindparam("contacts", expanding=True)))
    .values(external_id=literal("erased-") + cast(_T.c.id, String), label="", digest="")
)


def add(
    conn: Connection,
    team_id: str,
    new: Signal,
    digest: str,
    meant: Meant,
    by: str,
    now: datetime,
) -> int | None:
    """Take a signal in; its id, or None when it is on record already. `digest` is of what was
    sent."""
    values = {
        "team_id": team_id,
        "source": new.source,
        "external_id": new.id,
        "kind": new.kind,
        "customer_id": meant.customer_id,
        "contact_id": meant.contact_id,
        "at": new.at,
        "label": new.label,
        "value": new.value,
        "digest": digest,
        "created_by": by,
        "created_at": now,
    }
    added: int | None = conn.execute(_ADD, values).scalar_one_or_none()
    return added


def logged_as(conn: Connection, team_id: str, signal_id: int, record_id: int) -> None:
    """Which score or moment came of a signal."""
    conn.execute(_LOGGED_AS, {"team": team_id, "the_id": signal_id, "logged_as": record_id})


def digests(
    conn: Connection, team_id: str, signals: Sequence[Signal]
) -> Mapping[tuple[str, str], str]:
    """What is on record under the ids of these signals; empty for whoever was erased since."""
    rows = conn.execute(_DIGESTS, {"team": team_id, "ids": sorted({one.id for one in signals})})
    return {(row.source, row.external_id): row.digest for row in rows}


def usage(
    conn: Connection, team_id: str, customer_id: int, contact_id: int, policy: Policy
) -> UsageRecord | None:
    """The latest usage against that of some weeks before; None when one of them is missing."""
    found = _latest(conn, team_id, customer_id, contact_id, SignalKind.USAGE)
    if found is None:
        return None
    of: dict[str, Any] = {
        "team": team_id,
        "customer": customer_id,
        "whose": found.contact_id,
        "metric": found.label,
        "until": found.at - policy.usage_compared_over,
    }
    percent = trend(found.value, conn.execute(_BEFORE, of).scalar_one_or_none())
    return None if percent is None else UsageRecord(found.label, percent, found.at)


def participation(
    conn: Connection, team_id: str, customer_id: int, contact_id: int
) -> ParticipationRecord | None:
    """What a contact, or somebody at their customer, took part in last."""
    found = _latest(conn, team_id, customer_id, contact_id, SignalKind.PARTICIPATION)
    return ParticipationRecord(found.label, found.at) if found else None


def erase(conn: Connection, team_id: str, contact_ids: Iterable[int]) -> None:
    """Leave nothing in the signals of these people by which anybody would recognise them."""
    conn.execute(_ERASE, {"team": team_id, "contacts": list(contact_ids)})


def _latest(
    conn: Connection, team_id: str, customer_id: int, contact_id: int, kind: SignalKind
) -> Any:
    of = {"team": team_id, "customer": customer_id, "contact": contact_id, "the_kind": kind}
    return conn.execute(_LATEST, of).first()
