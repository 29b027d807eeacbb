from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playbook import referrals
from bot.playbook.effects import Cancel, Complete, Effect, Open, Reopen
from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, Refusal, reason, refusal
from bot.playbook.referral_facts import ReferralFacts, clock_started_at, missing_thanks
from bot.playbook.referrals import Moved, Newcomer
from bot.playbook.terms import Consent, FollowUpKind, Stage
from bot.playbook.working_time import PersonTime

POLICY = Policy()
PERSON = PersonTime(ZoneInfo("Asia/Tokyo"))
RECEIVED_AT = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEW = ReferralFacts(
    referral_id=1,
    owner_id="U_REP",
    received_at=RECEIVED_AT,
    consent=Consent.AGREED,
    consent_at=RECEIVED_AT,
)
PROGRESS = FollowUpKind.PROGRESS_UPDATE
WEEK_LATER = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""The morning a week after receipt, which is a holiday, so a day later."""

Step = Callable[[ReferralFacts, datetime], Moved | Refusal]


def step(rule: Callable[..., Moved | Refusal], *values: object, **named: object) -> Step:
    """A rule with everything but the facts and the time filled in."""
    return lambda facts, now: rule(facts, *values, now, POLICY, PERSON, **named)


def done(kind: FollowUpKind) -> Step:
    return step(referrals.follow_up_done, kind)


def undone(kind: FollowUpKind) -> Step:
    return step(referrals.follow_up_undone, kind)


receive = step(referrals.receive)
contacted = step(referrals.mark_contacted)
meeting = step(referrals.mark_meeting)
won = step(referrals.close_won, "対応の速さ", amount_minor=1_200_000, currency="JPY")
lost = step(referrals.close_lost, "予算の凍結")
not_a_fit = step(referrals.close_not_a_fit, "個人向けの事業", "従業員50名以上の製造業")
reopen = step(referrals.reopen)
cancel = step(referrals.cancel)


def play(*steps: Step, facts: ReferralFacts = NEW) -> Moved:
    """The last move of a referral that goes through all these steps, an hour apart."""
    moved = Moved(facts)
    for number, one in enumerate(steps):
        answer = one(moved.facts, RECEIVED_AT + number * HOUR)
        assert isinstance(answer, Moved), answer
        moved = answer
    return moved


def after(*steps: Step, facts: ReferralFacts = NEW) -> ReferralFacts:
    return play(*steps, facts=facts).facts


def refused_by(one: Step, facts: ReferralFacts) -> Refusal:
    answer = one(facts, RECEIVED_AT + 100 * HOUR)
    assert isinstance(answer, Refusal)
    return answer


def open_kinds(facts: ReferralFacts) -> set[FollowUpKind]:
    return {kind for kind in FollowUpKind if facts.has_open(kind)}


def test_receipt_opens_first_contact_thanks_and_weekly_progress() -> None:
    day_later = RECEIVED_AT + timedelta(hours=24)
    assert play(receive).effects == (
        Open(FollowUpKind.FIRST_CONTACT, "U_REP", day_later),
        Open(FollowUpKind.THANKS_REFERRAL, "U_REP", day_later),
        Open(PROGRESS, "U_REP", WEEK_LATER),
    )


UNASKED = replace(NEW, consent=Consent.UNKNOWN, consent_at=None)


def test_without_consent_only_the_consent_is_asked_for() -> None:
    facts = after(receive, facts=UNASKED)
    assert FollowUpKind.CONSENT_REQUEST in open_kinds(facts)
    assert FollowUpKind.FIRST_CONTACT not in open_kinds(facts)


@pytest.mark.parametrize(
    ("consent", "code"),
    [
        pytest.param(Consent.UNKNOWN, ReasonCode.NO_CONSENT, id="not asked yet"),
        pytest.param(Consent.REFUSED, ReasonCode.CONSENT_REFUSED, id="refused"),
        pytest.param(Consent.OPTED_OUT, ReasonCode.PERSON_OPTED_OUT, id="opted out"),
    ],
)
@pytest.mark.parametrize("one", [contacted, meeting, won], ids=["contact", "meeting", "win"])
def test_nobody_is_contacted_without_their_consent(
    one: Step, consent: Consent, code: ReasonCode
) -> None:
    facts = after(receive, facts=replace(UNASKED, consent=consent))
    assert refused_by(one, facts) == refusal(code)


def test_consent_starts_the_clock_of_the_first_contact() -> None:
    yes = step(referrals.record_consent, Consent.AGREED)
    moved = play(receive, receive, yes, facts=UNASKED)
    consent_at = RECEIVED_AT + 2 * HOUR
    assert moved.effects == (
        Complete(FollowUpKind.CONSENT_REQUEST),
        Open(FollowUpKind.FIRST_CONTACT, "U_REP", consent_at + timedelta(hours=24)),
    )
    assert clock_started_at(moved.facts) == consent_at


def test_an_opt_out_ends_the_first_contact() -> None:
    opt_out = step(referrals.record_consent, Consent.OPTED_OUT)
    assert play(receive, opt_out).effects == (Cancel(FollowUpKind.FIRST_CONTACT),)


def test_asking_for_consent_is_not_asked_again_once_done() -> None:
    facts = after(receive, done(FollowUpKind.CONSENT_REQUEST), receive, facts=UNASKED)
    assert FollowUpKind.CONSENT_REQUEST not in open_kinds(facts)


def test_the_first_contact_ticked_off_is_the_stage_and_news_for_the_referrer() -> None:
    moved = play(receive, done(FollowUpKind.FIRST_CONTACT))
    contacted_at = RECEIVED_AT + HOUR
    assert moved.facts.stage is Stage.CONTACTED
    assert moved.effects == (
        Cancel(PROGRESS),
        Complete(FollowUpKind.FIRST_CONTACT),
        Open(PROGRESS, "U_REP", contacted_at + timedelta(hours=24)),
    )


def test_a_tick_of_the_first_contact_can_be_taken_back() -> None:
    tick = done(FollowUpKind.FIRST_CONTACT)
    facts = after(receive, tick, undone(FollowUpKind.FIRST_CONTACT))
    assert (facts.stage, facts.contacted_at) == (Stage.RECEIVED, None)
    assert FollowUpKind.FIRST_CONTACT in open_kinds(facts)
    moved_on = after(receive, tick, meeting)
    assert refused_by(undone(FollowUpKind.FIRST_CONTACT), moved_on) == refusal(
        ReasonCode.REFERRAL_MOVED_ON, stage="meeting"
    )


def test_a_meeting_owes_thanks_and_a_step_back_takes_them_away() -> None:
    held = play(receive, contacted, meeting)
    due_at = RECEIVED_AT + 2 * HOUR + timedelta(hours=24)
    assert held.effects == (Open(FollowUpKind.THANKS_MEETING, "U_REP", due_at),)
    back = play(receive, contacted, meeting, step(referrals.correct_stage, Stage.CONTACTED))
    assert back.effects == (Cancel(FollowUpKind.THANKS_MEETING),)
    assert back.facts.meeting_at is None


def test_progress_is_owed_again_a_week_after_each_update() -> None:
    moved = play(receive, done(PROGRESS))
    assert moved.effects == (Complete(PROGRESS), Open(PROGRESS, "U_REP", WEEK_LATER))
    back = play(receive, done(PROGRESS), undone(PROGRESS))
    assert back.effects == (Cancel(PROGRESS), Reopen(PROGRESS))
    assert open_kinds(back.facts) == open_kinds(after(receive))


@pytest.mark.parametrize(
    ("outcome", "stage", "news"),
    [
        pytest.param(won, Stage.WON, FollowUpKind.THANKS_WIN, id="won"),
        pytest.param(lost, Stage.LOST, FollowUpKind.LOSS_NEWS, id="lost"),
        pytest.param(not_a_fit, Stage.NOT_A_FIT, FollowUpKind.NOT_A_FIT_NEWS, id="not a fit"),
    ],
)
def test_a_referral_is_closed_only_when_every_thanks_is_done(
    outcome: Step, stage: Stage, news: FollowUpKind
) -> None:
    facts = after(receive, contacted, meeting, outcome)
    owed = (FollowUpKind.THANKS_REFERRAL, FollowUpKind.THANKS_MEETING, news)
    assert facts.stage is stage
    assert facts.closed_at is None
    assert missing_thanks(facts, POLICY) == owed
    assert referrals.closing_reasons(facts, POLICY) == tuple(
        reason(ReasonCode.THANKS_MISSING, kind=kind) for kind in owed
    )
    assert open_kinds(facts) == set(owed)
    told = after(receive, contacted, meeting, outcome, *map(done, owed))
    assert told.closed_at == RECEIVED_AT + 6 * HOUR
    assert not open_kinds(told)


def test_a_thanks_taken_back_opens_a_closed_referral() -> None:
    thanks = (done(FollowUpKind.THANKS_REFERRAL), done(FollowUpKind.LOSS_NEWS))
    facts = after(receive, lost, *thanks, undone(FollowUpKind.LOSS_NEWS))
    assert facts.closed_at is None
    assert open_kinds(facts) == {FollowUpKind.LOSS_NEWS}


def test_a_referral_lost_before_a_meeting_owes_no_thanks_for_one() -> None:
    facts = after(receive, lost)
    assert missing_thanks(facts, POLICY) == (
        FollowUpKind.THANKS_REFERRAL,
        FollowUpKind.LOSS_NEWS,
    )
    assert play(receive, lost).effects[:2] == (
        Cancel(FollowUpKind.FIRST_CONTACT),
        Cancel(PROGRESS),
    )


@pytest.mark.parametrize(
    ("one", "code"),
    [
        pytest.param(
            step(referrals.close_won, " "), ReasonCode.CLOSE_REASON_MISSING, id="won, no reason"
        ),
        pytest.param(
            step(referrals.close_lost, ""), ReasonCode.CLOSE_REASON_MISSING, id="lost, no reason"
        ),
        pytest.param(
            step(referrals.close_not_a_fit, "", "製造業"),
            ReasonCode.CLOSE_REASON_MISSING,
            id="not a fit, no reason",
        ),
        pytest.param(
            step(referrals.close_not_a_fit, "個人向け", "　"),
            ReasonCode.WOULD_FIT_MISSING,
            id="who would fit is missing",
        ),
        pytest.param(
            step(referrals.close_won, "価格", amount_minor=-1),
            ReasonCode.AMOUNT_NEGATIVE,
            id="negative amount",
        ),
    ],
)
def test_closing_without_what_goes_back_to_the_referrer_is_refused(
    one: Step, code: ReasonCode
) -> None:
    assert refused_by(one, after(receive)) == refusal(code)


def test_a_win_brings_a_customer_with_where_they_came_from() -> None:
    facts = replace(NEW, generation=referrals.generation_after(1))
    moved = play(receive, won, facts=facts)
    assert moved.newcomer == Newcomer(came_from_referral_id=1, generation=2)
    assert (moved.facts.amount_minor, moved.facts.currency) == (1_200_000, "JPY")
    assert moved.facts.contacted_at is not None
    assert referrals.generation_after(None) == 1


@pytest.mark.parametrize("one", [lost, reopen, cancel], ids=["lost", "reopened", "cancelled"])
def test_a_win_taken_back_withdraws_the_customer(one: Step) -> None:
    moved = play(receive, meeting, won, one)
    assert moved.withdraws_newcomer
    assert moved.facts.amount_minor is None or one is cancel


def test_an_outcome_corrected_is_told_anew_and_a_typo_is_not() -> None:
    typo = play(receive, lost, done(FollowUpKind.LOSS_NEWS), step(referrals.close_lost, "予算"))
    assert typo.effects == ()
    assert typo.facts.reason == "予算"
    again = play(receive, lost, done(FollowUpKind.LOSS_NEWS), reopen, lost)
    assert FollowUpKind.LOSS_NEWS in open_kinds(again.facts)


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        pytest.param((lost,), Stage.RECEIVED, id="lost at once"),
        pytest.param((contacted, not_a_fit), Stage.CONTACTED, id="after the contact"),
        pytest.param((contacted, meeting, won), Stage.MEETING, id="after the meeting"),
        pytest.param((contacted, cancel), Stage.CONTACTED, id="cancelled"),
    ],
)
def test_reopening_returns_to_the_furthest_stage(path: tuple[Step, ...], stage: Stage) -> None:
    facts = after(receive, *path, reopen)
    assert facts.stage is stage
    assert (facts.outcome_at, facts.closed_at, facts.reason) == (None, None, "")
    assert PROGRESS in open_kinds(facts)


def test_a_cancelled_referral_owes_nothing_and_is_closed() -> None:
    facts = after(receive, meeting, cancel)
    assert not open_kinds(facts)
    assert facts.closed_at is not None


@pytest.mark.parametrize(
    ("path", "one", "expected"),
    [
        pytest.param((), reopen, reason(ReasonCode.STILL_OPEN, stage="received"), id="open"),
        pytest.param(
            (contacted,), contacted, reason(ReasonCode.STAGE_UNCHANGED, stage="contacted"), id="2x"
        ),
        pytest.param(
            (meeting,),
            contacted,
            reason(ReasonCode.STAGE_NOT_ALLOWED, stage="meeting", to="contacted"),
            id="backwards without saying so",
        ),
        pytest.param((lost,), meeting, reason(ReasonCode.REOPEN_FIRST, stage="lost"), id="ended"),
        pytest.param(
            (cancel,), cancel, reason(ReasonCode.STAGE_UNCHANGED, stage="cancelled"), id="cancelled"
        ),
        pytest.param(
            (),
            step(referrals.correct_stage, Stage.MEETING),
            reason(ReasonCode.STAGE_NOT_ALLOWED, stage="received", to="meeting"),
            id="a correction forwards",
        ),
        pytest.param(
            (won,),
            step(referrals.correct_stage, Stage.RECEIVED),
            reason(ReasonCode.REOPEN_FIRST, stage="won"),
            id="a correction of an outcome",
        ),
    ],
)
def test_a_step_that_is_not_possible_says_what_is_true(
    path: tuple[Step, ...], one: Step, expected: object
) -> None:
    assert refused_by(one, after(receive, *path)).reasons == (expected,)


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.RECEIVED, "contacted meeting won lost not_a_fit cancelled"),
        (Stage.CONTACTED, "received meeting won lost not_a_fit cancelled"),
        (Stage.MEETING, "received contacted won lost not_a_fit cancelled"),
        (Stage.WON, "lost not_a_fit cancelled"),
        (Stage.CANCELLED, ""),
    ],
)
def test_the_buttons_offer_what_is_possible(stage: Stage, expected: str) -> None:
    assert " ".join(referrals.next_stages(stage)) == expected


def test_another_rep_takes_over_what_is_open_with_its_promises() -> None:
    moved = play(receive, step(referrals.reassign, "U_NEW"))
    day_later = RECEIVED_AT + timedelta(hours=24)
    handed: tuple[Effect, ...] = (
        Open(FollowUpKind.FIRST_CONTACT, "U_NEW", day_later),
        Open(FollowUpKind.THANKS_REFERRAL, "U_NEW", day_later),
        Open(PROGRESS, "U_NEW", WEEK_LATER),
    )
    assert moved.facts.owner_id == "U_NEW"
    assert moved.effects[3:] == handed
    assert all(isinstance(effect, Cancel) for effect in moved.effects[:3])


def test_a_referral_taken_up_again_late_is_not_late_at_once() -> None:
    months_later = RECEIVED_AT + timedelta(days=100)
    cancelled = after(receive, cancel)
    moved = referrals.reopen(cancelled, months_later, POLICY, PERSON)
    assert isinstance(moved, Moved)
    opened = [effect for effect in moved.effects if isinstance(effect, Open)]
    assert opened
    assert all(effect.due_at >= months_later for effect in opened)


def test_a_rule_applied_twice_changes_nothing() -> None:
    assert play(receive, receive).effects == ()


def test_a_tick_of_what_is_not_owed_changes_nothing() -> None:
    assert play(receive, done(FollowUpKind.THANKS_WIN)).effects == ()
