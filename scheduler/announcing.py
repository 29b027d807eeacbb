"""Messages about single follow-ups: what is new, what comes back, and the 24-hour clock (F1 R4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.messages.compose import Kind
from bot.messages.letter import Letter
from bot.playbook.announcements import Announced, NotNow, Occasion, Speech, speech
from bot.playbook.terms import Role
from scheduler.occasion import owe
from storage import follow_ups, people
from storage.clocks import time_of
from storage.follow_ups import Row
from storage.people import Person
from storage.workspaces import Workspace

_AT_ONCE = 500
"""Follow-ups of one pass; the rest have their turn in the next one."""
_FIRST_TO_SAY = {occasion: rank for rank, occasion in enumerate(Occasion)}


@dataclass
class _Reminder:
    """What one person is told in one message: all that belongs to one record."""

    person: Person
    subject: str
    said: list[tuple[Row, Occasion, Speech]] = field(default_factory=list)


def is_due(conn: Connection, workspace: Workspace, now: datetime) -> bool:
    return bool(follow_ups.to_announce(conn, workspace.team_id, now, 1))


def announce(conn: Connection, workspace: Workspace, now: datetime) -> None:
    """Speak of everything whose time has come, and note when it is spoken of next."""
    team = {person.user_id: person for person in people.team(conn, workspace.team_id)}
    managers = [person for person in team.values() if person.role is not Role.REP]
    reminders: dict[tuple[str, str], _Reminder] = {}
    for row in follow_ups.to_announce(conn, workspace.team_id, now, _AT_ONCE):
        owner = team.get(row.owed_by or "")
        said = _speech(workspace, row, owner, now)
        if isinstance(said, NotNow):
            follow_ups.change(conn, workspace.team_id, row.id, announce_at=said.until)
            continue
        follow_ups.change(conn, workspace.team_id, row.id, announce_at=said.next_at)
        if said.occasion:
            # What nobody owns, or somebody who has left, is the managers' to look after.
            for person in [owner] if owner else managers:
                subject = _subject(row)
                reminder = reminders.setdefault(
                    (person.user_id, subject), _Reminder(person, subject)
                )
                reminder.said.append((row, said.occasion, said))
        if said.to_managers:
            _escalate(conn, workspace, row, said, owner, managers, now)
    for reminder in reminders.values():
        _remind(conn, workspace, reminder, now)


def note_spoken(
    conn: Connection, workspace: Workspace, follow_up_ids: Iterable[int], at: datetime
) -> None:
    """Somebody was reminded of these at that time, by a planner whose notes are lost: note what it
    noted, and let the managers know what it let them know."""
    team = {person.user_id: person for person in people.team(conn, workspace.team_id)}
    managers = [person for person in team.values() if person.role is not Role.REP]
    for follow_up_id in follow_up_ids:
        row = follow_ups.get(conn, workspace.team_id, follow_up_id)
        if row is None or row.announce_at is None or row.announce_at > at:
            continue
        owner = team.get(row.owed_by or "")
        said = _speech(workspace, row, owner, at)
        next_at = None if isinstance(said, NotNow) else said.next_at
        follow_ups.change(conn, workspace.team_id, row.id, announce_at=next_at)
        if isinstance(said, Speech) and said.to_managers:
            _escalate(conn, workspace, row, said, owner, managers, at)


def _speech(workspace: Workspace, row: Row, owner: Person | None, now: datetime) -> Speech | NotNow:
    announced = Announced(row.facts(), row.created_at, row.announce_at or now)
    return speech(announced, now, workspace.policy, time_of(workspace, owner))


def _subject(row: Row) -> str:
    return f"referral-{row.referral_id}" if row.referral_id else f"follow_up-{row.id}"


def _remind(conn: Connection, workspace: Workspace, reminder: _Reminder, now: datetime) -> None:
    first, _, _ = reminder.said[0]
    occasion = min((said for _, said, _ in reminder.said), key=_FIRST_TO_SAY.__getitem__)
    # A follow-up is announced again when its hour is over: the instant tells one from the next.
    stamp = int((first.announce_at or now).timestamp())
    letter = Letter(
        kind=Kind.REMINDER,
        subject=reminder.subject,
        to=reminder.person.user_id,
        day=_day(workspace, reminder.person, now),
        occasion=f"{occasion}@{first.id}.{stamp}",
        due_at=now,
        follow_ups=tuple(row.id for row, _, _ in reminder.said),
    )
    expires_at = max(said.expires_at for _, _, said in reminder.said)
    owe(conn, workspace, letter, now, expires_at)


def _escalate(
    conn: Connection,
    workspace: Workspace,
    row: Row,
    said: Speech,
    owner: Person | None,
    managers: list[Person],
    now: datetime,
) -> None:
    """Tell the managers, once; one who owes it hears of it when there is no other."""
    others = [one for one in managers if one != owner] or managers
    for person in others:
        letter = Letter(
            kind=Kind.ESCALATION,
            subject=_subject(row),
            to=person.user_id,
            day=_day(workspace, person, row.due_at),
            occasion=f"late@{row.id}",
            due_at=now,
            follow_ups=(row.id,),
        )
        owe(conn, workspace, letter, now, said.expires_at)


def _day(workspace: Workspace, person: Person, at: datetime) -> str:
    return time_of(workspace, person).date_of(at).isoformat()
