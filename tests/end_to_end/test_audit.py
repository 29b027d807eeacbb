"""Every effect is in the audit, by somebody who had the right: written in the same transaction.

A long conversation is lived through, mornings and all, while each transaction is watched.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event, select

from storage import tables
from tests.history import YOSHINO, live_through
from tests.house import stage

RECORDS = {
    *("customer", "contact", "nps", "result", "moment", "ask", "referral", "second_referrer"),
    *("offer", "template", "workspace", "follow_up"),
}
"""What people are responsible for. All else is what Goen notes of its own work, or Slack's."""
_WRITE = re.compile(
    r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)\"?(?:\s+SET\s+(.*?)\s+WHERE)?", re.S
)
_NOTES = {"follow_up": {"announce_at"}, "workspace": {"database_id", "reconcile_since"}}
"""Columns in which Goen notes what it has said: no effect of anybody's."""


@contextmanager
def watched(engine: Engine) -> Iterator[list[str]]:
    """The transactions that changed a record and noted nobody, while the block runs."""
    written: dict[int, list[str]] = defaultdict(list)
    unnoted: list[str] = []

    def note(conn: Connection, cursor: Any, statement: str, *_: object) -> None:
        found = _WRITE.match(statement)
        # SQLite counts an INSERT that returns something only when it was read.
        has_effect = cursor.rowcount != 0 or statement.lstrip().startswith("INSERT")
        if found and has_effect and _counts(found[2], found[3]):
            written[id(conn.connection.dbapi_connection)].append(found[2])

    def end(conn: Connection) -> None:
        tables_written = written.pop(id(conn.connection.dbapi_connection), [])
        if set(tables_written) & RECORDS and "audit" not in tables_written:
            unnoted.append(", ".join(tables_written))

    def forget(conn: Connection) -> None:
        written.pop(id(conn.connection.dbapi_connection), None)

    listeners = (("after_cursor_execute", note), ("commit", end), ("rollback", forget))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield unnoted
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


def _counts(table: str, columns: str | None) -> bool:
    if table not in RECORDS | {"audit"}:
        return False
    changed = set(re.findall(r"\"?(\w+)\"?\s*=", columns or ""))
    return not changed or not changed <= _NOTES.get(table, set())


def test_no_record_changes_without_somebody_of_the_team_or_goen_itself_being_noted(
    database_url: str,
) -> None:
    with stage(database_url, by_socket=False) as on, watched(on.bot.store.engine) as unnoted:
        live_through(on)
        on.clock.move(days=100)
        on.settle()
        with on.bot.store.read() as conn:
            noted = set(conn.execute(select(tables.audit.c.user_id)).scalars())
            known = set(conn.execute(select(tables.person.c.user_id)).scalars())
            goen = conn.execute(select(tables.workspace.c.bot_user_id)).scalar_one()
            details = conn.execute(select(tables.audit.c.detail)).scalars()
            texts = [str(value) for detail in details for value in detail.values()]

    assert unnoted == []
    assert goen in noted
    assert noted <= known | {goen}
    assert not [one for one in texts if YOSHINO.name in one or "@" in one]
