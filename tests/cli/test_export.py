"""`export`: everything of a workspace, safe to open."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import customers
from tests.cli.terminal import call, said
from tests.house import SATO, TEAM, Stage


def test_an_export_holds_everything_of_the_workspace_and_no_formula(
    home: Path, lived_in: Stage
) -> None:
    with lived_in.bot.store.write() as conn:
        customers.create(
            conn, TEAM, datetime.now(UTC), name="=HYPERLINK(1)", owner_id=None, created_by=SATO
        )
        customers.create(
            conn, "T2", datetime.now(UTC), name="Others", owner_id=None, created_by=SATO
        )

    result = call("export", "out", "--team", TEAM)

    assert result.exit_code == 0, result.output
    with (home / "out" / "customer.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["name"] for row in rows]
    assert "'=HYPERLINK(1)" in names
    assert "Others" not in names
    for table in ("nps", "referral", "follow_up", "audit", "person", "workspace", "delivery"):
        assert (home / "out" / f"{table}.csv").stat().st_size > 0
    everything = "".join(path.read_text() for path in (home / "out").iterdir())
    assert "/respond/" not in everything


@pytest.mark.usefixtures("lived_in")
def test_an_export_never_overwrites(home: Path) -> None:
    (home / "out").mkdir()
    (home / "out" / "mine.txt").write_text("x")

    assert call("export", "out").exit_code == 2
    assert [path.name for path in (home / "out").iterdir()] == ["mine.txt"]


@pytest.mark.usefixtures("home")
def test_an_export_of_an_empty_database_says_what_is_missing() -> None:
    assert "migrate" in said(call("export", "out"))
