"""The numbers that a team may show to its customers (S6): what each counts, and when it speaks.

A published number has to bear being read by a sceptic. It is rounded down, it says on how many it
stands and of which day it is, and it is not said at all when it stands on too few.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from bot.playbook.policy import Policy

_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")


class PublicNumber(StrEnum):
    """What may be published, in the order in which it is shown."""

    REFERRERS = "referrers"
    """How many people have referred somebody."""
    SATISFACTION = "satisfaction"
    """The mean of the fresh NPS answers, of 10."""
    RENEWAL = "renewal"
    """Of the customers who had a year to renew in, the share that did; in percent."""
    REPEAT = "repeat"
    """Of the same customers, the share that bought more; in percent."""


@dataclass(frozen=True)
class Count:
    """What was counted on a day: `part` of `n`, or the sum of `n` scores."""

    kind: PublicNumber
    part: int
    n: int
    as_of: date


@dataclass(frozen=True)
class Figure:
    """A count as it is said. `value` is None when it stands on too few to say."""

    kind: PublicNumber
    value: Decimal | None
    n: int
    as_of: date


def figure(count: Count, policy: Policy) -> Figure:
    """The number that a count comes to, or none when `n` is below `policy.publish_from`."""
    value = _value(count) if count.n >= max(policy.publish_from, 1) else None
    return Figure(count.kind, value, count.n, count.as_of)


def had_to_renew(contract_date: date, on: date, policy: Policy) -> bool:
    """Whether a customer of that contract has had its time to renew by a day."""
    return contract_date <= on - policy.renewal_known_after


def has_left(known_for: timedelta, policy: Policy) -> bool:
    """Whether an account that was removed counts as a customer who left.

    Otherwise whoever leaves would make the share of those who stay look better. What is removed
    soon after it was entered was a mistake and no customer.
    """
    return known_for >= policy.entry_settled_after


def _value(count: Count) -> Decimal:
    match count.kind:
        case PublicNumber.REFERRERS:
            return Decimal(count.part)
        case PublicNumber.SATISFACTION:
            return (Decimal(count.part) / count.n).quantize(_TENTH, ROUND_DOWN)
        case PublicNumber.RENEWAL | PublicNumber.REPEAT:
            return (_HUNDRED * count.part / count.n).quantize(Decimal(1), ROUND_DOWN)
