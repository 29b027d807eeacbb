"""Each row of `make bench` still measures something; its numbers are for a quiet machine."""

from datetime import date
from pathlib import Path

import pytest

from tests.bench.rows import ALL, TINY, measure
from tests.bench.table import LANGUAGES, markdown, write_into
from tests.house import Postgres


@pytest.mark.parametrize("row", ALL)
def test_a_row_measures_something_beside_its_floor(
    row: str, tmp_path: Path, postgres: Postgres
) -> None:
    [(_, lines)] = measure([row], TINY, tmp_path, postgres)
    assert lines
    for language in LANGUAGES:
        table = markdown(lines, language, date(2026, 11, 16))
        assert len(table.splitlines()) == len(lines) + 4


def test_the_table_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("a\n<!-- bench -->\nold\n<!-- /bench -->\nb\n")
    write_into(readme, "| new |")
    write_into(readme, "| newer |")
    assert readme.read_text() == "a\n<!-- bench -->\n| newer |\n<!-- /bench -->\nb\n"


def test_a_readme_without_a_place_is_left_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("a\n")
    with pytest.raises(ValueError, match="no place"):
        write_into(readme, "| new |")
    assert readme.read_text() == "a\n"
