"""Amounts of money as people type them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

from bot.playbook.measures import MeasureProblem, NotAMeasure, parse_measure
from bot.playbook.units import UnitFamily, family_of


@dataclass(frozen=True)
class Money:
    """An amount in minor units (yen, cents) of an ISO 4217 currency."""

    minor_units: int
    currency: str


def parse_money(text: str, currency: str) -> Money:
    """Read 1,200,000, 120万, 120万円, ¥1.2M or $4.5k; `currency` is meant when none is named.

    Raises:
        NotAMeasure: it is no amount of money.
    """
    amount = parse_measure(text)
    if amount.unit and family_of(amount.unit) is not UnitFamily.MONEY:
        raise NotAMeasure(MeasureProblem.BAD_UNIT, text)
    meant = amount.unit or currency
    minor = amount.value.scaleb(get_currency_precision(meant))
    return Money(int(minor.quantize(1, ROUND_HALF_UP)), meant)


def spell_money(money: Money, currency: str) -> str:
    """An amount as it may be typed again where `currency` is meant: 1,200,000 or 1,200.50 USD."""
    number = Decimal(money.minor_units).scaleb(-get_currency_precision(money.currency))
    return f"{number:,}" if money.currency == currency else f"{number:,} {money.currency}"
