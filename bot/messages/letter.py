"""Which message is meant: enough to word it before it is sent, and again whenever it changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import Connection

from bot.texts.voice import Voice
from storage import deliveries, people
from storage.deliveries import Posted
from storage.workspaces import Workspace

_PARTS = 5


@dataclass(frozen=True)
class Letter:
    """A message of the scheduler. Its five first fields make its deduplication key.

    `to` is a user or a channel, `day` the local date there as ISO 8601. `occasion` tells apart what
    may come twice on one day; it may hold colons.
    """

    kind: str
    subject: str
    to: str
    day: str
    occasion: str
    due_at: datetime
    follow_ups: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """kind:subject:user:local_date:occasion, unique in a workspace."""
        return ":".join((self.kind, self.subject, self.to, self.day, self.occasion))

    @classmethod
    def of(cls, posted: Posted, follow_ups: tuple[int, ...]) -> Self | None:
        """The letter behind a message; None for one that was not made from a letter."""
        parts = posted.dedup_key.split(":", _PARTS - 1)
        if len(parts) != _PARTS:
            return None
        _, subject, to, day, occasion = parts
        return cls(posted.kind, subject, to, day, occasion, posted.due_at, follow_ups)


def shown_in(conn: Connection, team_id: str, posted: Posted) -> Letter | None:
    """The letter of a message, with the follow-ups that it shows."""
    shown = deliveries.follow_ups_shown(conn, team_id, posted.delivery_id)
    return Letter.of(posted, tuple(shown))


def voice_for(conn: Connection, workspace: Workspace, to: str) -> Voice:
    """How Goen speaks to a person; in a channel as the workspace is set."""
    person = people.get(conn, workspace.team_id, to)
    if person is None:
        return Voice(workspace.locale, workspace.timezone)
    return Voice(person.locale, person.timezone)
