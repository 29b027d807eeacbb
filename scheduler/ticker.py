"""The heartbeat: plan what is due, then deliver it. APScheduler only wakes it up.

What is due lives in SQL, so a missed or doubled tick changes nothing. A wake-up delivers at once
what a click has just committed.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

TICK_SECONDS = 15
_JOB = "tick"
_WATCHDOG_SECONDS = 3 * TICK_SECONDS


@dataclass
class Ticker:
    """Runs `plan` every 15 seconds and `deliver` after each plan and each `wake()`.

    `pause` says for how many seconds `deliver` has nothing to do unless it is woken.
    """

    plan: Callable[[], object]
    deliver: Callable[[], object]
    pause: Callable[[], float]
    _work: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _planning: threading.Lock = field(default_factory=threading.Lock)
    _last_tick: float = field(default_factory=time.monotonic)
    _scheduler: BackgroundScheduler | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._deliver_on_wake, name="goen-delivery")
        self._thread.start()
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.tick, "interval", seconds=TICK_SECONDS, id=_JOB, max_instances=1, coalesce=True
        )
        self._scheduler.start()
        self.wake()

    def stop(self) -> None:
        """Finish what was claimed, then stop."""
        if self._scheduler:
            self._scheduler.shutdown(wait=True)
        self._stopping.set()
        self._work.set()
        if self._thread:
            self._thread.join()

    def wake(self) -> None:
        """Something may be due: deliver now."""
        self._work.set()

    def tick(self) -> None:
        """One pass of planning; whatever goes wrong in it is logged, and the next one comes."""
        self._last_tick = time.monotonic()
        with self._planning:
            try:
                self.plan()
            except Exception:
                log.exception("planning failed")
        self.wake()

    def _deliver_on_wake(self) -> None:
        while not self._stopping.is_set():
            # Wakes by itself too: for what becomes due between two ticks, after a rest.
            self._work.wait(timeout=self.pause())
            self._work.clear()
            try:
                self.deliver()
            except Exception:
                log.exception("delivering failed")
            self._watch()

    def _watch(self) -> None:
        """An interval job stands still while the wall clock is set back; this one does not."""
        late = time.monotonic() - self._last_tick > _WATCHDOG_SECONDS
        if late and self._scheduler and not self._stopping.is_set():
            self._last_tick = time.monotonic()
            self._scheduler.reschedule_job(_JOB, trigger="interval", seconds=TICK_SECONDS)
            self.tick()
