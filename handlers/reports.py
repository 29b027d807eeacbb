"""What an errand says when it is done: one direct message to whoever asked for it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.texts.voice import Voice
from bot.views.blocks import Message
from storage import deliveries, people
from storage.deliveries import NewDelivery
from storage.errands import Errand

_LIVES = timedelta(days=7)


def nothing(_conn: Connection, _now: datetime) -> None:
    """The end of an errand whose work is done already."""


def voice_of(conn: Connection, errand: Errand) -> Voice:
    """How Goen speaks to whoever asked.

    Raises:
        LookupError: nobody of that id is known.
    """
    person = people.get(conn, errand.team_id, errand.asked_by)
    if person is None:
        raise LookupError(f"nobody {errand.asked_by!r} is known")
    return Voice(person.locale, person.timezone)


def report(conn: Connection, errand: Errand, message: Message, now: datetime) -> None:
    """Owe the report."""
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=errand.team_id,
            dedup_key=f"errand:{errand.id}",
            kind="report",
            channel=errand.asked_by,
            payload=message.payload(),
            due_at=now,
            expires_at=now + _LIVES,
        ),
    )
