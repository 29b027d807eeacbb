"""Every statement that Goen executes in any test, watched: whose rows it may touch, and whose it
names.

The whole suite is the proof. A statement that is loose (see `reading`) and not excused, or that
names another workspace than the one whose request is being served, fails the test it ran in.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.sql.elements import ClauseElement, TextClause

from bot.telemetry.about import current
from storage.tables import metadata
from tests.house import ROOT
from tests.scope.excused import reason_for
from tests.scope.reading import loose

_ROOMS = tuple(f"{ROOT / room}/" for room in ("bot", "handlers", "scheduler", "storage"))
_NOT_OURS = (f"{ROOT / 'storage' / 'migrations'}/", f"{ROOT / 'bot' / 'sandbox'}/")
_TESTS = f"{ROOT / 'tests'}/"
_TABLES = re.compile(
    r"\b(?:FROM|JOIN|INTO|UPDATE)\s+\"?("
    + "|".join(table.name for table in metadata.sorted_tables if "team_id" in table.c)
    + r")\b",
    re.IGNORECASE,
)


class Watch:
    """What was found so far in this process. `findings` are sentences."""

    def __init__(self) -> None:
        self.findings: list[str] = []
        self.watched = 0
        self._known: dict[Any, list[str]] = {}

    def install(self) -> None:
        event.listen(Engine, "before_execute", self._before_execute)
        event.listen(Engine, "before_cursor_execute", self._before_cursor)

    def _before_execute(
        self,
        _conn: Connection,
        statement: ClauseElement,
        many: Any,
        one: Mapping[str, Any],
        _options: Any,
    ) -> None:
        place = _place(sys._getframe(1))
        if place is None or isinstance(statement, TextClause):
            return
        self.watched += 1
        found = self._loose(statement)
        if found and not reason_for(place):
            self.findings.append(f"{place} reaches beyond one workspace: {', '.join(found)}")
        served = current().get("team_id")
        for named in _teams(many, one):
            if served is not None and named != served:
                self.findings.append(f"{place} names {named} while {served} is served")

    def _before_cursor(
        self, _conn: Connection, _cursor: Any, sql: str, _parameters: Any, context: Any, _many: bool
    ) -> None:
        compiled = context.compiled if context is not None else None
        if compiled is not None and not isinstance(compiled.statement, TextClause):
            return
        place = _place(sys._getframe(1))
        touched = _TABLES.search(sql)
        if place and touched and not reason_for(place):
            self.findings.append(f"{place} touches {touched[1]} by SQL that nobody can judge")

    def _loose(self, statement: ClauseElement) -> list[str]:
        key = statement._generate_cache_key()
        # Kept by its form: the same statement comes thousands of times, built anew or not.
        known = key.key if key is not None else None
        if known is None:
            return loose(statement)
        if known not in self._known:
            self._known[known] = loose(statement)
        return self._known[known]


WATCH = Watch()


def _teams(many: Any, one: Mapping[str, Any]) -> Iterator[str]:
    """The workspaces that the parameters of a statement name."""
    for row in (*(many or ()), one):
        if isinstance(row, Mapping):
            yield from (row[name] for name in ("team", "team_id") if row.get(name) is not None)


def _place(frame: FrameType | None) -> str | None:
    """The function of Goen that executes something; None for tests, migrations and the sandbox."""
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(_ROOMS):
            if path.startswith(_NOT_OURS):
                return None
            module = Path(path).relative_to(ROOT).with_suffix("")
            return f"{'.'.join(module.parts)}.{frame.f_code.co_qualname}"
        if path.startswith(_TESTS):
            return None
        frame = frame.f_back
    return None
