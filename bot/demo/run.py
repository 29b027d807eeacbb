"""`python -m bot demo`: a local Slack, the real bot against it, sample data, and a time machine."""

import signal
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from bot.app import Bot, build
from bot.app import running as at_work
from bot.demo import history
from bot.demo.clock import JumpingClock
from bot.demo.people import CHANNEL_ID, SATO, workspace
from bot.playbook.working_time import DAY, WorkingCalendar, local_instant
from bot.sandbox import Sandbox
from bot.settings import Settings
from storage import workspaces
from storage.migrate import migrate
from storage.workspaces import Workspace

MANIFEST = Path(__file__).parent.parent.parent / "manifest.yml"
_TOKYO = ZoneInfo("Asia/Tokyo")
_OPENS_AT = time(17, 30)
"""Late in Tokyo's day and early in London's: both languages are at work."""
_HERE = "127.0.0.1"
"""Where the customers' pages are served: what a demo shows is nobody else's to see."""
_STEP = timedelta(minutes=30)
_AFTER_THE_ROUTINE = time(9, 35)
"""A jump to a morning lands when the day's digest and the team's routine have just come."""


@dataclass(frozen=True)
class Demo:
    """A running demo. `url` is its page."""

    url: str
    sandbox: Sandbox
    bot: Bot
    clock: JumpingClock
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def jump(self, to: str, zone: str) -> str:
        """Let the time pass until `one_hour` from now, the `next_morning` or the `next_monday` of
        somebody in this zone.

        Half an hour at a time, so that everything on the way happens when it should. The answer is
        empty: the page has its own words.
        """
        with self._one_at_a_time:
            self.pass_until(self._target(to, ZoneInfo(zone)))
        return ""

    def pass_until(self, target: datetime) -> None:
        while (now := self.clock()) < target:
            with self.bot.ticker.paused():
                self.clock.move_to(min(target, _next_half_hour(now)))
                self.bot.planner.run()
                while self.bot.deliverer.run():
                    pass

    def _target(self, to: str, zone: ZoneInfo) -> datetime:
        now = self.clock()
        today = now.astimezone(zone).date()
        match to:
            case "one_hour":
                return now + timedelta(hours=1)
            case "next_morning":
                day = self.calendar.working_day_from(today + DAY)
            case "next_monday":
                ahead = 7 - today.weekday()
                day = self.calendar.working_day_from(today + ahead * DAY)
            case _:
                raise ValueError(f"there is no jump to {to!r}")
        return local_instant(day, _AFTER_THE_ROUTINE, zone)


def _next_half_hour(now: datetime) -> datetime:
    """Digests and routines come on the half-hour: stopping there shows them at their minute."""
    seconds = int(_STEP.total_seconds())
    return datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, UTC)


def opening_time(now: datetime) -> datetime:
    """The end of the latest working day in Tokyo: a demo on a Sunday is no empty office."""
    day = now.astimezone(_TOKYO).date()
    calendar = WorkingCalendar()
    while not calendar.is_working_day(day) or local_instant(day, _OPENS_AT, _TOKYO) > now:
        day -= DAY
    return local_instant(day, _OPENS_AT, _TOKYO)


@contextmanager
def demo(port: int, days: int, now: datetime) -> Iterator[Demo]:
    """Start everything; the last `days` days of the story are played with the scheduler running.

    Raises:
        OSError: the port is taken.
    """
    opens_at = opening_time(now)
    clock = JumpingClock(opens_at - days * DAY)

    def jump(to: str, zone: str) -> str:
        return running.jump(to, zone)

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="goen-demo-"))
        sandbox = Sandbox(
            workspace(),
            yaml.safe_load(MANIFEST.read_text()),
            "xoxb-demo",
            "xapp-demo",
            "demo-signing-secret",
            clock=clock.seconds,
            on_jump=jump,
        ).start(port)
        stack.callback(sandbox.stop)
        pages_at = _free_port()
        # What is given here wins over the surroundings, so a real token never reaches the demo.
        settings = Settings.model_validate(
            {
                "slack_bot_token": "xoxb-demo",
                "slack_app_token": "xapp-demo",
                "slack_signing_secret": None,
                "slack_api_url": sandbox.api_url,
                "database_url": f"sqlite:///{folder}/goen.db",
                "channel": CHANNEL_ID,
                "host": _HERE,
                "port": pages_at,
                "public_url": f"http://{_HERE}:{pages_at}",
            }
        )
        migrate(settings.database_url)
        bot = build(settings, clock, seconds_between_posts=0)
        stack.callback(bot.store.close)
        running = Demo(f"{sandbox.url}/#/{SATO}", sandbox, bot, clock)
        _play(running, opens_at, days)
        stack.enter_context(at_work(bot))
        yield running


def run(port: int, days: int, *, open_browser: bool, say: Callable[[str], None]) -> None:
    """Run the demo until Ctrl+C; `say` gets the address of the page."""
    stopping = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    with demo(port, days, datetime.now(UTC)) as running:
        say(running.url)
        if open_browser:
            webbrowser.open(running.url)
        stopping.wait()


def _free_port() -> int:
    """A port for the customers' pages, whose addresses are known before they are served."""
    with socket.socket() as found:
        found.bind((_HERE, 0))
        port: int = found.getsockname()[1]
        return port


def _play(running: Demo, opens_at: datetime, days: int) -> None:
    """Fill the database with the story, ticking through its last days."""
    bot = running.bot
    known = _workspace(bot)
    bot.roster.refresh_team(known, running.clock())
    with bot.store.write() as conn:
        history.begin(conn, known, opens_at)
    known = _workspace(bot)
    for happening in history.happenings(known):
        at = opens_at - timedelta(days=happening.days_ago)
        if happening.days_ago < days:
            running.pass_until(at)
        with bot.store.write() as conn:
            happening.run(conn, at)
    running.pass_until(opens_at)


def _workspace(bot: Bot) -> Workspace:
    with bot.store.read() as conn:
        found = workspaces.get(conn, bot.team_id or "")
    if found is None:
        raise LookupError(bot.team_id)
    return found
