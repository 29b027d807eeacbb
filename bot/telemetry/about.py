"""What a line of the log is about: ids that everything logged meanwhile carries along.

They hang on the context, so that a query four calls below a handler needs no argument to say whose
request it serves. The request's id is also stored with every delivery and errand that it causes,
which ties the lines of a click to those of the message it brought.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_ID_BYTES = 8

_about: ContextVar[Mapping[str, str | int]] = ContextVar("goen_about", default={})  # noqa: B039 - never changed, only replaced


@contextmanager
def about(**ids: str | int | None) -> Iterator[None]:
    """While the block runs, lines carry these ids beside those of the blocks around it."""
    known = {name: value for name, value in ids.items() if value is not None}
    token = _about.set({**_about.get(), **known})
    try:
        yield
    finally:
        _about.reset(token)


def current() -> Mapping[str, str | int]:
    return _about.get()


def request_id() -> str | None:
    """The id of the request, tick or errand that is being served."""
    found = _about.get().get("request")
    return str(found) if found is not None else None


def id_of(key: str) -> str:
    """An id for the log: the key itself may hold a trigger, which is good for a form of ours."""
    return hashlib.blake2b(key.encode(), digest_size=_ID_BYTES).hexdigest()


def new_id() -> str:
    """For what no request caused, such as a tick."""
    return secrets.token_hex(_ID_BYTES)
