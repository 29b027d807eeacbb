"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    String,
    literal_column,
)
from sqlalchemy.dialects.sqlite import INTEGER
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=StrEnum)

Identity64 = BigInteger().with_variant(INTEGER(), "sqlite")
"""A 64-bit key; SQLite only autoincrements a column that is spelled INTEGER."""

SlackId = String(32)
RequestId = String(16)
"""Which request, tick or errand caused a row, as the log names it."""


def spelled(column: Column[Any], word: StrEnum) -> ColumnElement[bool]:
    """`column = 'word'` with the word spelled out: SQLite finds a partial index by the text of a
    condition and not by its parameters."""
    return column == literal_column(f"'{word.value}'")


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out. SQLite alone would give naive values back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: everything stored is aware UTC")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[E]):
    """One of the playbook's closed sets, stored as its value."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> E | None:
        return None if value is None else self.words(value)
