"""One time for all replicas: PostgreSQL's.

Between two questions to the database the time goes on by a clock of this machine that nobody sets,
so a wall clock that is wrong, or corrected, changes nothing.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from storage.engine import Store
from storage.pulse import database_time
from storage.trouble import TROUBLE

log = logging.getLogger(__name__)

_ASKED_EVERY = 10.0
_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", None)


def seconds_since_boot() -> float:
    """A monotonic clock that goes on while the machine sleeps, where there is one."""
    return time.monotonic() if _SINCE_BOOT is None else time.clock_gettime(_SINCE_BOOT)


class DatabaseClock:
    """The database's time, asked for every ten seconds by whoever happens to look then.

    `seconds` is a monotonic clock. While the database can't be asked, the time goes on without it.

    Raises, when it is made:
        OperationalError: the database can't be reached.
        ValueError: it has no clock of its own.
    """

    def __init__(self, store: Store, seconds: Callable[[], float] = seconds_since_boot) -> None:
        self._store = store
        self._seconds = seconds
        self._asking = threading.Lock()
        self._known = self._ask()

    def __call__(self) -> datetime:
        if self._age() >= _ASKED_EVERY and self._asking.acquire(blocking=False):
            try:
                self._known = self._ask()
            except TROUBLE as error:
                log.warning("the database can't be asked what time it is: %s", type(error).__name__)
            finally:
                self._asking.release()
        at, shown = self._known
        return shown + timedelta(seconds=self._seconds() - at)

    def _age(self) -> float:
        return self._seconds() - self._known[0]

    def _ask(self) -> tuple[float, datetime]:
        """What the database's clock shows, and what `seconds` did at that moment."""
        begun = self._seconds()
        with self._store.read() as conn:
            shown = database_time(conn)
        if shown is None:
            raise ValueError(f"{self._store.engine.dialect.name} has no clock of its own")
        return (begun + self._seconds()) / 2, shown
