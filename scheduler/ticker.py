"""The heartbeat: plan what is due, then deliver it. APScheduler only wakes it up.

What is due lives in SQL, so a missed or doubled tick changes nothing. A wake-up delivers at once
what a click has just committed.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

TICK_SECONDS = 15
_JOB = "tick"
LATE_BY, LOOKS_EVERY = 2.0, 1.0
"""Seconds after which a tick is late, and between two looks whether it is."""
_LEAST_SECONDS_BETWEEN_PLANS = 1.0
_LEAST_SECONDS_BETWEEN_DELIVERIES = 0.05
_PLANNING_ENDS_WITHIN = 2.0


@dataclass
class Ticker:
    """Runs `plan` every so many seconds, and `plan` and `deliver` after each `wake()`.

    `pause` says for how many seconds `deliver` has nothing to do unless it is woken. Many wake-ups
    in one second plan once: what a click brought is announced at once, and a busy hour costs no
    more than a second's worth of planning. Likewise many in a twentieth of a second deliver once.
    The two don't wait for each other, so that a slow Slack delays no plan.
    """

    plan: Callable[[], object]
    deliver: Callable[[], object]
    pause: Callable[[], float]
    on_planned: Callable[[float], object] = lambda _: None
    """Told how many seconds each pass of planning took."""
    every: float = TICK_SECONDS
    _work: threading.Event = field(default_factory=threading.Event)
    _news: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _planning: threading.RLock = field(default_factory=threading.RLock)
    _delivering: threading.RLock = field(default_factory=threading.RLock)
    _last_tick: float = field(default_factory=time.monotonic)
    _scheduler: BackgroundScheduler | None = None
    _planner: threading.Thread | None = None
    _deliverer: threading.Thread | None = None

    def start(self) -> None:
        self._planner = threading.Thread(target=self._plan_on_news, name="goen-planning")
        self._planner.start()
        self._deliverer = threading.Thread(target=self._deliver_on_wake, name="goen-delivery")
        self._deliverer.start()
        self._scheduler = BackgroundScheduler(timezone="UTC")
        # Without a grace time: a clock that is set forward, or a laptop that slept, is no misfire.
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=self.every,
            id=_JOB,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self.wake()

    def stop(self) -> None:
        """Finish what was claimed, then stop.

        Planning claims nothing and may wait for Slack for long: it gets a moment, and what it has
        not committed by then is planned again by whoever ticks next.
        """
        self._stopping.set()
        if self._scheduler and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._work.set()
        self._news.set()
        if self._deliverer:
            self._deliverer.join()
        if self._planner:
            self._planner.join(_PLANNING_ENDS_WITHIN)

    @property
    def seconds_since_tick(self) -> float:
        """Since planning last began; it does every 15 seconds while the process is well."""
        return time.monotonic() - self._last_tick

    @property
    def is_delivering(self) -> bool:
        """Whether the thread that delivers lives."""
        return self._deliverer is not None and self._deliverer.is_alive()

    def wake(self) -> None:
        """Something was recorded: announce what it brings and deliver it now."""
        self._news.set()
        self._work.set()

    def tick(self) -> None:
        """One pass of planning; whatever goes wrong in it is logged, and the next one comes."""
        self._plan()
        self._work.set()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While the block runs nothing is planned or delivered but by the caller."""
        with self._planning, self._delivering:
            yield

    def _plan(self) -> None:
        begun = self._last_tick = time.monotonic()
        with self._planning:
            try:
                self.plan()
            except Exception:
                log.exception("planning failed")
        self.on_planned(time.monotonic() - begun)

    def _plan_on_news(self) -> None:
        """Plan what a click has brought, and see that the ticks go on."""
        while not self._stopping.is_set():
            if self._news.wait(LOOKS_EVERY):
                self._stopping.wait(_LEAST_SECONDS_BETWEEN_PLANS - self.seconds_since_tick)
                if self._stopping.is_set():
                    return
                self._news.clear()
                self.tick()
            self._watch()

    def _deliver_on_wake(self) -> None:
        while not self._stopping.is_set():
            # Wakes by itself too: for what becomes due between two ticks, after a rest.
            self._work.wait(self.pause())
            self._work.clear()
            with self._delivering:
                self._deliver()
            self._stopping.wait(_LEAST_SECONDS_BETWEEN_DELIVERIES)

    def _deliver(self) -> None:
        try:
            if not self._stopping.is_set():
                self.deliver()
        except Exception:
            log.exception("delivering failed")

    def _watch(self) -> None:
        """An interval job stands still while the wall clock is set back; this one does not."""
        late = self.seconds_since_tick > self.every + LATE_BY
        if late and self._scheduler and not self._stopping.is_set():
            self._scheduler.reschedule_job(_JOB, trigger="interval", seconds=self.every)
            self.tick()
