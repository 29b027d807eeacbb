"""Fault 7: a worker stands still in the middle of its work, for eight hours by the clock.

When it wakes, each message comes once within 30 seconds; and nothing is sent on a lease that
another worker has taken over meanwhile.
"""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.directory import direct_message
from scheduler.timing import Timing
from storage.engine import Store
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import WEDNESDAY_NOON, big_slack, crowd, enter_crowd, owe_messages
from tests.faults.invariants import broken, taken_by, unpaid
from tests.faults.points import Points, stand_still
from tests.faults.workers import (
    Post,
    Shift,
    crew,
    fork,
    go_on,
    is_quiet,
    starting_at,
    stop,
    wait_until_stopped,
    work,
)

PEOPLE = 40
ZERO, NIGHT = timedelta(), timedelta(hours=8)
AWAKE_WITHIN, TAKEN_OVER_WITHIN = 30.0, 60.0
TIMING = Timing(
    lease=timedelta(seconds=1),
    settle=timedelta(seconds=0.4),
    patience=timedelta(seconds=0.3),
    back_off=timedelta(seconds=0.05),
    most_tries=1000,
)
MOMENTS = {
    "past the fence": ("before sending /api/chat.postMessage",),
    "claimed": ("before SELECT", "delivery.lease_until >"),
    "connected": ("behind connecting",),
    "sent": ("behind sending /api/chat.postMessage",),
    "answered": ("behind the answer",),
}
"""The moments in which a worker falls asleep, by the words in their names."""


@pytest.fixture
def clock() -> Shift:
    return starting_at(WEDNESDAY_NOON)


@pytest.fixture
def slack(clock: Shift) -> Iterator[Sandbox]:
    with big_slack(PEOPLE, clock.seconds) as found:
        yield found
        assert found.refusals == []


def doze(post: Post, name: str, moment: Sequence[str]) -> None:
    """Work, and stand still once, at this moment."""
    points = Points(moment, stand_still)
    points.watch_network()
    work(post, name, lambda bench: points.watch_database(bench.store.engine))


def owe(store: Store, name: str, count: int, clock: Shift, within: timedelta = ZERO) -> None:
    """Messages to the people of a crowd in turn, in their direct messages."""
    who = [direct_message(one) for one in crowd(PEOPLE)]
    owe_messages(store, who, count, clock(), within, name)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("is_taken_over", [True, False], ids=["taken over", "alone"])
def test_a_worker_that_wakes_after_a_night_sends_nothing_twice(
    store: Store,
    database_url: str,
    slack: Sandbox,
    clock: Shift,
    is_taken_over: bool,
    scale: Scale,
    report: Report,
) -> None:
    enter_crowd(store, (), clock())
    post = Post(database_url, slack.api_url, clock, TIMING)
    messages, longest = scale(16, 2 * PEOPLE), 0.0
    moments = list(MOMENTS)[: scale(1, len(MOMENTS))]
    for moment in moments:
        owe(store, moment, messages, clock)
        with crew() as workers:
            workers.append(fork(doze, post, f"the sleeper, {moment}", MOMENTS[moment]))
            wait_until_stopped(workers[0])
            if is_taken_over:
                workers.append(fork(work, post, "the other"))
                slack.wait_for(lambda: is_quiet(store), TAKEN_OVER_WITHIN)
            clock.move(NIGHT)
            go_on(workers[0])
            woke_at = time.monotonic()
            slack.wait_for(lambda: is_quiet(store), AWAKE_WITHIN)
            longest = max(longest, time.monotonic() - woke_at)
            # Whatever the sleeper was about to do, it has done by then.
            time.sleep((TIMING.patience + TIMING.settle).total_seconds())
        with store.read() as conn:
            assert unpaid(conn, taken_by(slack.calls)) == [], moment
            assert broken(conn) == [], moment
    report(nights=len(moments), messages=messages * len(moments), awake=f"{longest:.1f} s")


@pytest.mark.timeout(120)
def test_workers_that_stand_still_at_random_moments_send_nothing_twice(
    store: Store, database_url: str, slack: Sandbox, clock: Shift, scale: Scale, report: Report
) -> None:
    enter_crowd(store, (), clock())
    messages, stops = scale(40, 300), scale(1, 6)
    chance, long_enough = random.Random(stops), (TIMING.lease + TIMING.settle).total_seconds()
    owe(store, "reminder", messages, clock, timedelta(seconds=stops * long_enough))
    post = Post(database_url, slack.api_url, clock, TIMING)
    with crew() as workers:
        workers += [fork(work, post, f"worker-{number}") for number in range(3)]
        for number in range(stops):
            time.sleep(chance.uniform(0.1, 0.3))
            sleeper = workers[number % len(workers)]
            stop(sleeper)
            # The others take everything over that it holds.
            time.sleep(long_enough * chance.uniform(1.0, 1.5))
            go_on(sleeper)
        slack.wait_for(lambda: is_quiet(store), AWAKE_WITHIN)
        time.sleep((TIMING.patience + TIMING.settle).total_seconds())
    with store.read() as conn:
        assert unpaid(conn, taken_by(slack.calls)) == []
        assert broken(conn) == []
    report(messages=messages, stops=stops)
