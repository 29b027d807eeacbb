"""Reasons as data: what a rule says instead of a sentence.

A rule returns a decision and the reasons for it; nothing is decided in silence. A reason is a code
and the values its sentence needs, and the views translate it by the key `reason.<code>`. Each code
has a fixed set of values (`VALUES`), checked when a reason is made, so a catalogue can be tested
against it.

Two ways of saying no, on purpose:

- a rule of the programme returns a `Refusal` (or a richer decision such as `NotNow`): it is one of
  the answers that people expect, and the caller must handle it;
- a missing right raises `Refused`: the caller cannot go on, and the transaction must roll back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

ReasonValue = str | int | Decimal | date | datetime


class ReasonCode(StrEnum):
    """Why a rule decided as it did. The part after `reason.` of the key in the catalogues."""

    # the score (I1)
    SCORE_NPS = "score_nps"
    SCORE_RESULT = "score_result"
    SCORE_RESULT_WITHOUT_PERCENT = "score_result_without_percent"
    SCORE_MOMENT = "score_moment"
    SCORE_REFERRED_BEFORE = "score_referred_before"
    SCORE_DECLINED_BEFORE = "score_declined_before"
    SCORE_NEVER_ASKED = "score_never_asked"
    SCORE_USAGE_RISES = "score_usage_rises"
    SCORE_USAGE_FALLS = "score_usage_falls"
    SCORE_PARTICIPATION = "score_participation"
    SCORE_OPEN_TICKETS = "score_open_tickets"
    SCORE_TIME_PASSED = "score_time_passed"
    # whom to ask (A1 A3 M3)
    OPTED_OUT = "opted_out"
    OPEN_COMPLAINT = "open_complaint"
    NO_NPS = "no_nps"
    NPS_STALE = "nps_stale"
    BELOW_THRESHOLD = "below_threshold"
    ASKED_RECENTLY = "asked_recently"
    NO_RESULT = "no_result"
    RESULT_STALE = "result_stale"
    RESULT_NOT_IMPROVED = "result_not_improved"
    OVERRIDE_NEEDS_REASON = "override_needs_reason"
    # offers and templates (O1 O2 A4)
    NO_OFFER = "no_offer"
    OFFERS_EXPIRED = "offers_expired"
    OFFER_NOT_FOR_AUDIENCE = "offer_not_for_audience"
    REWARD_NOT_ALLOWED = "reward_not_allowed"
    REWARD_PERMISSION_UNKNOWN = "reward_permission_unknown"
    NO_TEMPLATE = "no_template"
    # the path of an ask (A6 A7)
    ASK_ALREADY_ANSWERED = "ask_already_answered"
    ASK_NOT_WAITING = "ask_not_waiting"
    ASK_IS_CANCELLED = "ask_is_cancelled"
    ASK_NOT_CANCELLED = "ask_not_cancelled"
    ASK_LED_TO_REFERRAL = "ask_led_to_referral"
    # referrals (F1-F5 P2)
    NO_CONSENT = "no_consent"
    CONSENT_REFUSED = "consent_refused"
    PERSON_OPTED_OUT = "person_opted_out"
    NOT_ERASED_YET = "not_erased_yet"
    STAGE_UNCHANGED = "stage_unchanged"
    STAGE_NOT_ALLOWED = "stage_not_allowed"
    REOPEN_FIRST = "reopen_first"
    STILL_OPEN = "still_open"
    CLOSE_REASON_MISSING = "close_reason_missing"
    WOULD_FIT_MISSING = "would_fit_missing"
    AMOUNT_NEGATIVE = "amount_negative"
    THANKS_MISSING = "thanks_missing"
    REFERRAL_MOVED_ON = "referral_moved_on"
    # reminders, done and put off
    ALREADY_DONE = "already_done"
    ALREADY_CANCELLED = "already_cancelled"
    ALREADY_OPEN = "already_open"
    OWED_UNTIL_DONE = "owed_until_done"
    UNDO_TOO_LATE = "undo_too_late"
    SNOOZE_DATE_MISSING = "snooze_date_missing"
    SNOOZE_DATE_PAST = "snooze_date_past"
    SNOOZE_DATE_TOO_FAR = "snooze_date_too_far"
    # rights
    OTHER_WORKSPACE = "other_workspace"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    GUEST = "guest"
    NOT_IN_TEAM = "not_in_team"
    SOMEBODY_ELSES = "somebody_elses"
    MANAGERS_ONLY = "managers_only"
    ADMINS_ONLY = "admins_only"


_VALUES: dict[ReasonCode, frozenset[str]] = {
    code: frozenset(names.split())
    for code, names in {
        ReasonCode.SCORE_NPS: "score points",
        ReasonCode.SCORE_RESULT: "kpi percent days points",
        ReasonCode.SCORE_RESULT_WITHOUT_PERCENT: "kpi days points",
        ReasonCode.SCORE_MOMENT: "moment days points",
        ReasonCode.SCORE_REFERRED_BEFORE: "count points",
        ReasonCode.SCORE_DECLINED_BEFORE: "points",
        ReasonCode.SCORE_NEVER_ASKED: "points",
        ReasonCode.SCORE_USAGE_RISES: "metric percent days points",
        ReasonCode.SCORE_USAGE_FALLS: "metric percent days points",
        ReasonCode.SCORE_PARTICIPATION: "event days points",
        ReasonCode.SCORE_OPEN_TICKETS: "count points",
        ReasonCode.SCORE_TIME_PASSED: "days points",
        ReasonCode.NPS_STALE: "score at",
        ReasonCode.BELOW_THRESHOLD: "score threshold",
        ReasonCode.ASKED_RECENTLY: "by at until",
        ReasonCode.RESULT_STALE: "kpi at",
        ReasonCode.RESULT_NOT_IMPROVED: "kpi",
        ReasonCode.OFFERS_EXPIRED: "until",
        ReasonCode.NO_TEMPLATE: "locale",
        ReasonCode.ASK_ALREADY_ANSWERED: "answer",
        ReasonCode.STAGE_UNCHANGED: "stage",
        ReasonCode.STAGE_NOT_ALLOWED: "stage to",
        ReasonCode.REOPEN_FIRST: "stage",
        ReasonCode.STILL_OPEN: "stage",
        ReasonCode.THANKS_MISSING: "kind",
        ReasonCode.REFERRAL_MOVED_ON: "stage",
        ReasonCode.ALREADY_DONE: "by at",
        ReasonCode.ALREADY_CANCELLED: "at",
        ReasonCode.UNDO_TOO_LATE: "until",
        ReasonCode.SNOOZE_DATE_PAST: "date",
        ReasonCode.SNOOZE_DATE_TOO_FAR: "date latest",
        ReasonCode.SOMEBODY_ELSES: "owner",
    }.items()
}

VALUES: Mapping[ReasonCode, frozenset[str]] = MappingProxyType(
    {code: _VALUES.get(code, frozenset()) for code in ReasonCode}
)
"""The names of the values that each code carries; a code that is not about a value has none.

`points` and `days` are whole numbers, `percent` is a signed Decimal, `at` and `until` are aware
UTC datetimes (`until` of OFFERS_EXPIRED, `date` and `latest` are dates), `by` and `owner` are user
ids, and `moment`, `stage`, `to`, `kind` and `answer` are values of the enums in `terms`.
"""


@dataclass(frozen=True)
class Reason:
    """One reason: a code and the values of its sentence. Raises ValueError on other values."""

    code: ReasonCode
    values: Mapping[str, ReasonValue] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.values.keys() != VALUES[self.code]:
            expected = ", ".join(sorted(VALUES[self.code])) or "none"
            raise ValueError(f"{self.code} carries {expected}, not {sorted(self.values)}")
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    @property
    def key(self) -> str:
        """The key of its sentence in the catalogues."""
        return f"reason.{self.code}"


def reason(code: ReasonCode, **values: ReasonValue) -> Reason:
    """A reason, written as a call."""
    return Reason(code, values)


@dataclass(frozen=True)
class Refusal:
    """A rule's no, with at least one reason, the weightiest first."""

    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a refusal without a reason would be a silent one")


def refusal(code: ReasonCode, **values: ReasonValue) -> Refusal:
    """A refusal for one reason."""
    return Refusal((Reason(code, values),))


class Refused(Exception):
    """A missing right. Raised so that the transaction rolls back; see `rights.check`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code.value)
        self.reason = reason
