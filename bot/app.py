"""The only place that builds things: database, Slack clients, handlers, scheduler."""

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_bolt import App as BoltApp
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.clients import Clients, OneWorkspace, maker
from bot.settings import Settings
from bot.texts.voice import Voice
from handlers import errands, table, welcome
from handlers.dispatch import Dispatcher
from handlers.roster import Roster
from handlers.slack import register
from handlers.web.server import WebServer
from handlers.web.slack_events import route
from handlers.welcome import Defaults
from scheduler.delivery import Deliverer
from scheduler.errands import Errands
from scheduler.pace import Pace
from scheduler.planner import Planner
from scheduler.ticker import Ticker
from scheduler.timing import Timing
from storage.engine import Store, open_engine

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Bot:
    """A whole bot, ready to be started one way or the other."""

    settings: Settings
    store: Store
    clients: Clients
    bolt: BoltApp
    dispatcher: Dispatcher
    roster: Roster
    planner: Planner
    deliverer: Deliverer
    ticker: Ticker
    errands: Errands
    team_id: str


def build(
    settings: Settings,
    clock: Clock = wall_clock,
    *,
    seconds_between_posts: float = 1.0,
) -> Bot:
    """Put a bot together for the workspace of its token. Slack is asked who we are.

    Raises:
        SlackApiError: the token is not valid.
    """
    if settings.slack_bot_token is None:
        raise ValueError("a bot token is needed")
    token = settings.slack_bot_token.get_secret_value()
    store = Store(open_engine(settings.database_url))
    timing = Timing()
    client = maker(settings.slack_api_url, int(timing.patience.total_seconds()))(token)
    workspace = welcome.ensure_workspace(store, client, defaults_of(settings), clock())
    clients = OneWorkspace(client, workspace.team_id)
    roster = Roster(store, clients)
    pace = Pace(seconds_between_posts)
    deliverer = Deliverer(store, clients, _worker_name(), clock, pace, timing)
    planner = Planner(store, clock, roster.refresh_team, clients.serves)
    ticker = Ticker(planner.run, deliverer.run, deliverer.pause)
    works = errands.works(store, clients, roster)
    worker = Errands(store, clock, works, errands.give_up, on_done=ticker.wake)

    def wake() -> None:
        ticker.wake()
        worker.wake()

    dispatcher = Dispatcher(
        store=store,
        routes=table.routes(),
        meet=roster.meet,
        wake=wake,
        fallback=Voice(workspace.locale, workspace.timezone),
    )
    bolt = _bolt(settings, client)
    register(bolt, dispatcher, roster, clock)
    return Bot(
        settings=settings,
        store=store,
        clients=clients,
        bolt=bolt,
        dispatcher=dispatcher,
        roster=roster,
        planner=planner,
        deliverer=deliverer,
        ticker=ticker,
        errands=worker,
        team_id=workspace.team_id,
    )


def socket_mode(bot: Bot) -> SocketModeHandler:
    """The connection of Socket Mode; `connect()` and `close()` are the caller's."""
    if bot.settings.slack_app_token is None:
        raise ValueError("Socket Mode needs an app token")
    app_token = bot.settings.slack_app_token.get_secret_value()
    client = WebClient(app_token, base_url=bot.settings.slack_api_url)
    return SocketModeHandler(bot.bolt, app_token, web_client=client)


def defaults_of(settings: Settings) -> Defaults:
    """What the settings say of a workspace that is new."""
    return Defaults(
        channel_id=settings.channel,
        locale=settings.locale,
        timezone=settings.timezone,
        country=settings.country,
        currency=settings.currency,
    )


@contextmanager
def running(bot: Bot) -> Iterator[None]:
    """Connected and ticking until the block ends; then what is under way is finished.

    Raises:
        SlackApiError: the app token is not valid.
        OSError: Slack can't be reached, or the address of HTTP mode is taken.
    """
    with ExitStack() as stack:
        stack.callback(bot.store.close)
        bot.errands.start()
        stack.callback(bot.errands.stop)
        bot.ticker.start()
        stack.callback(bot.ticker.stop)
        _serve(bot, stack)
        if bot.settings.uses_socket_mode:
            connection = socket_mode(bot)
            stack.callback(connection.close)
            connection.connect()  # type: ignore[no-untyped-call]
        yield


def _serve(bot: Bot, stack: ExitStack) -> None:
    """The web server: Slack's requests in HTTP mode, `/healthz` in both."""
    by_socket = bot.settings.uses_socket_mode
    routes = [] if by_socket else [route(bot.bolt)]
    try:
        server = WebServer(routes, bot.settings.host, bot.settings.port)
    except OSError as error:
        if not by_socket:
            raise
        # Nobody but a health check would call it.
        log.warning("no /healthz: %s:%s: %s", bot.settings.host, bot.settings.port, error)
        return
    server.start()
    stack.callback(server.stop)


def _bolt(settings: Settings, client: WebClient) -> BoltApp:
    secret = settings.slack_signing_secret
    return BoltApp(
        client=client,
        signing_secret=secret.get_secret_value() if secret else "",
        # Commit, then ack: a click that Slack takes for done is done, whatever dies next.
        process_before_response=True,
        request_verification_enabled=not settings.uses_socket_mode,
        token_verification_enabled=False,
    )


def _worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
