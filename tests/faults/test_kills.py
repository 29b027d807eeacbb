"""Fault 1: workers are killed at random moments, over and over, before a Slack that answers badly.

Every reminder reaches Slack once, and the database stays whole.
"""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.sandbox import Sandbox
from bot.sandbox.directory import direct_message
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
from tests.faults.nest import Nest, nest
from tests.faults.workers import Bench, Post, Shift, go_to_work, is_quiet, starting_at, unsettled

WORKERS = 3
TEAM, PEOPLE = 40, 300
"""Follow-ups are planned for the team; the others only get messages."""
FAULTY = 0.3
"""The share of Slack's answers that are faulty, each kind of fault as often as the other."""
TIMING = Timing(
    lease=timedelta(seconds=1),
    settle=timedelta(seconds=0.3),
    patience=timedelta(seconds=0.25),
    back_off=timedelta(seconds=0.05),
    longest_wait=timedelta(seconds=1),
    # Nobody is there to look at what was tried too often.
    most_tries=1000,
)
_CALLS_OF_A_LIFE = {"sqlite": 7, "postgresql": 4}
"""How many calls of Slack lie between two kills, at most: so many that the kills and the reminders
come to their numbers at about the same time."""
_LONGEST_LIFE = 0.5
"""Seconds after which somebody is killed though Slack was not called."""
_A_BIT_LATER = 0.01
_BACKLOG, _MESSAGES, _FOLLOW_UPS = 60, 35, 5
_QUIET_WITHIN = 60.0


@dataclass
class Crew:
    """Workers, each replaced at once by a new one when it is killed."""

    nest: Nest
    workers: list[int] = field(default_factory=list)
    kills: int = 0

    def __post_init__(self) -> None:
        self.workers = [self._hire(number) for number in range(WORKERS)]

    def kill(self, number: int) -> None:
        code = self.nest.kill(self.workers[number])
        assert code == -signal.SIGKILL, "it died of something else"
        self.kills += 1
        self.workers[number] = self._hire(number)

    def _hire(self, number: int) -> int:
        return self.nest.hatch(f"worker-{number}.{self.kills}", go_to_work)


def misbehave(faults: Faults, chance: random.Random) -> Counter[str]:
    """Answer badly at random, in every way the sandbox knows; how often each way was taken."""
    kinds, struck = sorted(AFTER | BEFORE), Counter[str]()

    def strikes(nth: int) -> Callable[[Mapping[str, Any]], bool]:
        # The kinds are asked one after the other: those asked later are asked less often.
        share = FAULTY / len(kinds)
        odds = share / (1 - nth * share)

        def strike(_: Mapping[str, Any]) -> bool:
            does = chance.random() < odds
            struck[kinds[nth]] += does
            return does

        return strike

    for nth, kind in enumerate(kinds):
        faults.add("*", kind, times=10**9, retry_after=0, delay=0.4, when=strikes(nth))
    return struck


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One seed is enough for the short form."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(5 if metafunc.config.getoption("--long") else 1))


@pytest.mark.timeout(300)
def test_workers_that_are_killed_lose_nothing_and_double_nothing(
    store: Store, database_url: str, seed: int, scale: Scale, report: Report
) -> None:
    chance = random.Random(seed)
    reminders, kills = scale(80, 2000), scale(15, 500)
    calls_of_a_life = _CALLS_OF_A_LIFE[store.engine.dialect.name]
    clock, who = starting_at(WEDNESDAY_NOON), crowd(PEOPLE)
    enter_crowd(store, who[:TEAM], clock())
    owed = _owe_more(store, chance, clock, "to warm up")
    with big_slack(len(who), clock.seconds) as slack:
        post = Post(database_url, slack.api_url, clock, TIMING)
        with nest(post, warm_up) as found:
            struck = misbehave(slack.faults, chance)
            calls, began, crew = len(slack.calls), time.monotonic(), Crew(found)
            while owed < reminders or crew.kills < kills:
                if unsettled(store) < _BACKLOG:
                    owed += _owe_more(store, chance, clock, f"after {owed}")
                _wait_for_a_moment(slack, chance, calls_of_a_life)
                crew.kill(chance.randrange(WORKERS))
            slack.wait_for(lambda: is_quiet(store), _QUIET_WITHIN)
            seconds = time.monotonic() - began
        faulty = struck.total() / (len(slack.calls) - calls)
        taken, refusals = taken_by(slack.calls), slack.refusals

    with store.read() as conn:
        assert unpaid(conn, taken) == []
        assert broken(conn) == []
        assert sum(taken.values()) == owed
        assert not store.is_sqlite or conn.scalar(text("PRAGMA integrity_check")) == "ok"
    assert refusals == []
    report(reminders=owed, kills=crew.kills, faulty=f"{faulty:.0%}", seconds=round(seconds))


def warm_up(bench: Bench) -> None:
    bench.planner.run()
    bench.deliverer.run()


def _owe_more(store: Store, chance: random.Random, clock: Shift, name: str) -> int:
    """Some messages that are due, and follow-ups that become some; how many in all."""
    team, others = crowd(PEOPLE)[:TEAM], crowd(PEOPLE)[TEAM:]
    places = [direct_message(one) for one in chance.sample(others, _MESSAGES)]
    owe_messages(store, places, _MESSAGES, clock(), name=name)
    owe_follow_ups(store, chance.sample(team, _FOLLOW_UPS), _FOLLOW_UPS, clock())
    return _MESSAGES + _FOLLOW_UPS


def _wait_for_a_moment(slack: Sandbox, chance: random.Random, most_calls: int) -> None:
    """A moment that is later, the busier the workers are, and otherwise any."""
    until = time.monotonic() + _LONGEST_LIFE
    calls = len(slack.calls) + chance.randrange(most_calls)
    while len(slack.calls) < calls and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, _A_BIT_LATER))
