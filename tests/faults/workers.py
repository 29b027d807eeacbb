"""Workers that are processes of their own, and so can be killed and stopped for real.

They are forked by a server that has imported everything and holds no thread, no engine and no
connection: a fork takes milliseconds where a start would take a second. Each opens its own.
"""

import ctypes
import logging
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.playbook.policy import Policy
from bot.playbook.working_time import working_calendar
from bot.texts.catalogue import LANGUAGES, translations
from bot.timely import TimelyClient
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from scheduler.planner import Planner
from scheduler.timing import Timing
from storage.engine import Store, open_engine
from storage.states import DeliveryState
from storage.tables import delivery
from tests.house import BOT_TOKEN, MONDAY_MORNING
from tests.scheduler.stand import nobody_new

_FORKS = multiprocessing.get_context("forkserver")
# A child imports the main module of the process that asked for it, which is pytest's.
_FORKS.set_forkserver_preload(["pytest", __name__])
# What is read from disk at its first use, which would be the first of each of a thousand children.
working_calendar(Policy()).is_working_day(MONDAY_MORNING.date())
for _language in LANGUAGES:
    translations(_language)
_PLANS_EVERY, _LONGEST_REST = 0.25, 0.05
_STOPS_WITHIN = 10.0
_PR_SET_PDEATHSIG = 1
_OPEN = [DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DOUBT]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Shift:
    """The machine's clock, set ahead by an amount that all processes share and tests change.

    Nothing is locked: who is killed while holding a lock would keep it.
    """

    def __init__(self, ahead: timedelta) -> None:
        self._seconds = _FORKS.Value("d", ahead.total_seconds(), lock=False)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._seconds.value)

    def seconds(self) -> float:
        return self().timestamp()

    def move(self, by: timedelta) -> None:
        self._seconds.value += by.total_seconds()


class Still:
    """A clock that stands still until one of the processes moves it; never twice the same."""

    def __init__(self, start: datetime) -> None:
        self._microseconds = _FORKS.Value("q", _microseconds(start), lock=False)

    def __call__(self) -> datetime:
        self._microseconds.value += 1
        return _EPOCH + timedelta(microseconds=self._microseconds.value)

    def seconds(self) -> float:
        return self().timestamp()

    def move(self, by: timedelta) -> None:
        self._microseconds.value += by // timedelta(microseconds=1)

    def set(self, instant: datetime) -> None:
        self._microseconds.value = _microseconds(instant)


def _microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


def starting_at(instant: datetime) -> Shift:
    """A clock that shows this instant now, and goes on from there."""
    return Shift(instant - datetime.now(UTC))


@dataclass(frozen=True)
class Post:
    """Where a worker does its work, as it can be told to another process."""

    database_url: str
    api_url: str
    clock: Callable[[], datetime]
    timing: Timing
    seconds: Callable[[], float] = time.monotonic


@dataclass
class Bench:
    """A worker's own engine, clients and loops, opened in its own process."""

    post: Post
    name: str
    store: Store = None  # type: ignore[assignment]
    planner: Planner = field(init=False)
    deliverer: Deliverer = field(init=False)

    def __post_init__(self) -> None:
        post = self.post
        self.store = self.store or Store(open_engine(post.database_url))
        client = TimelyClient(
            BOT_TOKEN,
            base_url=post.api_url,
            timeout=post.timing.patience.total_seconds(),  # type: ignore[arg-type]
            retry_handlers=[],
        )
        self.planner = Planner(self.store, post.clock, nobody_new)
        self.deliverer = Deliverer(
            self.store, lambda _: client, self.name, post.clock, Pace(0), post.timing, post.seconds
        )


def work(post: Post, name: str, prepare: Callable[[Bench], None] = lambda _: None) -> None:
    """Plan and deliver for ever."""
    bench = Bench(post, name)
    prepare(bench)
    go_to_work(bench)


def go_to_work(bench: Bench, is_over: Callable[[], bool] = lambda: False) -> None:
    """Plan and deliver until it is over, as the ticker does."""
    # Who dies young has delivered without ever having planned, or planned and not delivered.
    plan_at = time.monotonic() + random.uniform(-_PLANS_EVERY, _PLANS_EVERY)
    while not is_over():
        if time.monotonic() >= plan_at:
            bench.planner.run()
            plan_at = time.monotonic() + _PLANS_EVERY
        bench.deliverer.run()
        time.sleep(min(bench.deliverer.pause(), _LONGEST_REST))


def pipe() -> tuple[Connection, Connection]:
    """Two ends of a line to another process: the one to keep, and the one to hand over."""
    return _FORKS.Pipe()


def fork(task: Callable[..., None], *args: Any) -> BaseProcess:
    """Run a function of a module in a process of its own, which ends with this one."""
    process = _FORKS.Process(target=_run, args=(task, args), daemon=True)
    process.start()
    return process


def _run(task: Callable[..., None], args: tuple[Any, ...]) -> None:
    logging.getLogger().addHandler(_LastWords())
    die_with_parent()
    task(*args)


class _LastWords(logging.Handler):
    """Warnings, and the SDK's errors, are what these tests provoke; an error of the bot's own
    ends the process."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR and not record.name.startswith("slack_"):
            sys.stderr.write(self.format(record))
            sys.stderr.flush()
            os._exit(1)


def die_with_parent() -> None:
    """Daemons are ended by a parent that ends well; this is for one that was killed itself, and
    for children that stand still."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def is_quiet(store: Store) -> bool:
    """Whether nothing is owed to Slack any more, or in doubt."""
    return unsettled(store) == 0


def unsettled(store: Store) -> int:
    """How many deliveries are owed to Slack, or in doubt."""
    with store.read() as conn:
        left = conn.execute(select(func.count()).where(delivery.c.state.in_(_OPEN)))
        return left.scalar_one()


def kill(process: BaseProcess) -> None:
    """SIGKILL; returns when it is dead."""
    process.kill()
    process.join()


@contextmanager
def crew() -> Iterator[list[BaseProcess]]:
    """Processes that are killed in the end, whatever they are at."""
    processes: list[BaseProcess] = []
    try:
        yield processes
    finally:
        for process in processes:
            kill(process)


def stop(process: BaseProcess) -> None:
    """SIGSTOP; returns when it stands still."""
    os.kill(process.pid or 0, signal.SIGSTOP)
    wait_until_stopped(process)


def wait_until_stopped(process: BaseProcess) -> None:
    """Raises TimeoutError when it goes on for ten seconds."""
    deadline = time.monotonic() + _STOPS_WITHIN
    while not is_stopped(process):
        if time.monotonic() > deadline:
            raise TimeoutError(f"process {process.pid} does not stop")
        time.sleep(0.005)


def is_stopped(process: BaseProcess) -> bool:
    state = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "T"


def go_on(process: BaseProcess) -> None:
    """SIGCONT."""
    os.kill(process.pid or 0, signal.SIGCONT)
