"""Fault 2: a process dies at every moment between two steps, found by a run that counts them.

Planning and delivering: a fresh worker recovers within lease, settle time and 20 seconds. A
handler: the same request is sent again, and has one effect, which nothing that was acked lacks.
"""

import json
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.sandbox import Sandbox
from bot.sandbox.messages import Message
from scheduler.sending import METADATA_EVENT
from scheduler.timing import Timing
from storage import deliveries
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.states import DeliveryState, Method
from storage.tables import delivery
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import owe_follow_ups
from tests.faults.invariants import broken, taken_by
from tests.faults.nest import Nest, nest
from tests.faults.points import Points, die
from tests.faults.snapshot import Snapshot
from tests.faults.workers import Bench, Post, Still, is_quiet
from tests.house import CHANNEL, EMMA, MONDAY_MORNING, MORI, SATO, TANAKA, TEAM
from tests.scheduler.stand import enter, local_slack, web_client

TIMING = Timing()
_A_MOMENT = timedelta(seconds=1)
STEPS = (TIMING.lease + _A_MOMENT, TIMING.settle + _A_MOMENT, timedelta(seconds=18))
"""When a worker looks again. Their sum is the time in which all must have been recovered: the lease
of the dead, the settle time of what they left in doubt, and 20 seconds."""
_TRIES = 3
"""How often a moment that was missed is looked for again."""
TO = {"unsure": TANAKA, "found": CHANNEL, "not there": CHANNEL, "held by the dead": EMMA}
Part = Callable[[Bench], None]
Outcome = dict[str, tuple[str, int]]
"""Of each dedup key: the state of its row, and how often Slack took it."""


@dataclass
class Scene:
    """A morning's work before Slack, to be begun again and again from the same state."""

    store: Store
    slack: Sandbox
    post: Post
    clock: Still
    told: Path
    snapshot: Snapshot = field(init=False)
    _kept: frozenset[str] = field(init=False)
    _calls_before: int = 0

    def __post_init__(self) -> None:
        self.snapshot = Snapshot(self.store)
        self._kept = frozenset(message.ts for message in self._messages())

    def begin(self) -> None:
        """Everything is as it was before anybody worked."""
        client = web_client(self.slack)
        for message in self._messages():
            if message.ts not in self._kept:
                client.chat_delete(channel=message.channel, ts=message.ts)
        self.snapshot.restore()
        self.clock.set(MONDAY_MORNING)
        self._calls_before = len(self.slack.calls)
        self.slack.faults.clear()
        self.slack.faults.add(
            "chat.postMessage", "accept_then_500", when=lambda args: args.get("text") == "unsure"
        )

    def watch(self, workers: Nest, part: Part, at: int | Sequence[str] | None) -> list[str]:
        """Let a process do a part from the beginning; the moments that it passed, or the one at
        which it died. Threads may be faster than the last time, so that it may live."""
        self.begin()
        code = workers.bury(workers.hatch("the one that dies", work, part, at, self.told))
        assert code in (0, -signal.SIGKILL)
        moments: list[str] = json.loads(self.told.read_text())
        return moments

    def outcome(self) -> Outcome:
        taken = taken_by(self.slack.calls[self._calls_before :])
        with self.store.read() as conn:
            rows = conn.execute(select(delivery.c.dedup_key, delivery.c.state))
            known = {row.dedup_key: str(row.state) for row in rows}
        return {key: (known.get(key, "no row"), taken[key]) for key in {*known, *taken}}

    def recover(self) -> timedelta:
        """Let a fresh worker go on; how long it took until nothing was left to do."""
        self.slack.faults.clear()
        bench, began = Bench(self.post, "the next", self.store), self.clock()
        plan(bench)
        deliver(bench)
        return self.clock() - began

    def _messages(self) -> list[Message]:
        team = [self.slack.act_as(one) for one in (SATO, EMMA, MORI, TANAKA)]
        return [*team[0].messages(CHANNEL), *(message for one in team for message in one.dm())]


def plan(bench: Bench) -> None:
    bench.planner.run()


def deliver(bench: Bench) -> None:
    """All that is due, and what becomes due in the time for recovering."""
    for step in STEPS:
        bench.deliverer.run()
        if is_quiet(bench.store):
            return
        bench.post.clock.move(step)
    bench.deliverer.run()


def everything(bench: Bench) -> None:
    plan(bench)
    deliver(bench)


def work(bench: Bench, part: Part, at: int | Sequence[str] | None, told: Path) -> None:
    """Do a part of the work, all of it or until the chosen moment."""

    def end(moment: str) -> None:
        told.write_text(json.dumps([moment]))
        die()

    points = Points(at, end)
    points.watch_database(bench.store.engine)
    points.watch_network()
    part(bench)
    told.write_text(json.dumps(points.passed))


@pytest.fixture
def scene(store: Store, database_url: str, tmp_path: Path) -> Iterator[Scene]:
    """A digest, the routine, an announcement, a message, a change, a lost lease, two doubts."""
    clock = Still(MONDAY_MORNING)
    now = clock()
    with local_slack(clock) as slack:
        enter(store, now)
        owe_follow_ups(store, [SATO], 1, now, due_in=timedelta())
        owe_follow_ups(store, [MORI], 1, now)
        client = web_client(slack)
        found = client.chat_postMessage(
            channel=CHANNEL,
            text="found",
            metadata={"event_type": METADATA_EVENT, "event_payload": {"key": "found"}},
        )
        # A channel waits for what is on its way there: what takes long has one of its own.
        for key, channel in TO.items():
            _enqueue(store, key, channel, now)
        _enqueue(store, "change", CHANNEL, now, method=Method.UPDATE, target_ts=found["ts"])
        tried = {"epoch": 1, "attempt": 1, "first_try_at": now, "tried_at": now}
        _change(store, ["found", "not there"], state=DeliveryState.DOUBT, **tried)
        held = {"owner": "the dead", "lease_until": now + TIMING.lease}
        _change(store, ["held by the dead"], state=DeliveryState.SENDING, **tried, **held)
        post = Post(database_url, slack.api_url, clock, TIMING, clock.seconds)
        yield Scene(store, slack, post, clock, tmp_path / "moments.json")


def _enqueue(store: Store, key: str, channel: str, now: datetime, **more: Any) -> None:
    with store.write() as conn:
        deliveries.enqueue(
            conn,
            NewDelivery(
                team_id=TEAM,
                dedup_key=key,
                kind="reminder",
                channel=channel,
                payload={"text": key},
                due_at=now,
                expires_at=now + timedelta(days=2),
                **more,
            ),
        )


def _change(store: Store, keys: list[str], **columns: Any) -> None:
    with store.write() as conn:
        conn.execute(update(delivery).where(delivery.c.dedup_key.in_(keys)).values(**columns))


def _each(moments: Sequence[str], died_at: set[str], step: int) -> Iterator[int | Sequence[str]]:
    """Every `step`-th moment by its number, and then by name whichever nobody died at after all:
    the posts of a batch go out side by side, and each time in another order."""
    yield from range(0, len(moments), step)
    for _ in range(_TRIES if step == 1 else 0):
        yield from [[moment] for moment in sorted(set(moments) - died_at)]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", [plan, deliver])
def test_a_worker_that_dies_between_any_two_steps_is_recovered_from(
    scene: Scene, part: Part, scale: Scale, report: Report
) -> None:
    if part is deliver:
        plan(Bench(scene.post, "the planner", scene.store))
        scene.snapshot = Snapshot(scene.store)
    with nest(scene.post, everything) as workers:
        moments = scene.watch(workers, part, None)
        scene.recover()
        expected, died_at, longest = scene.outcome(), set(), timedelta()
        for at in _each(moments, died_at, scale(max(len(moments) // 10, 1), 1)):
            *_, moment = scene.watch(workers, part, at)
            died_at.add(moment)
            longest = max(longest, scene.recover())
            # All of it arrived in the time that the steps allow.
            assert scene.outcome() == expected, moment
            with scene.store.read() as conn:
                assert broken(conn) == [], moment

    assert died_at == set(moments) or not scale.is_long
    assert all(state == DeliveryState.SENT for state, _ in expected.values())
    assert scene.slack.refusals == []
    report(moments=len(moments), of_kinds=len(died_at), longest=longest)
