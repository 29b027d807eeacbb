"""A thousand reminders through a Slack that takes one message a second for each channel.

Floor: the least time that it takes, however fast the sender is. Ours is counted by a clock that
stands still while Goen works and moves on to when it wants to go on: what is lost by waiting for
too long, not what this machine needs for its work.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import yaml
from slack_sdk import WebClient

from bot.sandbox import Channel, Sandbox, Workspace
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from storage.engine import Store
from tests.bench import books
from tests.bench.measure import Compared, compared
from tests.house import (
    APP_TOKEN,
    BOT_TOKEN,
    ROOT,
    SATO,
    SIGNING_SECRET,
    TEAM,
    Clock,
    people,
)
from tests.scheduler.stand import enter

_NO_CAP = 1_000_000
"""Messages a minute: only the channels' pace is measured."""
_STEP = 0.01


@dataclass(frozen=True)
class Size:
    reminders: int = 1_000
    channels: int = 10


@dataclass(frozen=True)
class Found:
    """Seconds of the clock that waits; what Slack shows too few or too often at the end."""

    seconds: Compared
    lost: int
    doubled: int


def measure(store: Store, size: Size) -> Found:
    clock = Clock()
    enter(store, clock.now)
    with store.write() as conn:
        books.fill_reminders(conn, size.reminders, size.channels, clock.now)
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    slack = Sandbox(
        _workspace(size.channels),
        manifest,
        BOT_TOKEN,
        APP_TOKEN,
        SIGNING_SECRET,
        clock=clock.seconds,
        channel_pace=1.0,
    )
    with slack:
        client = WebClient(BOT_TOKEN, base_url=slack.api_url, timeout=10, retry_handlers=[])
        worker = Deliverer(
            store, lambda _: client, "bench", clock, Pace(1.0, _NO_CAP), seconds=clock.seconds
        )
        began, ended, reached = clock.now, clock.now, 0
        while reached < size.reminders and clock.now < began + timedelta(hours=1):
            sent = worker.run()
            if sent:
                reached, ended = reached + sent, clock.now
            clock.move(seconds=max(worker.seconds_until_free or 0.0, _STEP))
        sato = slack.act_as(SATO)
        shown = Counter(
            message.metadata["event_payload"]["key"] if message.metadata else message.ts
            for name in _names(size.channels)
            for message in sato.messages(name)
        )
    least = size.reminders / size.channels - 1
    return Found(
        seconds=compared([least], [(ended - began).total_seconds()]),
        lost=size.reminders - len(shown),
        doubled=sum(shown.values()) - len(shown),
    )


def _names(channels: int) -> list[str]:
    return [f"C{number}" for number in range(channels)]


def _workspace(channels: int) -> Workspace:
    team = people()
    rooms = tuple(Channel(name, name.lower(), (SATO,)) for name in _names(channels))
    return Workspace(TEAM, team.name, team.domain, team.users, rooms)
