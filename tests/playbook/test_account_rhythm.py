from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playbook.account_rhythm import (
    ContactDuties,
    ReportDuty,
    owed_to_contact,
    owed_to_customer,
    report_is_overdue,
)
from bot.playbook.contact_facts import ContactFacts
from bot.playbook.effects import Cancel, Complete, Effect, Open
from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind
from bot.playbook.working_time import PersonTime

POLICY = Policy()
PERSON = PersonTime(ZoneInfo("Asia/Tokyo"))
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
REFRESH, REPAIR = FollowUpKind.NPS_REFRESH, FollowUpKind.REPAIR_PLAN
REPORT = FollowUpKind.RESULT_REPORT


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


NEW = ContactFacts(contact_id=1, customer_id=1, owner_id="U_REP")
HIGH = replace(NEW, nps_score=9, nps_at=ago(10))
STALE = replace(HIGH, nps_at=ago(91))
LOW = replace(HIGH, nps_score=5)
DUTIES = ContactDuties(since=ago(10))
OPEN_REFRESH = Open(REFRESH, "U_REP", TOMORROW)
OPEN_REPAIR = Open(REPAIR, "U_REP", datetime(2026, 11, 27, 0, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("facts", "duties", "expected"),
    [
        pytest.param(HIGH, DUTIES, (), id="fresh and high"),
        pytest.param(STALE, DUTIES, (OPEN_REFRESH,), id="stale"),
        pytest.param(STALE, replace(DUTIES, refresh_is_open=True), (), id="reminded already"),
        pytest.param(
            HIGH, replace(DUTIES, refresh_is_open=True), (Complete(REFRESH),), id="refreshed"
        ),
        pytest.param(
            STALE, replace(DUTIES, refresh_settled_at=ago(13)), (), id="asked, no score yet"
        ),
        pytest.param(
            STALE, replace(DUTIES, refresh_settled_at=ago(14)), (OPEN_REFRESH,), id="still none"
        ),
        pytest.param(NEW, DUTIES, (), id="just imported"),
        pytest.param(NEW, ContactDuties(since=ago(91)), (OPEN_REFRESH,), id="never measured"),
        pytest.param(replace(STALE, opted_out=True), DUTIES, (), id="opted out"),
        pytest.param(
            replace(STALE, opted_out=True),
            replace(DUTIES, refresh_is_open=True),
            (Cancel(REFRESH),),
            id="opted out later",
        ),
    ],
)
def test_a_stale_score_is_reminded(
    facts: ContactFacts, duties: ContactDuties, expected: tuple[Effect, ...]
) -> None:
    assert owed_to_contact(facts, duties, NOW, POLICY, PERSON) == expected


@pytest.mark.parametrize(
    ("facts", "duties", "expected"),
    [
        pytest.param(LOW, DUTIES, (OPEN_REPAIR,), id="low"),
        pytest.param(LOW, replace(DUTIES, repair_is_open=True), (), id="open already"),
        pytest.param(LOW, replace(DUTIES, repair_settled_at=ago(5)), (), id="dealt with"),
        pytest.param(
            LOW, replace(DUTIES, repair_settled_at=ago(20)), (OPEN_REPAIR,), id="low again"
        ),
        pytest.param(HIGH, replace(DUTIES, repair_is_open=True), (Cancel(REPAIR),), id="recovered"),
        pytest.param(
            replace(LOW, opted_out=True),
            replace(DUTIES, repair_is_open=True),
            (Cancel(REPAIR),),
            id="opted out",
        ),
    ],
)
def test_a_low_score_owes_a_repair_plan_until_it_recovers(
    facts: ContactFacts, duties: ContactDuties, expected: tuple[Effect, ...]
) -> None:
    assert owed_to_contact(facts, duties, NOW, POLICY, PERSON) == expected


DUTY = ReportDuty("U_REP", since=ago(40), has_results=True)


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        pytest.param(DUTY, (Open(REPORT, "U_REP", TOMORROW),), id="never reported"),
        pytest.param(replace(DUTY, reported_at=ago(30)), (), id="a month is not over"),
        pytest.param(
            replace(DUTY, reported_at=ago(31)), (Open(REPORT, "U_REP", TOMORROW),), id="due"
        ),
        pytest.param(replace(DUTY, is_open=True), (), id="open already"),
        pytest.param(replace(DUTY, settled_at=ago(30)), (), id="struck off for this month"),
        pytest.param(
            replace(DUTY, settled_at=ago(31)),
            (Open(REPORT, "U_REP", TOMORROW),),
            id="struck off last month",
        ),
        pytest.param(
            replace(DUTY, is_open=True, reported_at=ago(0)), (Complete(REPORT),), id="reported"
        ),
        pytest.param(replace(DUTY, has_results=False), (), id="nothing to report"),
        pytest.param(
            replace(DUTY, has_results=False, is_open=True), (Cancel(REPORT),), id="result deleted"
        ),
    ],
)
def test_results_are_reported_every_month(duty: ReportDuty, expected: tuple[Effect, ...]) -> None:
    assert owed_to_customer(duty, NOW, POLICY, PERSON) == expected


def test_an_account_without_any_report_shows_up_as_overdue() -> None:
    assert report_is_overdue(replace(DUTY, has_results=False), NOW, POLICY)
    assert not report_is_overdue(replace(DUTY, reported_at=ago(30)), NOW, POLICY)
