"""One workspace can never read or write another's rows: shown for every prebuilt statement here,
and by `watch` for everything that is executed in any test."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import ClauseElement

import storage
from storage.tables import metadata
from storage.upsert import upsert
from tests.house import ROOT
from tests.scope.excused import EXCUSED, reason_for
from tests.scope.reading import loose

_UNBOUND_TABLES = {"oauth_state"}
"""Tables without a workspace: what is known before there is one."""


@cache
def prebuilt() -> Mapping[str, ClauseElement]:
    """Every statement that a module of `storage` builds when it is imported, by where it stands."""
    found: dict[str, ClauseElement] = {}
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if ".migrations" in module.name or ".tables" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            found |= dict(_statements(value, f"{module.name}.{name}"))
    return found


def _statements(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, ClauseElement]]:
    if isinstance(value, ClauseElement) and isinstance(value, Executable):
        yield name, value
    elif depth > 3 or isinstance(value, type):
        return
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _statements(one, f"{name}[{key}]", depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for n, one in enumerate(value):
            yield from _statements(one, f"{name}[{n}]", depth + 1)
    elif type(value).__module__.startswith("storage.") and hasattr(value, "__dict__"):
        for key, one in vars(value).items():
            yield from _statements(one, f"{name}.{key}", depth + 1)


def test_every_prebuilt_statement_stays_within_one_workspace() -> None:
    found = {name: beyond for name, one in prebuilt().items() if (beyond := loose(one))}
    assert {name: beyond for name, beyond in found.items() if not reason_for(name)} == {}


def test_there_are_enough_of_them_for_that_to_mean_something() -> None:
    assert len(prebuilt()) > 250


@pytest.mark.parametrize("name", sorted(EXCUSED))
def test_an_excuse_is_for_something_that_needs_one(name: str) -> None:
    parent, _, last = name.rpartition(".")
    is_function = callable(getattr(_module(parent), last, None)) if parent != "storage" else False
    beyond = [one for one, made in prebuilt().items() if one.startswith(name) and loose(made)]
    assert is_function or beyond, f"{name} needs no excuse any more"


def _module(name: str) -> Any:
    return importlib.import_module(name) if name else None


def test_every_table_of_a_workspace_s_rows_says_whose_they_are() -> None:
    for table in metadata.sorted_tables:
        if table.name in _UNBOUND_TABLES:
            continue
        assert "team_id" in table.c, table.name
        assert not table.c.team_id.nullable, table.name
        assert table.c.team_id.default is None and table.c.team_id.server_default is None


def test_only_storage_speaks_sql() -> None:
    builders = {"select", "insert", "update", "delete", "upsert", "text"}
    found = []
    for room in ("bot", "handlers", "scheduler"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                    ("sqlalchemy", "storage.upsert")
                ):
                    found += [
                        f"{path.relative_to(ROOT)}: {one.name}"
                        for one in node.names
                        if one.name in builders
                    ]
    assert found == []


# -- what the reading sees ---------------------------------------------------------------------

_M = MetaData()
A = Table("a", _M, Column("id", Integer, primary_key=True), Column("team_id", String(9)))
B = Table(
    "b",
    _M,
    Column("id", Integer, primary_key=True),
    Column("a_id", Integer),
    Column("team_id", String(9)),
)
FREE = Table("free", _M, Column("id", Integer, primary_key=True))
TEAM = bindparam("team")
MINE = A.c.team_id == TEAM
OF_B = B.c.team_id == TEAM

GOOD = {
    "bound by a value": select(A).where(MINE),
    "bound the other way round": select(A).where(A.c.team_id == TEAM),
    "a table without workspace": select(FREE),
    "both tables bound": select(A, B).where(MINE, OF_B),
    "the second by the first": select(A)
    .join(B, (B.c.a_id == A.c.id) & (B.c.team_id == A.c.team_id))
    .where(MINE),
    "an inner select of its own": select(A).where(MINE, A.c.id.in_(select(B.c.a_id).where(OF_B))),
    "by the row around it": select(A).where(MINE, exists().where(B.c.team_id == A.c.team_id)),
    "picked by id from a bound select": select(A).where(A.c.id.in_(select(A.c.id).where(MINE))),
    "an update": update(A).where(MINE, A.c.id == 1).values(id=2),
    "a delete": delete(A).where(MINE),
    "an insert": insert(A),
    "both halves of a union": select(A.c.id).where(MINE).union_all(select(B.c.id).where(OF_B)),
    "out of a bound subquery": select(select(A).where(MINE).subquery()),
    "a conflict within one workspace": upsert(A).on_conflict_do_update(
        index_elements=["team_id", "id"], set_={"id": 1}
    ),
}
BAD = {
    "nothing at all": select(A),
    "by id only": select(A).where(A.c.id == bindparam("id")),
    "beside an or": select(A).where(or_(MINE, A.c.id == 1)),
    "any of several workspaces": select(A).where(A.c.team_id.in_(["T1", "T2"])),
    "another workspace than": select(A).where(A.c.team_id != TEAM),
    "a join by id": select(A).join(B, B.c.a_id == A.c.id).where(MINE),
    "a loose inner select": select(A).where(MINE, A.c.id.in_(select(B.c.a_id))),
    "a loose exists": select(A).where(MINE, exists().where(B.c.a_id == A.c.id)),
    "a loose scalar": select(A, select(func.count(B.c.id)).scalar_subquery()).where(MINE),
    "half of a union": select(A.c.id).where(MINE).union_all(select(B.c.id)),
    "out of a loose subquery": select(select(A).subquery()),
    "out of a loose cte": select(select(A).cte("c")),
    "an alias": select(A, A.alias("other")).where(MINE),
    "equal to another loose one": select(A, B).where(A.c.team_id == B.c.team_id),
    "picked by id from a loose select": select(A).where(A.c.id.in_(select(A.c.id))),
    "picked by another column": select(A).where(A.c.id.in_(select(B.c.a_id).where(OF_B))),
    "an update of all": update(A).values(id=2),
    "an update by a loose value": update(A).where(MINE).values(id=select(B.c.id).scalar_subquery()),
    "an update that gives a row away": update(A).where(MINE).values(team_id="T2"),
    "a delete by id": delete(A).where(A.c.id == 1),
    "an insert of what is read elsewhere": insert(A).from_select(["id"], select(B.c.id)),
    "a conflict by id": upsert(A).on_conflict_do_update(index_elements=["id"], set_={"id": 1}),
    "all": select(A).where(true()),
}


@pytest.mark.parametrize("name", GOOD)
def test_the_reading_lets_this_pass(name: str) -> None:
    assert loose(GOOD[name]) == []


@pytest.mark.parametrize("name", BAD)
def test_the_reading_finds_this(name: str) -> None:
    assert loose(BAD[name]) != []
