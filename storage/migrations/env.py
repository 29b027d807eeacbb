"""Run by Alembic. One migration at a time, whichever replica starts first."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.engine import open_engine
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
    try:
        with engine.begin() as conn:
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
    finally:
        engine.dispose()


run()
