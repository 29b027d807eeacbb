"""Whole bots in processes of their own, identical, on one database and reached by signed HTTP."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import yaml
from pydantic import SecretStr

from bot.app import build, web_routes
from bot.sandbox import Sandbox
from bot.settings import Settings
from handlers.web.server import WebServer
from scheduler.timing import Timing
from storage.migrate import migrate
from tests import house
from tests.faults.workers import fork, kill
from tests.house import APP_TOKEN, BOT_TOKEN, CHANNEL, ROOT, SIGNING_SECRET

TIMING = Timing(
    lease=timedelta(seconds=8), settle=timedelta(seconds=3), patience=timedelta(seconds=2.5)
)
"""Shorter than in real life, so that what died in between is not waited for so long."""
_STARTS_WITHIN = 30.0


@dataclass(frozen=True)
class Replica:
    process: BaseProcess
    url: str


@dataclass
class Fleet:
    """The local Slack, and the replicas that take its traffic."""

    sandbox: Sandbox
    replicas: list[Replica]
    clock: Callable[[], datetime]

    @property
    def urls(self) -> list[str]:
        return [replica.url for replica in self.replicas]

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """What people do while the block runs is only written down in `sandbox.deliveries`."""
        self.sandbox.events_url = None
        yield
        self.sandbox.events_url = self.replicas[0].url


@contextmanager
def fleet(database_url: str, size: int, clock: Callable[[], datetime]) -> Iterator[Fleet]:
    """So many bots, ticking and delivering, on a database that is migrated first."""
    migrate(database_url)
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    with ExitStack() as stack:
        sandbox = Sandbox(
            house.people(),
            manifest,
            BOT_TOKEN,
            APP_TOKEN,
            SIGNING_SECRET,
            clock=lambda: clock().timestamp(),
            # A busy machine is not what these tests are about, but for the one that measures.
            patience=_STARTS_WITHIN,
        )
        stack.enter_context(sandbox)
        replicas = []
        for _ in range(size):
            found = _replica(database_url, sandbox.api_url, clock)
            stack.callback(kill, found.process)
            replicas.append(found)
        sandbox.events_url = replicas[0].url
        yield Fleet(sandbox, replicas, clock)


def _replica(database_url: str, api_url: str, clock: Callable[[], datetime]) -> Replica:
    here, there = Pipe()
    process = fork(_serve, database_url, api_url, clock, there)
    if not here.poll(_STARTS_WITHIN):
        raise TimeoutError("a replica did not start")
    return Replica(process, f"http://127.0.0.1:{here.recv()}/slack/events")


def _serve(
    database_url: str, api_url: str, clock: Callable[[], datetime], told: Connection
) -> None:
    """One replica, for ever; it tells its port when it takes requests."""
    # What goes wrong here is what the tests are about: it is logged, and the bot goes on.
    logging.getLogger().handlers = [logging.NullHandler()]
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_signing_secret=SecretStr(SIGNING_SECRET),
        slack_api_url=api_url,
        database_url=database_url,
        channel=CHANNEL,
    )
    bot = build(settings, clock, seconds_between_posts=0, timing=TIMING)
    server = WebServer(web_routes(bot), "127.0.0.1", 0)
    bot.errands.start()
    bot.ticker.start()
    server.start()
    told.send(server.port)
    threading.Event().wait()
