"""Every released version's database, with data in it, comes up to this one and the bot works on it.

The dumps in `released/` are written by `released/make.py`, once for each release.
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from bot.views import ids
from storage.engine import Store, open_engine
from storage.migrate import migrate, newest_schema, schema_of
from storage.tables import follow_up, metadata
from tests.house import EMMA, SATO, Clock, stage

RELEASED = Path(__file__).parent / "released"
VERSIONS = sorted({file.name.rsplit(".", 2)[0] for file in RELEASED.glob("*.sql")})
NEXT_MORNING = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
"""9:30 on a working day in Tokyo, after the history's last."""


@pytest.fixture(params=VERSIONS)
def released_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """A database as that version left it."""
    load(database_url, request.param)
    return database_url


def load(database_url: str, version: str) -> None:
    url = make_url(database_url)
    dump = (RELEASED / f"{version}.{url.get_backend_name()}.sql").read_text(encoding="utf-8")
    if url.get_backend_name() == "sqlite":
        with sqlite3.connect(url.database or "") as conn:
            conn.executescript(dump)
        conn.close()
        return
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as conn:
        conn.execute(dump.encode())


def counts(database_url: str) -> dict[str, int]:
    """The rows of each table that the first release had."""
    store = Store(open_engine(database_url))
    with store.read() as conn:
        found = {
            name: conn.execute(select(func.count()).select_from(text(name))).scalar_one()
            for name in metadata.tables
            if store.engine.dialect.has_table(conn, name)
        }
    store.close()
    return found


def test_nothing_is_lost_on_the_way_to_the_newest_schema(released_url: str) -> None:
    before = counts(released_url)
    assert before["referral"] > 1
    assert before["delivery"] > 20

    migrate(released_url)

    after = counts(released_url)
    assert {name: after[name] for name in before} == before
    store = Store(open_engine(released_url))
    with store.read() as conn:
        assert schema_of(conn) == newest_schema()
        opts = {"compare_type": True, "compare_server_default": not store.is_sqlite}
        context = MigrationContext.configure(conn, opts=opts)
        assert compare_metadata(context, metadata) == []
    store.close()


def test_the_bot_goes_on_where_the_release_stopped(released_url: str) -> None:
    with stage(released_url, by_socket=True, clock=Clock(NEXT_MORNING)) as live:
        live.settle()
        sato, emma = live.sandbox.act_as(SATO), live.sandbox.act_as(EMMA)
        digest = next(m for m in sato.dm() if f"'{ids.FOLLOW_UP_DONE}'" in str(m.blocks))

        sato.click(digest, ids.FOLLOW_UP_DONE)
        live.settle()

        changed = next(m for m in sato.dm() if m.ts == digest.ts)
        assert changed.blocks != digest.blocks
        assert "9" in emma.command("/nps", "「Calder Robotics」 9 still fine").words
        with live.bot.store.read() as conn:
            settled = select(func.count()).where(follow_up.c.settled_at >= NEXT_MORNING)
            assert conn.execute(settled).scalar_one() >= 1
        assert live.sandbox.refusals == []
