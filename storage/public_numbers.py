"""The numbers that a team lets its customers see, as they were counted on a day (S6).

What is chosen is what is stored. It is counted when an admin chooses it and once a day from then
on, so that a reader's request only reads.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    union,
    update,
)

from bot.playbook.public_numbers import Count, Figure, PublicNumber, figure, period
from bot.playbook.terms import CustomerKind, MomentKind, Stage
from bot.playbook.working_time import local_date
from storage.tables import (
    contact,
    contact_state,
    customer,
    moment,
    published_number,
    referral,
    second_referrer,
)
from storage.workspaces import Workspace

_TEAM: BindParameter[str] = bindparam("team")
_SINCE: BindParameter[datetime] = bindparam("since", type_=moment.c.happened_at.type)

_LIVE_REFERRAL = (
    referral.c.team_id == _TEAM,
    referral.c.deleted_at.is_(None),
    referral.c.stage != Stage.CANCELLED,
)
_GAVE = union(
    select(referral.c.referrer_id).where(*_LIVE_REFERRAL),
    select(second_referrer.c.contact_id)
    .join(referral, referral.c.id == second_referrer.c.referral_id)
    .where(second_referrer.c.team_id == _TEAM, *_LIVE_REFERRAL),
).subquery()
_REFERRERS = select(func.count()).select_from(_GAVE)
_SCORES = select(func.coalesce(func.sum(contact_state.c.nps_score), 0), func.count()).where(
    contact_state.c.team_id == _TEAM,
    contact_state.c.nps_at >= bindparam("answered_since"),
)


def _happened(kind: MomentKind) -> ColumnElement[int]:
    """1 for a customer of whom such a moment is on record in the time that counts."""
    found = exists().where(
        contact.c.team_id == _TEAM,
        contact.c.customer_id == customer.c.id,
        moment.c.team_id == _TEAM,
        moment.c.contact_id == contact.c.id,
        moment.c.happened_at >= _SINCE,
        moment.c.kind == kind,
        moment.c.deleted_at.is_(None),
    )
    return case((found, 1), else_=0)


_CUSTOMERS = (
    select(
        _happened(MomentKind.RENEWAL).label("renewed"), _happened(MomentKind.UPSELL).label("more")
    )
    .where(
        customer.c.team_id == _TEAM,
        customer.c.kind == CustomerKind.CUSTOMER,
        customer.c.created_at <= _SINCE,
        customer.c.contract_date <= bindparam("contract_until"),
        or_(customer.c.deleted_at.is_(None), customer.c.deleted_at >= bindparam("left_since")),
    )
    .subquery()
)
_KEPT = select(
    func.coalesce(func.sum(_CUSTOMERS.c.renewed), 0),
    func.coalesce(func.sum(_CUSTOMERS.c.more), 0),
    func.count(),
)
_T = published_number
_CHOSEN = select(_T.c.kind, _T.c.part, _T.c.n, _T.c.as_of).where(_T.c.team_id == _TEAM)
_FORGET = delete(_T).where(_T.c.team_id == _TEAM)
_ADD = insert(_T)
_RECOUNT = (
    update(_T)
    .where(_T.c.team_id == _TEAM, _T.c.kind == bindparam("which"))
    .values(part=bindparam("new_part"), n=bindparam("new_n"), as_of=bindparam("day"))
)


def count(conn: Connection, workspace: Workspace, now: datetime) -> tuple[Count, ...]:
    """Every number as it is now, published or not."""
    today = local_date(now, ZoneInfo(workspace.timezone))
    over = period(now, today, workspace.policy)
    team: dict[str, Any] = {"team": workspace.team_id}
    referrers = conn.execute(_REFERRERS, team).scalar_one()
    scored, scores = conn.execute(_SCORES, team | {"answered_since": over.answered_since}).one()
    kept = team | {
        "since": over.since,
        "contract_until": over.contract_until,
        "left_since": over.left_since,
    }
    renewed, more, customers = conn.execute(_KEPT, kept).one()
    return (
        Count(PublicNumber.REFERRERS, referrers, referrers, today),
        Count(PublicNumber.SATISFACTION, int(scored), scores, today),
        Count(PublicNumber.RENEWAL, int(renewed), customers, today),
        Count(PublicNumber.REPEAT, int(more), customers, today),
    )


def choose(
    conn: Connection, workspace: Workspace, kinds: Collection[PublicNumber], now: datetime
) -> None:
    """Let customers see these numbers and no others, counted now."""
    conn.execute(_FORGET, {"team": workspace.team_id})
    rows = [one for one in count(conn, workspace, now) if one.kind in kinds] if kinds else []
    if rows:
        conn.execute(_ADD, [{"team_id": workspace.team_id, **vars(one)} for one in rows])


def recount(conn: Connection, team_id: str, counts: Sequence[Count]) -> None:
    """Put new counts in the place of those that are published; publishes nothing more."""
    for one in counts:
        conn.execute(
            _RECOUNT,
            {
                "team": team_id,
                "which": one.kind,
                "new_part": one.part,
                "new_n": one.n,
                "day": one.as_of,
            },
        )


def chosen(conn: Connection, team_id: str) -> frozenset[PublicNumber]:
    """What an admin chose to publish."""
    return frozenset(row.kind for row in conn.execute(_CHOSEN, {"team": team_id}))


def published(conn: Connection, workspace: Workspace) -> tuple[Figure, ...]:
    """What customers may see, in its order; those that stand on too few have no value."""
    found = [Count(*row) for row in conn.execute(_CHOSEN, {"team": workspace.team_id})]
    order = list(PublicNumber)
    found.sort(key=lambda one: order.index(one.kind))
    return tuple(figure(one, workspace.policy) for one in found)
