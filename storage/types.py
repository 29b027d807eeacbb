"""Column types that behave alike on SQLite and PostgreSQL."""

from collections.abc import Callable
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

_ZONE = "+00:00"
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
        in_utc = _in_utc(value)
        return in_utc.replace(tzinfo=None) if in_utc and dialect.name == "sqlite" else in_utc

    # Without these two a value would pass through SQLAlchemy's own conversions for SQLite as well,
    # which take several times as long and write and read the very same text.
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _to_text if dialect.name == "sqlite" else _in_utc

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None]:
        return _from_text if dialect.name == "sqlite" else _in_utc


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError(f"naive datetime {value!r}: everything stored is aware UTC")
    return value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    in_utc = _in_utc(value)
    return in_utc.isoformat(" ", "microseconds").removesuffix(_ZONE) if in_utc else None


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + _ZONE)


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
