"""The path of a referral (F1-F5, P2, N3): what may happen next, and what it leaves us owing.

Every function takes the facts and returns them changed, with the effects on the follow-ups, or a
refusal. An outcome may be recorded at any time; the referral is closed (`closed_at`) only when
every thanks and news that it owes is done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.playbook.effects import Cancel, Complete, Effect, Open, Reopen
from bot.playbook.policy import Policy
from bot.playbook.reasons import Reason, ReasonCode, Refusal, reason, refusal
from bot.playbook.referral_facts import (
    OPEN_STAGES,
    OUTCOMES,
    Owed,
    ReferralFacts,
    is_closed,
    is_done,
    missing_thanks,
    wanted,
)
from bot.playbook.terms import Consent, FollowUpKind, FollowUpState, Stage
from bot.playbook.working_time import PersonTime

_ENDED = OUTCOMES | {Stage.CANCELLED}
_FORWARD: dict[Stage, frozenset[Stage]] = {
    Stage.RECEIVED: _ENDED | {Stage.CONTACTED, Stage.MEETING},
    Stage.CONTACTED: _ENDED | {Stage.MEETING},
    Stage.MEETING: _ENDED,
    Stage.WON: _ENDED - {Stage.WON},
    Stage.LOST: _ENDED - {Stage.LOST},
    Stage.NOT_A_FIT: _ENDED - {Stage.NOT_A_FIT},
    Stage.CANCELLED: frozenset(),
}
"""Where a stage leads. From an outcome or a cancellation to an open stage only by `reopen`."""

_BACK: dict[Stage, frozenset[Stage]] = {
    Stage.RECEIVED: frozenset(),
    Stage.CONTACTED: frozenset({Stage.RECEIVED}),
    Stage.MEETING: frozenset({Stage.RECEIVED, Stage.CONTACTED}),
}

_NEEDS_CONSENT = frozenset({Stage.CONTACTED, Stage.MEETING, Stage.WON})
_CONSENT_REFUSALS = {
    Consent.UNKNOWN: ReasonCode.NO_CONSENT,
    Consent.REFUSED: ReasonCode.CONSENT_REFUSED,
    Consent.OPTED_OUT: ReasonCode.PERSON_OPTED_OUT,
}


@dataclass(frozen=True)
class Newcomer:
    """A won referral's company becomes a customer, and its person a contact who can refer (N3)."""

    came_from_referral_id: int
    generation: int


@dataclass(frozen=True)
class Moved:
    """The referral as it is now, and what follows."""

    facts: ReferralFacts
    effects: tuple[Effect, ...] = ()
    """To be carried out in this order."""
    newcomer: Newcomer | None = None
    withdraws_newcomer: bool = False
    """It is no longer won: the customer that came from it goes too, unless it has a life by now."""


def next_stages(stage: Stage) -> tuple[Stage, ...]:
    """Where a referral may go from here, in the order of the stages: what the buttons offer."""
    return tuple(to for to in Stage if to in _FORWARD[stage] | _BACK.get(stage, frozenset()))


def generation_after(referrer_generation: int | None) -> int:
    """The generation of a referral: one after that of the referral that brought its referrer."""
    return (referrer_generation or 0) + 1


def receive(facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime) -> Moved:
    """A new referral: opens the first contact (or the consent request), thanks and progress."""
    return _moved(facts, facts, now, policy, person)


def record_consent(
    facts: ReferralFacts, consent: Consent, now: datetime, policy: Policy, person: PersonTime
) -> Moved:
    """What the referred person said to being contacted; with their yes the clock starts (P2)."""
    changed = replace(facts, consent=consent, consent_at=now)
    return _moved(facts, changed, now, policy, person)


def ask_for_erasure(
    facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime
) -> Moved:
    """The person wants to be forgotten, which somebody has to look at first (P2)."""
    return _moved(facts, replace(facts, erasure_asked_at=now), now, policy, person)


def erased(facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime) -> Moved:
    """They are."""
    return _moved(facts, replace(facts, erasure_asked_at=None), now, policy, person)


def refuse_contact(consent: Consent) -> Refusal | None:
    """Why nobody may get in touch with the referred person, whatever for; None with consent."""
    return None if consent is Consent.AGREED else refusal(_CONSENT_REFUSALS[consent])


def mark_contacted(
    facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    """The first contact was made, which is news for the referrer (F1)."""
    refused = _refused(facts, Stage.CONTACTED)
    if refused:
        return refused
    changed = replace(facts, stage=Stage.CONTACTED, contacted_at=now)
    hurry = _ended(facts, FollowUpKind.PROGRESS_UPDATE, Cancel)
    return _moved(facts, changed, now, policy, person, first=hurry)


def mark_meeting(
    facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    """The first meeting happened."""
    refused = _refused(facts, Stage.MEETING)
    if refused:
        return refused
    changed = replace(
        facts, stage=Stage.MEETING, contacted_at=facts.contacted_at or now, meeting_at=now
    )
    return _moved(facts, changed, now, policy, person)


def correct_stage(
    facts: ReferralFacts, to: Stage, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    """A step back to an earlier open stage: the contact or the meeting did not happen after all."""
    if facts.stage not in OPEN_STAGES:
        return refusal(ReasonCode.REOPEN_FIRST, stage=facts.stage)
    if to is facts.stage:
        return refusal(ReasonCode.STAGE_UNCHANGED, stage=to)
    if to not in _BACK[facts.stage]:
        return refusal(ReasonCode.STAGE_NOT_ALLOWED, stage=facts.stage, to=to)
    contacted_at = facts.contacted_at if to is Stage.CONTACTED else None
    changed = replace(facts, stage=to, contacted_at=contacted_at, meeting_at=None)
    return _moved(facts, changed, now, policy, person)


def close_won(
    facts: ReferralFacts,
    why: str,
    now: datetime,
    policy: Policy,
    person: PersonTime,
    *,
    amount_minor: int | None = None,
    currency: str | None = None,
) -> Moved | Refusal:
    """Won, with the reason (F5) and, if known, the amount in minor units of its ISO currency.

    Again on a won one: a correction of what was entered, which opens nothing.
    """
    if amount_minor is not None and amount_minor < 0:
        return refusal(ReasonCode.AMOUNT_NEGATIVE)
    changed = replace(facts, amount_minor=amount_minor, currency=currency)
    return _closed(facts, changed, Stage.WON, why, now, policy, person)


def close_lost(
    facts: ReferralFacts, why: str, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    """Lost, with the reason, which goes back to the referrer (F5)."""
    changed = replace(facts, amount_minor=None, currency=None)
    return _closed(facts, changed, Stage.LOST, why, now, policy, person)


def close_not_a_fit(
    facts: ReferralFacts,
    icp_reason: str,
    who_would_fit: str,
    now: datetime,
    policy: Policy,
    person: PersonTime,
) -> Moved | Refusal:
    """Not our ideal customer: why, and who would be, both of which the referrer hears (F4)."""
    if not who_would_fit.strip():
        return refusal(ReasonCode.WOULD_FIT_MISSING)
    changed = replace(facts, who_would_fit=who_would_fit.strip(), amount_minor=None, currency=None)
    return _closed(facts, changed, Stage.NOT_A_FIT, icp_reason, now, policy, person)


def reopen(
    facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    """Back to the furthest open stage it had reached; a new outcome will be told anew."""
    if facts.stage in OPEN_STAGES:
        return refusal(ReasonCode.STILL_OPEN, stage=facts.stage)
    stage = Stage.RECEIVED
    if facts.contacted_at:
        stage = Stage.CONTACTED
    if facts.meeting_at:
        stage = Stage.MEETING
    changed = replace(
        facts,
        stage=stage,
        outcome_at=None,
        reason="",
        who_would_fit="",
        amount_minor=None,
        currency=None,
    )
    return _moved(facts, changed, now, policy, person)


def cancel(
    facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    """Entered by mistake or withdrawn: everything that it owed is cancelled. `reopen` undoes it."""
    refused = _refused(facts, Stage.CANCELLED)
    if refused:
        return refused
    changed = replace(facts, stage=Stage.CANCELLED, outcome_at=None)
    return _moved(facts, changed, now, policy, person)


def reassign(
    facts: ReferralFacts, owner_id: str, now: datetime, policy: Policy, person: PersonTime
) -> Moved:
    """Another rep takes over (F1): open follow-ups are cancelled here and opened for them."""
    handed = replace(facts, owner_id=owner_id)
    kinds = dict.fromkeys(o.kind for o in facts.follow_ups if o.state is FollowUpState.OPEN)
    effects: list[Effect] = [Cancel(kind) for kind in kinds]
    due = {o.kind: o.due_at for o in facts.follow_ups if o.state is FollowUpState.OPEN}
    effects += [Open(kind, owner_id, due[kind]) for kind in kinds]
    return _moved(facts, handed, now, policy, person, first=tuple(effects))


def follow_up_done(
    facts: ReferralFacts, kind: FollowUpKind, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    """One of its follow-ups was ticked off: closes the referral if it was the last thing owed.

    The first contact ticked off is the stage `contacted`; progress ticked off opens the next one a
    week later, on a working morning of the person. If none of the kind is open, nothing changes.
    """
    if kind is FollowUpKind.FIRST_CONTACT:
        return mark_contacted(facts, now, policy, person)
    if kind is FollowUpKind.ERASURE and facts.erasure_asked_at:
        return refusal(ReasonCode.NOT_ERASED_YET)
    return _moved(facts, facts, now, policy, person, first=_ended(facts, kind, Complete))


def follow_up_undone(
    facts: ReferralFacts, kind: FollowUpKind, now: datetime, policy: Policy, person: PersonTime
) -> Moved | Refusal:
    """A tick was taken back; refused when the referral has moved on and no longer asks for it."""
    back = facts
    if kind is FollowUpKind.FIRST_CONTACT and facts.stage is Stage.CONTACTED:
        back = replace(facts, stage=Stage.RECEIVED, contacted_at=None)
    still_wanted = kind in {want.kind for want in wanted(back, policy, person)}
    if not still_wanted or facts.done_at(kind) is None:
        return refusal(ReasonCode.REFERRAL_MOVED_ON, stage=facts.stage)
    first = (*_ended(facts, kind, Cancel), Reopen(kind))
    return _moved(facts, back, now, policy, person, first=first)


def closing_reasons(facts: ReferralFacts, policy: Policy) -> tuple[Reason, ...]:
    """Why a referral with an outcome is not closed yet: each missing thanks or news (F2)."""
    missing = missing_thanks(facts, policy)
    return tuple(reason(ReasonCode.THANKS_MISSING, kind=kind) for kind in missing)


def _closed(
    facts: ReferralFacts,
    changed: ReferralFacts,
    to: Stage,
    why: str,
    now: datetime,
    policy: Policy,
    person: PersonTime,
) -> Moved | Refusal:
    if not why.strip():
        return refusal(ReasonCode.CLOSE_REASON_MISSING)
    is_correction = facts.stage is to
    refused = None if is_correction else _refused(facts, to)
    if refused:
        return refused
    contacted_at = facts.contacted_at or (now if to is Stage.WON else None)
    told = replace(
        changed,
        stage=to,
        contacted_at=contacted_at,
        outcome_at=facts.outcome_at if is_correction else now,
        reason=why.strip(),
        who_would_fit=changed.who_would_fit if to is Stage.NOT_A_FIT else "",
    )
    return _moved(facts, told, now, policy, person)


def _refused(facts: ReferralFacts, to: Stage) -> Refusal | None:
    if to is facts.stage:
        return refusal(ReasonCode.STAGE_UNCHANGED, stage=to)
    if to not in _FORWARD[facts.stage]:
        if facts.stage in OPEN_STAGES:
            return refusal(ReasonCode.STAGE_NOT_ALLOWED, stage=facts.stage, to=to)
        return refusal(ReasonCode.REOPEN_FIRST, stage=facts.stage)
    return refuse_contact(facts.consent) if to in _NEEDS_CONSENT else None


def _moved(
    before: ReferralFacts,
    after: ReferralFacts,
    now: datetime,
    policy: Policy,
    person: PersonTime,
    first: tuple[Effect, ...] = (),
) -> Moved:
    """The facts with their follow-ups brought in line with what they ask for."""
    begun = _carried_out(after, first, now)
    follow = tuple(_differences(begun, now, policy, person))
    settled = _carried_out(begun, follow, now)
    closed_at = (settled.closed_at or now) if is_closed(settled, policy) else None
    is_won, was_won = (one.stage is Stage.WON for one in (after, before))
    return Moved(
        replace(settled, closed_at=closed_at),
        (*first, *follow),
        Newcomer(after.referral_id, after.generation) if is_won and not was_won else None,
        withdraws_newcomer=was_won and not is_won,
    )


def _differences(
    facts: ReferralFacts, now: datetime, policy: Policy, person: PersonTime
) -> Iterator[Effect]:
    wants = {want.kind: want for want in wanted(facts, policy, person) if not is_done(want, facts)}
    for kind in FollowUpKind:
        if facts.has_open(kind) and kind not in wants:
            yield Complete(kind) if _was_fulfilled(kind, facts) else Cancel(kind)
    for kind, want in wants.items():
        if not facts.has_open(kind):
            # What becomes owed late is not late at once.
            yield Open(kind, facts.owner_id, max(want.due_at, now))


def _was_fulfilled(kind: FollowUpKind, facts: ReferralFacts) -> bool:
    if kind is FollowUpKind.ERASURE:
        return True
    if facts.stage is Stage.CANCELLED:
        return False
    if kind is FollowUpKind.FIRST_CONTACT:
        return facts.contacted_at is not None
    return kind is FollowUpKind.CONSENT_REQUEST and facts.consent is not Consent.UNKNOWN


def _ended(
    facts: ReferralFacts, kind: FollowUpKind, how: type[Cancel] | type[Complete]
) -> tuple[Effect, ...]:
    return (how(kind),) if facts.has_open(kind) else ()


def _carried_out(facts: ReferralFacts, effects: tuple[Effect, ...], now: datetime) -> ReferralFacts:
    owed = list(facts.follow_ups)
    for effect in effects:
        match effect:
            case Open():
                owed.append(Owed(effect.kind, effect.due_at))
            case Complete():
                _settle(owed, effect.kind, FollowUpState.DONE, now)
            case Cancel():
                _settle(owed, effect.kind, FollowUpState.CANCELLED, now)
            case Reopen():
                done = [
                    one
                    for one in owed
                    if one.kind is effect.kind and one.state is FollowUpState.DONE
                ]
                last = max(done, key=lambda one: one.settled_at or now)
                owed[owed.index(last)] = replace(last, state=FollowUpState.OPEN, settled_at=None)
    return replace(facts, follow_ups=tuple(owed))


def _settle(owed: list[Owed], kind: FollowUpKind, state: FollowUpState, now: datetime) -> None:
    for position, one in enumerate(owed):
        if one.kind is kind and one.state is FollowUpState.OPEN:
            owed[position] = replace(one, state=state, settled_at=now)
