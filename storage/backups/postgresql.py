"""A PostgreSQL database dumped and restored by PostgreSQL's own tools, in one transaction each."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL

from storage.backups.unfit import Unfit
from storage.engine import Store, open_engine
from storage.tables import metadata

_VERSION = re.compile(r"^COPY [^\n]*alembic_version[^\n]*\n(\S+)\n", re.MULTILINE)
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def back_up(url: URL, file: Path) -> None:
    """As `pg_dump --format=custom` writes it."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def schema_in(file: Path) -> str | None:
    """The schema of a backup. Raises Unfit."""
    said = _call("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
    found = _VERSION.search(said)
    if not found:
        raise Unfit("not_ours", file=file)
    return found[1]


def restore(url: URL, file: Path) -> None:
    """In the place of whatever tables of ours are there."""
    _check_alone(url)
    with tempfile.TemporaryDirectory() as folder:
        clear, script = Path(folder) / "clear.sql", Path(folder) / "restore.sql"
        ours = ", ".join(f'"{name}"' for name in ("alembic_version", *metadata.tables))
        clear.write_text(f"DROP TABLE IF EXISTS {ours} CASCADE;\n", encoding="utf-8")
        _call("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
        quietly = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
        _run(url, "psql", *quietly, "--single-transaction", f"--file={clear}", f"--file={script}")


def _check_alone(url: URL) -> None:
    store = Store(open_engine(url.render_as_string(hide_password=False)))
    try:
        with store.read() as conn:
            if conn.execute(_OTHERS).scalar_one():
                raise Unfit("running")
    finally:
        store.close()


def _run(url: URL, tool: str, *args: str) -> str:
    """The password goes by the environment: everybody may read a command line."""
    plain = url.set(drivername="postgresql")
    secret = {"PGPASSWORD": str(plain.password)} if plain.password else {}
    address = plain._replace(password=None).render_as_string(hide_password=False)
    return _call(tool, *args, f"--dbname={address}", surroundings=secret)


def _call(tool: str, *args: str, surroundings: Mapping[str, str] | None = None) -> str:
    path = shutil.which(tool)
    if path is None:
        raise Unfit("no_tool", tool=tool)
    done = subprocess.run(
        [path, *args],
        env=os.environ | dict(surroundings or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unfit("tool_failed", tool=tool, why=done.stderr.strip().splitlines()[0])
    return done.stdout
