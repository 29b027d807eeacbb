"""Whatever path a referral takes, what it owes stays right."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.playbook import referrals
from bot.playbook.effects import Cancel, Complete, Open, Reopen
from bot.playbook.policy import Policy
from bot.playbook.reasons import Refusal
from bot.playbook.referral_facts import (
    OPEN_STAGES,
    ReferralFacts,
    is_closed,
    missing_thanks,
)
from bot.playbook.referrals import Moved
from bot.playbook.terms import Consent, FollowUpKind, FollowUpState, Stage
from bot.playbook.working_time import PersonTime, WorkingCalendar

POLICY = Policy()
PERSON = PersonTime(ZoneInfo("Asia/Tokyo"), WorkingCalendar(country=""))
START = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)

MOVES: dict[str, Callable[[ReferralFacts, datetime], Moved | Refusal]] = {
    "contacted": lambda f, now: referrals.mark_contacted(f, now, POLICY, PERSON),
    "meeting": lambda f, now: referrals.mark_meeting(f, now, POLICY, PERSON),
    "back": lambda f, now: referrals.correct_stage(f, Stage.RECEIVED, now, POLICY, PERSON),
    "won": lambda f, now: referrals.close_won(f, "why", now, POLICY, PERSON),
    "lost": lambda f, now: referrals.close_lost(f, "why", now, POLICY, PERSON),
    "no fit": lambda f, now: referrals.close_not_a_fit(f, "why", "who", now, POLICY, PERSON),
    "reopen": lambda f, now: referrals.reopen(f, now, POLICY, PERSON),
    "cancel": lambda f, now: referrals.cancel(f, now, POLICY, PERSON),
    "reassign": lambda f, now: referrals.reassign(f, "U2", now, POLICY, PERSON),
}


class ReferralPath(RuleBasedStateMachine):
    """Clicks in any order; a second set of books is kept from the effects alone."""

    @initialize(consent=st.sampled_from([Consent.AGREED, Consent.UNKNOWN]))
    def receive(self, consent: Consent) -> None:
        self.now = START
        self.books: dict[FollowUpKind, int] = {}
        self.facts = ReferralFacts(referral_id=1, owner_id="U1", received_at=START, consent=consent)
        self.take(referrals.receive(self.facts, self.now, POLICY, PERSON))

    def take(self, answer: Moved | Refusal) -> None:
        self.now += timedelta(hours=7)
        if isinstance(answer, Refusal):
            return
        for effect in answer.effects:
            open_now = self.books.get(effect.kind, 0)
            match effect:
                case Open():
                    assert effect.due_at >= START
                    self.books[effect.kind] = open_now + 1
                case Reopen():
                    self.books[effect.kind] = open_now + 1
                case Complete() | Cancel():
                    self.books[effect.kind] = open_now - 1
            assert self.books[effect.kind] in (0, 1), f"{effect} doubles or ends nothing"
        self.facts = answer.facts

    @rule(move=st.sampled_from(sorted(MOVES)))
    def move(self, move: str) -> None:
        self.take(MOVES[move](self.facts, self.now))

    @rule(consent=st.sampled_from([Consent.AGREED, Consent.AGREED, *Consent]))
    def hear_consent(self, consent: Consent) -> None:
        self.take(referrals.record_consent(self.facts, consent, self.now, POLICY, PERSON))

    @rule(data=st.data())
    def tick(self, data: st.DataObject) -> None:
        kinds = [kind for kind in FollowUpKind if self.facts.has_open(kind)]
        if kinds:
            kind = data.draw(st.sampled_from(kinds))
            self.take(referrals.follow_up_done(self.facts, kind, self.now, POLICY, PERSON))

    @rule(data=st.data())
    def untick(self, data: st.DataObject) -> None:
        kinds = [kind for kind in FollowUpKind if self.facts.done_at(kind)]
        if kinds:
            kind = data.draw(st.sampled_from(kinds))
            self.take(referrals.follow_up_undone(self.facts, kind, self.now, POLICY, PERSON))

    @invariant()
    def the_books_agree(self) -> None:
        for kind in FollowUpKind:
            open_rows = [
                one
                for one in self.facts.follow_ups
                if one.kind is kind and one.state is FollowUpState.OPEN
            ]
            assert len(open_rows) == self.books.get(kind, 0)

    @invariant()
    def it_is_closed_exactly_when_nothing_is_owed_any_more(self) -> None:
        assert (self.facts.closed_at is not None) is is_closed(self.facts, POLICY)
        if self.facts.closed_at:
            assert not any(self.books.values())

    @invariant()
    def every_missing_thanks_is_open(self) -> None:
        for kind in missing_thanks(self.facts, POLICY):
            assert self.facts.has_open(kind)

    @invariant()
    def the_referrer_hears_of_it_weekly_as_long_as_it_is_open(self) -> None:
        is_open = self.facts.stage in OPEN_STAGES
        assert self.facts.has_open(FollowUpKind.PROGRESS_UPDATE) is is_open

    @invariant()
    def nobody_is_to_be_contacted_without_consent(self) -> None:
        if self.facts.consent is not Consent.AGREED:
            assert not self.facts.has_open(FollowUpKind.FIRST_CONTACT)


TestReferralPath = ReferralPath.TestCase
TestReferralPath.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
