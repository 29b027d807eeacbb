"""A last look at the clock before a call's body leaves.

A process can be stopped, or sleep, between the moment in which it makes sure that a message is its
own to send, and the moment in which the bytes go. When it wakes, somebody else may have sent it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient


class TooLate(ConnectionRefusedError):
    """The call was held up on its way out, and Slack has seen nothing of it."""


def _never() -> bool:
    return False


_is_late: ContextVar[Callable[[], bool]] = ContextVar("is_late", default=_never)


@contextmanager
def sent_within(limit: timedelta) -> Iterator[None]:
    """Calls of a `TimelyClient` in this block raise `TooLate` instead of being sent, when so much
    time has passed since it began, by the machine's clock or by a monotonic one: the first goes on
    while a machine sleeps, the second whatever is done to the first."""
    most = limit.total_seconds()
    wall, monotonic = time.time(), time.monotonic()

    def is_late() -> bool:
        return max(time.time() - wall, time.monotonic() - monotonic) > most

    token = _is_late.set(is_late)
    try:
        yield
    finally:
        _is_late.reset(token)


class TimelyClient(WebClient):
    """Slack's own client; see `sent_within`."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        if isinstance(req.data, bytes):
            size = len(req.data)
            # A body that is no bytes has to say its length, and is asked for when the line stands
            # and the head is written.
            req.data = _Body(req.data)
            req.add_unredirected_header("Content-Length", str(size))
        return super()._perform_urllib_http_request_internal(url, req)


class _Body:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        if _is_late.get()():
            raise TooLate
        yield self._content
