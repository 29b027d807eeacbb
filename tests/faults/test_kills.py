"""Fault 1: workers are killed at random moments, over and over, before a Slack that answers badly.

Every reminder reaches Slack once, and the database stays whole.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from typing import Any

import pytest
from sqlalchemy import text

from bot.sandbox.faults import AFTER, BEFORE, Faults
from scheduler.timing import Timing
from storage.engine import Store
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import (
    WEDNESDAY_NOON,
    big_slack,
    crowd,
    enter_crowd,
    owe_follow_ups,
    owe_messages,
)
from tests.faults.invariants import broken, taken_by, unpaid
from tests.faults.workers import Post, fork, is_quiet, kill, starting_at, work

WORKERS = 3
PEOPLE = 300
FAULTY = 0.3
"""The share of Slack's answers that are faulty, each kind of fault as often as the other."""
TIMING = Timing(
    lease=timedelta(seconds=1.5),
    settle=timedelta(seconds=0.4),
    patience=timedelta(seconds=0.3),
    back_off=timedelta(seconds=0.05),
    # Nobody is there to look at what was tried too often.
    most_tries=1000,
)
_LONGEST_LIFE = 0.3
_QUIET_WITHIN = 60.0


@dataclass
class Crew:
    """Workers, each replaced at once by a new one when it is killed."""

    post: Post
    workers: list[BaseProcess] = field(default_factory=list)
    kills: int = 0

    def __enter__(self) -> "Crew":
        self.workers = [self._hire(number) for number in range(WORKERS)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            kill(worker)

    def kill(self, number: int) -> None:
        kill(self.workers[number])
        assert self.workers[number].exitcode == -9, "it died of something else"
        self.kills += 1
        self.workers[number] = self._hire(number)

    def _hire(self, number: int) -> BaseProcess:
        return fork(work, self.post, f"worker-{number}.{self.kills}")


def misbehave(faults: Faults, chance: random.Random) -> None:
    """Answer badly at random, in every way the sandbox knows."""
    kinds = sorted(AFTER | BEFORE)

    def strikes(nth: int) -> Callable[[Mapping[str, Any]], bool]:
        # The kinds are asked one after the other: those asked later are asked less often.
        share = FAULTY / len(kinds)
        odds = share / (1 - nth * share)
        return lambda _: chance.random() < odds

    for nth, kind in enumerate(kinds):
        faults.add("*", kind, times=10**9, retry_after=1, delay=0.5, when=strikes(nth))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One seed is enough for the short form."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(5 if metafunc.config.getoption("--long") else 1))


@pytest.mark.timeout(200)
def test_workers_that_are_killed_lose_nothing_and_double_nothing(
    store: Store, database_url: str, seed: int, scale: Scale, report: Report
) -> None:
    chance = random.Random(seed)
    reminders, kills = scale(60, 2000), scale(15, 500)
    within = timedelta(seconds=scale(1, 15))
    clock, who = starting_at(WEDNESDAY_NOON), crowd(scale(30, PEOPLE))
    enter_crowd(store, who, clock())
    owe_follow_ups(store, who, reminders // 4, clock(), within)
    owe_messages(store, who, reminders - reminders // 4, clock(), within)
    with big_slack(len(who), clock.seconds) as slack:
        misbehave(slack.faults, chance)
        post = Post(database_url, slack.api_url, clock, TIMING)
        began = time.monotonic()
        with Crew(post) as crew:
            while crew.kills < kills or time.monotonic() < began + within.total_seconds():
                time.sleep(chance.uniform(0, _LONGEST_LIFE / WORKERS))
                crew.kill(chance.randrange(WORKERS))
            slack.wait_for(lambda: is_quiet(store), _QUIET_WITHIN)
        seconds = time.monotonic() - began
        taken, refusals = taken_by(slack.calls), slack.refusals
        faulty = sum(not call.ok for call in slack.calls) / len(slack.calls)

    with store.read() as conn:
        assert unpaid(conn, taken) == []
        assert broken(conn) == []
        assert sum(taken.values()) == reminders
        assert store.is_sqlite is False or conn.scalar(text("PRAGMA integrity_check")) == "ok"
    assert refusals == []
    report(reminders=reminders, kills=crew.kills, faulty=f"{faulty:.0%}", seconds=round(seconds))
