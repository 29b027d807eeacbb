"""Whether a statement stays within one workspace, read from the statement itself.

Every table that carries `team_id` and stands in a FROM, an UPDATE or a DELETE must be bound, by a
condition that always holds (not beside an OR):

- `team_id = :value`, or `team_id` equal to that of something bound;
- its primary key being among those of a bound SELECT of the same table;
- where its primary key is another table's, as with the state of a contact, belonging to a bound row
  of that table.

Each SELECT inside of another is judged by itself; only a table that it takes from the one around it
is as bound as it is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Delete, Insert, Table, Update
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ClauseElement,
    Grouping,
)
from sqlalchemy.sql.selectable import (
    CTE,
    Alias,
    CompoundSelect,
    FromClause,
    Join,
    ScalarSelect,
    Select,
    SelectStatementGrouping,
    Subquery,
)

TEAM = "team_id"


def loose(statement: ClauseElement) -> list[str]:
    """What in a statement reaches beyond one workspace: names of tables, or what is wrong."""
    return list(dict.fromkeys(_loose(statement, frozenset())))


def is_about_tables(statement: ClauseElement) -> bool:
    """Whether a statement touches a table of workspaces' rows at all."""
    return any(_has_team(part) for part in _walk(statement) if isinstance(part, Table))


def _walk(part: ClauseElement) -> Iterator[ClauseElement]:
    seen: set[int] = set()
    stack = [part]
    while stack:
        one = stack.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        stack += list(one.get_children())
        if isinstance(one, Select):
            stack += _froms(one)
        if isinstance(one, Update | Delete | Insert):
            stack.append(one.table)


def _froms(select: Select[Any]) -> Sequence[FromClause]:
    """What a SELECT reads from, before anything is taken from around it."""
    # Select.get_final_froms() would compile it for a dialect that lacks our own constructs.
    state: Any = select._compile_state_factory(select, None)  # type: ignore[arg-type]
    found: Sequence[FromClause] = state._get_display_froms()
    return found


def _has_team(source: Any) -> bool:
    return isinstance(source, Table) and TEAM in source.c


def _loose(statement: ClauseElement, around: frozenset[FromClause]) -> Iterator[str]:
    match statement:
        case CompoundSelect():
            for one in statement.selects:
                yield from _loose(one, around)
        case SelectStatementGrouping():
            yield from _loose(statement.element, around)
        case Select():
            yield from _loose_select(statement, around)
        case Update() | Delete():
            yield from _loose_change(statement)
        case Insert():
            yield from _loose_insert(statement)
        case _:
            for nested in _nested(statement):
                yield from _loose(nested, around)


def _loose_select(select: Select[Any], around: frozenset[FromClause]) -> Iterator[str]:
    sources, conditions = [], list(select._where_criteria)
    for source in _froms(select):
        for part, condition in _flat(source):
            sources.append(part)
            if condition is not None:
                conditions.append(condition)
    own = [one for one in sources if one not in around]
    bound = _bound(own, conditions, around)
    for source in own:
        yield from _loose_source(source, bound)
    inside = bound | around
    for part in (*select._raw_columns, *conditions, *select._having_criteria):
        if isinstance(part, FromClause):
            continue
        for nested in _nested(part):
            yield from _loose(nested, inside)


def _loose_source(source: FromClause, bound: frozenset[FromClause]) -> Iterator[str]:
    match source:
        case Table():
            if _has_team(source) and source not in bound:
                yield source.name
        case Subquery() | CTE():
            yield from _loose(source.element, frozenset())
        case Alias():
            if _has_team(source.element) and source not in bound:
                yield f"{source.element.name} as {source.name}"


def _loose_change(change: Update | Delete) -> Iterator[str]:
    table = change.table
    others = [part for source in getattr(change, "_extra_froms", ()) for part, _ in _flat(source)]
    conditions = list(change._where_criteria)
    bound = _bound([table, *others], conditions, frozenset())
    for source in (table, *others):
        yield from _loose_source(source, bound)
    values = dict(change._values or {}) if isinstance(change, Update) else {}
    if any(getattr(column, "name", column) == TEAM for column in values):
        yield f"{table.name} is given to another workspace"
    for part in (*conditions, *values.values()):
        if isinstance(part, ClauseElement):
            for nested in _nested(part):
                yield from _loose(nested, bound)


def _loose_insert(insert: Insert) -> Iterator[str]:
    """Each row has to name its workspace, because the column takes no NULL; what is read for it,
    and what it may run into, is judged here."""
    if insert.select is not None:
        yield from _loose(insert.select, frozenset())
    clause = insert._post_values_clause
    target = getattr(clause, "inferred_target_elements", None)
    changes_what_is_there = hasattr(clause, "update_values_to_set")
    if _has_team(insert.table) and changes_what_is_there:
        names = {getattr(one, "name", one) for one in target or ()}
        if TEAM not in names and clause.update_whereclause is None:
            yield f"{insert.table.name} runs into rows whose workspace nothing asks for"


def _flat(source: FromClause) -> Iterator[tuple[FromClause, ClauseElement | None]]:
    """The single sources of a FROM, and the conditions by which they are joined.

    What an outer join adds is only taken where its condition holds, so that counts too.
    """
    if not isinstance(source, Join):
        yield source, None
        return
    yield from _flat(source.left)
    yield from _flat(source.right)
    for condition in [source.onclause]:
        yield _NOTHING, condition


class _Nothing(FromClause):
    """A place in a FROM that holds a condition only."""


_NOTHING: Any = _Nothing()


def _bound(
    sources: Iterable[FromClause],
    conditions: Iterable[ClauseElement],
    around: frozenset[FromClause],
) -> frozenset[FromClause]:
    """The sources whose workspace is given. A SELECT in the FROM is judged where it stands: what
    comes out of it is bound if nothing in it is loose."""
    found = set(around)
    found |= {
        one
        for one in sources
        if isinstance(one, Subquery | CTE) and not list(_loose(one.element, frozenset()))
    }
    clauses = [clause for one in conditions for clause in _all_of(one)]
    found |= {clause.left.table for clause in clauses if _is_picked(clause)}
    links = [pair for clause in clauses for pair in _equal_teams(clause)]
    while True:
        more = {
            one
            for left, right in links
            for one, other in ((left, right), (right, left))
            if one is not None and one not in found and (other is None or other in found)
        }
        if not more:
            return frozenset(found)
        found |= more


def _all_of(condition: ClauseElement) -> Iterator[ClauseElement]:
    """The clauses that must all hold."""
    match condition:
        case Grouping():
            yield from _all_of(condition.element)
        case BooleanClauseList(operator=operators.and_):
            for clause in condition.clauses:
                yield from _all_of(clause)
        case _:
            yield condition


def _is_picked(clause: ClauseElement) -> bool:
    """Whether a row is picked by its primary key out of a bound SELECT of the same table."""
    if not isinstance(clause, BinaryExpression) or clause.operator is not operators.in_op:
        return False
    left, inner = clause.left, clause.right
    while isinstance(inner, Grouping | SelectStatementGrouping | ScalarSelect):
        inner = inner.element
    table = getattr(left, "table", None)
    if not isinstance(table, Table) or not isinstance(inner, Select) or loose(inner):
        return False
    return list(table.primary_key) == [left] and inner._raw_columns == [left]


def _equal_teams(
    clause: ClauseElement,
) -> Iterator[tuple[FromClause | None, FromClause | None]]:
    """A pair of sources whose workspace must be the same; None stands for a value that is given."""
    if not isinstance(clause, BinaryExpression) or clause.operator is not operators.eq:
        return
    left, right = _team_of(clause.left), _team_of(clause.right)
    if left is not False and right is not False and (left is None) + (right is None) < 2:
        yield left, right
    for one, other in ((clause.left, clause.right), (clause.right, clause.left)):
        if _is_part(one, other):
            yield one.table, other.table


def _is_part(one: Any, other: Any) -> bool:
    """Whether a row is keyed by the row of another table that it is a part of."""
    table = getattr(one, "table", None)
    return (
        isinstance(table, Table)
        and list(table.primary_key) == [one]
        and any(key.column is other for key in one.foreign_keys)
    )


def _team_of(side: ClauseElement) -> Any:
    """The source whose `team_id` this is, None for a given value, False for anything else."""
    if isinstance(side, BindParameter):
        return None
    source = getattr(side, "table", None)
    if isinstance(source, FromClause) and getattr(side, "name", "") == TEAM:
        return source
    return False


def _nested(part: ClauseElement) -> Iterator[ClauseElement]:
    """The SELECTs directly inside of an expression."""
    if isinstance(part, Select | CompoundSelect):
        yield part
        return
    for child in part.get_children():
        yield from _nested(child)
