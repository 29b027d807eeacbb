from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook import follow_ups
from bot.playbook.follow_ups import FollowUp, digest_items, is_overdue, snooze_until
from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, reason, refusal
from bot.playbook.terms import FollowUpKind, FollowUpState, Snooze
from bot.playbook.working_time import PersonTime

POLICY = Policy()
TOKYO = ZoneInfo("Asia/Tokyo")
PERSON = PersonTime(TOKYO)


def tokyo(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=TOKYO).astimezone(UTC)


NOW = tokyo(24, 14)
OPEN = FollowUp(1, FollowUpKind.NPS_REFRESH, "U_REP", tokyo(24))
DONE = replace(OPEN, state=FollowUpState.DONE, settled_at=NOW, settled_by="U_REP")
STRUCK = replace(DONE, state=FollowUpState.CANCELLED)


def test_a_tick_says_who_did_it_and_when() -> None:
    assert follow_ups.done(OPEN, "U_REP", NOW) == DONE


@pytest.mark.parametrize(
    ("follow_up", "expected"),
    [
        pytest.param(DONE, reason(ReasonCode.ALREADY_DONE, by="U_REP", at=NOW), id="done"),
        pytest.param(STRUCK, reason(ReasonCode.ALREADY_CANCELLED, at=NOW), id="cancelled"),
    ],
)
def test_a_second_click_hears_what_is_true_now(follow_up: FollowUp, expected: object) -> None:
    later = NOW + timedelta(days=365)
    for answer in (
        follow_ups.done(follow_up, "U_OTHER", later),
        follow_ups.cancelled(follow_up, "U_OTHER", later),
        follow_ups.snoozed(follow_up, later, "U_OTHER"),
    ):
        assert answer == refusal(expected.code, **expected.values)  # type: ignore[attr-defined]


@pytest.mark.parametrize("follow_up", [DONE, STRUCK], ids=["done", "cancelled"])
def test_it_can_be_taken_back_for_a_day(follow_up: FollowUp) -> None:
    until = NOW + POLICY.undo_within
    assert follow_ups.undo_until(follow_up, POLICY) == until
    assert follow_ups.undone(follow_up, until, POLICY) == OPEN
    too_late = follow_ups.undone(follow_up, until + timedelta(seconds=1), POLICY)
    assert too_late == refusal(ReasonCode.UNDO_TOO_LATE, until=until)


def test_what_is_open_cannot_be_taken_back() -> None:
    assert follow_ups.undo_until(OPEN, POLICY) is None
    assert follow_ups.undone(OPEN, NOW, POLICY) == refusal(ReasonCode.ALREADY_OPEN)


@pytest.mark.parametrize("kind", sorted(set(FollowUpKind) - follow_ups.CANCELLABLE))
def test_what_a_referral_owes_cannot_be_struck_off(kind: FollowUpKind) -> None:
    answer = follow_ups.cancelled(replace(OPEN, kind=kind), "U_REP", NOW)
    assert answer == refusal(ReasonCode.OWED_UNTIL_DONE)


def test_a_snooze_moves_when_it_is_shown_and_not_the_promise() -> None:
    answer = follow_ups.snoozed(OPEN, tokyo(25), "U_REP")
    assert answer == replace(OPEN, remind_at=tokyo(25), snoozed_by="U_REP")
    assert isinstance(answer, FollowUp)
    assert answer.due_at == OPEN.due_at
    assert is_overdue(answer, NOW)


@pytest.mark.parametrize(
    ("choice", "now", "day", "expected"),
    [
        pytest.param(Snooze.HOUR, NOW, None, tokyo(24, 15), id="an hour"),
        pytest.param(Snooze.TOMORROW, NOW, None, tokyo(25), id="tomorrow morning"),
        pytest.param(Snooze.TOMORROW, tokyo(24, 1), None, tokyo(25), id="tomorrow, before dawn"),
        pytest.param(Snooze.TOMORROW, tokyo(20), None, tokyo(24), id="Friday before a holiday"),
        pytest.param(Snooze.MONDAY, NOW, None, tokyo(30), id="next Monday"),
        pytest.param(Snooze.MONDAY, tokyo(30), None, tokyo(7, month=12), id="on a Monday"),
        pytest.param(Snooze.MONDAY, tokyo(18), None, tokyo(24), id="Monday is a holiday"),
        pytest.param(Snooze.DATE, NOW, date(2026, 12, 4), tokyo(4, month=12), id="a date"),
        pytest.param(Snooze.DATE, NOW, date(2026, 12, 5), tokyo(7, month=12), id="a Saturday"),
    ],
)
def test_a_snoozed_reminder_comes_back_on_a_working_morning(
    choice: Snooze, now: datetime, day: date | None, expected: datetime
) -> None:
    assert snooze_until(choice, now, POLICY, PERSON, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(None, reason(ReasonCode.SNOOZE_DATE_MISSING), id="none"),
        pytest.param(
            date(2026, 11, 24),
            reason(ReasonCode.SNOOZE_DATE_PAST, date=date(2026, 11, 24)),
            id="today",
        ),
        pytest.param(
            date(2027, 11, 26),
            reason(
                ReasonCode.SNOOZE_DATE_TOO_FAR, date=date(2027, 11, 26), latest=date(2027, 11, 25)
            ),
            id="in more than a year",
        ),
    ],
)
def test_a_date_that_makes_no_sense_is_refused(day: date | None, expected: object) -> None:
    answer = snooze_until(Snooze.DATE, NOW, POLICY, PERSON, day)
    assert answer == refusal(expected.code, **expected.values)  # type: ignore[attr-defined]


@given(st.sampled_from([Snooze.TOMORROW, Snooze.MONDAY]), st.datetimes(timezones=st.just(UTC)))
def test_a_snooze_always_ends_later_and_on_a_working_morning(choice: Snooze, now: datetime) -> None:
    now = now.replace(year=2024 + now.year % 5, day=min(now.day, 28))
    until = snooze_until(choice, now, POLICY, PERSON)
    assert isinstance(until, datetime)
    assert until > now
    assert PERSON.in_working_hours(until)


def test_the_digest_has_the_most_urgent_first_and_counts_the_rest() -> None:
    clock = FollowUp(9, FollowUpKind.FIRST_CONTACT, "U_REP", tokyo(24, 20))
    overdue = FollowUp(8, FollowUpKind.THANKS_MEETING, "U_REP", tokyo(20))
    tomorrow = FollowUp(7, FollowUpKind.ASK_ANSWER, "U_REP", tokyo(25))
    put_off = replace(overdue, id=6, remind_at=tokyo(30))
    digest = digest_items((OPEN, DONE, clock, overdue, tomorrow, put_off), NOW, PERSON, limit=2)
    assert [item.id for item in digest.items] == [9, 8]
    assert digest.more == 1


def test_a_promise_is_broken_once_it_is_past() -> None:
    assert is_overdue(OPEN, NOW)
    assert not is_overdue(OPEN, OPEN.due_at)
    assert not is_overdue(DONE, NOW)


def test_a_snooze_taken_back_is_as_if_it_had_never_been() -> None:
    snoozed = follow_ups.snoozed(OPEN, tokyo(25), "U_REP")
    assert isinstance(snoozed, FollowUp)
    assert follow_ups.is_snoozed(snoozed, NOW)
    assert follow_ups.woken(snoozed) == OPEN


@pytest.mark.parametrize(
    ("follow_up", "expected"),
    [
        pytest.param(OPEN, False, id="never put off"),
        pytest.param(replace(OPEN, remind_at=NOW), False, id="back by now"),
        pytest.param(replace(OPEN, remind_at=tokyo(25)), True, id="until tomorrow"),
        pytest.param(replace(DONE, remind_at=tokyo(25)), False, id="done meanwhile"),
    ],
)
def test_it_is_snoozed_until_it_comes_back(follow_up: FollowUp, expected: bool) -> None:
    assert follow_ups.is_snoozed(follow_up, NOW) is expected
