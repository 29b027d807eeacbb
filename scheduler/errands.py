"""The worker of errands: what takes longer than Slack waits, one at a time, in a thread of its own.

The slow part of an errand happens outside of any transaction. Its effect, its report and its end
are one transaction, and count only while nobody else has ended it.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.telemetry.about import about
from storage import errands
from storage.engine import Store
from storage.errands import Errand, Work
from storage.states import ErrandKind

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
MOST_TRIES = 3
_BACK_OFF = timedelta(seconds=30)
_NICE = 10
"""How far the thread steps back: printing takes all that it gets of a processor."""
_LOOKS_EVERY = 5.0
_LEAST_SECONDS_BETWEEN_RUNS = 0.2
_ENDS_WITHIN = 4.0
"""Seconds that a process which stops gives an errand."""


@dataclass
class Errands:
    """Runs what was asked for. `give_up` tells who asked that it failed; `wake` starts delivery."""

    store: Store
    clock: Callable[[], datetime]
    work: Mapping[ErrandKind, Work]
    give_up: Callable[[Errand, Connection, datetime], None]
    on_done: Callable[[], None]
    _work: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _under_way: Errand | None = None

    def start(self) -> None:
        # One that takes long must not keep a process alive that has given it back.
        self._thread = threading.Thread(target=self._run_on_wake, name="goen-errands", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the one that is under way, or give it back to be run again when it takes long."""
        self._stopping.set()
        self._work.set()
        if self._thread is None:
            return
        self._thread.join(_ENDS_WITHIN)
        if self._thread.is_alive():
            self.give_up_under_way()

    def give_up_under_way(self) -> None:
        """Let another worker have what is under way here, at once."""
        errand = self._under_way
        if errand is None:
            return
        with self.store.write() as conn:
            errands.release(conn, errand, self.clock())
        log.info("an errand is left to others", extra={"errand_id": errand.id})

    @property
    def is_running(self) -> bool:
        """Whether the thread that runs them lives."""
        return self._thread is not None and self._thread.is_alive()

    def wake(self) -> None:
        self._work.set()

    def run(self) -> int:
        """Do everything that is due; how many errands were ended."""
        ended = 0
        while not self._stopping.is_set():
            with self.store.write() as conn:
                errand = errands.claim(conn, self.clock(), LEASE)
            if errand is None:
                break
            ended += self._do(errand)
        if ended:
            self.on_done()
        return ended

    def _do(self, errand: Errand) -> bool:
        ids = about(request=errand.request_id, team_id=errand.team_id, errand_id=errand.id)
        self._under_way = errand
        try:
            with ids, about(kind=errand.kind):
                return self._try(errand)
        finally:
            self._under_way = None

    def _try(self, errand: Errand) -> bool:
        begun = time.monotonic()
        try:
            finish = self.work[errand.kind](errand, self.clock())
            with self.store.write() as conn:
                now = self.clock()
                if errands.settle(conn, errand.id, now):
                    finish(conn, now)
        except Exception as error:
            log.exception("an errand failed")
            return self._put_off(errand, repr(error))
        log.info("an errand is done", extra={"seconds": time.monotonic() - begun})
        return True

    def _put_off(self, errand: Errand, error: str) -> bool:
        with self.store.write() as conn:
            now = self.clock()
            if errand.attempt < MOST_TRIES:
                errands.put_off(conn, errand.id, now + _BACK_OFF * errand.attempt, error)
                return False
            if errands.settle(conn, errand.id, now, failed=error):
                self.give_up(errand, conn, now)
        return True

    def _run_on_wake(self) -> None:
        _step_back()
        while not self._stopping.is_set():
            try:
                self.run()
            except Exception:
                log.exception("errands failed")
            # Every request wakes it, and few of them leave an errand behind.
            self._stopping.wait(_LEAST_SECONDS_BETWEEN_RUNS)
            self._work.wait(timeout=_LOOKS_EVERY)
            self._work.clear()


def _step_back() -> None:
    """Let whoever answers people have the processor first; Linux knows priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
