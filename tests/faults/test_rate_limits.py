"""Fault 4: a Slack that limits, in virtual time: how patient Goen is, and how close to the best.

The shortest time that is possible at all is worked out from the same limits, for a sender who knows
every answer in advance.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.directory import direct_message
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from storage.engine import Store
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import big_slack, crowd, enter_crowd, owe_messages
from tests.faults.invariants import broken, taken_by, unpaid
from tests.faults.virtual import Run, VirtualTime, worker

CLOSE_TO_THE_BEST = 1.1
MINUTE = 60.0
CHANNELS, CAP = 50, 300
LIMITED = 0.3
"""The share of the messages that Slack refuses once."""
WAITS = range(1, 31)
"""For how many seconds it then closes their channel."""
_EXACT = 1e-3


@dataclass
class StrictSlack:
    """A Slack that answers 429 to whatever breaks one of its limits, and notes each such call.

    `refused_once` says of a message for how many seconds its channel is closed when it first comes.
    `per_minute` is how many messages the workspace gets before the next minute begins.
    """

    time: VirtualTime
    refused_once: Mapping[str, int] = field(default_factory=dict)
    per_minute: float = math.inf
    too_early: int = 0
    """Calls for a channel that was closed, or had a message in this second."""
    too_many: int = 0
    """Calls for a workspace that had its messages of the minute."""
    _open_at: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _taken: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _refused: set[str] = field(default_factory=set)
    _wait: int = 0

    def stand_in_for(self, slack: Sandbox) -> None:
        """Judge every message before the sandbox takes it."""
        for seconds in (0, *range(1, int(MINUTE) + 1)):
            slack.faults.add(
                "chat.postMessage",
                "429",
                times=10**9,
                retry_after=seconds,
                when=self._is_to_wait(seconds) if seconds else self._judge,
            )

    def _judge(self, args: Mapping[str, Any]) -> bool:
        """Asked first; what it finds is what the next ones are asked about."""
        self._wait = math.ceil(self._seconds_to_wait(str(args["channel"]), str(args["text"])))
        return False

    def _is_to_wait(self, seconds: int) -> Callable[[Mapping[str, Any]], bool]:
        return lambda _: self._wait == seconds

    def _seconds_to_wait(self, channel: str, text: str) -> float:
        now = self.time.passed
        closed_for = self._open_at[channel] - now
        if closed_for > _EXACT:
            self.too_early += 1
            return closed_for
        minute = int(now // MINUTE)
        if self._taken[minute] >= self.per_minute:
            self.too_many += 1
            return (minute + 1) * MINUTE - now
        if text in self.refused_once and text not in self._refused:
            self._refused.add(text)
            self._open_at[channel] = now + self.refused_once[text]
            return self.refused_once[text]
        self._open_at[channel] = now + 1.0
        self._taken[minute] += 1
        return 0


def fastest(texts_of_channels: Sequence[Sequence[str]], refused_once: Mapping[str, int]) -> float:
    """The least seconds for these queues: each channel gets one message a second, and after each
    refusal it is closed. No channel waits for another."""
    return max(
        len(texts) - 1 + sum(refused_once.get(text, 0) for text in texts)
        for texts in texts_of_channels
    )


def fastest_by_minute(messages: int, per_minute: int) -> float:
    """The least seconds for so many messages: a full minute ends before the next one begins."""
    return (math.ceil(messages / per_minute) - 1) * MINUTE


def owe(store: Store, time: VirtualTime, count: int) -> list[list[str]]:
    """So many messages, all due, in turn to each channel; their texts by channel."""
    channels = [direct_message(one) for one in crowd(CHANNELS)]
    enter_crowd(store, (), time())
    owe_messages(store, channels, count, time() - timedelta(minutes=1))
    texts = [f"reminder {number}" for number in range(count)]
    return [texts[nth::CHANNELS] for nth in range(CHANNELS)]


def deliver(store: Store, slack: Sandbox, time: VirtualTime, workers: list[Deliverer]) -> float:
    """Until all has arrived, once each; the virtual seconds that took."""
    took = Run(store, time, workers).until_quiet(within=3600.0)
    with store.read() as conn:
        assert unpaid(conn, taken_by(slack.calls)) == []
        assert broken(conn) == []
    assert slack.refusals == []
    return took


@pytest.mark.timeout(120)
def test_a_storm_of_429_costs_no_more_time_than_it_must(
    store: Store, scale: Scale, report: Report
) -> None:
    messages, time, chance = scale(150, 1000), VirtualTime(), random.Random(4)
    queues = owe(store, time, messages)
    texts = [text for queue in queues for text in queue]
    limited = chance.sample(texts, round(LIMITED * messages))
    strict = StrictSlack(time, {text: chance.choice(WAITS) for text in limited})
    with big_slack(CHANNELS, time.slacks) as slack:
        strict.stand_in_for(slack)
        pace = Pace(1.0, posts_per_minute=60 * CHANNELS)
        took = deliver(store, slack, time, [worker(store, slack, time, pace)])

    best = fastest(queues, strict.refused_once)
    assert (strict.too_early, strict.too_many) == (0, 0)
    assert best <= took <= CLOSE_TO_THE_BEST * best
    report(messages=messages, refused=len(limited), seconds=f"{took:.1f}", best=f"{best:.1f}")


@pytest.mark.timeout(120)
def test_replicas_keep_to_the_messages_of_a_minute_together(
    store: Store, scale: Scale, report: Report
) -> None:
    messages, per_minute, time = scale(90, 900), scale(30, CAP), VirtualTime()
    owe(store, time, messages)
    strict = StrictSlack(time, per_minute=per_minute)
    pace = Pace(1.0, posts_per_minute=per_minute)
    with big_slack(CHANNELS, time.slacks) as slack:
        strict.stand_in_for(slack)
        workers = [worker(store, slack, time, pace, name) for name in ("one", "two", "three")]
        took = deliver(store, slack, time, workers)

    best = fastest_by_minute(messages, per_minute)
    assert (strict.too_early, strict.too_many) == (0, 0)
    assert best <= took <= CLOSE_TO_THE_BEST * best
    report(messages=messages, replicas=len(workers), seconds=f"{took:.1f}", best=f"{best:.1f}")


@pytest.mark.timeout(120)
def test_a_workspace_that_gets_less_than_expected_is_learned_from_its_429s(
    store: Store, scale: Scale, report: Report
) -> None:
    messages, per_minute, time = scale(90, 600), scale(30, 200), VirtualTime()
    owe(store, time, messages)
    strict = StrictSlack(time, per_minute=per_minute)
    with big_slack(CHANNELS, time.slacks) as slack:
        strict.stand_in_for(slack)
        pace = Pace(1.0, posts_per_minute=60 * CHANNELS)
        took = deliver(store, slack, time, [worker(store, slack, time, pace)])

    best = fastest_by_minute(messages, per_minute)
    minutes = math.ceil(messages / per_minute)
    assert strict.too_early == 0
    assert strict.too_many <= 12 * minutes, "what is under way, and then nobody asks again"
    assert best <= took <= CLOSE_TO_THE_BEST * best
    report(messages=messages, refused=strict.too_many, seconds=f"{took:.1f}", best=f"{best:.1f}")
