"""Server-Sent Events: everything that changes on a person's screen, to every page of theirs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

Json = dict[str, Any]

_HEARTBEAT_SECONDS = 15.0


class _Listener:
    def __init__(self, user: str) -> None:
        self.user = user
        self.loop = asyncio.get_running_loop()
        self.queue: asyncio.Queue[Json | None] = asyncio.Queue()

    def put(self, item: Json | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the page is gone
            self.loop.call_soon_threadsafe(self.queue.put_nowait, item)


class Hub:
    """The open pages. Telling is safe from every thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[_Listener] = []

    def tell(self, users: frozenset[str] | None, event: Json) -> None:
        """Tell the pages of these people, or of everybody."""
        with self._lock:
            for listener in self._listeners:
                if users is None or listener.user in users:
                    listener.put(event)

    def close(self) -> None:
        with self._lock:
            for listener in self._listeners:
                listener.put(None)

    def watchers(self) -> frozenset[str]:
        """The people who have a page open."""
        with self._lock:
            return frozenset(listener.user for listener in self._listeners)

    async def stream(
        self, user: str, greet: Callable[[Callable[[Json], None]], None]
    ) -> AsyncIterator[str]:
        """All events of a person from now on. `greet` is given the way to tell the page, before
        anything else, how things stand."""
        listener = _Listener(user)
        with self._lock:
            self._listeners.append(listener)
        try:
            yield ": welcome\n\n"
            greet(listener.put)
            while True:
                try:
                    event = await asyncio.wait_for(listener.queue.get(), _HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
        finally:
            with self._lock:
                self._listeners.remove(listener)
