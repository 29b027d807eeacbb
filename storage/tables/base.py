"""What all tables share: their metadata, keys, and who wrote a row.

Each row carries the Slack workspace it belongs to (`team_id`), and every query names it. Times are
aware UTC, money is integer minor units with an ISO currency, and rows that people work with are
marked with `deleted_at` so that a deletion can be undone and an old button still finds its record.
"""

from typing import Any, Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    MetaData,
    Table,
    text,
)

from storage.types import Identity64, SlackId, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> Column[int]:
    return Column("id", Identity64, primary_key=True, autoincrement=True)


NEVER_AGAIN: Final[dict[str, Any]] = {"sqlite_autoincrement": True}
"""The id of a row that is gone is never given to another: buttons in Slack live on."""


def team(*, primary_key: bool = False) -> Column[str]:
    return Column("team_id", SlackId, nullable=False, primary_key=primary_key)


def of(table: str, *, nullable: bool = False) -> Column[int]:
    """A reference to one row of another table, named after it."""
    return Column(f"{table}_id", Identity64, ForeignKey(f"{table}.id"), nullable=nullable)


def written() -> tuple[Column[object], Column[object], Column[object]]:
    """Who wrote the row and when, and when somebody deleted it."""
    return (
        Column("created_by", SlackId, nullable=False),
        Column("created_at", UtcDateTime, nullable=False),
        Column("deleted_at", UtcDateTime),
    )


def way_back(table: Table, column: str) -> None:
    """Index a reference that is mostly read the other way: whoever deletes what it refers to, asks
    whether it is there."""
    there = text(f"{column} IS NOT NULL")
    Index(
        f"ix_{table.name}_{column}",
        table.c[column],
        sqlite_where=there,
        postgresql_where=there,
    )


_LIVE = text("deleted_at IS NULL")


def live_index(table: Table, *columns: str) -> None:
    Index(
        f"ix_{table.name}_{'_'.join(columns)}_live",
        *(table.c[name] for name in columns),
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
