"""Whose days are meant: a person's zone and working calendar, as the rules take them."""

from sqlalchemy import Connection

from bot.playbook.working_time import PersonTime, working_calendar, zone
from storage import people
from storage.people import Person
from storage.workspaces import Workspace


def person_time(conn: Connection, workspace: Workspace, user_id: str | None) -> PersonTime:
    """A person's days; the workspace's for somebody unknown and for what nobody owns."""
    return time_of(workspace, people.get(conn, workspace.team_id, user_id) if user_id else None)


def time_of(workspace: Workspace, person: Person | None) -> PersonTime:
    """The same for a person who was read already."""
    return PersonTime(
        tz=zone(person.timezone if person else workspace.timezone, workspace.timezone),
        calendar=working_calendar(workspace.policy),
        morning=workspace.policy.digest_at,
    )


def team_time(workspace: Workspace) -> PersonTime:
    """The team's own days, for the routine in its channel."""
    return PersonTime(
        tz=zone(workspace.timezone),
        calendar=working_calendar(workspace.policy),
        morning=workspace.policy.routine_at,
    )
