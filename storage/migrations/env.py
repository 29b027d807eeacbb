"""Run by Alembic. One migration at a time, whichever replica starts first."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine, event

from storage.engine import Store, open_engine
from storage.tables import metadata
from storage.types import Identity64, UtcDateTime, Word

_LOCK = 5_046_536
"""PostgreSQL's advisory lock of our migrations, any number that nobody else uses here."""


def plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """A migration stays readable for ever, so it names SQLAlchemy's own types and not ours."""
    if kind != "type":
        return False
    if item is Identity64:
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return "sa.String(32)" if isinstance(item, Word) else False


def run() -> None:
    engine = open_engine(context.config.attributes["database_url"])
    if engine.dialect.name == "sqlite":
        _let_tables_be_rebuilt(engine)
    try:
        # A writer's transaction: on SQLite the second process waits here, and finds all done.
        with Store(engine).write() as conn:
            if conn.dialect.name == "postgresql":
                conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            context.configure(
                connection=conn,
                target_metadata=metadata,
                render_as_batch=conn.dialect.name == "sqlite",
                compare_type=True,
                render_item=plain_type,
                transaction_per_migration=False,
            )
            with context.begin_transaction():
                context.run_migrations()
            _check_references(conn)
    finally:
        engine.dispose()


def _let_tables_be_rebuilt(engine: Engine) -> None:
    """SQLite changes a table by copying it and dropping the old one, which would empty or refuse
    whatever refers to it (https://www.sqlite.org/lang_altertable.html#otheralter)."""

    @event.listens_for(engine, "connect")
    def leave_references(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys=OFF")


def _check_references(conn: Connection) -> None:
    if conn.dialect.name != "sqlite":
        return
    broken = conn.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration left rows that refer to nothing: {broken[:5]}")


run()
