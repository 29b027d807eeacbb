"""What stands in a database: to see whether a request changed it, and to put it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Table, select, text

from storage.engine import Store
from storage.tables import delivery, metadata

_ANSWER = "answer"


Content = frozenset[tuple[str, str, str]]
"""The rows of everything, each as the table, the workspace and its values."""


class Row(NamedTuple):
    """One row, as a text to compare."""

    table: str
    team_id: str
    values: str


@dataclass
class Ledger:
    """Every row but what an answer may leave: its inbox key, and the answer itself."""

    store: Store
    kept: Mapping[str, list[dict[str, Any]]]
    content_of: str
    _read_to: int = 0

    @classmethod
    def of(cls, store: Store) -> "Ledger":
        """Remember everything as it is now."""
        with store.read() as conn:
            kept = {
                table.name: [dict(row) for row in conn.execute(select(table)).mappings()]
                for table in metadata.sorted_tables
            }
        shown = (_shown(table, is_sqlite=store.is_sqlite) for table in metadata.sorted_tables)
        return cls(store, kept, " UNION ALL ".join(shown))

    def content(self) -> Content:
        with self.store.read() as conn:
            # Past SQLAlchemy, which would take longer for the rows than the request took.
            cursor = conn.connection.cursor()
            cursor.execute(self.content_of)
            return frozenset(cursor.fetchall())

    def new_answers(self) -> list[str]:
        """What has come to be owed to those who asked, by way of their response_url."""
        wanted = select(delivery.c.id, delivery.c.payload).where(
            delivery.c.kind == _ANSWER, delivery.c.id > self._read_to
        )
        with self.store.read() as conn:
            found = conn.execute(wanted).all()
        self._read_to = max((row.id for row in found), default=self._read_to)
        return [str(row.payload) for row in found]

    def changed(self, before: Content) -> frozenset[Row]:
        """The rows that stand now and did not, and those that did."""
        return frozenset(map(Row._make, self.content() ^ before))

    def put_back(self, changed: Iterable[Row]) -> None:
        """Restore the tables of these rows, whatever refers to them."""
        self._restore({row.table for row in changed})

    def put_all_back(self) -> None:
        self._restore(set(self.kept))

    def _restore(self, names: set[str]) -> None:
        with self.store.write() as conn:
            conn.execute(text(_NO_REFERENCES[self.store.is_sqlite]))
            for table in metadata.sorted_tables:
                if table.name in names:
                    conn.execute(table.delete())
                    if self.kept[table.name]:
                        conn.execute(table.insert(), self.kept[table.name])
            if delivery.name in names:
                # On SQLite the ids begin again.
                self._read_to = max((row["id"] for row in self.kept[delivery.name]), default=0)


_NO_REFERENCES = {
    True: "PRAGMA defer_foreign_keys=ON",
    False: "SET LOCAL session_replication_role = replica",
}


def _shown(table: Table, *, is_sqlite: bool) -> str:
    """A query for the rows of a table."""
    names = [f'"{column.name}"' for column in table.columns if column.name != "refreshed_at"]
    values = (
        "||','||".join(f"quote({name})" for name in names)
        if is_sqlite
        else f"ROW({','.join(names)})::text"
    )
    team = "team_id" if "team_id" in table.columns else "''"
    where = {"inbox": "1=0", "delivery": f"kind <> '{_ANSWER}'"}.get(table.name, "1=1")
    return f"SELECT '{table.name}', {team}, {values} FROM \"{table.name}\" WHERE {where}"
