"""When Goen speaks of a follow-up by itself, beside the daily digest (F1 R2 R4).

At most one digest a day, and no other ping than needed: what is due on some morning stands in that
morning's digest and nowhere else. A message of its own is for what the day itself brings: a
referral that came in, thanks and news that are warm now, and what somebody put off for an hour.
Only the 24-hour clock of the first contact speaks at any hour, and goes to the managers at its end.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.playbook.first_contact_clock import AlarmKind, clock_alarm, next_alarm_at
from bot.playbook.follow_ups import FollowUp, is_snoozed
from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind, Snooze
from bot.playbook.working_time import PersonTime

ON_THE_CLOCK = frozenset({FollowUpKind.FIRST_CONTACT, FollowUpKind.CONSENT_REQUEST})
"""The only ones that may come outside working hours: the referred person is waiting (R2)."""

_WARM = frozenset(
    {
        FollowUpKind.THANKS_REFERRAL,
        FollowUpKind.THANKS_MEETING,
        FollowUpKind.THANKS_WIN,
        FollowUpKind.LOSS_NEWS,
        FollowUpKind.NOT_A_FIT_NEWS,
    }
)


class Occasion(StrEnum):
    """Why a message comes now; part of its deduplication key."""

    NEW = "new"
    AGAIN = "again"
    """Somebody put it off for an hour, and the hour is over."""
    CLOCK = "clock"
    """The last hours of the 24 have begun."""


@dataclass(frozen=True)
class Announced:
    """A follow-up whose time to be spoken of has come."""

    follow_up: FollowUp
    opened_at: datetime
    announce_at: datetime


@dataclass(frozen=True)
class Speech:
    """What is said now: to whoever owes it, unless `occasion` is None, and to the managers."""

    occasion: Occasion | None
    to_managers: bool
    next_at: datetime | None
    """When Goen speaks of it again by itself, if nothing happens until then."""
    expires_at: datetime
    """When the message would no longer be true."""


@dataclass(frozen=True)
class NotNow:
    """Not outside of working hours; looked at again at `until`."""

    until: datetime


def first_announcement(kind: FollowUpKind, opened_at: datetime) -> datetime | None:
    """When a new follow-up gets a message of its own; None when the digest is enough."""
    return opened_at if kind in ON_THE_CLOCK | _WARM else None


def announcement_after_snooze(
    follow_up: FollowUp, choice: Snooze, until: datetime, now: datetime
) -> datetime | None:
    """When a snoozed one gets a message of its own; a morning's digest shows it anyway.

    Whatever is put off, the end of the 24 hours is told to the managers.
    """
    words = [until] if choice is Snooze.HOUR else []
    if follow_up.kind in ON_THE_CLOCK and follow_up.due_at > now:
        words.append(follow_up.due_at)
    return min(words, default=None)


def announcement_after_undo(follow_up: FollowUp, now: datetime, policy: Policy) -> datetime | None:
    """When one that is open again is spoken of next: its 24-hour clock goes on where it stands."""
    if follow_up.kind not in ON_THE_CLOCK:
        return None
    return next_alarm_at(_started_at(follow_up, policy), now, policy)


def speech(
    announced: Announced, now: datetime, policy: Policy, person: PersonTime
) -> Speech | NotNow:
    """What to say now of a follow-up whose `announce_at` has come.

    A process that was down says only what is true now, and says it once.
    """
    follow_up = announced.follow_up
    is_again = follow_up.remind_at == announced.announce_at
    if follow_up.kind in ON_THE_CLOCK:
        return _clock_speech(announced, now, policy, is_again=is_again)
    if not person.in_working_hours(now):
        return NotNow(person.next_working_start(now))
    occasion = Occasion.AGAIN if is_again else Occasion.NEW
    return Speech(occasion, False, None, person.end_of_work(person.date_of(now)))


def _clock_speech(announced: Announced, now: datetime, policy: Policy, *, is_again: bool) -> Speech:
    follow_up, opened_at = announced.follow_up, announced.opened_at
    started_at = _started_at(follow_up, policy)
    alarm = clock_alarm(started_at, now, policy)
    next_at = next_alarm_at(started_at, now, policy)
    # Somebody who has just taken over a late one is told of it; the managers know already.
    is_late = alarm is not None and alarm.kind is AlarmKind.ESCALATION
    is_news_to_managers = is_late and opened_at < follow_up.due_at
    return Speech(
        occasion=_clock_occasion(announced, now, is_again=is_again, is_late=is_late),
        to_managers=is_news_to_managers,
        next_at=next_at,
        expires_at=next_at or now + policy.first_contact_within,
    )


def _clock_occasion(
    announced: Announced, now: datetime, *, is_again: bool, is_late: bool
) -> Occasion | None:
    if announced.announce_at == announced.opened_at:
        return Occasion.NEW
    if is_again:
        return Occasion.AGAIN
    if is_late or is_snoozed(announced.follow_up, now):
        return None
    return Occasion.CLOCK


def _started_at(follow_up: FollowUp, policy: Policy) -> datetime:
    """The promise is the end of the clock, whoever owes it by now."""
    return follow_up.due_at - policy.first_contact_within
