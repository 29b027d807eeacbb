"""What the programme's handbook says, from what the team has set and offers (O3).

It promises nothing that Goen does not remind the team of, and leaves out what there is nothing to
say about.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.playbook.offers import Offer
from bot.playbook.policy import Policy
from bot.playbook.public_numbers import Figure
from bot.playbook.terms import OfferKind

_ORDER = {kind: position for position, kind in enumerate(OfferKind)}


class Section(StrEnum):
    """The parts of a handbook, in their order."""

    WHO = "who"
    HOW = "how"
    PROMISES = "promises"
    GAIN = "gain"
    GIFTS = "gifts"
    NUMBERS = "numbers"
    PRIVACY = "privacy"
    STOP = "stop"


class GiftRule(StrEnum):
    """What has to be said about things of monetary value (O2)."""

    NONE = "none"
    """Nothing that is offered has any."""
    DONATION = "donation"
    """Only donations in the referrer's name, which need nobody's leave."""
    REWARD = "reward"
    """Something for the referrer, which their employer has to allow."""
    REWARD_OR_DONATION = "reward_or_donation"
    """The same, and a donation instead where it is not allowed."""


class PledgeKind(StrEnum):
    """What the team promises to whoever refers somebody."""

    FIRST_CONTACT = "first_contact"
    THANKS = "thanks"
    PROGRESS = "progress"
    OUTCOME = "outcome"
    ASK_AGAIN = "ask_again"


@dataclass(frozen=True)
class Pledge:
    """One promise, and the time that it names."""

    kind: PledgeKind
    time: timedelta


@dataclass(frozen=True)
class Gain:
    """Something that a referrer may gain, named in the reader's language."""

    offer: Offer
    title: str


@dataclass(frozen=True)
class Handbook:
    """Everything that a handbook says on a day. `ideal_customer` may be empty.

    `has_pages` is whether customers can reach Goen, so that a page or a link may be spoken of.
    """

    seller: str
    as_of: date
    pledges: tuple[Pledge, ...]
    ideal_customer: str = ""
    gains: tuple[Gain, ...] = ()
    figures: tuple[Figure, ...] = field(default_factory=tuple)
    has_pages: bool = False

    @property
    def gift_rule(self) -> GiftRule:
        """Which rule on gifts follows from what is offered."""
        has_reward = any(one.offer.is_reward for one in self.gains)
        has_donation = any(one.offer.kind is OfferKind.DONATION for one in self.gains)
        if has_reward:
            return GiftRule.REWARD_OR_DONATION if has_donation else GiftRule.REWARD
        return GiftRule.DONATION if has_donation else GiftRule.NONE

    @property
    def spoken(self) -> tuple[Figure, ...]:
        """The published numbers that stand on enough to be said."""
        return tuple(one for one in self.figures if one.value is not None)

    @property
    def sections(self) -> tuple[Section, ...]:
        """What there is to say."""
        empty: set[Section] = set()
        if not self.gains:
            empty |= {Section.GAIN, Section.GIFTS}
        if not self.spoken:
            empty.add(Section.NUMBERS)
        return tuple(one for one in Section if one not in empty)


def pledges(policy: Policy) -> tuple[Pledge, ...]:
    """What the programme's numbers promise, in the order in which a referrer meets it."""
    return (
        Pledge(PledgeKind.FIRST_CONTACT, policy.first_contact_within),
        Pledge(PledgeKind.THANKS, policy.thanks_within),
        Pledge(PledgeKind.PROGRESS, policy.progress_every),
        Pledge(PledgeKind.OUTCOME, policy.outcome_news_within),
        Pledge(PledgeKind.ASK_AGAIN, policy.ask_again_after),
    )


def offered(gains: Iterable[Gain], today: date) -> tuple[Gain, ...]:
    """What may be offered on the team's local date: recognition before reward (O2)."""
    valid = (
        one for one in gains if one.offer.valid_until is None or one.offer.valid_until >= today
    )
    return tuple(
        sorted(valid, key=lambda one: (one.offer.is_reward, _ORDER[one.offer.kind], one.offer.id))
    )
