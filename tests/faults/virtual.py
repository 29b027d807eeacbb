"""Hours in seconds: a deliverer, a planner and a Slack whose time passes only when all of them have
nothing to do but wait."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox import Sandbox
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from storage.engine import Store
from tests.faults.crowd import WEDNESDAY_NOON
from tests.faults.workers import is_quiet
from tests.scheduler.stand import web_client

_STEP = 0.001


@dataclass
class VirtualTime:
    """A wall clock and a monotonic one that go together; `ahead` is how wrong the wall clock is."""

    start: datetime = WEDNESDAY_NOON
    passed: float = 0.0
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=self.passed) + self.ahead

    def seconds(self) -> float:
        return self.passed

    def slacks(self) -> float:
        """The right time, in seconds since 1970."""
        return self.start.timestamp() + self.passed


def worker(
    store: Store, slack: Sandbox, time: VirtualTime, pace: Pace, name: str = "worker"
) -> Deliverer:
    """The bot's own deliverer, in virtual time."""
    client = web_client(slack, timeout=10)
    return Deliverer(store, lambda _: client, name, time, pace, seconds=time.seconds)


@dataclass
class Run:
    """Lets workers do what there is to do, and time pass in between."""

    store: Store
    time: VirtualTime
    workers: list[Deliverer]
    every: list[tuple[float, Callable[[], object]]] = field(default_factory=list)
    """What else happens, each every so many seconds."""

    def until_quiet(self, within: float) -> float:
        """Go on until nothing is left to deliver; the seconds that took.

        Raises TimeoutError after `within` seconds.
        """
        begun = self.time.passed
        while not is_quiet(self.store):
            if self.time.passed - begun > within:
                raise TimeoutError(f"not delivered within {within} seconds")
            self.step()
        return self.time.passed - begun

    def for_seconds(self, seconds: float) -> None:
        until = self.time.passed + seconds
        while self.time.passed < until:
            self.step()

    def step(self) -> None:
        for worker in self.workers:
            worker.run()
        pause = max(min(worker.pause() for worker in self.workers), _STEP)
        before, self.time.passed = self.time.passed, self.time.passed + pause
        for period, happens in self.every:
            if before // period != self.time.passed // period:
                happens()
