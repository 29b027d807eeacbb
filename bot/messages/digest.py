"""The daily digest of one person (R2)."""

from collections import Counter
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from bot.messages.letter import Letter, voice_for
from bot.messages.owed import item_of
from bot.playbook.follow_ups import digest_items
from bot.playbook.terms import Role
from bot.views import reminders as views
from bot.views.blocks import Message
from bot.views.reminders import DigestFacts
from storage import deliveries, follow_ups, people
from storage.clocks import person_time
from storage.follow_ups import Row
from storage.people import Person
from storage.workspaces import Workspace

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def digest(conn: Connection, workspace: Workspace, letter: Letter, now: datetime) -> Message:
    """What this person was shown that morning, as it is now, and how much more they owe today."""
    team_id, user_id = workspace.team_id, letter.to
    rows = [follow_ups.get(conn, team_id, one) for one in letter.follow_ups]
    others = [row for row in owed(conn, workspace, user_id) if row.id not in letter.follow_ups]
    person = person_time(conn, workspace, user_id)
    more = digest_items((row.facts() for row in others), now, person, limit=0).more
    facts = DigestFacts(
        day=date.fromisoformat(letter.day),
        items=[item_of(conn, workspace, row) for row in rows if row],
        reader=user_id,
        more=more,
        failed=failed(conn, workspace, user_id, letter.due_at),
    )
    return views.digest(voice_for(conn, workspace, user_id), facts, now)


def owed(conn: Connection, workspace: Workspace, user_id: str) -> list[Row]:
    """What a person looks after: their own, and for managers what nobody owns."""
    known = people.get(conn, workspace.team_id, user_id)
    return follow_ups.of_person(
        conn, workspace.team_id, user_id, unowned=known is not None and _answers_for_team(known)
    )


def failed(conn: Connection, workspace: Workspace, user_id: str, until: datetime) -> dict[str, int]:
    """How many messages did not get through since the digest before this one, by kind.

    Everybody hears of their own, managers also of those to the channel.
    """
    team_id = workspace.team_id
    known = people.get(conn, team_id, user_id)
    channels = [user_id]
    if known and _answers_for_team(known) and workspace.channel_id:
        channels.append(workspace.channel_id)
    since = deliveries.due_before(conn, team_id, user_id, "digest", until) or _LONG_AGO
    lost = deliveries.failed(conn, team_id, channels, since, until)
    return dict(Counter(one.kind for one in lost))


def _answers_for_team(person: Person) -> bool:
    return person.role is not Role.REP
