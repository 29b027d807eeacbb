"""`import-signals`: what other systems know, from a file; each row for itself, and once."""

from pathlib import Path

from tests.cli.terminal import call, said
from tests.house import Stage

HEADER = "signal,at,customer,score,metric,value\n"


def test_a_file_is_taken_in_once(home: Path, lived_in: Stage) -> None:
    assert lived_in.bot.team_id
    (home / "s.csv").write_text(
        HEADER + "nps,2026-11-15,山田製作所,10,,\nusage,2026-11-15,山田製作所,,席,42\n"
    )
    first, again = call("import-signals", "s.csv"), call("import-signals", "s.csv")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "2 new, 0 known already, 0 not taken" in said(first)
    assert "0 new, 2 known already, 0 not taken" in said(again)


def test_bad_rows_are_named_and_the_others_taken(home: Path, lived_in: Stage) -> None:
    assert lived_in.bot.team_id
    (home / "s.csv").write_text(
        HEADER + "nps,2026-11-15,山田製作所,10,,\nnps,2026-11-15,Nobody\x1b[2J Inc.,9,,\n"
    )
    result = call("import-signals", "s.csv")

    assert result.exit_code == 1
    assert "1 new, 0 known already, 1 not taken" in said(result)
    assert "Row 3: " in said(result)
    assert "\x1b" not in said(result)


def test_a_file_of_customers_is_no_file_of_signals(home: Path, lived_in: Stage) -> None:
    assert lived_in.bot.team_id
    (home / "c.csv").write_text("customer,kind\nAcme,customer\n")

    result = call("import-signals", "c.csv")

    assert result.exit_code == 1
    assert "“signal” column" in said(result)


def test_a_large_file_shows_its_progress(home: Path, lived_in: Stage) -> None:
    assert lived_in.bot.team_id
    rows = [f"usage,2026-11-15,山田製作所,,席,{n}\n" for n in range(1_100)]
    (home / "many.csv").write_text(HEADER + "".join(rows))

    assert "1,100 new" in said(call("import-signals", "many.csv"))
