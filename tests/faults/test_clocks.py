"""Fault 8: clocks that are set forward and back, and replicas whose clocks differ.

Nothing is doubled, nothing that was begun is forgotten, and the ticks go on.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlalchemy import func, select

from bot.sandbox import Sandbox
from bot.sandbox.directory import direct_message
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from scheduler.ticker import LATE_BY, LOOKS_EVERY, TICK_SECONDS, Ticker
from scheduler.timing import Timing
from storage import claims
from storage.engine import Store
from storage.states import DeliveryState
from storage.tables import delivery
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import big_slack, crowd, enter_crowd, owe_messages
from tests.faults.invariants import broken, taken_by, unpaid
from tests.faults.virtual import Run, VirtualTime
from tests.house import BOT_TOKEN

CHANNELS = 10
SHORTEST = 0.5
"""Virtual seconds between two looks: nothing here depends on less."""
HOUR, DAY, APART = timedelta(hours=1), timedelta(days=1), timedelta(minutes=5)
STEPS = {"an hour on": HOUR, "an hour back": -HOUR, "a day on": DAY, "a day back": -DAY}
FAULTS = ("accept_then_drop", "500", "429", "truncated")
TICK_WITHIN = 20.0
_TIMING = Timing()
LAG = 0.75 * _TIMING.settle.total_seconds()
"""How far Slack's history is behind what it has taken, in seconds."""


class LaggingClient(WebClient):
    """A client of a Slack whose history does not show the latest messages yet."""

    def __init__(self, slack: Sandbox, time: VirtualTime) -> None:
        super().__init__(BOT_TOKEN, base_url=slack.api_url, retry_handlers=[])
        self._time = time

    def conversations_history(self, **args: Any) -> SlackResponse:
        return super().conversations_history(latest=f"{self._time.slacks() - LAG:.6f}", **args)


@dataclass
class Skewed:
    """The clock of one replica, which is wrong by so much."""

    time: VirtualTime
    ahead: timedelta

    def __call__(self) -> datetime:
        return self.time() + self.ahead


@dataclass
class Replicas:
    """Workers with clocks of their own, before a Slack with the right time that answers badly."""

    store: Store
    slack: Sandbox
    time: VirtualTime
    skews: list[timedelta]
    workers: list[Deliverer] = field(init=False)

    def __post_init__(self) -> None:
        client = LaggingClient(self.slack, self.time)
        self.workers = [
            Deliverer(
                self.store,
                lambda _: client,
                f"worker-{number}",
                Skewed(self.time, skew),
                Pace(1.0),
                seconds=self.time.seconds,
            )
            for number, skew in enumerate(self.skews)
        ]

    def misbehave(self, chance: random.Random) -> None:
        for kind in FAULTS:
            self.slack.faults.add(
                "chat.postMessage",
                kind,
                times=10**9,
                retry_after=20,
                when=lambda _: chance.random() < 0.1,
            )

    def until_passed(self, seconds: float) -> None:
        """All work at the same moment, over and over, until so many seconds have passed."""
        with ThreadPoolExecutor(len(self.workers)) as pool:
            while self.time.passed < seconds:
                list(pool.map(Deliverer.run, self.workers))
                self.time.passed += max(min(worker.pause() for worker in self.workers), SHORTEST)


def owe(store: Store, now: datetime, count: int) -> None:
    channels = [direct_message(one) for one in crowd(CHANNELS)]
    enter_crowd(store, (), now)
    owe_messages(store, channels, count, now - timedelta(minutes=1))


def die_with(store: Store, now: datetime, count: int) -> None:
    """A worker that claimed some messages and sent none of them."""
    with store.write() as conn:
        assert len(claims.claim_posts(conn, "the dead", now, _TIMING.lease, count)) == count


def begun(store: Store) -> int:
    """How many messages were tried, and stand neither in Slack nor in front of a human."""
    is_open = delivery.c.state.in_(
        [DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DOUBT]
    )
    count = select(func.count()).where(is_open, delivery.c.first_try_at.is_not(None))
    with store.read() as conn:
        return conn.execute(count).scalar_one()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_clock_that_is_set_doubles_nothing_and_forgets_nothing(
    store: Store, step: timedelta, scale: Scale, report: Report
) -> None:
    messages, time, chance = scale(30, 300), VirtualTime(), random.Random(8)
    owe(store, time(), messages)
    half_way = messages / CHANNELS / 2
    with big_slack(CHANNELS, time.slacks) as slack:
        replicas = Replicas(store, slack, time, [timedelta()])
        replicas.misbehave(chance)
        replicas.until_passed(half_way)
        die_with(store, time(), 3)
        time.ahead += step
        at_once = begun(store)
        slack.faults.clear()
        # As long as a dead worker's message takes, whatever the clock shows.
        settled = (_TIMING.lease + 2 * _TIMING.settle).total_seconds()
        replicas.until_passed(half_way + settled)
        assert begun(store) == 0, "what was begun waits for the clock"
        # What was not begun is due when the clock shows its time.
        time.ahead = max(time.ahead, timedelta())
        Run(store, time, replicas.workers, SHORTEST).until_quiet(within=3600)
        taken = taken_by(slack.calls)

    with store.read() as conn:
        assert unpaid(conn, taken) == []
        assert broken(conn) == []
    report(messages=messages, begun=at_once, lost=0, doubled=0)


@pytest.mark.timeout(120)
def test_replicas_with_clocks_minutes_apart_double_nothing(
    store: Store, scale: Scale, report: Report
) -> None:
    messages, time, chance = scale(30, 300), VirtualTime(), random.Random(5)
    owe(store, time() - APART, messages)
    with big_slack(CHANNELS, time.slacks) as slack:
        replicas = Replicas(store, slack, time, [-APART, timedelta(), APART])
        replicas.misbehave(chance)
        replicas.until_passed(messages / CHANNELS)
        slack.faults.clear()
        while begun(store):
            replicas.until_passed(time.passed + 5.0)
        Run(store, time, replicas.workers, SHORTEST).until_quiet(within=3600)
        taken = taken_by(slack.calls)

    with store.read() as conn:
        assert unpaid(conn, taken) == []
        assert broken(conn) == []
    report(messages=messages, seconds=round(time.passed), lost=0, doubled=0)


def test_a_late_tick_is_made_up_for_within_20_seconds() -> None:
    assert TICK_SECONDS + LATE_BY + LOOKS_EVERY < TICK_WITHIN


@pytest.mark.timeout(60)
def test_ticks_go_on_when_the_clock_is_set(scale: Scale, report: Report) -> None:
    """With a tick a second, and the real ticker in real time."""
    ticks: list[float] = []
    steps = list(STEPS.values())[-scale(1, 4) :]
    ticker = Ticker(lambda: ticks.append(time.monotonic()), lambda: 0, lambda: 1.0, every=1.0)
    with time_machine.travel(datetime(2026, 11, 18, 3, tzinfo=UTC), tick=True) as traveller:
        ticker.start()
        for step in steps:
            time.sleep(1.5)
            traveller.shift(step)
            time.sleep(1.0 + LATE_BY + 2 * LOOKS_EVERY)
        ticker.stop()

    longest = max(after - before for before, after in pairwise(ticks))
    assert len(ticks) >= 2 * len(steps)
    assert longest < 1.0 + LATE_BY + 2 * LOOKS_EVERY
    report(steps=len(steps), ticks=len(ticks), longest=f"{longest:.1f} s")
