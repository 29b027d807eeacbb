"""Fault 5: Slack is down for two hours, in every way in which it can be, in virtual time.

What is still worth saying arrives within a quarter of an hour after that, once; what is not is told
of in the next digest.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from sqlalchemy import select

from bot.sandbox import Sandbox
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from scheduler.planner import Planner
from storage import deliveries
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.states import DeliveryState
from storage.tables import delivery
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import WEDNESDAY_NOON, big_slack, crowd, enter_crowd
from tests.faults.invariants import broken, taken_by
from tests.faults.virtual import Run, VirtualTime
from tests.house import BOT_TOKEN, TEAM
from tests.scheduler.stand import nobody_new, web_client

DOWN_FOR, BRIEF = timedelta(hours=2), timedelta(minutes=10)
BACK_WITHIN = timedelta(minutes=15)
NEXT_DIGEST = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
"""9:00 in Tokyo."""
PEOPLE = 30
WAYS = ("500", "reset", "accept_then_500", None)
"""What happens to calls, one after the other for as long; None: nobody listens at the address."""
MOST_CALLS = 1000
"""So many in two hours are no hammering."""


class Outage:
    """Gives out clients as they work at that time, and has the sandbox fail."""

    def __init__(self, slack: Sandbox, time: VirtualTime) -> None:
        self._time = time
        self._client = web_client(slack, timeout=10)
        self._nowhere = WebClient(
            BOT_TOKEN, base_url="http://127.0.0.1:9/api/", retry_handlers=[], timeout=1
        )
        for way in WAYS:
            if way:
                slack.faults.add("*", way, times=10**9, when=lambda _, way=way: self.way == way)

    @property
    def way(self) -> str | None:
        part = DOWN_FOR.total_seconds() / len(WAYS)
        nth = int(self._time.passed // part)
        return WAYS[nth] if nth < len(WAYS) else "none"

    def client_of(self, _: str) -> WebClient:
        return self._client if self.way else self._nowhere


def owe(store: Store, who: list[str], count: int) -> set[str]:
    """Messages that become due while Slack is down; the keys of those that are no longer worth
    anything when it is back, a third of them."""
    brief: set[str] = set()
    with store.write() as conn:
        for number in range(count):
            due_at = WEDNESDAY_NOON + DOWN_FOR * number / count
            is_brief = number % 3 == 0 and due_at + BRIEF < WEDNESDAY_NOON + DOWN_FOR
            new = NewDelivery(
                team_id=TEAM,
                dedup_key=f"reminder:{number}",
                kind="reminder",
                channel=who[number % len(who)],
                payload={"text": f"reminder {number}"},
                due_at=due_at,
                expires_at=due_at + (BRIEF if is_brief else timedelta(days=1)),
            )
            deliveries.enqueue(conn, new)
            if is_brief:
                brief.add(new.dedup_key)
    return brief


def digests(store: Store) -> dict[str, str]:
    """What each person's digest says."""
    of_kind = select(delivery.c.channel, delivery.c.payload).where(delivery.c.kind == "digest")
    with store.read() as conn:
        return {row.channel: str(row.payload) for row in conn.execute(of_kind)}


@pytest.mark.timeout(120)
def test_after_two_hours_without_slack_everything_arrives_or_is_told_of(
    store: Store, scale: Scale, report: Report
) -> None:
    time, who, messages = VirtualTime(), crowd(PEOPLE), scale(60, 900)
    enter_crowd(store, who, time())
    brief = owe(store, who, messages)
    with big_slack(PEOPLE, time.slacks) as slack:
        outage = Outage(slack, time)
        worker = Deliverer(store, outage.client_of, "worker", time, Pace(1.0), seconds=time.seconds)
        Run(store, time, [worker], shortest=30.0).until_passed(DOWN_FOR.total_seconds())
        calls = len(slack.calls)
        took = Run(store, time, [worker]).until_quiet(within=2 * BACK_WITHIN.total_seconds())

        with store.read() as conn:
            rows = conn.execute(
                select(delivery.c.dedup_key, delivery.c.channel, delivery.c.state)
            ).all()
            assert broken(conn) == []
        sent = [row.dedup_key for row in rows if row.state is DeliveryState.SENT]
        expired = [row for row in rows if row.state is DeliveryState.EXPIRED]
        assert len(sent) + len(expired) == messages
        assert taken_by(slack.calls) == Counter(sent)
        assert {row.dedup_key for row in expired} <= brief
        assert took <= BACK_WITHIN.total_seconds()
        assert calls <= MOST_CALLS

        time.passed = (NEXT_DIGEST - WEDNESDAY_NOON).total_seconds()
        Planner(store, time, nobody_new).run()
        Run(store, time, [worker]).until_quiet(within=60.0)

    found, lost = digests(store), Counter(row.channel for row in expired)
    assert lost.total() > 0.9 * len(brief)
    assert [one for one, n in lost.items() if f"リマインド {n}件" not in found[one]] == []
    report(delivered=len(sent), expired=len(expired), calls_while_down=calls, seconds=round(took))
