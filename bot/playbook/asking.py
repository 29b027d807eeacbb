"""Whom to ask, and what a logged fact answers at once (A1 A2 A3 A6 M3).

Nobody is asked below the threshold, with an open complaint, within the ask budget, or after an
opt-out; a manager may set aside only what is missing on our side, a result or an offer, and has to
say why. The caller checks the right to override (`rights.Action.OVERRIDE_ASK`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.playbook.contact_facts import ContactFacts, ResultRecord
from bot.playbook.contact_state import ask_window, is_fresh
from bot.playbook.offers import Audience, Kit, Offer, Template, choose_offer, choose_template
from bot.playbook.policy import Policy
from bot.playbook.reasons import Reason, ReasonCode, Refusal, reason
from bot.playbook.score import Moment, Score, best_moment, explain, reaches_threshold
from bot.playbook.terms import FollowUpKind

OVERRIDABLE = frozenset(
    {
        ReasonCode.NO_RESULT,
        ReasonCode.RESULT_STALE,
        ReasonCode.NO_OFFER,
        ReasonCode.OFFERS_EXPIRED,
        ReasonCode.OFFER_NOT_FOR_AUDIENCE,
        ReasonCode.REWARD_NOT_ALLOWED,
        ReasonCode.REWARD_PERMISSION_UNKNOWN,
    }
)
"""What a manager may set aside (A3): asking without a result or without an offer, nothing else."""

_REMEDIES = {
    ReasonCode.BELOW_THRESHOLD: FollowUpKind.REPAIR_PLAN,
    ReasonCode.NO_NPS: FollowUpKind.NPS_REFRESH,
    ReasonCode.NPS_STALE: FollowUpKind.NPS_REFRESH,
}


@dataclass(frozen=True)
class Override:
    """A manager's decision to ask without a result or without an offer."""

    by: str
    reason: str


@dataclass(frozen=True)
class MayAsk:
    """Yes. What a manager set aside stays on record."""

    overridden: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class NotNow:
    """No, why, and when it becomes possible if waiting is all that it takes."""

    reasons: tuple[Reason, ...]
    until: datetime | None = None

    @property
    def is_overridable(self) -> bool:
        """Whether a manager could ask all the same, with a reason."""
        overridable = OVERRIDABLE | {ReasonCode.OVERRIDE_NEEDS_REASON}
        return all(one.code in overridable for one in self.reasons)

    @property
    def remedies(self) -> tuple[FollowUpKind, ...]:
        """What to do instead: repair a low score, refresh a missing or stale one."""
        return tuple(_REMEDIES[one.code] for one in self.reasons if one.code in _REMEDIES)


@dataclass(frozen=True)
class ReadyAsk:
    """An ask that waits for nothing but a human click.

    `result_id` and `offer` are None only when a manager set their absence aside; `template` is None
    when the team has none in the contact's language, and the words are the rep's own.
    """

    contact_id: int
    moment: Moment
    result_id: int | None
    offer: Offer | None
    template: Template | None
    score: Score
    overridden: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class RepairFirst:
    """Recorded; the score asks for repair before anything else (M3)."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class RecordedOnly:
    """Recorded; nothing to ask now, and why."""

    reasons: tuple[Reason, ...]
    until: datetime | None = None


AtOnce = ReadyAsk | RepairFirst | RecordedOnly
"""What logging something answers in the same second (A2)."""


def may_ask(
    facts: ContactFacts,
    now: datetime,
    policy: Policy,
    offer: Offer | Refusal,
    override: Override | None = None,
) -> MayAsk | NotNow:
    """Whether this contact may be asked at this time, with this choice of offer."""
    against = tuple(_against(facts, now, policy, offer))
    hard = tuple(one for one in against if one.code not in OVERRIDABLE)
    if not against:
        return MayAsk()
    if hard or override is None:
        return NotNow(against, _possible_from(facts, against, policy, offer))
    if not override.reason.strip():
        return NotNow((reason(ReasonCode.OVERRIDE_NEEDS_REASON), *against))
    return MayAsk(overridden=against)


def prepare_ask(
    facts: ContactFacts,
    now: datetime,
    policy: Policy,
    kit: Kit,
    audience: Audience,
    today: date,
    override: Override | None = None,
) -> ReadyAsk | NotNow:
    """The ask with everything in it, or why not now. `today` is the team's local date."""
    offer = choose_offer(kit.offers, audience, today)
    decision = may_ask(facts, now, policy, offer, override)
    if isinstance(decision, NotNow):
        return decision
    moment = best_moment(facts, policy)
    if moment is None:
        raise ValueError("a promoter has at least the moment of the high score")
    result_is_fresh = _result_problem(facts, now, policy) is None
    ready = ReadyAsk(
        contact_id=facts.contact_id,
        moment=moment,
        result_id=facts.result_id if result_is_fresh else None,
        offer=offer if isinstance(offer, Offer) else None,
        template=None,
        score=explain(facts, now, policy),
        overridden=decision.overridden,
    )
    return worded(ready, kit.templates, audience.locale)


def worded(ready: ReadyAsk, templates: Iterable[Template], locale: str) -> ReadyAsk:
    """The ask with the team's text for its moment in this language, or with none."""
    found = choose_template(templates, locale, ready.moment.kind)
    return replace(ready, template=found if isinstance(found, Template) else None)


def at_once(
    facts: ContactFacts, now: datetime, policy: Policy, kit: Kit, audience: Audience, today: date
) -> AtOnce:
    """What a logged score or moment (thanks, upsell, …) answers at once; `facts` already hold it.

    The follow-ups that it opens and closes come from `account_rhythm.owed_to_contact`.
    """
    decision = prepare_ask(facts, now, policy, kit, audience, today)
    if isinstance(decision, ReadyAsk):
        return decision
    if FollowUpKind.REPAIR_PLAN in decision.remedies:
        return RepairFirst(decision.reasons)
    return RecordedOnly(decision.reasons, decision.until)


def after_result(
    facts: ContactFacts,
    result: ResultRecord,
    now: datetime,
    policy: Policy,
    kit: Kit,
    audience: Audience,
    today: date,
) -> AtOnce:
    """What a logged result answers at once; one that did not improve is no reason to ask."""
    if not result.improved:
        return RecordedOnly((reason(ReasonCode.RESULT_NOT_IMPROVED, kpi=result.kpi),))
    return at_once(facts, now, policy, kit, audience, today)


def _against(
    facts: ContactFacts, now: datetime, policy: Policy, offer: Offer | Refusal
) -> Iterator[Reason]:
    """Everything that stands against asking, the weightiest first."""
    if facts.opted_out:
        yield reason(ReasonCode.OPTED_OUT)
    if facts.open_complaint:
        yield reason(ReasonCode.OPEN_COMPLAINT)
    yield from _nps_problem(facts, now, policy)
    asked_at = facts.last_asked_at
    if asked_at is not None and asked_at > ask_window(now, policy).asked_until:
        yield reason(
            ReasonCode.ASKED_RECENTLY,
            by=facts.last_asked_by or "",
            at=asked_at,
            until=asked_at + policy.ask_again_after,
        )
    problem = _result_problem(facts, now, policy)
    if problem:
        yield problem
    if isinstance(offer, Refusal):
        yield from offer.reasons


def _nps_problem(facts: ContactFacts, now: datetime, policy: Policy) -> Iterator[Reason]:
    if facts.nps_score is None or facts.nps_at is None:
        yield reason(ReasonCode.NO_NPS)
    elif not reaches_threshold(facts.nps_score, policy):
        yield reason(
            ReasonCode.BELOW_THRESHOLD, score=facts.nps_score, threshold=policy.promoter_threshold
        )
    elif not is_fresh(facts, now, policy):
        yield reason(ReasonCode.NPS_STALE, score=facts.nps_score, at=facts.nps_at)


def _result_problem(facts: ContactFacts, now: datetime, policy: Policy) -> Reason | None:
    if facts.result_at is None:
        return reason(ReasonCode.NO_RESULT)
    if facts.result_at < ask_window(now, policy).result_since:
        return reason(ReasonCode.RESULT_STALE, kpi=facts.result_kpi or "", at=facts.result_at)
    return None


def _possible_from(
    facts: ContactFacts, against: tuple[Reason, ...], policy: Policy, offer: Offer | Refusal
) -> datetime | None:
    """When the budget is free again, if nothing else will stand against asking by then."""
    if facts.last_asked_at is None or against[0].code is not ReasonCode.ASKED_RECENTLY:
        return None
    until = facts.last_asked_at + policy.ask_again_after
    return None if any(_against(facts, until, policy, offer)) else until
