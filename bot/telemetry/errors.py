"""Naming an error without its message.

A message may quote what it failed on: a row, a form, an address with a token in it. What is left
here still tells an operator where to look: the type, and the code that Slack, the database or the
operating system gave it.
"""

import errno
import re
from collections.abc import Iterator

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


def named(error: BaseException) -> str:
    """For example `SlackApiError is_archived` or `OperationalError SQLITE_BUSY`."""
    code = _code(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, the latest first."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)


def word_of(text: str | None) -> str:
    """The word that a stored error begins with: Slack's code, or the type of an exception."""
    found = _WORD.match(text or "")
    return found.group() if found else "unknown"


def _code(error: BaseException) -> str:
    """What Slack, the database's driver or the system calls it; empty when nobody does."""
    told = [
        _of_slack(error),
        getattr(error, "sqlstate", None),
        getattr(error, "sqlite_errorname", None),
    ]
    for inner in (getattr(error, "orig", None), getattr(error, "reason", None)):
        if isinstance(inner, BaseException):
            told.append(named(inner))
    if isinstance(error, OSError) and error.errno:
        told.append(errno.errorcode.get(error.errno, str(error.errno)))
    return next((one for one in told if one), "")


def _of_slack(error: BaseException) -> str:
    get = getattr(getattr(error, "response", None), "get", None)
    code = get("error") if get else None
    return code if isinstance(code, str) and _WORD.fullmatch(code) else ""
