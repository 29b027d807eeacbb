"""Axes that people can read: round steps, with room for every value."""

from collections.abc import Iterable
from decimal import Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def ticks(values: Iterable[Decimal], about: int = 3) -> list[Decimal]:
    """Round numbers from zero (or below, where values are) to above the greatest value.

    `about` is how many steps are wanted; up to twice as many may be needed.
    """
    found = [Decimal(0), *values]
    low, high = min(found), max(found)
    if low == high:
        return [Decimal(0), Decimal(1)]
    step = _round_up((high - low) / about)
    first, last = (low / step).__floor__(), (high / step).__ceil__()
    return [step * number for number in range(first, last + 1)]


def _round_up(raw: Decimal) -> Decimal:
    magnitude = Decimal(1).scaleb(raw.adjusted())
    return next(step * magnitude for step in _STEPS if step * magnitude >= raw)
