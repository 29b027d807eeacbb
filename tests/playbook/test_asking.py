from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.asking import (
    MayAsk,
    NotNow,
    Override,
    ReadyAsk,
    RecordedOnly,
    RepairFirst,
    after_result,
    at_once,
    may_ask,
    prepare_ask,
)
from bot.playbook.contact_facts import ContactFacts, ResultRecord
from bot.playbook.contact_state import ask_window
from bot.playbook.offers import Audience, Kit, Offer, Template
from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, Refusal, reason, refusal
from bot.playbook.terms import FollowUpKind, MomentKind, OfferKind

POLICY = Policy()
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
OFFER = Offer(1, OfferKind.INFORMATION)
TEMPLATE = Template(1, "default", "ja", 1)
KIT = Kit((OFFER,), (TEMPLATE,))
NO_OFFER = refusal(ReasonCode.NO_OFFER)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


READY = ContactFacts(
    contact_id=7,
    customer_id=3,
    nps_score=9,
    nps_at=ago(10),
    result_id=5,
    result_kpi="見積作成時間",
    result_percent=Decimal(-48),
    result_at=ago(2),
)


def codes(decision: MayAsk | NotNow | ReadyAsk) -> list[ReasonCode]:
    assert isinstance(decision, NotNow)
    return [one.code for one in decision.reasons]


def test_a_promoter_with_a_result_and_an_offer_may_be_asked() -> None:
    assert may_ask(READY, NOW, POLICY, OFFER) == MayAsk()


@pytest.mark.parametrize(
    ("change", "offer", "code"),
    [
        pytest.param({"opted_out": True}, OFFER, ReasonCode.OPTED_OUT, id="opted out"),
        pytest.param({"open_complaint": True}, OFFER, ReasonCode.OPEN_COMPLAINT, id="complaint"),
        pytest.param({"nps_score": None, "nps_at": None}, OFFER, ReasonCode.NO_NPS, id="no NPS"),
        pytest.param({"nps_at": ago(91)}, OFFER, ReasonCode.NPS_STALE, id="stale NPS"),
        pytest.param({"nps_score": 7}, OFFER, ReasonCode.BELOW_THRESHOLD, id="below"),
        pytest.param({"last_asked_at": ago(20)}, OFFER, ReasonCode.ASKED_RECENTLY, id="asked"),
        pytest.param({"result_at": None}, OFFER, ReasonCode.NO_RESULT, id="no result"),
        pytest.param({"result_at": ago(181)}, OFFER, ReasonCode.RESULT_STALE, id="old result"),
        pytest.param({}, NO_OFFER, ReasonCode.NO_OFFER, id="no offer"),
    ],
)
def test_what_stands_against_asking_is_said(
    change: dict[str, object], offer: Offer | Refusal, code: ReasonCode
) -> None:
    facts = replace(READY, **change)  # type: ignore[arg-type]
    assert codes(may_ask(facts, NOW, POLICY, offer)) == [code]


def test_a_score_below_the_threshold_asks_for_repair_first() -> None:
    decision = may_ask(replace(READY, nps_score=5), NOW, POLICY, OFFER)
    assert isinstance(decision, NotNow)
    assert decision.reasons == (reason(ReasonCode.BELOW_THRESHOLD, score=5, threshold=8),)
    assert decision.remedies == (FollowUpKind.REPAIR_PLAN,)


def test_asked_twenty_days_ago_says_by_whom_when_and_until_when() -> None:
    facts = replace(READY, last_asked_at=ago(20), last_asked_by="U_OTHER")
    decision = may_ask(facts, NOW, POLICY, OFFER)
    until = NOW + timedelta(days=40)
    asked = reason(ReasonCode.ASKED_RECENTLY, by="U_OTHER", at=ago(20), until=until)
    assert decision == NotNow((asked,), until)
    assert may_ask(facts, until, POLICY, OFFER) == MayAsk()


def test_no_date_is_promised_when_waiting_alone_does_not_help() -> None:
    stale_by_then = replace(READY, nps_at=ago(60), last_asked_at=ago(20))
    complaint = replace(READY, open_complaint=True, last_asked_at=ago(20))
    for facts in (stale_by_then, complaint):
        decision = may_ask(facts, NOW, POLICY, OFFER)
        assert isinstance(decision, NotNow)
        assert decision.until is None


def test_everything_that_stands_against_it_is_said_at_once() -> None:
    facts = replace(READY, opted_out=True, nps_score=3, last_asked_at=ago(1), result_at=None)
    assert codes(may_ask(facts, NOW, POLICY, NO_OFFER)) == [
        ReasonCode.OPTED_OUT,
        ReasonCode.BELOW_THRESHOLD,
        ReasonCode.ASKED_RECENTLY,
        ReasonCode.NO_RESULT,
        ReasonCode.NO_OFFER,
    ]


def test_a_manager_may_set_a_missing_result_and_offer_aside_with_a_reason() -> None:
    facts = replace(READY, result_at=None)
    override = Override("U_BOSS", "本人から申し出があった")
    decision = may_ask(facts, NOW, POLICY, NO_OFFER, override)
    assert decision == MayAsk((reason(ReasonCode.NO_RESULT), reason(ReasonCode.NO_OFFER)))


def test_an_override_without_a_reason_is_none() -> None:
    decision = may_ask(READY, NOW, POLICY, NO_OFFER, Override("U_BOSS", " 　"))
    assert codes(decision) == [ReasonCode.OVERRIDE_NEEDS_REASON, ReasonCode.NO_OFFER]
    assert isinstance(decision, NotNow)
    assert decision.is_overridable


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"opted_out": True}, id="opted out"),
        pytest.param({"open_complaint": True}, id="complaint"),
        pytest.param({"nps_score": 7}, id="below the threshold"),
        pytest.param({"nps_at": ago(91)}, id="stale NPS"),
        pytest.param({"last_asked_at": ago(20)}, id="budget"),
    ],
)
def test_nobody_may_override_what_protects_the_customer(change: dict[str, object]) -> None:
    facts = replace(READY, **change)  # type: ignore[arg-type]
    decision = may_ask(facts, NOW, POLICY, NO_OFFER, Override("U_BOSS", "大事な案件"))
    assert isinstance(decision, NotNow)
    assert not decision.is_overridable


def test_a_ready_ask_has_its_moment_result_offer_template_and_reasons() -> None:
    ask = prepare_ask(READY, NOW, POLICY, KIT, Audience(), TODAY)
    assert isinstance(ask, ReadyAsk)
    assert (ask.moment.kind, ask.result_id, ask.offer, ask.template) == (
        MomentKind.RESULT,
        5,
        OFFER,
        TEMPLATE,
    )
    assert ask.score.points > 0
    assert ask.score.reasons


def test_an_overridden_ask_does_not_lean_on_an_old_result() -> None:
    facts = replace(READY, result_at=ago(200))
    ask = prepare_ask(facts, NOW, POLICY, Kit(), Audience(), TODAY, Override("U_BOSS", "理由"))
    assert isinstance(ask, ReadyAsk)
    assert (ask.result_id, ask.offer, ask.template) == (None, None, None)
    assert {one.code for one in ask.overridden} == {ReasonCode.RESULT_STALE, ReasonCode.NO_OFFER}


def test_a_result_of_a_candidate_answers_at_once_with_a_ready_ask() -> None:
    logged = ResultRecord(5, "見積作成時間", Decimal(-48), True, ago(0))
    answer = after_result(READY, logged, NOW, POLICY, KIT, Audience(), TODAY)
    assert isinstance(answer, ReadyAsk)


def test_a_result_that_did_not_improve_is_only_recorded() -> None:
    logged = ResultRecord(6, "返品率", Decimal(4), False, ago(0))
    answer = after_result(READY, logged, NOW, POLICY, KIT, Audience(), TODAY)
    assert answer == RecordedOnly((reason(ReasonCode.RESULT_NOT_IMPROVED, kpi="返品率"),))


def test_a_low_score_answers_with_repair() -> None:
    answer = at_once(replace(READY, nps_score=4), NOW, POLICY, KIT, Audience(), TODAY)
    assert isinstance(answer, RepairFirst)


def test_a_high_score_without_a_result_is_recorded_and_says_what_is_missing() -> None:
    answer = at_once(replace(READY, result_at=None), NOW, POLICY, KIT, Audience(), TODAY)
    assert answer == RecordedOnly((reason(ReasonCode.NO_RESULT),))


def test_within_the_budget_a_result_says_when_asking_is_possible() -> None:
    facts = replace(READY, last_asked_at=ago(20), last_asked_by="U")
    answer = at_once(facts, NOW, POLICY, KIT, Audience(), TODAY)
    assert isinstance(answer, RecordedOnly)
    assert answer.until == NOW + timedelta(days=40)


edges = st.sampled_from([0, 1, 59, 60, 61, 89, 90, 91, 179, 180, 181])
seconds = st.sampled_from([-1, 0, 1])


@given(edges, edges, st.none() | edges, seconds, st.integers(7, 9))
def test_the_index_draws_the_line_at_the_same_instant_as_the_rule(
    nps: int, result: int, asked: int | None, second: int, score: int
) -> None:
    off = timedelta(seconds=second)
    facts = replace(
        READY,
        nps_score=score,
        nps_at=ago(nps) + off,
        result_at=ago(result) + off,
        last_asked_at=None if asked is None else ago(asked) + off,
    )
    window = ask_window(NOW, POLICY)
    in_index = (
        score >= POLICY.promoter_threshold
        and ago(nps) + off >= window.nps_since
        and ago(result) + off >= window.result_since
        and (facts.last_asked_at is None or facts.last_asked_at <= window.asked_until)
    )
    assert isinstance(may_ask(facts, NOW, POLICY, OFFER), MayAsk) is in_index
