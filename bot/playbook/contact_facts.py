"""What is known about a contact: the records, and the facts that the rules read from them.

Facts are flat and small, so that they fit one database row per contact; `contact_state` makes them
from the records. Ids are the database's, user ids are Slack's, times are aware UTC.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.playbook.terms import AskAnswer, AskState, MomentKind, Stage


@dataclass(frozen=True)
class NpsRecord:
    """One answered NPS question."""

    id: int
    score: int
    """0 to 10."""
    at: datetime
    by: str
    """Who logged it."""


@dataclass(frozen=True)
class ResultRecord:
    """One KPI before and after, of the contact's customer."""

    id: int
    kpi: str
    percent: Decimal | None
    """The signed change as people say it (4.2 h to 2.2 h is −48); None when before was zero."""
    improved: bool
    at: datetime
    """When it was measured."""


@dataclass(frozen=True)
class MomentRecord:
    """Something that makes asking natural: they thanked us, an upsell closed, …"""

    id: int
    kind: MomentKind
    at: datetime


@dataclass(frozen=True)
class AskRecord:
    """One request that was sent to the contact, and what they said."""

    id: int
    at: datetime
    """When it was sent."""
    by: str
    """Who sent it."""
    state: AskState
    answer: AskAnswer | None = None


@dataclass(frozen=True)
class ReferralRecord:
    """One referral that the contact gave."""

    id: int
    stage: Stage


@dataclass(frozen=True)
class UsageRecord:
    """How much of the product was used lately, against the time before; see `signals.trend`."""

    metric: str
    percent: Decimal
    at: datetime


@dataclass(frozen=True)
class ParticipationRecord:
    """Something that the contact took part in: an event, a webinar, the community."""

    event: str
    at: datetime


Record = NpsRecord | ResultRecord | MomentRecord | AskRecord | ReferralRecord


@dataclass(frozen=True)
class Contact:
    """Who a contact is, before anything is known about how they feel."""

    contact_id: int
    customer_id: int
    owner_id: str | None = None
    """The rep responsible for the customer; None for one that the team shares."""
    opted_out: bool = False
    open_complaint: bool = False
    """Noted by somebody of the team, or of an open ticket."""


@dataclass(frozen=True)
class ContactRecords:
    """Everything on record about one contact, in any order, without deleted rows.

    Of what systems send by the day only the latest is read.
    """

    nps: tuple[NpsRecord, ...] = ()
    results: tuple[ResultRecord, ...] = ()
    moments: tuple[MomentRecord, ...] = ()
    asks: tuple[AskRecord, ...] = ()
    referrals: tuple[ReferralRecord, ...] = ()
    open_tickets: int = 0
    """Of the contact, and of the account as a whole."""
    usage: UsageRecord | None = None
    participation: ParticipationRecord | None = None


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """What the rules need to know about a contact, and nothing that depends on now."""

    contact_id: int
    customer_id: int
    owner_id: str | None = None
    opted_out: bool = False
    open_complaint: bool = False
    nps_id: int | None = None
    nps_score: int | None = None
    nps_at: datetime | None = None
    nps_by: str | None = None
    previous_nps_id: int | None = None
    previous_nps_score: int | None = None
    previous_nps_at: datetime | None = None
    result_id: int | None = None
    """Of the latest result that improved; the others are no reason to ask."""
    result_kpi: str | None = None
    result_percent: Decimal | None = None
    result_at: datetime | None = None
    moment: MomentKind | None = None
    """The logged moment that speaks loudest; see `contact_state`."""
    moment_at: datetime | None = None
    last_ask_id: int | None = None
    last_asked_at: datetime | None = None
    last_asked_by: str | None = None
    last_answer: AskAnswer | None = None
    referrals_given: int = 0
    open_tickets: int = 0
    usage_metric: str | None = None
    usage_percent: Decimal | None = None
    usage_at: datetime | None = None
    event: str | None = None
    event_at: datetime | None = None
