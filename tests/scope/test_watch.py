"""The watch itself: what it would find, if Goen did it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text

from bot.telemetry.about import about
from storage import inbox
from storage.engine import Store
from storage.tables import customer
from storage.tables import inbox as rows
from tests.house import MONDAY_MORNING, ROOT
from tests.scope.watch import WATCH

Run = Callable[[Connection, Any], object]


def as_if_in(path: str) -> Run:
    """A function that executes a statement and stands in that file."""
    code = (
        "def run(conn, statement, params=None):\n    return conn.execute(statement, params or {})"
    )
    made: dict[str, Any] = {}
    exec(compile(code, str(ROOT / path), "exec"), made)
    run: Run = made["run"]
    return run


def found_by(act: Callable[[], object]) -> list[str]:
    """What the watch finds meanwhile; it is taken off again, because it was on purpose."""
    before = len(WATCH.findings)
    act()
    found = WATCH.findings[before:]
    del WATCH.findings[before:]
    return found


@pytest.mark.parametrize(
    ("path", "statement", "finding"),
    [
        ("storage/made_up.py", select(customer.c.id), "reaches beyond one workspace: customer"),
        ("handlers/made_up.py", select(customer.c.id), "reaches beyond one workspace: customer"),
        ("storage/made_up.py", text("SELECT id FROM customer"), "SQL that nobody can judge"),
    ],
    ids=["in storage", "in handlers", "as text"],
)
def test_a_loose_statement_is_found_wherever_it_is_executed(
    store: Store, path: str, statement: Any, finding: str
) -> None:
    with store.read() as conn:
        [found] = found_by(lambda: as_if_in(path)(conn, statement))
    assert finding in found
    assert "made_up.run" in found


@pytest.mark.parametrize("path", ["storage/workspaces.py", "tests/made_up.py"])
def test_tests_may_look_everywhere_and_what_is_excused_only_where_it_is(
    store: Store, path: str
) -> None:
    with store.read() as conn:
        found = found_by(lambda: as_if_in(path)(conn, select(customer.c.id)))
    assert len(found) == path.startswith("storage")


def test_another_workspace_s_name_is_found_while_one_is_served(store: Store) -> None:
    with store.write() as conn, about(team_id="T1"):
        assert found_by(lambda: inbox.claim(conn, "T1", "a", MONDAY_MORNING)) == []
        [found] = found_by(lambda: inbox.claim(conn, "T2", "a", MONDAY_MORNING))
        [too] = found_by(lambda: inbox.seen(conn, "T2", ["a"]))
    assert "names T2 while T1 is served" in found
    assert "names T2 while T1 is served" in too


def test_a_row_of_another_workspace_is_found_among_many(store: Store) -> None:
    many = [{"team_id": team, "key": "k", "seen_at": MONDAY_MORNING} for team in ("T1", "T2")]
    run: Any = as_if_in("storage/made_up.py")
    with store.write() as conn, about(team_id="T1"):
        [found] = found_by(lambda: run(conn, insert(rows), many))
    assert "names T2" in found
