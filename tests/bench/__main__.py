"""`make bench`: the numbers of the README, each beside its floor.

make bench                        prints the table, and keeps it in test-output/bench.md
make bench ARGS=--write           puts it into README.md and README.ja.md as well
make bench ARGS="whom start"      only some of its rows
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.rows import ALL, FULL, TINY, measure
from tests.bench.table import LANGUAGES, markdown, write_into
from tests.house import ROOT, Postgres

_OUTPUT = ROOT / "test-output" / "bench.md"
_READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ALL)}")
    parser.add_argument("--write", action="store_true", help="into the READMEs")
    parser.add_argument("--tiny", action="store_true", help="only to see that it works")
    chosen = parser.parse_args()
    if unknown := set(chosen.rows) - set(ALL):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    began = time.monotonic()
    lines = []
    with tempfile.TemporaryDirectory(prefix="goen-bench-") as folder:
        postgres = Postgres(Path(folder) / "postgres")
        try:
            sizes = TINY if chosen.tiny else FULL
            for name, found in measure(chosen.rows or ALL, sizes, Path(folder), postgres):
                _note(f"{time.monotonic() - began:4.0f} s  {name}")
                lines += found
        finally:
            postgres.stop()
    today = datetime.now(UTC).date()
    tables = {language: markdown(lines, language, today) for language in LANGUAGES}
    _OUTPUT.parent.mkdir(exist_ok=True)
    _OUTPUT.write_text("\n\n".join(tables.values()) + "\n")
    _say(tables["en"])
    _note(f"{time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    if chosen.write:
        for language, readme in _READMES.items():
            write_into(readme, tables[language])


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _note(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
