"""The migrated schema is the one that the code works with, on both databases."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, inspect, select, text

from storage.engine import Store, open_engine
from storage.inbox import record
from storage.migrate import NewerDatabase, migrate, newest_schema, schema_of
from storage.tables import audit, metadata
from storage.upgrading import SCRIPTS
from tests.house import ROOT

NOW = datetime(2026, 11, 16, tzinfo=UTC)


def test_the_migrations_make_exactly_the_tables_of_the_code(store: Store) -> None:
    with store.read() as conn:
        # SQLite gives defaults back as they were quoted, which Alembic takes for a difference.
        opts = {"compare_type": True, "compare_server_default": not store.is_sqlite}
        context = MigrationContext.configure(conn, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_every_index_is_there_and_covers_only_the_rows_it_is_meant_for(store: Store) -> None:
    with store.read() as conn:
        found = {
            (index["name"], _is_partial(index["dialect_options"]))
            for table in metadata.tables
            for index in inspect(conn).get_indexes(table)
            if not index.get("duplicates_constraint") and index["name"]
        }

    wanted = {
        (index.name, _is_partial(index.dialect_kwargs))
        for table in metadata.tables.values()
        for index in table.indexes
    }
    assert found == wanted


def test_a_migrated_database_knows_its_version_and_migrating_again_changes_nothing(
    database_url: str,
) -> None:
    migrate(database_url)
    migrate(database_url)

    store = Store(open_engine(database_url))
    with store.read() as conn:
        assert schema_of(conn) == newest_schema()
    store.close()


def test_a_database_that_was_never_migrated_has_no_version(database_url: str) -> None:
    store = Store(open_engine(database_url))
    with store.read() as conn:
        assert schema_of(conn) is None
    store.close()


def test_the_files_of_the_migrations_are_numbered_as_alembic_runs_them() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    run = [script.revision for script in scripts.walk_revisions()]
    files = [Path(script.path).name.split("_")[0] for script in scripts.walk_revisions()]
    assert run == files == sorted(files, reverse=True)
    assert run[0] == newest_schema()


def _is_partial(options: Mapping[str, object]) -> bool:
    return any(name.endswith("_where") for name in options)


def test_five_processes_that_start_at_once_migrate_once_and_all_end_well(
    database_url: str,
) -> None:
    surroundings = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "LANG": "en_US.UTF-8"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "bot", "migrate"],
            env=surroundings | {"DATABASE_URL": database_url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(5)
    ]
    said = [process.communicate()[0] for process in started]

    assert [process.returncode for process in started] == [0] * 5, said
    store = Store(open_engine(database_url))
    with store.read() as conn:
        assert schema_of(conn) == newest_schema()
    store.close()


def test_a_newer_database_is_refused_and_left_alone(store: Store, database_url: str) -> None:
    with store.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerDatabase, match="9999"):
        migrate(database_url)

    with store.read() as conn:
        assert schema_of(conn) == "9999"


def test_the_id_of_a_deleted_row_is_never_given_to_another(store: Store) -> None:
    """A button in Slack may hold it for years."""
    numbered = [table for table in metadata.tables.values() if "id" in table.c]
    if store.is_sqlite:
        with store.read() as conn:
            words = text("SELECT sql FROM sqlite_master WHERE name = :name")
            made = {
                table.name: conn.execute(words, {"name": table.name}).scalar_one()
                for table in numbered
                if "team_id" in table.c and not table.name.startswith("slack_")
            }
        assert [name for name, sql in made.items() if "AUTOINCREMENT" not in sql] == []
    with store.write() as conn:
        record(conn, "T1", NOW, "U1", "test", "row", 1)
        first = conn.execute(select(audit.c.id)).scalar_one()
        conn.execute(delete(audit))
        record(conn, "T1", NOW, "U1", "test", "row", 1)
        assert conn.execute(select(audit.c.id)).scalar_one() > first
