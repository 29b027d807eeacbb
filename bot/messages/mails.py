"""What whoever clicked to send a mail hears of it, from the records."""

from dataclasses import replace

from sqlalchemy import Connection

from bot.messages.letter import voice_for
from bot.texts.voice import Voice
from bot.views import mails as views
from bot.views.blocks import Message
from bot.views.mails import Told
from storage import customers
from storage.mails import Outgoing
from storage.states import DeliveryState
from storage.workspaces import Workspace


def news(conn: Connection, workspace: Workspace, one: Outgoing) -> Message | None:
    """What a mail has come to, in its sender's language; None while all goes well."""
    if one.state in _NO_NEWS:
        return None
    told = _told(conn, workspace, one)
    return views.news(voice_for(conn, workspace, one.channel), told) if told else None


def settled(
    conn: Connection, workspace: Workspace, voice: Voice, one: Outgoing, *, arrived: bool
) -> Message | None:
    """What stands in the place of the question whether it arrived, once that is answered."""
    told = _told(conn, workspace, one)
    if told is None:
        return None
    if arrived:
        return views.news(voice, replace(told, state=DeliveryState.ARRIVED))
    return views.settled_not_arrived(voice, told)


def _told(conn: Connection, workspace: Workspace, one: Outgoing) -> Told | None:
    """None for one whose words are gone, or whose contact is."""
    mail = one.mail
    if mail is None:
        return None
    contact = customers.get_contact(conn, workspace.team_id, mail.contact_id)
    if contact is None:
        return None
    return Told(
        delivery_id=one.id,
        contact_id=contact.id,
        customer=contact.customer_name,
        contact=contact.name,
        subject=mail.subject,
        sender=mail.sender,
        state=one.state,
        error=one.last_error or "",
        is_live=contact.deleted_at is None,
    )


_NO_NEWS = frozenset({DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT})
