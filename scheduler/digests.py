"""The daily digest: each person at their own hour, on their working days (R2)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from bot.messages.compose import Kind
from bot.messages.digest import failed, owed
from bot.messages.letter import Letter
from bot.playbook.announcements import ON_THE_CLOCK
from bot.playbook.follow_ups import digest_items
from bot.playbook.routine import Occurrence, digest_due
from scheduler.occasion import Occasion, owe
from storage import follow_ups
from storage.clocks import time_of
from storage.people import Person
from storage.workspaces import Workspace


def occasions(workspace: Workspace, person: Person, now: datetime) -> Iterator[Occasion]:
    """This person's digest, while it is its time."""
    due = digest_due(now, time_of(workspace, person))
    if due:
        key = key_of(person.user_id, due.key)
        yield Occasion(key, lambda conn: _plan(conn, workspace, person, due, now))


def key_of(user_id: str, day: str) -> str:
    """By what the planner knows that somebody's digest of a day was considered."""
    return f"{Kind.DIGEST}:{user_id}:{day}"


def note_shown(conn: Connection, team_id: str, shown: Iterable[int]) -> None:
    """The digest has said it: what it showed needs no message of its own."""
    for one in shown:
        row = follow_ups.get(conn, team_id, one)
        if row and row.announce_at and row.kind not in ON_THE_CLOCK:
            follow_ups.change(conn, team_id, one, announce_at=None)


def _plan(
    conn: Connection, workspace: Workspace, person: Person, due: Occurrence, now: datetime
) -> None:
    """Nothing owed and nothing lost: no message."""
    rows = {row.id: row for row in owed(conn, workspace, person.user_id)}
    today = digest_items(
        (row.facts() for row in rows.values()),
        now,
        time_of(workspace, person),
        workspace.policy.digest_length,
    )
    shown = tuple(item.id for item in today.items)
    if not shown and not failed(conn, workspace, person.user_id, due.due_at):
        return
    letter = Letter(Kind.DIGEST, "owed", person.user_id, due.key, "daily", due.due_at, shown)
    owe(conn, workspace, letter, now, due.expires_at)
    note_shown(conn, workspace.team_id, shown)
