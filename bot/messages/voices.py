"""A customer's own words have come, changed or gone (P3)."""

from datetime import datetime

from sqlalchemy import Connection

from bot.messages.letter import Letter, voice_for
from bot.playbook.terms import VoiceUse
from bot.playbook.voices import PUBLIC, VoiceChange
from bot.texts.catalogue import language_of
from bot.views import voices as views
from bot.views.blocks import Message
from bot.views.voices import News, Said
from storage import customers, voices
from storage.customers import Contact
from storage.voices import Voice
from storage.workspaces import Workspace


def told(conn: Connection, workspace: Workspace, letter: Letter, _: datetime) -> Message:
    """The words as they are now; without them where a newer message tells of them, or nobody may.

    The letter's subject is the voice's id, and its occasion `change@number`.
    """
    voice = voice_for(conn, workspace, letter.to)
    change, number = letter.occasion.partition("@")[::2]
    row = voices.get(conn, workspace.team_id, int(letter.subject))
    contact = customers.get_contact(conn, workspace.team_id, row.contact_id) if row else None
    if row is None or row.deleted_at or contact is None or not contact.name:
        return views.no_longer(voice)
    if number != str(row.changes):
        return views.superseded(voice)
    return views.told(voice, _news(conn, workspace, row, contact, VoiceChange(change)))


def said(workspace: Workspace, row: Voice, contact: Contact, uses: frozenset[VoiceUse]) -> Said:
    """A voice as Slack shows it."""
    return Said(
        voice_id=row.id,
        contact_id=contact.id,
        customer=contact.customer_name,
        contact=contact.name,
        job_title=contact.job_title or "",
        kind=row.kind,
        words=row.words,
        hesitation=row.hesitation,
        credit=row.credit,
        uses=uses,
        language=language_of(row.locale) or workspace.locale,
        at=row.changed_at,
    )


def _news(
    conn: Connection, workspace: Workspace, row: Voice, contact: Contact, change: VoiceChange
) -> News:
    history = voices.permissions(conn, workspace.team_id, row.id)
    ended = {one.use for one in history if one.withdrawn_at == row.changed_at}
    uses = frozenset(one.use for one in history if one.withdrawn_at is None)
    return News(
        said=said(workspace, row, contact, uses),
        change=change,
        lost=[use for use in PUBLIC if use in ended - uses],
        replaced=[use for use in PUBLIC if use in ended & uses],
    )
