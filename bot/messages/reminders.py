"""A reminder to whoever owes something, and to the managers when the 24 hours are over (F1 R4)."""

from datetime import datetime

from sqlalchemy import Connection

from bot.messages.letter import Letter, voice_for
from bot.messages.owed import item_of
from bot.playbook.announcements import Occasion
from bot.views import reminders as views
from bot.views.blocks import Message
from bot.views.follow_ups import Item
from storage import follow_ups
from storage.workspaces import Workspace


def reminder(conn: Connection, workspace: Workspace, letter: Letter, now: datetime) -> Message:
    """What somebody owes, in a message of its own."""
    occasion = Occasion(letter.occasion.partition("@")[0])
    voice = voice_for(conn, workspace, letter.to)
    return views.reminder(voice, occasion, _items(conn, workspace, letter), now, letter.to)


def escalation(conn: Connection, workspace: Workspace, letter: Letter, now: datetime) -> Message:
    """What somebody of the team owes and has let pass, with the way to hand it over."""
    voice = voice_for(conn, workspace, letter.to)
    return views.escalation(voice, _items(conn, workspace, letter), now)


def _items(conn: Connection, workspace: Workspace, letter: Letter) -> list[Item]:
    rows = (follow_ups.get(conn, workspace.team_id, one) for one in letter.follow_ups)
    return [item_of(conn, workspace, row) for row in rows if row]
