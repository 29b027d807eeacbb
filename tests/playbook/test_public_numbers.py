"""A published number bears being read by a sceptic."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.playbook.policy import Policy
from bot.playbook.public_numbers import Count, PublicNumber, figure, period

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
POLICY = Policy()


@pytest.mark.parametrize(
    ("kind", "part", "n", "value"),
    [
        (PublicNumber.REFERRERS, 48, 48, "48"),
        (PublicNumber.SATISFACTION, 612, 71, "8.6"),
        (PublicNumber.SATISFACTION, 710, 71, "10.0"),
        (PublicNumber.SATISFACTION, 0, 10, "0.0"),
        (PublicNumber.RENEWAL, 59, 64, "92"),
        (PublicNumber.RENEWAL, 0, 64, "0"),
        (PublicNumber.REPEAT, 64, 64, "100"),
    ],
)
def test_a_number_is_what_was_counted(kind: PublicNumber, part: int, n: int, value: str) -> None:
    assert figure(Count(kind, part, n, TODAY), POLICY).value == Decimal(value)


def test_a_share_is_rounded_down_so_that_one_who_left_is_never_hidden() -> None:
    assert figure(Count(PublicNumber.RENEWAL, 999, 1_000, TODAY), POLICY).value == 99


@pytest.mark.parametrize("kind", PublicNumber)
@pytest.mark.parametrize(("n", "is_said"), [(0, False), (9, False), (10, True)])
def test_what_stands_on_too_few_is_not_said(kind: PublicNumber, n: int, is_said: bool) -> None:
    found = figure(Count(kind, n, n, TODAY), POLICY)
    assert (found.value is not None) is is_said
    assert (found.n, found.as_of) == (n, TODAY)


def test_nothing_is_divided_by_nobody_however_low_the_least_is_set() -> None:
    nobody = Count(PublicNumber.SATISFACTION, 0, 0, TODAY)
    assert figure(nobody, Policy(publish_from=0)).value is None


def test_customers_count_after_a_year_and_a_month_to_log_their_renewal() -> None:
    over = period(NOW, TODAY, POLICY)
    assert over.since == NOW - timedelta(days=395)
    assert over.contract_until == date(2025, 10, 23)


def test_an_account_that_left_within_a_year_had_been_known_for_a_month_at_least() -> None:
    over = period(NOW, TODAY, POLICY)
    assert over.left_since - over.since == POLICY.entry_settled_after
