"""How often somebody may ask: leaky buckets in memory, as many as fit and no more.

They keep a careless script or a curious stranger from being a burden. Every replica counts for
itself, and a restart forgives everybody.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_MOST_KEPT = 20_000
"""Buckets; whoever was not seen for longest is forgotten first."""


@dataclass(frozen=True)
class Rate:
    """`burst` at once, and `per_second` more as time goes by."""

    burst: float
    per_second: float


class Buckets:
    """One bucket for each asker. Safe from every thread."""

    def __init__(
        self,
        rate: Rate,
        clock: Callable[[], float] = time.monotonic,
        most_kept: int = _MOST_KEPT,
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._most_kept = most_kept
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, asker: str, cost: float = 1.0) -> float:
        """Ask once. The seconds to wait before asking again, and 0 when it was granted."""
        with self._lock:
            level = self._level(asker)
            missing = level + cost - self._rate.burst
            if missing > 0:
                return missing / self._rate.per_second
            self._keep(asker, level + cost)
            return 0.0

    def charge(self, asker: str, cost: float) -> None:
        """Count something against an asker that was granted already."""
        with self._lock:
            self._keep(asker, min(self._level(asker) + cost, self._rate.burst))

    def _level(self, asker: str) -> float:
        level, at = self._levels.get(asker, (0.0, 0.0))
        return max(0.0, level - (self._clock() - at) * self._rate.per_second)

    def _keep(self, asker: str, level: float) -> None:
        self._levels[asker] = (level, self._clock())
        self._levels.move_to_end(asker)
        while len(self._levels) > self._most_kept:
            self._levels.popitem(last=False)


_READS_OF_ADDRESS = Rate(120, 2)
_FORMS_OF_ADDRESS = Rate(30, 0.5)
"""A whole office, or a conference's network, has one address."""
_READS_OF_PAGE = Rate(300, 5)
_FORMS_OF_PAGE = Rate(30, 0.05)
"""Whatever comes by one contact's page ends in one rep's messages."""


@dataclass(frozen=True)
class Limits:
    """What the pages allow, by who asks and by which page is asked for."""

    reads_of_address: Buckets
    forms_of_address: Buckets
    reads_of_page: Buckets
    forms_of_page: Buckets

    @classmethod
    def usual(cls, clock: Callable[[], float] = time.monotonic) -> "Limits":
        return cls(
            Buckets(_READS_OF_ADDRESS, clock),
            Buckets(_FORMS_OF_ADDRESS, clock),
            Buckets(_READS_OF_PAGE, clock),
            Buckets(_FORMS_OF_PAGE, clock),
        )
