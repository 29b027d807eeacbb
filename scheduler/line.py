"""Whether Slack answers: what goes on failing is tried by one call at a time, ever less often.

Without it, a Slack that fails would get every message that is due, and leave a doubt about each.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from scheduler.outcomes import Answer, Doubt, Unreachable

_BAD_LUCK = 3
"""So many failures in a row are Slack's and not a message's."""
_LONGEST = 12
"""The longest silence, in back-offs."""


@dataclass
class Line:
    """What one process knows of one kind of call, in seconds of a monotonic clock."""

    back_off: timedelta
    seconds: Callable[[], float] = time.monotonic
    _failures: int = 0
    _quiet_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def heard(self, answer: Answer) -> None:
        """A call has ended."""
        with self._lock:
            if not isinstance(answer, Unreachable | Doubt):
                self._failures = 0
            elif self.seconds_until_free == 0.0:
                # A connection that is refused needs no second opinion.
                is_plain = isinstance(answer, Unreachable)
                self._failures = max(self._failures, _BAD_LUCK - 1 if is_plain else 0) + 1
                if self._failures >= _BAD_LUCK:
                    doubled = min(2 ** (self._failures - _BAD_LUCK), _LONGEST)
                    self._quiet_until = self.seconds() + self.back_off.total_seconds() * doubled

    def room(self, most: int, under_way: int) -> int:
        """How many calls may begin, when `most` may be under way at once."""
        with self._lock:
            if self.seconds_until_free:
                return 0
            return max((1 if self._failures >= _BAD_LUCK else most) - under_way, 0)

    @property
    def seconds_until_free(self) -> float:
        """For how long nothing is called."""
        return max(self._quiet_until - self.seconds(), 0.0)
