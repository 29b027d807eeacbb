"""What the programme has come to, as counts: for the dashboard and App Home."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, exists, func, or_, select

from bot.playbook.policy import Policy
from bot.playbook.referral_facts import OPEN_STAGES
from bot.playbook.terms import AskAnswer, AskState, Stage
from storage import referrals
from storage.tables import ask, contact_state, customer, nps, referral, result
from storage.types import SlackId

_TEAM: BindParameter[str] = bindparam("team")
_OWNER = bindparam("owner", type_=SlackId)
_EVERYBODY = _OWNER.is_(None)


@dataclass(frozen=True)
class Figures:
    """Counts of live records; stages and answers that nothing has are counted as 0.

    `won` is the money of won referrals by currency, in minor units.
    """

    stages: Mapping[Stage, int]
    asks_waiting: int
    answers: Mapping[AskAnswer, int]
    won: Mapping[str, int]
    candidates: int

    @property
    def open_referrals(self) -> int:
        return sum(self.stages[stage] for stage in OPEN_STAGES)


@dataclass(frozen=True)
class FirstSteps:
    """What a team has done of what everybody does on the first day."""

    customers: bool
    scores: bool
    results: bool
    asks: bool


_WON = (
    select(referral.c.currency, func.sum(referral.c.amount_minor))
    .where(
        referral.c.team_id == _TEAM,
        referral.c.deleted_at.is_(None),
        referral.c.stage == Stage.WON,
        referral.c.amount_minor > 0,
        or_(_EVERYBODY, referral.c.owner_id == _OWNER),
    )
    .group_by(referral.c.currency)
    .order_by(referral.c.currency)
)
_ASKS = (
    select(ask.c.state, ask.c.answer, func.count())
    .where(
        ask.c.team_id == _TEAM,
        ask.c.deleted_at.is_(None),
        ask.c.state != AskState.CANCELLED,
        or_(_EVERYBODY, ask.c.sent_by == _OWNER),
    )
    .group_by(ask.c.state, ask.c.answer)
)
_CANDIDATES = (
    select(func.count())
    .select_from(contact_state)
    .where(
        contact_state.c.team_id == _TEAM,
        contact_state.c.is_promoter,
        contact_state.c.nps_at >= bindparam("fresh_since"),
        or_(_EVERYBODY, contact_state.c.owner_id.is_(None), contact_state.c.owner_id == _OWNER),
    )
)
_STEPS = select(
    *(
        exists().where(table.c.team_id == _TEAM, table.c.deleted_at.is_(None)).label(table.name)
        for table in (customer, nps, result, ask)
    )
)


def of(
    conn: Connection, team_id: str, policy: Policy, now: datetime, *, owner_id: str | None = None
) -> Figures:
    """The figures of the team, or of one rep (whose candidates include the shared ones)."""
    params = {"team": team_id, "owner": owner_id}
    asked = conn.execute(_ASKS, params).all()
    fresh_since = now - policy.nps_fresh_for
    return Figures(
        stages=referrals.counts_by_stage(conn, team_id, owner_id=owner_id),
        asks_waiting=sum(count for state, _, count in asked if state is AskState.SENT),
        answers={
            answer: sum(count for _, given, count in asked if given is answer)
            for answer in AskAnswer
        },
        won={currency: int(amount) for currency, amount in conn.execute(_WON, params)},
        candidates=conn.execute(_CANDIDATES, params | {"fresh_since": fresh_since}).scalar_one(),
    )


def first_steps(conn: Connection, team_id: str) -> FirstSteps:
    """What the workspace holds at all."""
    found = conn.execute(_STEPS, {"team": team_id}).one()
    return FirstSteps(*(bool(one) for one in found))
