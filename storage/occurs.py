"""`occurs(needle, column)`: whether a text stands somewhere in a column, taken literally.

LIKE with an escape costs twice as much on SQLite and needs its wildcards quoted.
"""

from typing import Any

from sqlalchemy import Boolean
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class occurs(FunctionElement[bool]):  # noqa: N801 - it is written as a function in statements
    """`occurs(needle, column)`."""

    type = Boolean()
    inherit_cache = True


@compiles(occurs, "sqlite")
def _on_sqlite(element: occurs, compiler: SQLCompiler, **kw: Any) -> str:
    needle, column = element.clauses
    return f"instr({compiler.process(column, **kw)}, {compiler.process(needle, **kw)}) > 0"


@compiles(occurs, "postgresql")
def _on_postgresql(element: occurs, compiler: SQLCompiler, **kw: Any) -> str:
    needle, column = element.clauses
    return f"strpos({compiler.process(column, **kw)}, {compiler.process(needle, **kw)}) > 0"
