"""Whom to ask now: the best twenty of one rep and of what the team shares.

Floor: the first twenty of that rep alone, by one raw walk along the same index.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.playbook.contact_state import AskWindow, ContactState, ask_window
from bot.playbook.policy import Policy
from storage import contact_states
from storage.engine import Store
from tests.bench.measure import Compared, alternate, timed
from tests.house import SATO, TEAM

MOST = 20


_WALK = """
SELECT {columns} FROM contact_state
WHERE team_id = {mark} AND owner_id = {mark} AND {askable} AND nps_at >= {mark}
  AND (last_asked_at IS NULL OR last_asked_at <= {mark}) AND result_at >= {mark}
ORDER BY rank_key DESC LIMIT {most}
"""


@dataclass(frozen=True)
class Size:
    calls: int = 200
    rounds: int = 9


def measure(store: Store, now: datetime, size: Size) -> Compared:
    """Seconds for one list, in a database that `books.fill` has filled."""
    window = ask_window(now, Policy())

    def ours(conn: Connection) -> list[Any]:
        return list(contact_states.to_ask(conn, TEAM, window, MOST, owner_id=SATO))

    with store.read() as conn:
        cursor: Any = conn.connection.cursor()
        sql, params = _raw(store, window)

        def floor() -> list[Any]:
            cursor.execute(sql, params)
            found: list[Any] = cursor.fetchall()
            return found

        if not len(floor()) == len(ours(conn)) == MOST:
            raise RuntimeError(f"{len(floor())} and {len(ours(conn))} contacts instead of {MOST}")
        return alternate(
            timed(floor, size.calls), timed(lambda: ours(conn), size.calls), size.rounds
        )


def _raw(store: Store, window: AskWindow) -> tuple[str, tuple[object, ...]]:
    """The walk as somebody writes it for one driver, and what goes into it."""
    dates = (window.nps_since, window.asked_until, window.result_since)
    columns = ", ".join(field.name for field in fields(ContactState))
    if store.is_sqlite:
        stored: tuple[object, ...] = tuple(
            at.replace(tzinfo=None).isoformat(" ", "microseconds") for at in dates
        )
        mark, askable = "?", "is_askable = 1"
    else:
        stored, mark, askable = dates, "%s", "is_askable"
    sql = _WALK.format(columns=columns, mark=mark, askable=askable, most=MOST)
    return sql, (TEAM, SATO, *stored)
