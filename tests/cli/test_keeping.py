"""`backup`, `restore`, `reconcile`: what an operator sees of them."""

from pathlib import Path

import pytest

from storage import workspaces
from storage.engine import Store, open_engine
from tests.cli.terminal import call, said
from tests.house import TEAM, Stage


def reconciles(home: Path) -> bool:
    """Whether the next bot will read Slack's history first."""
    store = Store(open_engine(f"sqlite:///{home}/goen.db"))
    with store.read() as conn:
        team = workspaces.get(conn, TEAM)
    store.close()
    assert team
    return team.reconcile_since is not None


def test_a_running_bot_is_backed_up_and_never_restored_over(home: Path, lived_in: Stage) -> None:
    assert lived_in.bot.team_id == TEAM
    done = call("backup", "monday.goen")
    assert done.exit_code == 0, done.output
    assert "monday.goen" in said(done)
    assert not reconciles(home)

    again = call("backup", "monday.goen")
    assert again.exit_code == 2
    assert "not overwritten" in said(again)

    under_it = call("restore", "monday.goen", "--replace")
    assert under_it.exit_code == 2
    assert "stop Goen" in said(under_it)


def test_a_stopped_bot_is_restored_when_that_is_wanted(home: Path, lived_in: Stage) -> None:
    call("backup", "monday.goen")
    lived_in.bot.store.close()

    assert "--replace" in said(call("restore", "monday.goen"))
    done = call("restore", "monday.goen", "--replace")

    assert done.exit_code == 0, done.output
    assert "before it posts" in said(done)
    assert reconciles(home)
    assert sorted(path.name for path in home.iterdir() if ".part" in path.name) == []


@pytest.mark.parametrize("since", [(), ("--since", "2026-11-24T09:00+09:00")], ids=["", "since"])
def test_after_other_tools_restored_it_reconcile_is_said_by_hand(
    home: Path, lived_in: Stage, since: tuple[str, ...]
) -> None:
    assert lived_in.bot.team_id == TEAM
    assert call("reconcile", *since).exit_code == 0
    assert reconciles(home)


@pytest.mark.usefixtures("home")
def test_what_is_not_there_is_said() -> None:
    assert "no database" in said(call("backup", "new.goen"))
    assert "no file" in said(call("restore", "missing.goen"))
