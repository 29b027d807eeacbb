"""The moments between two steps of a process, found by watching it and not by reading it.

A step is a statement, a commit, or a part of a call over HTTP. At one of the moments between them
the process can be made to die or to stand still. Where nothing that outlives a process lies between
two moments, as between the end of a statement and the beginning of the next one, they are one.
"""

import http.client
import os
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine, event


class Points:
    """The moments of this process; `happens` is called with the one that has this number, or with
    the first one whose name has all of these words in it."""

    def __init__(self, at: int | Sequence[str] | None, happens: Callable[[str], None]) -> None:
        self.passed: list[str] = []
        self._at = at
        self._happens = happens
        self._lock = threading.Lock()

    def here(self, name: str) -> None:
        """One more moment, named after what it lies before or behind."""
        with self._lock:
            is_it = self._is_it(len(self.passed), name)
            self.passed.append(name)
            if is_it:
                self._at = None
        if is_it:
            self._happens(name)

    def _is_it(self, number: int, name: str) -> bool:
        if self._at is None or isinstance(self._at, int):
            return number == self._at
        return all(word in name for word in self._at)

    def watch_database(self, engine: Engine) -> None:
        """Before each statement, and on both sides of each commit."""

        @event.listens_for(engine, "before_cursor_execute")
        def before(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith("BEGIN"):
                self.here(f"before {statement}")

        self._surround(engine.dialect, "do_commit", lambda *_: "the commit")

    def watch_network(self) -> None:
        """On both sides of each request that this process sends, behind its connection and its
        answer. Everything goes through the standard library: the SDK and response addresses."""
        line = http.client.HTTPConnection
        self._surround(line, "connect", lambda *_: "connecting", before=False)
        self._surround(line, "request", lambda _self, _verb, url, *_: f"sending {url}")
        self._surround(line, "getresponse", lambda *_: "the answer", before=False)

    def _surround(
        self, owner: Any, name: str, label: Callable[..., str], *, before: bool = True
    ) -> None:
        step = getattr(owner, name)

        def surrounded(*args: Any, **options: Any) -> Any:
            if before:
                self.here(f"before {label(*args)}")
            done = step(*args, **options)
            self.here(f"behind {label(*args)}")
            return done

        setattr(owner, name, surrounded)


def die() -> None:
    """SIGKILL, at this very instruction."""
    os.kill(os.getpid(), signal.SIGKILL)


def stand_still(_: str) -> None:
    """SIGSTOP, until somebody sends SIGCONT."""
    os.kill(os.getpid(), signal.SIGSTOP)
