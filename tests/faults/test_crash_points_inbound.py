"""Fault 2, where people act: a replica dies at every moment of a handler's work.

The same request is sent again, as Slack and people do, and comes to another replica. It takes
effect once; and whatever was acked is there, though the replica that acked it is not.
"""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe

import pytest
from sqlalchemy import func, select

from bot.app import build, web_routes
from bot.sandbox.messages import Message
from bot.settings import Settings
from bot.views import ids
from handlers.web.server import WebServer
from storage.tables import delivery, metadata
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import owe_follow_ups
from tests.faults.invariants import broken
from tests.faults.points import Points, die
from tests.faults.snapshot import Snapshot
from tests.faults.workers import Still, fork, kill, pipe
from tests.house import MONDAY_MORNING, SATO, Stage, stage

Effects = Counter[tuple[str, ...]]


@dataclass
class Scene:
    """A bot that lives, a workspace with something in it, and requests for one that will die."""

    live: Stage
    reminder: Message = field(init=False)
    snapshot: Snapshot = field(init=False)

    def __post_init__(self) -> None:
        sato = self.live.sandbox.act_as(SATO)
        form = sato.command("/nps", "山田製作所 吉野様 9").view
        assert form
        sato.submit(form)
        owe_follow_ups(self.live.bot.store, [SATO], 1, self.live.clock())
        self.live.settle()
        self.reminder = sato.dm()[-1]
        self.snapshot = Snapshot(self.live.bot.store)

    def begin(self) -> None:
        """Everything is as it was before the request."""
        self.snapshot.restore()

    def send_again(self) -> None:
        """What was sent last comes to the living replica."""
        slack = self.live.sandbox
        again = slack.redeliver(slack.deliveries[-1][0])
        assert again.problem is None

    def effects(self) -> Effects:
        """How many rows there are of everything, and of deliveries in each state."""
        with self.live.bot.store.read() as conn:
            rows = {
                (table.name,): conn.execute(select(func.count()).select_from(table)).scalar_one()
                for table in metadata.sorted_tables
            }
            sent = conn.execute(select(delivery.c.kind, delivery.c.state))
            return Counter(rows) + Counter(("delivery", *row) for row in sent)

    def act(self, what: "Act", at: int | None) -> tuple[list[str], bool]:
        """Let a person act before a replica that dies at the chosen moment, or once it has
        answered: the moments that it passed, the last one at least, and whether it answered."""
        slack = self.live.sandbox
        living = slack.events_url
        mine, theirs = pipe()
        process = fork(serve, self.live.bot.settings, self.live.clock, at, theirs)
        theirs.close()
        slack.events_url = mine.recv()
        what(self)
        slack.events_url = living
        with suppress(BrokenPipeError):
            mine.send("How far did you come?")
        moments: list[str] = mine.recv()
        kill(process)
        return moments, slack.deliveries[-1][1].problem is None


Act = Callable[[Scene], object]


def command(scene: Scene) -> object:
    return scene.live.sandbox.act_as(SATO).command("/nps", "山田製作所 吉野様 7 対応が早い")


def click(scene: Scene) -> object:
    return scene.live.sandbox.act_as(SATO).click(scene.reminder, ids.FOLLOW_UP_DONE)


def serve(settings: Settings, clock: Still, at: int | None, line: Pipe) -> None:
    """A replica that takes requests until it dies."""

    def end(moment: str) -> None:
        line.send([moment])
        die()

    bot = build(settings, clock, seconds_between_posts=0)
    points = Points(at, end)
    points.watch_database(bot.store.engine)
    points.watch_network()
    server = WebServer(web_routes(bot), "127.0.0.1", 0)
    server.start()
    line.send(f"http://127.0.0.1:{server.port}/slack/events")
    line.recv()
    line.send(points.passed)
    signal.pause()


@pytest.fixture
def scene(database_url: str) -> Iterator[Scene]:
    with stage(database_url, by_socket=False, clock=Still(MONDAY_MORNING)) as live:
        yield Scene(live)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("what", [command, click])
def test_a_request_that_kills_its_replica_takes_effect_once_when_it_is_sent_again(
    scene: Scene, what: Act, scale: Scale, report: Report
) -> None:
    before = scene.effects()
    moments, acked = scene.act(what, None)
    assert acked
    # The replica is dead, and what it acked is there.
    expected = scene.effects()
    assert expected != before
    scene.live.settle()
    expected_in_the_end = scene.effects()
    step = scale(max(len(moments) // 6, 1), 1)
    for at in range(0, len(moments), step):
        scene.begin()
        (moment,), acked = scene.act(what, at)
        assert not acked or scene.effects() == expected, moment
        assert scene.effects() in (before, expected), moment
        scene.send_again()
        assert scene.effects() == expected, moment
        scene.live.settle()
        assert scene.effects() == expected_in_the_end, moment
        with scene.live.bot.store.read() as conn:
            assert broken(conn) == [], moment
    assert scene.live.sandbox.refusals == []
    report(moments=len(moments), tried=len(range(0, len(moments), step)))
