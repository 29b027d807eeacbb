"""What is known about a referral, and what we owe because of it (F1-F4, P2).

What is owed follows from the facts alone, so one rule answers for every path a referral can take:
forwards, back, reopened, corrected, cancelled. `referrals` changes the facts; the difference
between what is owed and what is open becomes effects.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.playbook.policy import Policy
from bot.playbook.terms import Consent, FollowUpKind, FollowUpState, Stage
from bot.playbook.working_time import PersonTime

OPEN_STAGES = frozenset({Stage.RECEIVED, Stage.CONTACTED, Stage.MEETING})
OUTCOMES = frozenset({Stage.WON, Stage.LOST, Stage.NOT_A_FIT})

_OUTCOME_NEWS = {
    Stage.WON: FollowUpKind.THANKS_WIN,
    Stage.LOST: FollowUpKind.LOSS_NEWS,
    Stage.NOT_A_FIT: FollowUpKind.NOT_A_FIT_NEWS,
}


_DONE_BY_FACTS = frozenset(
    {FollowUpKind.PROGRESS_UPDATE, FollowUpKind.FIRST_CONTACT, FollowUpKind.ERASURE}
)


@dataclass(frozen=True)
class Owed:
    """One follow-up of the referral."""

    kind: FollowUpKind
    due_at: datetime
    state: FollowUpState = FollowUpState.OPEN
    settled_at: datetime | None = None
    """When it was done or cancelled."""


@dataclass(frozen=True, kw_only=True)
class ReferralFacts:
    """A referral as the rules see it. Times are when something was recorded, aware UTC."""

    referral_id: int
    owner_id: str | None
    """Who follows it up."""
    received_at: datetime
    stage: Stage = Stage.RECEIVED
    consent: Consent = Consent.UNKNOWN
    consent_at: datetime | None = None
    erasure_asked_at: datetime | None = None
    """The person wants to be forgotten, and is not yet."""
    contacted_at: datetime | None = None
    meeting_at: datetime | None = None
    outcome_at: datetime | None = None
    """When won, lost or not a fit was recorded; it is closed only when all news is told."""
    closed_at: datetime | None = None
    reason: str = ""
    """Why it was won, lost, or does not fit the ideal customer; goes back to the referrer (F5)."""
    who_would_fit: str = ""
    amount_minor: int | None = None
    currency: str | None = None
    generation: int = 1
    """1 for a referral by a customer who came by themselves, 2 by one who was referred, … (N3)."""
    follow_ups: tuple[Owed, ...] = ()

    def has_open(self, kind: FollowUpKind) -> bool:
        """Whether a follow-up of this kind is open."""
        return any(one.kind is kind and one.state is FollowUpState.OPEN for one in self.follow_ups)

    def done_at(self, kind: FollowUpKind) -> datetime | None:
        """When a follow-up of this kind was done last."""
        done = (
            one.settled_at
            for one in self.follow_ups
            if one.kind is kind and one.state is FollowUpState.DONE and one.settled_at
        )
        return max(done, default=None)


@dataclass(frozen=True)
class Want:
    """A follow-up that the facts ask for: since when, and by when."""

    kind: FollowUpKind
    since: datetime
    due_at: datetime


def thanks_and_news(facts: ReferralFacts, policy: Policy) -> tuple[Want, ...]:
    """What the referrer is told in any case (F2 F4 F5), done or not.

    Thanks for the referral; thanks for the meeting if one happened; the outcome with its reason.
    A cancelled referral was a mistake of ours, and nobody hears of it.
    """
    if facts.stage is Stage.CANCELLED:
        return ()
    wants = [_thanks(FollowUpKind.THANKS_REFERRAL, facts.received_at, policy)]
    if facts.meeting_at:
        wants.append(_thanks(FollowUpKind.THANKS_MEETING, facts.meeting_at, policy))
    if facts.outcome_at and facts.stage in OUTCOMES:
        due_at = facts.outcome_at + policy.outcome_news_within
        wants.append(Want(_OUTCOME_NEWS[facts.stage], facts.outcome_at, due_at))
    return tuple(wants)


def wanted(facts: ReferralFacts, policy: Policy, person: PersonTime) -> tuple[Want, ...]:
    """Every follow-up that the facts ask for, done or not, in the order of the work.

    Without the person's consent there is no first contact to make, only the consent to ask for.
    To forget whoever wants it is owed whatever becomes of the referral.
    """
    wants: list[Want] = []
    if facts.erasure_asked_at:
        due_at = facts.erasure_asked_at + policy.erasure_within
        wants.append(Want(FollowUpKind.ERASURE, facts.erasure_asked_at, due_at))
    if facts.stage not in OPEN_STAGES:
        return (*wants, *thanks_and_news(facts, policy))
    if facts.consent is Consent.UNKNOWN:
        due_at = facts.received_at + policy.first_contact_within
        wants.append(Want(FollowUpKind.CONSENT_REQUEST, facts.received_at, due_at))
    if facts.consent is Consent.AGREED and facts.stage is Stage.RECEIVED:
        start = clock_started_at(facts)
        due_at = start + policy.first_contact_within
        wants.append(Want(FollowUpKind.FIRST_CONTACT, start, due_at))
    wants.extend(thanks_and_news(facts, policy))
    wants.append(_progress(facts, policy, person))
    return tuple(wants)


def clock_started_at(facts: ReferralFacts) -> datetime:
    """When the 24 hours of the first contact began: at receipt, or when consent came later (P2)."""
    if facts.consent_at is None:
        return facts.received_at
    return max(facts.received_at, facts.consent_at)


def is_done(want: Want, facts: ReferralFacts) -> bool:
    """Whether this was done since it was asked for. Some are never done while they are wanted."""
    if want.kind in _DONE_BY_FACTS:
        return False
    done_at = facts.done_at(want.kind)
    return done_at is not None and done_at >= want.since


def missing_thanks(facts: ReferralFacts, policy: Policy) -> tuple[FollowUpKind, ...]:
    """The thanks and news that nobody has ticked off yet (F2)."""
    return tuple(w.kind for w in thanks_and_news(facts, policy) if not is_done(w, facts))


def is_closed(facts: ReferralFacts, policy: Policy) -> bool:
    """Whether it is over: an outcome and everything told, or cancelled (F2)."""
    return facts.stage not in OPEN_STAGES and not missing_thanks(facts, policy)


def _thanks(kind: FollowUpKind, since: datetime, policy: Policy) -> Want:
    return Want(kind, since, since + policy.thanks_within)


def _progress(facts: ReferralFacts, policy: Policy, person: PersonTime) -> Want:
    """News every week (F3), and soon after the first contact, which is news by itself (F1)."""
    told_at = facts.done_at(FollowUpKind.PROGRESS_UPDATE) or facts.received_at
    due_at = person.morning_after(told_at, policy.progress_every)
    if facts.contacted_at and facts.contacted_at > told_at:
        due_at = min(due_at, facts.contacted_at + policy.contact_news_within)
    return Want(FollowUpKind.PROGRESS_UPDATE, told_at, due_at)
