"""Telling whoever looks after a customer what came of the customer's own words (P3)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.messages.compose import Kind, compose
from bot.messages.letter import Letter
from bot.messages.rewrite import rewrite_one
from bot.playbook.voices import VoiceChange
from bot.playbook.working_time import local_date
from storage import contact_states, customers, deliveries, people, voices
from storage.customers import Contact
from storage.deliveries import NewDelivery
from storage.people import Person
from storage.voices import Voice
from storage.workspaces import Workspace

_WORTH_TELLING_FOR = timedelta(days=7)
_WORTH_CHANGING_FOR = timedelta(days=30)
"""How long Slack may be away before words that were taken back stay where they stand."""


def tell(
    conn: Connection,
    workspace: Workspace,
    voice_id: int,
    change: VoiceChange,
    now: datetime,
    cause: str,
) -> None:
    """Owe the news, and take the words out of the message that told of them before.

    `cause` is the key of the request that changed them.
    """
    row = voices.get(conn, workspace.team_id, voice_id)
    contact = customers.get_contact(conn, workspace.team_id, row.contact_id) if row else None
    if row is None or contact is None:
        raise LookupError(f"no voice {voice_id}")
    reader = _whom_to_tell(conn, workspace, contact)
    if reader:
        day = local_date(now, ZoneInfo(reader.timezone)).isoformat()
        letter = Letter(
            Kind.VOICE, str(row.id), reader.user_id, day, f"{change}@{row.changes}", now
        )
        _owe(conn, workspace, letter, now)
    reword(conn, workspace, row, now, cause)


def reword(conn: Connection, workspace: Workspace, row: Voice, now: datetime, cause: str) -> None:
    """Bring the message that told of a voice in line with the records; `row` is from before."""
    posted = deliveries.get(conn, workspace.team_id, row.told_in) if row.told_in else None
    if posted:
        rewrite_one(conn, workspace, posted, now, cause, lives=_WORTH_CHANGING_FOR)


def _owe(conn: Connection, workspace: Workspace, letter: Letter, now: datetime) -> None:
    delivery_id = deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=workspace.team_id,
            dedup_key=letter.key,
            kind=letter.kind,
            channel=letter.to,
            payload=compose(conn, workspace, letter, now).payload(),
            due_at=now,
            expires_at=now + _WORTH_TELLING_FOR,
        ),
    )
    if delivery_id:
        voices.note_told(conn, workspace.team_id, int(letter.subject), delivery_id)


def _whom_to_tell(conn: Connection, workspace: Workspace, contact: Contact) -> Person | None:
    """The account's owner; of a shared one whoever asked last, or else a manager."""
    state = contact_states.get(conn, workspace.team_id, contact.id)
    known = (contact.owner_id, state.last_asked_by if state else None)
    candidates = [people.get(conn, workspace.team_id, one) for one in known if one]
    candidates += people.managers(conn, workspace.team_id)
    return next((one for one in candidates if one and one.may_be_told), None)
