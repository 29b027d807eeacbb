"""Whether a referral is one that we know already (P5): merged or kept as a second referrer, never
silently doubled.

Names are compared by the keys of `names`; what the caller finds by them comes in as candidates.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.playbook.referral_facts import OPEN_STAGES
from bot.playbook.terms import Stage


@dataclass(frozen=True)
class NewReferral:
    """A referral that is about to be recorded."""

    company_key: str
    person_key: str
    """Empty when only the company was named."""
    referrer_contact_id: int
    referrer_company_key: str
    referrer_person_key: str


@dataclass(frozen=True)
class KnownReferral:
    """A referral on record to the same company."""

    referral_id: int
    company_key: str
    person_key: str
    stage: Stage
    referrer_contact_ids: frozenset[int]
    """The first referrer and everyone who joined later."""


@dataclass(frozen=True)
class KnownCustomer:
    """An account on record."""

    customer_id: int
    company_key: str


@dataclass(frozen=True)
class New:
    """Nobody like it is on record."""


@dataclass(frozen=True)
class SelfReferral:
    """The referrer named their own company without a colleague, or themselves."""


@dataclass(frozen=True)
class ExistingCustomer:
    """The company is an account already; a new person there may still be a referral."""

    customer_id: int


@dataclass(frozen=True)
class SameReferral:
    """This referrer has referred this company before."""

    referral_id: int
    same_person: bool
    """False when another person of that company was named: it may be kept beside the first."""
    is_open: bool
    """An ended one is reopened rather than entered again."""


@dataclass(frozen=True)
class SecondReferrer:
    """Somebody else referred this company before; both are kept, one record."""

    referral_id: int
    same_person: bool
    is_open: bool


Match = New | SelfReferral | ExistingCustomer | SameReferral | SecondReferrer


def match_duplicate(
    new: NewReferral, referrals: Iterable[KnownReferral], customers: Iterable[KnownCustomer]
) -> Match:
    """What a new referral is. Cancelled ones were mistakes and match nothing.

    An open referral is the closest match, then an existing customer (a won referral became one),
    then an ended referral. Among several: the same person first, then the newest.
    """
    if not new.company_key:
        return New()
    is_own_company = new.company_key == new.referrer_company_key
    if is_own_company and new.person_key in ("", new.referrer_person_key):
        return SelfReferral()
    same_company = [
        known
        for known in referrals
        if known.company_key == new.company_key and known.stage is not Stage.CANCELLED
    ]
    closest = max(same_company, key=lambda known: _closeness(new, known), default=None)
    customer = next((c for c in customers if c.company_key == new.company_key), None)
    if closest is not None and (closest.stage in OPEN_STAGES or customer is None):
        kind = (
            SameReferral
            if new.referrer_contact_id in closest.referrer_contact_ids
            else SecondReferrer
        )
        same_person = _is_same_person(new.person_key, closest.person_key)
        return kind(closest.referral_id, same_person, closest.stage in OPEN_STAGES)
    return ExistingCustomer(customer.customer_id) if customer else New()


def _closeness(new: NewReferral, known: KnownReferral) -> tuple[bool, bool, int]:
    same_person = _is_same_person(new.person_key, known.person_key)
    return (known.stage in OPEN_STAGES, same_person, known.referral_id)


def _is_same_person(one: str, other: str) -> bool:
    """Unless both are named and differ: a company without a person may mean anyone there."""
    return not one or not other or one == other
