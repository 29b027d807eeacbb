"""`migrate` and `import`: all of a file or nothing, twice as good as once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from storage import customers, workspaces
from tests.cli.terminal import SAMPLE, call, said
from tests.house import BOT_TOKEN, TEAM, Stage


def test_migrate_makes_the_database_and_bears_being_run_again(home: Path) -> None:
    assert [call("migrate").exit_code for _ in range(2)] == [0, 0]
    assert (home / "goen.db").exists()


@pytest.mark.usefixtures("home")
def test_import_takes_the_sample_in_once(slack: Sandbox) -> None:
    first = call("import", SAMPLE, SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_API_URL=slack.api_url)
    second = call("import", SAMPLE)

    assert "Customers: 40 new" in said(first)
    assert "Customers: 0 new, 0 changed, 40 unchanged" in said(second)


@pytest.mark.usefixtures("home")
def test_import_without_a_workspace_says_how_to_get_one() -> None:
    result = call("import", SAMPLE)

    assert result.exit_code == 2
    assert "SLACK_BOT_TOKEN" in said(result)


def test_import_names_every_bad_row_and_touches_nothing(home: Path) -> None:
    bad = home / "bad.csv"
    rows = [f"c{n},bad\n" for n in range(300)]
    bad.write_text("customer,contract_date\n" + "".join(rows) + "Acme\x1b[2J,bad\n")

    result = call("import", "bad.csv", LANG="ja_JP.UTF-8")

    assert result.exit_code == 1
    assert "2行目 契約日：「bad」は日付として読めません" in said(result)
    assert "301行目" in said(result)
    assert "\x1b" not in said(result)
    assert not (home / "goen.db").exists()


def test_a_large_file_shows_its_progress(home: Path, slack: Sandbox) -> None:
    (home / "many.csv").write_text("customer\n" + "".join(f"Company {n}\n" for n in range(1_200)))

    result = call("import", "many.csv", SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_API_URL=slack.api_url)

    assert "1,200 new" in said(result)
    assert "Import customers" in said(result)


def test_import_asks_which_of_two_workspaces_is_meant(home: Path, lived_in: Stage) -> None:
    with lived_in.bot.store.write() as conn:
        known = workspaces.get(conn, TEAM)
        assert known
        workspaces.create(conn, type(known)(**(vars(known) | {"team_id": "T2"})), datetime.now(UTC))
    (home / "a.csv").write_text("customer\nAcme\n")

    assert "--team" in said(call("import", "a.csv"))
    assert call("import", "a.csv", "--team", "T2").exit_code == 0
    with lived_in.bot.store.read() as conn:
        assert customers.named(conn, "T2", "Acme")
        assert not customers.named(conn, TEAM, "Acme")
