"""What other systems tell counts in the score, with its reason, and never makes old news look
fresh."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.contact_facts import (
    Contact,
    ContactFacts,
    ContactRecords,
    NpsRecord,
    ParticipationRecord,
    UsageRecord,
)
from bot.playbook.contact_state import advance, fold
from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, reason
from bot.playbook.score import explain, rank_key

POLICY = Policy()
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


YOSHINO = ContactFacts(
    contact_id=1, customer_id=1, nps_score=9, nps_at=ago(10), last_asked_at=ago(200)
)


def used(percent: int, days: float = 0) -> ContactFacts:
    return replace(
        YOSHINO, usage_metric="ログイン数", usage_percent=Decimal(percent), usage_at=ago(days)
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            used(35),
            reason(
                ReasonCode.SCORE_USAGE_RISES,
                metric="ログイン数",
                percent=Decimal(35),
                days=0,
                points=8,
            ),
            id="usage rises",
        ),
        pytest.param(
            used(-35),
            reason(
                ReasonCode.SCORE_USAGE_FALLS,
                metric="ログイン数",
                percent=Decimal(-35),
                days=0,
                points=-8,
            ),
            id="usage falls",
        ),
        pytest.param(
            replace(YOSHINO, event="秋のユーザー会", event_at=NOW),
            reason(ReasonCode.SCORE_PARTICIPATION, event="秋のユーザー会", days=0, points=6),
            id="took part",
        ),
        pytest.param(
            replace(YOSHINO, open_tickets=2),
            reason(ReasonCode.SCORE_OPEN_TICKETS, count=2, points=-6),
            id="two open tickets",
        ),
        pytest.param(
            replace(YOSHINO, open_tickets=40),
            reason(ReasonCode.SCORE_OPEN_TICKETS, count=40, points=-9),
            id="no more than the floor",
        ),
    ],
)
def test_what_systems_tell_is_a_reason(facts: ContactFacts, expected: object) -> None:
    score = explain(facts, NOW, POLICY)
    assert expected in score.reasons
    assert score.points == sum(int(str(one.values["points"])) for one in score.reasons)


@pytest.mark.parametrize("percent", [9, 0, -19])
def test_small_changes_are_noise(percent: int) -> None:
    assert rank_key(used(percent), POLICY) == rank_key(YOSHINO, POLICY)


@pytest.mark.parametrize("days", [0, 3, 20, 400])
def test_falling_usage_never_lifts_anybody(days: int) -> None:
    assert rank_key(used(-50, days), POLICY) <= rank_key(YOSHINO, POLICY)


@given(st.integers(-100, 1000), st.integers(0, 500), st.integers(0, 30), st.booleans())
def test_a_new_record_leads_where_a_fold_leads_whatever_systems_told(
    percent: int, days: int, tickets: int, took_part: bool
) -> None:
    records = ContactRecords(
        open_tickets=tickets,
        usage=UsageRecord("seats", Decimal(percent), ago(days)),
        participation=ParticipationRecord("Autumn", ago(days)) if took_part else None,
    )
    added = NpsRecord(1, 9, ago(1), "U_REP")
    who = Contact(7, 3)
    before = fold(who, records, POLICY)
    assert advance(before, added, POLICY) == fold(who, replace(records, nps=(added,)), POLICY)
    assert explain(before, NOW, POLICY).points >= 0
