"""Axes have round steps."""

from decimal import Decimal

import pytest

from bot.pictures.axis import ticks


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["4.1", "2.2"], ["0", "2", "4", "6"]),
        (["11", "17"], ["0", "10", "20"]),
        (["0.3"], ["0", "0.1", "0.2", "0.3"]),
        (["100"], ["0", "50", "100"]),
        (["-5", "5"], ["-5", "0", "5"]),
        (["0"], ["0", "1"]),
        ([], ["0", "1"]),
        (["1234567"], ["0", "500000", "1000000", "1500000"]),
    ],
)
def test_steps_are_round_and_hold_every_value(values: list[str], expected: list[str]) -> None:
    assert ticks(map(Decimal, values)) == [Decimal(one) for one in expected]
