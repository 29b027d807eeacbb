"""When Goen speaks of a follow-up by itself, beside the daily digest (R2 R4).

At most one digest a day, and no other ping than needed: what is due on some morning stands in that
morning's digest and nowhere else. A message of its own is for what the day itself brings: a
referral that came in, thanks and news that are warm now, and what somebody put off for an hour.
"""

from datetime import datetime

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


def first_announcement(kind: FollowUpKind, opened_at: datetime) -> datetime | None:
    """When a new follow-up gets a message of its own; None when the digest is enough."""
    return opened_at if kind in ON_THE_CLOCK | _WARM else None


def announcement_after_snooze(choice: Snooze, until: datetime) -> datetime | None:
    """When a snoozed one gets a message of its own; a morning's digest shows it anyway."""
    return until if choice is Snooze.HOUR else None


def may_be_announced(kind: FollowUpKind, now: datetime, person: PersonTime) -> bool:
    """Whether a message may come now: on the 24-hour clock always, else in working hours."""
    return kind in ON_THE_CLOCK or person.in_working_hours(now)
