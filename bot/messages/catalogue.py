"""The catalogue of offers has not been looked at for a month (O1)."""

from datetime import datetime

from sqlalchemy import Connection

from bot.messages.letter import Letter, voice_for
from bot.views import ids
from bot.views.blocks import Message, actions, button, section
from storage.workspaces import Workspace


def stale(conn: Connection, workspace: Workspace, letter: Letter, _: datetime) -> Message:
    """Since when, and the way to it; for a manager."""
    voice = voice_for(conn, workspace, letter.to)
    reviewed_at = workspace.offers_reviewed_at
    key = "reminder.catalogue" if reviewed_at else "reminder.catalogue_never"
    since = voice.day_of(reviewed_at) if reviewed_at else ""
    open_it = button(voice.plain("reminder.open_catalogue"), ids.OPEN_CATALOGUE, style="primary")
    return Message(
        voice.plain(key, since=since), [section(voice.markup(key, since=since)), actions(open_it)]
    )
