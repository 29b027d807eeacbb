"""Follow-ups: done, put off, taken back, and which come first (R2 R4).

A button may be clicked twice, by somebody else, or a year later: each answer says what is true now.
`due_at` is the promise and never moves; snoozing moves `remind_at`, when it is shown again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import assert_never

from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, Refusal, refusal
from bot.playbook.terms import FollowUpKind, FollowUpState, Snooze
from bot.playbook.working_time import DAY, PersonTime

_MONDAY = 0

CANCELLABLE = frozenset(
    {
        FollowUpKind.ASK_ANSWER,
        FollowUpKind.RESULT_REPORT,
        FollowUpKind.NPS_REFRESH,
        FollowUpKind.REPAIR_PLAN,
    }
)
"""What a person may strike off. What a referral owes ends only with the referral (F2)."""

_ON_THE_CLOCK = frozenset({FollowUpKind.FIRST_CONTACT, FollowUpKind.CONSENT_REQUEST})


@dataclass(frozen=True)
class FollowUp:
    """Something that a person owes someone by a time."""

    id: int
    kind: FollowUpKind
    owed_by: str | None
    due_at: datetime
    remind_at: datetime | None = None
    """When it is shown next, if that is not `due_at`."""
    snoozed_by: str | None = None
    """Who put it off until `remind_at`."""
    state: FollowUpState = FollowUpState.OPEN
    settled_at: datetime | None = None
    settled_by: str | None = None

    @property
    def shown_at(self) -> datetime:
        """When it asks for attention."""
        return self.remind_at or self.due_at


@dataclass(frozen=True)
class Digest:
    """What is owed today, the most urgent first, and how many more there are."""

    items: tuple[FollowUp, ...]
    more: int


def done(follow_up: FollowUp, by: str, now: datetime) -> FollowUp | Refusal:
    """Ticked off. Already done says by whom and when; cancelled says when."""
    refused = _not_open(follow_up)
    if refused:
        return refused
    return replace(follow_up, state=FollowUpState.DONE, settled_at=now, settled_by=by)


def cancelled(follow_up: FollowUp, by: str, now: datetime) -> FollowUp | Refusal:
    """Struck off, which a thanks or a first contact cannot be."""
    refused = _not_open(follow_up)
    if refused:
        return refused
    if follow_up.kind not in CANCELLABLE:
        return refusal(ReasonCode.OWED_UNTIL_DONE)
    return replace(follow_up, state=FollowUpState.CANCELLED, settled_at=now, settled_by=by)


def undone(follow_up: FollowUp, now: datetime, policy: Policy) -> FollowUp | Refusal:
    """A tick or a strike taken back, while that is possible.

    For one of a referral, `referrals.follow_up_undone` says whether it is still asked for.
    """
    until = undo_until(follow_up, policy)
    if until is None:
        return refusal(ReasonCode.ALREADY_OPEN)
    if now > until:
        return refusal(ReasonCode.UNDO_TOO_LATE, until=until)
    return replace(follow_up, state=FollowUpState.OPEN, settled_at=None, settled_by=None)


def undo_until(follow_up: FollowUp, policy: Policy) -> datetime | None:
    """Until when it may be taken back, inclusive; None while it is open."""
    if follow_up.state is FollowUpState.OPEN or follow_up.settled_at is None:
        return None
    return follow_up.settled_at + policy.undo_within


def snoozed(follow_up: FollowUp, until: datetime, by: str) -> FollowUp | Refusal:
    """Put off until this instant; see `snooze_until`."""
    return _not_open(follow_up) or replace(follow_up, remind_at=until, snoozed_by=by)


def woken(follow_up: FollowUp) -> FollowUp | Refusal:
    """A snooze taken back: it is shown as if nobody had put it off."""
    return _not_open(follow_up) or replace(follow_up, remind_at=None, snoozed_by=None)


def is_snoozed(follow_up: FollowUp, now: datetime) -> bool:
    """Whether somebody put it off and it has not come back yet."""
    is_open = follow_up.state is FollowUpState.OPEN
    return is_open and follow_up.remind_at is not None and follow_up.remind_at > now


def snooze_until(
    choice: Snooze,
    now: datetime,
    policy: Policy,
    person: PersonTime,
    day: date | None = None,
) -> datetime | Refusal:
    """When a snoozed reminder comes back: in an hour, or at a morning of the person.

    Tomorrow, Monday and a date mean a working day: the first one from there on. `day` is the local
    date of `Snooze.DATE`, after today and not further than `Policy.snooze_at_most`.
    """
    today = person.date_of(now)
    match choice:
        case Snooze.HOUR:
            return now + policy.snooze_hour
        case Snooze.TOMORROW:
            return person.next_working_morning(now)
        case Snooze.MONDAY:
            return person.working_morning_from(_next_monday(today))
        case Snooze.DATE:
            latest = today + policy.snooze_at_most
            if day is None:
                return refusal(ReasonCode.SNOOZE_DATE_MISSING)
            if day <= today:
                return refusal(ReasonCode.SNOOZE_DATE_PAST, date=day)
            if day > latest:
                return refusal(ReasonCode.SNOOZE_DATE_TOO_FAR, date=day, latest=latest)
            return person.working_morning_from(day)
        case _:
            assert_never(choice)


def urgency(follow_up: FollowUp) -> tuple[bool, datetime, int]:
    """Sorts the most urgent first: what is on the 24-hour clock, then by its promise."""
    return (follow_up.kind not in _ON_THE_CLOCK, follow_up.due_at, follow_up.id)


def digest_items(
    follow_ups: Iterable[FollowUp], now: datetime, person: PersonTime, limit: int
) -> Digest:
    """What a person owes today: open, and to be shown before their local day ends."""
    end = person.end_of_day(person.date_of(now))
    today = sorted(
        (f for f in follow_ups if f.state is FollowUpState.OPEN and f.shown_at < end),
        key=urgency,
    )
    return Digest(tuple(today[:limit]), max(0, len(today) - limit))


def is_overdue(follow_up: FollowUp, now: datetime) -> bool:
    """Whether the promise is broken, snoozed or not."""
    return follow_up.state is FollowUpState.OPEN and follow_up.due_at < now


def _next_monday(today: date) -> date:
    ahead = (_MONDAY - today.weekday()) % 7
    return today + (ahead * DAY if ahead else timedelta(weeks=1))


def _not_open(follow_up: FollowUp) -> Refusal | None:
    match follow_up.state:
        case FollowUpState.OPEN:
            return None
        case FollowUpState.DONE:
            at, by = follow_up.settled_at or follow_up.due_at, follow_up.settled_by or ""
            return refusal(ReasonCode.ALREADY_DONE, by=by, at=at)
        case FollowUpState.CANCELLED:
            return refusal(
                ReasonCode.ALREADY_CANCELLED, at=follow_up.settled_at or follow_up.due_at
            )
        case _:
            assert_never(follow_up.state)
