"""What a decision does to the follow-ups of its subject: data, carried out by storage in order."""

from dataclasses import dataclass
from datetime import datetime

from bot.playbook.terms import FollowUpKind


@dataclass(frozen=True)
class Open:
    """Someone owes this from now on."""

    kind: FollowUpKind
    owed_by: str | None
    """A user id; None for an account without an owner, which the managers look after."""
    due_at: datetime


@dataclass(frozen=True)
class Complete:
    """The open follow-up of this kind has just been done by what was recorded."""

    kind: FollowUpKind


@dataclass(frozen=True)
class Cancel:
    """The open follow-up of this kind is no longer owed."""

    kind: FollowUpKind


@dataclass(frozen=True)
class Reopen:
    """The follow-up of this kind that was done last is open again: somebody undid it."""

    kind: FollowUpKind


Effect = Open | Complete | Cancel | Reopen
