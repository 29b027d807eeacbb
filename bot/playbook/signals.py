"""What other systems tell of a customer (I2): product usage, tickets, participation, renewals,
upsells, and NPS from a survey tool."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

MAX_SOURCE: Final = 64
MAX_ID: Final = 128
"""Longest name of a system, and longest id that it gives, in characters."""
SENDER: Final = "signals"
"""Stands where a user id stands for another system that sends signals."""
MAX_BATCH: Final = 500
"""Signals of one request."""
_LARGEST_CHANGE: Final = Decimal(1000)


class SignalKind(StrEnum):
    """What a signal tells."""

    USAGE = "usage"
    TICKET_OPENED = "ticket_opened"
    TICKET_CLOSED = "ticket_closed"
    PARTICIPATION = "participation"
    RENEWAL = "renewal"
    UPSELL = "upsell"
    NPS = "nps"


@dataclass(frozen=True, kw_only=True)
class Who:
    """Whom a signal is about, as its sender knows them; everything that is given has to agree.

    `customer_id` and `contact_id` are the sender's own ids.
    """

    customer: str | None = None
    customer_id: str | None = None
    contact: str | None = None
    contact_email: str | None = None
    contact_id: str | None = None

    @property
    def names_a_person(self) -> bool:
        return any((self.contact, self.contact_email, self.contact_id))

    @property
    def is_anybody(self) -> bool:
        return any((self.names_a_person, self.customer, self.customer_id))


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One signal whose shape is right. `source` and `id` together are never used twice."""

    source: str
    id: str
    kind: SignalKind
    at: datetime
    who: Who
    label: str = ""
    """The metric of a usage, the event of a participation, the ticket of the other two."""
    value: Decimal | None = None
    """How much was used, in whatever unit the metric has."""
    is_complaint: bool = False
    """Of a ticket that was opened: nobody is asked for anything until it is closed."""
    score: int | None = None
    """0 to 10, of an NPS answer."""
    note: str = ""

    @property
    def digest(self) -> str:
        """The same for two signals that say the same."""
        said = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


class Fault(StrEnum):
    """Why a signal is not taken; each has a sentence that says what to do."""

    NOT_AN_OBJECT = "not_an_object"
    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    EXTRA_CELL = "extra_cell"
    BROKEN_QUOTES = "broken_quotes"
    AHEAD = "ahead"
    OTHER_CONTENT = "other_content"
    NOBODY_NAMED = "nobody_named"
    UNKNOWN_CUSTOMER = "unknown_customer"
    SEVERAL_CUSTOMERS = "several_customers"
    UNKNOWN_CONTACT = "unknown_contact"
    SEVERAL_CONTACTS = "several_contacts"
    NO_CONTACTS = "no_contacts"
    WHICH_CONTACT = "which_contact"
    UNKNOWN_TICKET = "unknown_ticket"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a signal: the field it is about, if it is about one, and what stood
    there."""

    fault: Fault
    field: str = ""
    value: str = ""


def trend(latest: Decimal, before: Decimal | None) -> Decimal | None:
    """By how many percent a usage changed, signed, in tenths; None when it can't be said.

    What grew more than elevenfold is said as +1,000 %: it began at almost nothing.
    """
    if not before:
        return None
    percent = min((latest - before) / before * 100, _LARGEST_CHANGE)
    return percent.quantize(Decimal("0.1"))
