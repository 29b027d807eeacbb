"""Counts for the message of each working day (R1), by owner; None stands for the team's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select

from bot.playbook.contact_state import AskWindow
from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind, FollowUpState, Stage
from storage.tables import ask, contact_state, follow_up, nps, referral, result
from storage.types import spelled

ByOwner = Mapping[str | None, int]

_S, _F, _R = contact_state.c, follow_up.c, referral.c


def _by_owner(*where: Any) -> Select[Any]:
    return (
        select(_S.owner_id, func.count())
        .where(_S.team_id == bindparam("team"), *where)
        .group_by(_S.owner_id)
    )


_STALE = _by_owner(~_S.opted_out, _S.nps_at < bindparam("since"))
_CANDIDATES = _by_owner(_S.is_promoter, _S.nps_at >= bindparam("since"))
_ASKABLE = _by_owner(
    _S.is_askable,
    _S.nps_at >= bindparam("nps_since"),
    or_(_S.last_asked_at.is_(None), _S.last_asked_at <= bindparam("asked_until")),
    _S.result_at >= bindparam("result_since"),
)
_OWED = (
    select(_F.owed_by, func.count())
    .where(
        _F.team_id == bindparam("team"),
        spelled(_F.state, FollowUpState.OPEN),
        _F.kind.in_(bindparam("kinds", expanding=True)),
        _F.due_at < bindparam("before"),
    )
    .group_by(_F.owed_by)
)


def stale_scores(conn: Connection, team_id: str, since: datetime) -> ByOwner:
    """Contacts whose last NPS is older than `since` (M2)."""
    return _counted(conn, _STALE, team=team_id, since=since)


def candidates(conn: Connection, team_id: str, since: datetime) -> ByOwner:
    """Contacts with a high score that is no older than `since` (M2)."""
    return _counted(conn, _CANDIDATES, team=team_id, since=since)


def askable(conn: Connection, team_id: str, window: AskWindow) -> ByOwner:
    """Contacts who may be asked now (A1)."""
    return _counted(
        conn,
        _ASKABLE,
        team=team_id,
        nps_since=window.nps_since,
        asked_until=window.asked_until,
        result_since=window.result_since,
    )


def owed(
    conn: Connection, team_id: str, kinds: Iterable[FollowUpKind], before: datetime
) -> ByOwner:
    """Open follow-ups of these kinds that are promised before an instant."""
    return _counted(conn, _OWED, team=team_id, kinds=list(kinds), before=before)


@dataclass(frozen=True)
class Week:
    """What happened in a span of time. `in_time` counts first contacts within their 24 hours."""

    scores: int
    results: int
    asks: int
    received: int
    contacted: int
    in_time: int
    meetings: int
    won: int
    lost: int


def _happened(table: Any, column: Any, *more: Any) -> Select[Any]:
    return (
        select(func.count())
        .select_from(table)
        .where(
            table.c.team_id == bindparam("team"),
            table.c.deleted_at.is_(None),
            column >= bindparam("since"),
            column < bindparam("until"),
            *more,
        )
    )


_SCORES = _happened(nps, nps.c.answered_at)
_RESULTS = _happened(result, result.c.measured_at)
_ASKS = _happened(ask, ask.c.sent_at)
_RECEIVED = _happened(referral, _R.received_at, _R.stage != Stage.CANCELLED)
_MEETINGS = _happened(referral, _R.meeting_at, _R.stage != Stage.CANCELLED)
_WON = _happened(referral, _R.outcome_at, _R.stage == Stage.WON)
_LOST = _happened(referral, _R.outcome_at, _R.stage == Stage.LOST)
_CONTACTED = select(_R.received_at, _R.consent_at, _R.contacted_at).where(
    _R.team_id == bindparam("team"),
    _R.deleted_at.is_(None),
    _R.stage != Stage.CANCELLED,
    _R.contacted_at >= bindparam("since"),
    _R.contacted_at < bindparam("until"),
)


def week(conn: Connection, team_id: str, policy: Policy, since: datetime, until: datetime) -> Week:
    """The team's own figures between two instants, the second one not included."""
    span = {"team": team_id, "since": since, "until": until}
    contacted = conn.execute(_CONTACTED, span).all()
    in_time = sum(
        at <= max(received, consented or received) + policy.first_contact_within
        for received, consented, at in contacted
    )
    count = {
        name: int(conn.execute(statement, span).scalar_one())
        for name, statement in {
            "scores": _SCORES,
            "results": _RESULTS,
            "asks": _ASKS,
            "received": _RECEIVED,
            "meetings": _MEETINGS,
            "won": _WON,
            "lost": _LOST,
        }.items()
    }
    return Week(**count, contacted=len(contacted), in_time=in_time)


def _counted(conn: Connection, statement: Select[Any], **values: object) -> ByOwner:
    return {owner: int(count) for owner, count in conn.execute(statement, values)}
