"""What a message of ours says now, made from the facts: the same when it is sent and rewritten."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import Connection

from bot.messages import arrivals, catalogue, digest, reminders, routine, voices
from bot.messages.letter import Letter
from bot.views.blocks import Message
from storage.workspaces import Workspace

Composer = Callable[[Connection, Workspace, Letter, datetime], Message]


class Kind(StrEnum):
    """The messages that are made from the records, and worded anew when those change."""

    REMINDER = "reminder"
    ESCALATION = "escalation"
    DIGEST = "digest"
    ROUTINE = "routine"
    CATALOGUE = "catalogue"
    VOICE = "voice"
    ARRIVAL = arrivals.KIND


COMPOSERS: Mapping[str, Composer] = MappingProxyType(
    {
        Kind.REMINDER: reminders.reminder,
        Kind.ESCALATION: reminders.escalation,
        Kind.DIGEST: digest.digest,
        Kind.ROUTINE: routine.routine,
        Kind.CATALOGUE: catalogue.stale,
        Kind.VOICE: voices.told,
        Kind.ARRIVAL: arrivals.arrival,
    }
)


def compose(conn: Connection, workspace: Workspace, letter: Letter, now: datetime) -> Message:
    """The words of a letter, in the language and the zone of whom it goes to.

    Raises:
        KeyError: nothing words a letter of this kind.
    """
    return COMPOSERS[letter.kind](conn, workspace, letter, now)
