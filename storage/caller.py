"""Whom a request comes from: what every transaction reads first, in one statement."""

from sqlalchemy import Connection, and_, bindparam, select

from storage import people, workspaces
from storage.people import Person
from storage.tables import person, workspace
from storage.workspaces import Workspace

_SPLIT = len(workspaces.COLUMNS)
_GET = (
    select(*workspaces.COLUMNS, *people.COLUMNS)
    .outerjoin(
        person,
        and_(person.c.team_id == workspace.c.team_id, person.c.user_id == bindparam("user")),
    )
    .where(workspace.c.team_id == bindparam("team"))
)


def get(conn: Connection, team_id: str, user_id: str) -> tuple[Workspace | None, Person | None]:
    """The workspace and the person in it; None for each that is not known."""
    row = conn.execute(_GET, {"team": team_id, "user": user_id}).one_or_none()
    if row is None:
        return None, None
    found = row[_SPLIT:]
    # The empty side of an outer join.
    is_known = found[0] is not None
    return workspaces.read(row[:_SPLIT]), people.read(found) if is_known else None
