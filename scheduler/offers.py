"""A catalogue of offers that nobody has looked at for a month is reminded, once a week (O1)."""

from collections.abc import Iterator
from datetime import datetime

from bot.messages.compose import Kind
from bot.messages.letter import Letter
from bot.playbook.terms import Role
from scheduler.occasion import Occasion, owe
from storage.clocks import time_of
from storage.people import Person
from storage.workspaces import Workspace


def occasions(workspace: Workspace, person: Person, now: datetime) -> Iterator[Occasion]:
    """This manager's reminder of the week, in their working hours."""
    days = time_of(workspace, person)
    if person.role is Role.REP or not _is_stale(workspace, now) or not days.in_working_hours(now):
        return
    today = days.date_of(now)
    year, week, _ = today.isocalendar()
    letter = Letter(
        Kind.CATALOGUE, "offers", person.user_id, today.isoformat(), f"{year}-W{week:02}", now
    )
    key = f"{Kind.CATALOGUE}:{person.user_id}:{letter.occasion}"
    until = days.end_of_work(today)
    yield Occasion(key, lambda conn: owe(conn, workspace, letter, now, until))


def _is_stale(workspace: Workspace, now: datetime) -> bool:
    reviewed_at = workspace.offers_reviewed_at
    return reviewed_at is None or reviewed_at + workspace.policy.offers_fresh_for <= now
