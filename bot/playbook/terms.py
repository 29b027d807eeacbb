"""The words of the referral programme as closed sets.

Their values are what the database stores and what buttons carry, so a value never changes once
released; the sentences people read for them live in the text catalogues.
"""

from enum import StrEnum


class CustomerKind(StrEnum):
    """What an account is: referrers are not only customers who buy."""

    CUSTOMER = "customer"
    PARTNER = "partner"
    ASSOCIATION = "association"
    COMMUNITY = "community"


class Role(StrEnum):
    """What a member of the team may do; each role includes the ones before it."""

    REP = "rep"
    MANAGER = "manager"
    ADMIN = "admin"


class Direction(StrEnum):
    """Which way a KPI improves."""

    LOWER = "lower"
    HIGHER = "higher"


class MomentKind(StrEnum):
    """What makes asking natural now."""

    RESULT = "result"
    UPSELL = "upsell"
    THANKS = "thanks"
    RENEWAL = "renewal"
    CONTRACT = "contract"
    HIGH_NPS = "high_nps"


class OfferKind(StrEnum):
    """What the referrer gains. Kinds that involve money come last on purpose (O2)."""

    INFORMATION = "information"
    COMMUNITY = "community"
    CASE_STUDY = "case_study"
    RECOGNITION = "recognition"
    DONATION = "donation"
    POINTS = "points"


class AskState(StrEnum):
    """Where one request to one contact stands."""

    SENT = "sent"
    ANSWERED = "answered"
    RESTED = "rested"
    CANCELLED = "cancelled"


class AskAnswer(StrEnum):
    """What the contact said to an ask."""

    REFERRED = "referred"
    LATER = "later"
    DECLINED = "declined"


class Stage(StrEnum):
    """How far a referral has come."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    MEETING = "meeting"
    WON = "won"
    LOST = "lost"
    NOT_A_FIT = "not_a_fit"
    CANCELLED = "cancelled"


class Consent(StrEnum):
    """Whether the referred person agreed to be contacted."""

    UNKNOWN = "unknown"
    AGREED = "agreed"
    REFUSED = "refused"
    OPTED_OUT = "opted_out"


class ConsentTo(StrEnum):
    """What somebody agreed to; each has a text of its own, in versions."""

    CONTACT = "contact"
    """A referred person, to our getting in touch with them."""
    PASSED_ON = "passed_on"
    """The same, as the referrer gives it on their behalf."""
    NAMING = "naming"
    """A referrer, to being named to whom they referred."""
    VOICE_INTERNAL = "voice_internal"
    """A customer, to what `VoiceUse` says of their own words."""
    VOICE_WEBSITE = "voice_website"
    VOICE_CASE_STUDY = "voice_case_study"


class FollowUpKind(StrEnum):
    """What a person on our side owes someone by a time."""

    FIRST_CONTACT = "first_contact"
    CONSENT_REQUEST = "consent_request"
    THANKS_REFERRAL = "thanks_referral"
    THANKS_MEETING = "thanks_meeting"
    THANKS_WIN = "thanks_win"
    PROGRESS_UPDATE = "progress_update"
    NOT_A_FIT_NEWS = "not_a_fit_news"
    LOSS_NEWS = "loss_news"
    ASK_ANSWER = "ask_answer"
    RESULT_REPORT = "result_report"
    NPS_REFRESH = "nps_refresh"
    REPAIR_PLAN = "repair_plan"
    ERASURE = "erasure"


class FollowUpState(StrEnum):
    """Snoozing is not a state: it moves when an open follow-up is shown, and never its promise."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Snooze(StrEnum):
    """How long a reminder may be put off from its button (R4)."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    MONDAY = "monday"
    DATE = "date"


class Routine(StrEnum):
    """The message of each working day (R1)."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"


class GiftPolicy(StrEnum):
    """Whether a referrer's employer lets them accept a reward (O2)."""

    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"


class Promise(StrEnum):
    """What becomes of a message that may have arrived, where its channel's history can't tell."""

    AT_MOST_ONCE = "at_most_once"
    """It is not sent again; a human is told."""
    AT_LEAST_ONCE = "at_least_once"
    """It is sent again, and may then stand twice."""


class Purpose(StrEnum):
    """What one of a customer's pages is for."""

    REFERRAL = "referral"
    OPT_OUT = "opt_out"
    VOICE = "voice"
    WHY = "why"
    BENEFIT = "benefit"
    HANDBOOK = "handbook"


class VoiceKind(StrEnum):
    """What customers tell in their own words (P3)."""

    TESTIMONIAL = "testimonial"
    WHY = "why"
    """Why they chose us."""


class VoiceUse(StrEnum):
    """Where a customer's words may be used; each is permitted by itself."""

    INTERNAL = "internal"
    """Among the team, and in what the customer is handed for their own people."""
    WEBSITE = "website"
    CASE_STUDY = "case_study"


class Credit(StrEnum):
    """How a customer's words are signed where strangers read them, the most open first."""

    PERSON = "person"
    COMPANY = "company"
    NOBODY = "nobody"
