from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.contact_facts import (
    AskRecord,
    Contact,
    ContactRecords,
    MomentRecord,
    NpsRecord,
    Record,
    ReferralRecord,
    ResultRecord,
)
from bot.playbook.contact_state import (
    TagChange,
    advance,
    fold,
    is_candidate,
    tag_change,
    with_contact,
)
from bot.playbook.policy import Policy
from bot.playbook.terms import AskAnswer, AskState, MomentKind, Stage

POLICY = Policy()
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
CONTACT = Contact(7, 3, owner_id="U_REP")


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def nps(score: int, days: float, id: int = 1) -> NpsRecord:
    return NpsRecord(id, score, ago(days), "U_REP")


def result(id: int, days: float, *, improved: bool = True) -> ResultRecord:
    return ResultRecord(id, f"kpi {id}", Decimal(-48), improved, ago(days))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param((), False, id="never measured"),
        pytest.param((nps(8, 0),), True, id="at the threshold"),
        pytest.param((nps(7, 0),), False, id="below it"),
        pytest.param((nps(9, 90),), True, id="on its last fresh day"),
        pytest.param((nps(9, 90.01),), False, id="stale"),
        pytest.param((nps(9, 20, 1), nps(6, 1, 2)), False, id="the latest counts: lower"),
        pytest.param((nps(6, 20, 1), nps(9, 1, 2)), True, id="the latest counts: recovered"),
        pytest.param((nps(6, 1, 1), nps(9, 20, 2)), False, id="entered late about the past"),
        pytest.param((nps(6, 1, 1), nps(9, 1, 2)), True, id="same instant: the later entry"),
    ],
)
def test_the_candidate_tag_appears_and_disappears_by_rule(
    scores: tuple[NpsRecord, ...], expected: bool
) -> None:
    state = fold(CONTACT, ContactRecords(nps=scores), POLICY)
    assert is_candidate(state, NOW, POLICY) is expected


def test_another_threshold_is_another_state() -> None:
    records = ContactRecords(nps=(nps(8, 0),))
    assert not fold(CONTACT, records, replace(POLICY, promoter_threshold=9)).is_promoter


def test_the_score_before_the_latest_is_kept() -> None:
    state = fold(CONTACT, ContactRecords(nps=(nps(9, 1, 3), nps(4, 9, 1), nps(6, 5, 2))), POLICY)
    assert (state.nps_score, state.previous_nps_score) == (9, 6)


def test_the_latest_result_that_improved_is_the_one_to_ask_with() -> None:
    records = ContactRecords(results=(result(1, 30), result(2, 10), result(3, 1, improved=False)))
    state = fold(CONTACT, records, POLICY)
    assert (state.result_id, state.result_kpi) == (2, "kpi 2")


def test_an_ask_that_was_cancelled_leaves_the_budget_free() -> None:
    sent = AskRecord(1, ago(100), "U_A", AskState.RESTED)
    cancelled = AskRecord(2, ago(1), "U_B", AskState.CANCELLED)
    state = fold(CONTACT, ContactRecords(asks=(sent, cancelled)), POLICY)
    assert (state.last_ask_id, state.last_asked_by) == (1, "U_A")


def test_the_answer_to_the_latest_ask_is_taken_in() -> None:
    sent = AskRecord(1, ago(5), "U_A", AskState.SENT)
    state = fold(CONTACT, ContactRecords(asks=(sent,)), POLICY)
    answered = replace(sent, state=AskState.ANSWERED, answer=AskAnswer.DECLINED)
    assert advance(state, answered, POLICY).last_answer is AskAnswer.DECLINED


def test_a_cancelled_referral_was_not_given() -> None:
    referrals = (ReferralRecord(1, Stage.WON), ReferralRecord(2, Stage.CANCELLED))
    assert fold(CONTACT, ContactRecords(referrals=referrals), POLICY).referrals_given == 1


@pytest.mark.parametrize(
    ("contact", "askable"),
    [
        pytest.param(CONTACT, True, id="nothing in the way"),
        pytest.param(replace(CONTACT, open_complaint=True), False, id="complaint"),
        pytest.param(replace(CONTACT, opted_out=True), False, id="opted out"),
    ],
)
def test_what_time_cannot_mend_is_in_the_row(contact: Contact, askable: bool) -> None:
    records = ContactRecords(nps=(nps(9, 0),))
    before = fold(CONTACT, records, POLICY)
    assert fold(contact, records, POLICY).is_askable is askable
    assert with_contact(before, contact, POLICY) == fold(contact, records, POLICY)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(None, nps(9, 0), TagChange.APPEARED, id="first score"),
        pytest.param(nps(9, 5), nps(6, 0, 2), TagChange.DISAPPEARED, id="fell"),
        pytest.param(nps(9, 100), nps(9, 0, 2), TagChange.APPEARED, id="refreshed"),
        pytest.param(nps(9, 5), nps(10, 0, 2), TagChange.UNCHANGED, id="stayed high"),
    ],
)
def test_a_new_score_says_what_it_did_to_the_tag(
    before: NpsRecord | None, after: NpsRecord, expected: TagChange
) -> None:
    old = fold(CONTACT, ContactRecords(nps=(before,)), POLICY) if before else None
    new = fold(CONTACT, ContactRecords(nps=tuple(r for r in (before, after) if r)), POLICY)
    assert tag_change(old, new, NOW, POLICY) is expected


ids = st.integers(1, 10**6)
times = st.integers(0, 60).map(ago)
nps_records = st.lists(
    st.builds(NpsRecord, ids, st.integers(0, 10), times, st.just("U")), unique_by=lambda r: r.id
)
result_records = st.lists(
    st.builds(ResultRecord, ids, st.just("k"), st.none(), st.booleans(), times),
    unique_by=lambda r: r.id,
)
moment_records = st.lists(st.builds(MomentRecord, ids, st.sampled_from(MomentKind), times))
ask_records = st.lists(
    st.builds(AskRecord, ids, times, st.just("U"), st.sampled_from(AskState)),
    unique_by=lambda r: r.id,
)
referral_records = st.lists(st.builds(ReferralRecord, ids, st.sampled_from(Stage)))


@given(nps_records, result_records, moment_records, ask_records, referral_records, st.data())
def test_adding_records_one_by_one_in_any_order_is_the_same_as_rebuilding(
    nps: list[NpsRecord],
    results: list[ResultRecord],
    moments: list[MomentRecord],
    asks: list[AskRecord],
    referrals: list[ReferralRecord],
    data: st.DataObject,
) -> None:
    everything: list[Record] = [*nps, *results, *moments, *asks, *referrals]
    shuffled = data.draw(st.permutations(everything))
    empty = fold(CONTACT, ContactRecords(), POLICY)
    rebuilt = fold(
        CONTACT,
        ContactRecords(
            nps=tuple(nps),
            results=tuple(results),
            moments=tuple(moments),
            asks=tuple(asks),
            referrals=tuple(referrals),
        ),
        POLICY,
    )
    assert reduce(lambda state, one: advance(state, one, POLICY), shuffled, empty) == rebuilt
