"""The numbers that a team may show to its customers (S6): what each counts, and when it speaks.

A published number has to bear being read by a sceptic. It is rounded down, it says on how many it
stands and of which day it is, and it is not said at all when it stands on too few.
"""

from dataclasses import dataclass
from datetime import date, datetime
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
    """Of the customers of more than a year, the share that renewed in it; in percent."""
    REPEAT = "repeat"
    """Of the same customers, the share that bought more in that time; in percent."""


@dataclass(frozen=True)
class Count:
    """What was counted on a day: `part` of `n`, or the sum of `n` scores."""

    kind: PublicNumber
    part: int
    n: int
    as_of: date


@dataclass(frozen=True)
class Period:
    """The time over which is counted.

    Whether a customer renewed is known only of those whom Goen has known for as long, and whose
    contract is as old: within `since` and now each of them had a year to renew in. Whoever has left
    in that time counts too, or the share of those who stay would look better than it is; what was
    removed soon after it was entered was a mistake and no customer.
    """

    since: datetime
    """Renewals and further contracts count from here; accounts have to be known from before."""
    contract_until: date
    """The last day on which a customer's contract may have begun."""
    left_since: datetime
    """Accounts that were removed from here on were customers who left."""
    answered_since: datetime
    """Fresh NPS answers are from here on."""


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


def period(now: datetime, today: date, policy: Policy) -> Period:
    """The time over which customers are looked at; `today` is the team's local date."""
    since = now - policy.publish_over
    return Period(
        since=since,
        contract_until=today - policy.publish_over,
        left_since=since + policy.entry_settled_after,
        answered_since=now - policy.nps_fresh_for,
    )


def _value(count: Count) -> Decimal:
    match count.kind:
        case PublicNumber.REFERRERS:
            return Decimal(count.part)
        case PublicNumber.SATISFACTION:
            return (Decimal(count.part) / count.n).quantize(_TENTH, ROUND_DOWN)
        case PublicNumber.RENEWAL | PublicNumber.REPEAT:
            return (_HUNDRED * count.part / count.n).quantize(Decimal(1), ROUND_DOWN)
