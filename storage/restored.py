"""A database that was restored from a backup is behind Slack: noticing that, and marking it.

What was said after the backup is not known here, though it stands in Slack; records that were made
after it are gone, though buttons in Slack still name them. So a restored database never gives their
ids to others, and nothing is posted from it before the channels' histories were read
(`scheduler.reconciling`). Each workspace remembers in which database it lives; `pg_restore` and a
copied file are another one, and are noticed when the bot starts.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, text, update

from storage.tables import audit, delivery, inbox, metadata, workspace

GAP = 1_000_000
"""More records than are made between a backup and the loss of what it was made of."""
_A_MOMENT = timedelta(minutes=1)
"""What was posted and not yet recorded when the backup was made."""

_LAST_KNOWN = {
    column: select(func.max(column)).where(column.table.c.team_id == bindparam("team"))
    for column in (audit.c.at, inbox.c.seen_at, delivery.c.settled_at, delivery.c.tried_at)
}
_WORKSPACES = select(
    workspace.c.team_id,
    workspace.c.database_id,
    workspace.c.reconcile_since,
    workspace.c.created_at,
).order_by(workspace.c.team_id)
_BEHIND = select(workspace.c.team_id).where(workspace.c.reconcile_since.is_not(None))
_LOCKED = _WORKSPACES.with_for_update()
_SET = update(workspace).where(workspace.c.team_id == bindparam("team"))
_IS_HERE = text("SELECT oid FROM pg_database WHERE datname = current_database()")
_TABLE = text("SELECT CAST(CAST('workspace' AS regclass) AS oid)")


def database_id(conn: Connection) -> str:
    """By what this database is told from a copy of it: its number and that of a table in it on
    PostgreSQL, its file on SQLite."""
    if conn.dialect.name == "sqlite":
        file = conn.exec_driver_sql("PRAGMA database_list").first()
        path = Path(file[2]) if file and file[2] else None
        return f"sqlite:{path.stat().st_ino}" if path else "sqlite"
    here, table = conn.execute(_IS_HERE).scalar_one(), conn.execute(_TABLE).scalar_one()
    return f"postgresql:{here}:{table}"


def notice(conn: Connection) -> bool:
    """Mark the database if it is a copy of the one its workspaces lived in; whether it is.

    A workspace that does not know yet where it lives learns it.
    """
    here = database_id(conn)
    known = conn.execute(_WORKSPACES).all()
    if all(row.database_id == here for row in known):
        return False
    moved = any(row.database_id not in (None, here) for row in conn.execute(_LOCKED))
    if moved:
        mark(conn)
    conn.execute(update(workspace).values(database_id=here))
    return moved


def mark(conn: Connection, since: datetime | None = None) -> None:
    """Have Slack's history read, from `since` on, before anything is posted from this database.

    Without it from the last that each workspace knows of.
    """
    _leave_ids_out(conn)
    for row in conn.execute(_LOCKED).all():
        if row.reconcile_since is None or since is not None:
            began = since or _last_known(conn, row.team_id, row.created_at) - _A_MOMENT
            conn.execute(_SET.values(reconcile_since=began), {"team": row.team_id})
    conn.execute(update(workspace).values(database_id=database_id(conn)))


def behind_slack() -> Select[Any]:
    """The workspaces from which nothing may be posted yet; a subquery."""
    return _BEHIND


def is_reconciled(conn: Connection, team_id: str) -> None:
    """The workspace knows again what stands in Slack."""
    conn.execute(_SET.values(reconcile_since=None), {"team": team_id})


def _last_known(conn: Connection, team_id: str, created_at: datetime) -> datetime:
    found = (conn.execute(last, {"team": team_id}).scalar_one() for last in _LAST_KNOWN.values())
    return max((at for at in found if at), default=created_at)


def _leave_ids_out(conn: Connection) -> None:
    numbered = [table.name for table in metadata.sorted_tables if "id" in table.c]
    for name in numbered:
        if conn.dialect.name == "postgresql":
            conn.execute(
                text(
                    "SELECT setval(seq, nextval(seq) + :gap) FROM "
                    "CAST(pg_get_serial_sequence(:name, 'id') AS regclass) AS seq"
                ),
                {"name": name, "gap": GAP},
            )
        else:
            raised = conn.exec_driver_sql(
                "UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ?", (GAP, name)
            )
            if raised.rowcount == 0:
                conn.exec_driver_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, GAP))
