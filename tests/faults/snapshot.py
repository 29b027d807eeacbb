"""A database as it was, put back in milliseconds: for hundreds of tries from the same beginning."""

from typing import Any

from sqlalchemy import insert, select

from storage.engine import Store
from storage.tables import metadata


class Snapshot:
    """All rows of all tables."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.read() as conn:
            self._rows: dict[str, list[dict[str, Any]]] = {
                table.name: [dict(row) for row in conn.execute(select(table)).mappings()]
                for table in metadata.sorted_tables
            }

    def restore(self) -> None:
        """Put them back; ids that were given since are not given again on PostgreSQL."""
        with self._store.write() as conn:
            for table in reversed(metadata.sorted_tables):
                conn.execute(table.delete())
            for table in metadata.sorted_tables:
                if self._rows[table.name]:
                    conn.execute(insert(table), self._rows[table.name])
