"""When the database itself is in trouble: what passes by itself, and what may have been written.

A transaction whose connection broke before its commit was sent has certainly not happened. One
whose connection broke during the commit may have. Either is safe to try again when the first thing
it does is to claim its inbox key: the second attempt waits for the first to end, and finds the key
taken if that one was committed.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InternalError, OperationalError, TimeoutError

T = TypeVar("T")

_PAUSE = 0.1
"""Seconds between two attempts; a restarted PostgreSQL is back within one or two."""
_PASSING = frozenset({"40001", "40P01", "57P01", "57P02", "57P03"})
"""A conflict of two transactions, a server that stops, crashes or starts: SQLSTATEs of PostgreSQL,
https://www.postgresql.org/docs/current/errcodes-appendix.html. All roll back."""
_CONNECTION = "08"


class Late(Exception):
    """The transaction could not end in time and was rolled back: nothing was written."""


class Unsure(Exception):
    """The connection broke during the commit: what was to be written may have been."""


TROUBLE = (OperationalError, InternalError, TimeoutError, Late, Unsure)
"""Everything by which a sound transaction fails: locked, full, gone, read-only, too slow."""


def is_passing(error: BaseException) -> bool:
    """Whether a transaction that failed by this error may work when it is tried again at once."""
    if isinstance(error, Unsure):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    # SQLite's errors have no SQLSTATE; PostgreSQL's have none when there was no connection at all.
    state: str | None = getattr(error.orig, "sqlstate", "")
    if state is None:
        return isinstance(error, OperationalError)
    return state in _PASSING or state.startswith(_CONNECTION)


def until_it_passes(work: Callable[[], T], until: float) -> T:
    """Do `work`, again and again while the database's trouble is of the kind that passes.

    `work` must be safe to repeat, see above. `until` is an instant of `time.monotonic()`, after
    which the last error is raised.

    Raises:
        Unsure: none of the attempts ended well, and one of them may have been committed.
    """
    unsure: Unsure | None = None
    while True:
        try:
            return work()
        except TROUBLE as error:
            unsure = error if isinstance(error, Unsure) else unsure
            if is_passing(error) and time.monotonic() + _PAUSE < until:
                time.sleep(_PAUSE)
                continue
            if unsure and unsure is not error:
                raise unsure from error
            raise
