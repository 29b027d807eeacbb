"""Fault 3: Slack takes a message, and the answer is lost on its way.

Whatever becomes of the answer, the message stands once, and the history is believed.
"""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.sandbox.directory import direct_message
from scheduler.timing import Timing
from storage.engine import Store
from storage.tables import delivery
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import WEDNESDAY_NOON, big_slack, crowd, enter_crowd, owe_messages
from tests.faults.invariants import broken, taken_by, unpaid
from tests.faults.workers import Bench, Post, is_quiet, starting_at

PEOPLE = 100
WORKERS = 6
"""Several, because each of them sends one message at a time while all of its answers are lost."""
WAYS = (
    "accept_then_drop",
    "accept_then_reset",
    "accept_then_500",
    "accept_then_timeout",
    "truncated",
)
TIMING = Timing(
    lease=timedelta(seconds=3),
    settle=timedelta(seconds=0.5),
    patience=timedelta(seconds=0.3),
    back_off=timedelta(milliseconds=1),
)
ENDS_WITHIN = 90.0


def speaks_of(name: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda args: str(args["text"]).startswith(f"{name} ")


def deliver(post: Post, name: str) -> None:
    """Work until nothing is left to do."""
    bench = Bench(post, name)
    until = time.monotonic() + ENDS_WITHIN
    while not is_quiet(bench.store) and time.monotonic() < until:
        bench.deliverer.run()
        time.sleep(min(bench.deliverer.pause(), 0.05))
    bench.store.close()


@pytest.mark.timeout(120)
def test_a_message_whose_answer_is_lost_stands_once(
    store: Store, database_url: str, scale: Scale, report: Report
) -> None:
    times = scale(8, 200)
    clock, channels = starting_at(WEDNESDAY_NOON), [direct_message(one) for one in crowd(PEOPLE)]
    enter_crowd(store, (), clock())
    began = time.monotonic()
    with big_slack(PEOPLE, clock.seconds) as slack:
        for way in WAYS:
            # As often as there are messages, so that a second post of one would be struck as well.
            slack.faults.add(
                "chat.postMessage", way, times=2 * times, delay=2.0, when=speaks_of(way)
            )
            owe_messages(store, channels, times, clock(), name=way)
        post = Post(database_url, slack.api_url, clock, TIMING)
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda name: deliver(post, name), map(str, range(WORKERS))))
        taken, refusals = taken_by(slack.calls), slack.refusals
        reads = sum(call.method == "conversations.history" for call in slack.calls)

    # The sandbox's log says of each call whether it was accepted, not whether that was heard.
    with store.read() as conn:
        assert unpaid(conn, taken) == []
        assert broken(conn) == []
        looked_at = select(func.count()).where(delivery.c.epoch >= 2)
        assert conn.execute(looked_at).scalar_one() == len(WAYS) * times, "none was confirmed"
    assert sum(taken.values()) == len(WAYS) * times
    assert refusals == []
    seconds = round(time.monotonic() - began)
    report(accepted=sum(taken.values()), lost=0, doubled=0, reads=reads, seconds=seconds)
