from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.contact_facts import ContactFacts
from bot.playbook.policy import Policy, Weights
from bot.playbook.reasons import ReasonCode, reason
from bot.playbook.score import Moment, best_moment, explain, rank_key, score_at
from bot.playbook.terms import AskAnswer, MomentKind

POLICY = Policy()
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NOBODY = ContactFacts(contact_id=1, customer_id=1)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


YAMADA = replace(
    NOBODY,
    nps_score=9,
    nps_at=ago(30),
    result_kpi="見積作成時間",
    result_percent=Decimal("-48"),
    result_at=ago(12),
    moment=MomentKind.THANKS,
    moment_at=ago(3),
    referrals_given=2,
    last_asked_at=ago(200),
)


def test_every_point_is_explained_the_heaviest_first() -> None:
    score = explain(YAMADA, NOW, POLICY)
    assert score.reasons == (
        reason(
            ReasonCode.SCORE_RESULT, kpi="見積作成時間", percent=Decimal("-48"), days=12, points=26
        ),
        reason(ReasonCode.SCORE_MOMENT, moment="thanks", days=3, points=18),
        reason(ReasonCode.SCORE_REFERRED_BEFORE, count=2, points=10),
        reason(ReasonCode.SCORE_NPS, score=9, points=8),
        reason(ReasonCode.SCORE_TIME_PASSED, days=3, points=-3),
    )
    assert score.points == 26 + 18 + 10 + 8 - 3


def test_a_contact_about_whom_nothing_is_known_has_no_points() -> None:
    assert explain(NOBODY, NOW, POLICY).points == 0
    assert rank_key(NOBODY, POLICY) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"last_asked_at": None}, ReasonCode.SCORE_NEVER_ASKED, id="never asked"),
        pytest.param(
            {"last_answer": AskAnswer.DECLINED}, ReasonCode.SCORE_DECLINED_BEFORE, id="declined"
        ),
        pytest.param(
            {"result_percent": None},
            ReasonCode.SCORE_RESULT_WITHOUT_PERCENT,
            id="a result from zero",
        ),
    ],
)
def test_what_else_moves_the_score_is_said(change: dict[str, object], code: ReasonCode) -> None:
    facts = replace(YAMADA, **change)  # type: ignore[arg-type]
    assert code in {one.code for one in explain(facts, NOW, POLICY).reasons}


def test_a_low_score_gives_no_points() -> None:
    reasons = explain(replace(YAMADA, nps_score=7), NOW, POLICY).reasons
    assert ReasonCode.SCORE_NPS not in {one.code for one in reasons}


def test_a_result_is_capped_however_large() -> None:
    facts = replace(NOBODY, result_kpi="売上", result_percent=Decimal(900), result_at=NOW)
    assert explain(facts, NOW, POLICY).reasons[0].values["points"] == POLICY.weights.result_cap


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(YAMADA, Moment(MomentKind.THANKS, ago(3)), id="thanks outweigh a result"),
        pytest.param(
            replace(YAMADA, moment=None, moment_at=None),
            Moment(MomentKind.RESULT, ago(12)),
            id="the result itself",
        ),
        pytest.param(
            replace(NOBODY, nps_score=8, nps_at=ago(1)),
            Moment(MomentKind.HIGH_NPS, ago(1)),
            id="the high score itself",
        ),
        pytest.param(
            replace(YAMADA, moment=MomentKind.CONTRACT, moment_at=ago(20)),
            Moment(MomentKind.RESULT, ago(12)),
            id="an old contract is behind a newer result",
        ),
        pytest.param(replace(NOBODY, nps_score=3, nps_at=ago(1)), None, id="nothing to speak of"),
    ],
)
def test_the_moment_that_weighs_most_is_the_reason_to_ask(
    facts: ContactFacts, expected: Moment | None
) -> None:
    assert best_moment(facts, POLICY) == expected


def test_one_day_takes_one_point_and_only_when_it_is_over() -> None:
    key = rank_key(YAMADA, POLICY)
    base = score_at(key, ago(3), POLICY.weights)
    assert score_at(key, ago(2) - timedelta(seconds=1), POLICY.weights) == base
    assert score_at(key, ago(2), POLICY.weights) == base - 1


def test_points_never_go_below_zero() -> None:
    score = explain(YAMADA, NOW + timedelta(days=1000), POLICY)
    assert score.points == 0
    assert sum(int(str(one.values["points"])) for one in score.reasons) == 0


days = st.integers(0, 400)
contacts = st.builds(
    lambda score, nps, percent, result, kind, moment, given, answer, asked: replace(
        NOBODY,
        nps_score=score,
        nps_at=ago(nps) if score is not None else None,
        result_kpi="k",
        result_percent=percent,
        result_at=ago(result) if result is not None else None,
        moment=kind,
        moment_at=ago(moment) if kind else None,
        referrals_given=given,
        last_answer=answer,
        last_asked_at=ago(asked) if asked is not None else None,
    ),
    st.none() | st.integers(0, 10),
    days,
    st.none() | st.decimals(-500, 500, places=2),
    st.none() | days,
    st.none() | st.sampled_from(MomentKind),
    days,
    st.integers(0, 3),
    st.none() | st.sampled_from(AskAnswer),
    st.none() | days,
)


@given(contacts, st.integers(0, 500))
def test_the_reasons_sum_up_to_the_points(facts: ContactFacts, later: int) -> None:
    now = NOW + timedelta(days=later)
    score = explain(facts, now, POLICY)
    assert score.points == sum(int(str(one.values["points"])) for one in score.reasons)
    assert score.points == score_at(rank_key(facts, POLICY), now, POLICY.weights)


@given(contacts, contacts, st.integers(0, 500), st.integers(0, 86_399))
def test_the_order_of_two_contacts_never_depends_on_now(
    one: ContactFacts, other: ContactFacts, later: int, seconds: int
) -> None:
    now = NOW + timedelta(days=later, seconds=seconds)
    keys = sorted([rank_key(one, POLICY), rank_key(other, POLICY)])
    low, high = (score_at(key, now, POLICY.weights) for key in keys)
    assert low <= high


@given(contacts, days)
def test_fresh_thanks_never_make_a_contact_less_likely(facts: ContactFacts, days: int) -> None:
    before = rank_key(facts, POLICY)
    moment_at = facts.moment_at
    later = max((at for at in (facts.nps_at, facts.result_at, moment_at) if at), default=ago(days))
    thanked = replace(facts, moment=MomentKind.THANKS, moment_at=later)
    assert rank_key(thanked, POLICY) >= before


def test_other_weights_make_another_score() -> None:
    policy = Policy(weights=Weights(nps_point=100, decay_per_day=0))
    facts = replace(NOBODY, nps_score=8, nps_at=ago(0), last_asked_at=ago(100))
    assert explain(facts, NOW + timedelta(days=50), policy).points == 104
