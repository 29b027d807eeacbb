"""Which offer and which template fit an ask (O1 O2 A4).

Recognition before reward: what costs the referrer's employer no thought comes first. A reward, that
is money or points for the referrer, needs the employer to allow it, as recorded per customer. A
donation is given in the referrer's name and not to them, so it stays possible when a reward is not
allowed or nobody knows, but only after every offer that is free of money.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.playbook.reasons import ReasonCode, Refusal, refusal
from bot.playbook.terms import CustomerKind, GiftPolicy, MomentKind, OfferKind

_ORDER = {kind: position for position, kind in enumerate(OfferKind)}
ANY_MOMENT = "default"
"""The name of the template that fits when there is none for the moment."""


@dataclass(frozen=True)
class Offer:
    """One offer of the catalogue."""

    id: int
    kind: OfferKind
    audience: CustomerKind | None = None
    """For which kind of account; None for all."""
    valid_until: date | None = None
    """The last day on which it may be made; None while it stands."""
    involves_money: bool = False
    """Whether the referrer receives something of monetary value, whatever its kind says."""

    @property
    def is_reward(self) -> bool:
        """Whether the referrer's employer has to allow it."""
        return self.kind is OfferKind.POINTS or (
            self.involves_money and self.kind is not OfferKind.DONATION
        )


@dataclass(frozen=True)
class Template:
    """One version of a template: which moment and language it is for, not its text."""

    id: int
    name: str
    """A `MomentKind` value, or `ANY_MOMENT`."""
    locale: str
    version: int


@dataclass(frozen=True)
class Audience:
    """Whom an ask is for."""

    kind: CustomerKind = CustomerKind.CUSTOMER
    gift_policy: GiftPolicy = GiftPolicy.UNKNOWN
    locale: str = "ja"


@dataclass(frozen=True)
class Kit:
    """What the team can put into an ask."""

    offers: tuple[Offer, ...] = ()
    templates: tuple[Template, ...] = ()


def choose_offer(offers: Iterable[Offer], audience: Audience, today: date) -> Offer | Refusal:
    """The offer to make, or why there is none.

    Among the valid ones for this audience: free of money first, then a donation, then a reward if
    the employer allows it; within that the order of `OfferKind`, one made for this audience before
    one for all, and the older entry of the catalogue. `today` is the team's local date.
    """
    catalogue = tuple(offers)
    if not catalogue:
        return refusal(ReasonCode.NO_OFFER)
    valid = [o for o in catalogue if o.valid_until is None or o.valid_until >= today]
    if not valid:
        until = max(o.valid_until for o in catalogue if o.valid_until)
        return refusal(ReasonCode.OFFERS_EXPIRED, until=until)
    fitting = [o for o in valid if o.audience in (None, audience.kind)]
    if not fitting:
        return refusal(ReasonCode.OFFER_NOT_FOR_AUDIENCE)
    is_allowed = audience.gift_policy is GiftPolicy.ALLOWED
    possible = [o for o in fitting if is_allowed or not o.is_reward]
    if not possible:
        unknown = audience.gift_policy is GiftPolicy.UNKNOWN
        code = ReasonCode.REWARD_PERMISSION_UNKNOWN if unknown else ReasonCode.REWARD_NOT_ALLOWED
        return refusal(code)
    return min(
        possible,
        key=lambda o: (o.is_reward, _ORDER[o.kind], o.audience is None, o.id),
    )


def choose_template(
    templates: Iterable[Template], locale: str, moment: MomentKind
) -> Template | Refusal:
    """The newest template for this moment in the contact's language, else the one for any moment.

    A language is compared by its first part (ja-JP is ja); a text in another one is never chosen.
    """
    language = _language(locale)
    spoken = [t for t in templates if _language(t.locale) == language]
    for name in (moment.value, ANY_MOMENT):
        named = [t for t in spoken if t.name == name]
        if named:
            return max(named, key=lambda t: (t.version, t.id))
    return refusal(ReasonCode.NO_TEMPLATE, locale=locale)


def _language(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0].lower()
