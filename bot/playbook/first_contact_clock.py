"""The 24-hour clock of the first contact (F1): who is told, and when.

The owner hears at receipt and again after 20 hours, the manager after 24. Each alarm ends when the
next one begins, so that a process that was down says only what is true now, and says it once.
Alarms are the one thing that may come outside working hours (R2).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.playbook.policy import Policy


class AlarmKind(StrEnum):
    """What an alarm says; part of its deduplication key."""

    RECEIVED = "received"
    REMINDER = "reminder"
    ESCALATION = "escalation"


@dataclass(frozen=True)
class Alarm:
    """One alarm of the clock."""

    kind: AlarmKind
    due_at: datetime
    expires_at: datetime | None
    """When the next alarm takes its place; None for the last one."""

    @property
    def goes_to_managers(self) -> bool:
        """Whether it is the managers' turn, with a button to reassign."""
        return self.kind is AlarmKind.ESCALATION


def alarms(started_at: datetime, policy: Policy) -> tuple[Alarm, ...]:
    """All alarms of a clock, in order. It starts at `referral_facts.clock_started_at`."""
    reminder_at = started_at + policy.first_contact_reminder_after
    escalation_at = started_at + policy.first_contact_within
    return (
        Alarm(AlarmKind.RECEIVED, started_at, reminder_at),
        Alarm(AlarmKind.REMINDER, reminder_at, escalation_at),
        Alarm(AlarmKind.ESCALATION, escalation_at, None),
    )


def clock_alarm(started_at: datetime, now: datetime, policy: Policy) -> Alarm | None:
    """The alarm whose turn it is now; None only before the clock has started."""
    return max(
        (one for one in alarms(started_at, policy) if one.due_at <= now),
        key=lambda one: one.due_at,
        default=None,
    )


def next_alarm_at(started_at: datetime, now: datetime, policy: Policy) -> datetime | None:
    """When the clock speaks next; None after the last alarm."""
    return min((a.due_at for a in alarms(started_at, policy) if a.due_at > now), default=None)
