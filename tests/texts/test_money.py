"""Amounts as people type them, and spelled so that they can be typed again."""

import pytest

from bot.playbook.measures import NotAMeasure
from bot.texts.money import Money, parse_money, spell_money


@pytest.mark.parametrize(
    ("typed", "money"),
    [
        ("1,200,000", Money(1_200_000, "JPY")),
        ("120万", Money(1_200_000, "JPY")),
        ("１２０万円", Money(1_200_000, "JPY")),
        ("¥1.2M", Money(1_200_000, "JPY")),
        ("1億2000万円", Money(120_000_000, "JPY")),
        ("$4.5k", Money(450_000, "USD")),
        ("1,200.50 USD", Money(120_050, "USD")),
        ("0", Money(0, "JPY")),
        ("-5", Money(-5, "JPY")),
    ],
)
def test_an_amount_is_read_in_the_currency_that_is_meant(typed: str, money: Money) -> None:
    assert parse_money(typed, "JPY") == money


@pytest.mark.parametrize("typed", ["", "たくさん", "120時間", "12%", "1.2.3万,4", "9" * 40])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotAMeasure):
        parse_money(typed, "JPY")


@pytest.mark.parametrize("currency", ["JPY", "USD", "KWD"])
@pytest.mark.parametrize(
    "money", [Money(1_200_000, "JPY"), Money(120_050, "USD"), Money(10**15 - 1, "USD")], ids=str
)
def test_what_is_spelled_is_read_as_the_same_amount(money: Money, currency: str) -> None:
    assert parse_money(spell_money(money, currency), currency) == money
