"""Reading, adding and changing single rows of a table, always within one workspace."""

from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, insert, select, update

T = TypeVar("T")


class Rows(Generic[T]):
    """The rows of `table`, read as the frozen dataclass `shape` (its fields name the columns)."""

    def __init__(self, table: Table, shape: type[T]) -> None:
        self._shape = shape
        self.columns = [table.c[f.name] for f in fields(shape)]  # type: ignore[arg-type]
        mine = (table.c.team_id == bindparam("team"), table.c.id == bindparam("the_id"))
        self._get = select(*self.columns).where(*mine)
        self._add = insert(table).returning(table.c.id)
        self._change = update(table).where(*mine)
        self.select = select(*self.columns).where(table.c.team_id == bindparam("team"))

    def get(self, conn: Connection, team_id: str, row_id: int) -> T | None:
        """The row, deleted or not: an old button still finds what it is about."""
        found = self.all(conn, self._get, team_id, the_id=row_id)
        return found[0] if found else None

    def all(self, conn: Connection, statement: Select[Any], team_id: str, **params: Any) -> list[T]:
        """The rows of a statement made from `self.select`."""
        rows = conn.execute(statement, {"team": team_id, **params})
        return [self._shape(*row) for row in rows]

    def add(self, conn: Connection, team_id: str, **values: Any) -> int:
        """Insert a row; its id."""
        row_id: int = conn.execute(self._add, {"team_id": team_id, **values}).scalar_one()
        return row_id

    def change(self, conn: Connection, team_id: str, row_id: int, **values: Any) -> bool:
        """Set columns of a row; False when the workspace has no such row."""
        found = conn.execute(self._change.values(**values), {"team": team_id, "the_id": row_id})
        return found.rowcount == 1
