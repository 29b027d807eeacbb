"""Several workspaces with one bot: each installs Goen by OAuth, as a browser does it."""

import html
import http.client
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import SecretStr

from bot.app import Bot, build, socket_mode, web_routes
from bot.sandbox import CLIENT_ID, CLIENT_SECRET, Sandbox, Tenant, Workspace
from bot.settings import Settings
from handlers.web.server import WebServer
from storage.migrate import migrate
from tests.house import APP_TOKEN, MORI, ROOT, SIGNING_SECRET, Clock, people

OTHER_TEAM = "T0NATSUKAZE"
PUBLIC_URL = "https://goen.example"
KEY = "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZy1rZXk="
OLD_KEY = "YW4tb2xkZXIta2V5LWZvci10ZXN0cy0zMi1ieXRlcyE="


def namesake() -> Workspace:
    """Another company whose people and channels have the very ids and names of the first."""
    twin = people()
    return Workspace(OTHER_TEAM, "株式会社ナツカゼ", "natsukaze", twin.users, twin.channels)


@dataclass(frozen=True)
class Answer:
    """What a browser was given."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def link(self) -> str:
        """The first button of the page."""
        found = re.search(r'class="button" href="([^"]+)"', self.text)
        assert found, self.text
        return html.unescape(found[1])


@dataclass
class Browser:
    """One browser with its cookies, looking at the bot's web server wherever it is sent."""

    port: int
    language: str = "ja"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Answer:
        parts = urlsplit(address)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Accept-Language": self.language, **({"Cookie": kept} if kept else {})}
        try:
            line.request("GET", f"{parts.path}?{parts.query}", headers=headers)
            answer = line.getresponse()
            text = answer.read().decode()
        finally:
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie = value.partition(";")[0]
                self.cookies[cookie.partition("=")[0]] = cookie.partition("=")[2]
        return Answer(answer.status, dict(answer.getheaders()), text)


@dataclass
class Estate:
    """The local Slack with two workspaces, and one bot for whoever installs it."""

    sandbox: Sandbox
    second: Tenant
    bot: Bot
    clock: Clock
    port: int

    @property
    def first(self) -> Tenant:
        return self.sandbox

    def browser(self, language: str = "ja") -> Browser:
        return Browser(self.port, language)

    def install(self, tenant: Tenant, user: str = MORI) -> Answer:
        """A person installs Goen; the page that they see at last."""
        browser = self.browser()
        return browser.get(tenant.allow(browser.get("/slack/install").link, user))

    def settle(self) -> None:
        """Plan and deliver until nothing is due: what a minute of quiet would bring."""
        self.bot.errands.run()
        self.bot.planner.run()
        while self.bot.deliverer.run():
            pass


@contextmanager
def estate(
    database_url: str, *, by_socket: bool, clock: Clock | None = None, **settings: Any
) -> Iterator[Estate]:
    """A bot that nobody has installed yet, by Socket Mode or by signed HTTP."""
    clock = clock or Clock()
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    with ExitStack() as stack:
        sandbox = Sandbox(people(), manifest, None, APP_TOKEN, SIGNING_SECRET, clock=clock.seconds)
        stack.enter_context(sandbox)
        second = sandbox.add_workspace(namesake())
        bot = build(
            configured(sandbox, database_url, by_socket=by_socket, **settings),
            clock,
            seconds_between_posts=0,
        )
        stack.callback(bot.store.close)
        server = WebServer(web_routes(bot), "127.0.0.1", 0)
        server.start()
        stack.callback(server.stop)
        if by_socket:
            link = socket_mode(bot)
            link.connect()  # type: ignore[no-untyped-call]
            stack.callback(link.close)
        else:
            sandbox.events_url = f"http://127.0.0.1:{server.port}/slack/events"
        sandbox.wait_for(lambda: sandbox.connected)
        yield Estate(sandbox, second, bot, clock, server.port)
        assert sandbox.refusals == []
        assert second.refusals == []


def configured(
    sandbox: Sandbox, database_url: str, *, by_socket: bool, **settings: Any
) -> Settings:
    """Settings for several workspaces; the database is migrated."""
    given: dict[str, Any] = {
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": SecretStr(CLIENT_SECRET),
        "slack_app_token": SecretStr(APP_TOKEN) if by_socket else None,
        "slack_signing_secret": SecretStr(SIGNING_SECRET),
        "slack_api_url": sandbox.api_url,
        "database_url": database_url,
        "public_url": PUBLIC_URL,
        "encryption_keys": SecretStr(KEY),
        **settings,
    }
    migrate(database_url)
    return Settings(_env_file=None, **given)
