"""Hours in seconds: deliverers and a Slack whose time passes only when nobody has anything to do
but wait."""

from dataclasses import dataclass
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
    shortest: float = _STEP
    """Seconds that pass at least between two runs, where nothing depends on less."""

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

    def until_passed(self, seconds: float) -> None:
        while self.time.passed < seconds:
            self.step()

    def step(self) -> None:
        for worker in self.workers:
            worker.run()
        pause = min(worker.pause() for worker in self.workers)
        self.time.passed += max(pause, self.shortest)
