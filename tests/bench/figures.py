"""The programme's figures, as `/goen dashboard` shows them: of a whole team.

Floor: one row by its primary key, by the raw driver.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.playbook.policy import Policy
from storage import figures, workspaces
from storage.engine import Store
from tests.bench.measure import Compared, alternate, recorded, timed
from tests.house import TEAM


@dataclass(frozen=True)
class Size:
    calls: int = 5
    rounds: int = 7


def measure(store: Store, now: datetime, size: Size) -> Compared:
    """Seconds for all figures, in a database that `books` has filled."""
    policy = Policy()
    with store.read() as conn:
        [(sql, params)] = recorded(store.engine, lambda: workspaces.get(conn, TEAM))
        cursor: Any = conn.connection.cursor()

        def floor() -> list[Any]:
            cursor.execute(sql, params)
            found: list[Any] = cursor.fetchall()
            return found

        def ours() -> figures.Figures:
            return figures.of(conn, TEAM, policy, now)

        if not ours().candidates:
            raise RuntimeError("the books are empty")
        return alternate(timed(floor, 100 * size.calls), timed(ours, size.calls), size.rounds)
