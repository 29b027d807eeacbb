"""The demo's clock: it runs like any other, and jumps ahead when somebody asks for tomorrow."""

import threading
import time
from datetime import UTC, datetime, timedelta


class JumpingClock:
    """Starts at `start` and goes on with real time; `move_to` only ever goes forward."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._begun = time.monotonic()
        self._jumped = timedelta(0)
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            return self._now()

    def seconds(self) -> float:
        """For the sandbox, which counts seconds since 1970."""
        return self().timestamp()

    def move_to(self, instant: datetime) -> None:
        """Show this time now; a time that has passed already changes nothing."""
        with self._lock:
            self._jumped += max(instant - self._now(), timedelta(0))

    def _now(self) -> datetime:
        passed = timedelta(seconds=time.monotonic() - self._begun)
        return (self._start + passed + self._jumped).astimezone(UTC)
