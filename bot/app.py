"""The only place that builds things: database, Slack clients, handlers, scheduler."""

import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_bolt import App as BoltApp
from slack_sdk import WebClient
from starlette.routing import BaseRoute

from bot.clients import Clients, maker
from bot.health import Health
from bot.pages.site import Site
from bot.pictures.press import PRESS
from bot.settings import Settings
from bot.telemetry.metrics import Metrics
from bot.tenancy import tenancy_of
from handlers import errands, table
from handlers.departing import Departures
from handlers.dispatch import Dispatcher
from handlers.mail_enclosing import Encloser
from handlers.roster import Roster
from handlers.slack import register
from handlers.socket_mode import Link
from handlers.web import operating
from handlers.web.guard import Guard
from handlers.web.pages import PAGES
from handlers.web.server import WebServer
from handlers.web.signals import Signals
from handlers.web.slack_events import route
from scheduler.delivery import Deliverer
from scheduler.errands import Errands
from scheduler.mailing import Mailer
from scheduler.pace import Pace
from scheduler.planner import Planner
from scheduler.reconciling import Reconciler
from scheduler.ticker import Ticker
from scheduler.timing import Timing
from storage import restored
from storage.clock import DatabaseClock
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
    mailer: Mailer
    metrics: Metrics
    health: Health
    team_id: str | None
    """The only workspace; None where any number of them install Goen."""
    installing: Sequence[BaseRoute]
    pages: Sequence[BaseRoute]
    """What customers open; none without `GOEN_PUBLIC_URL`."""

    def give_up(self) -> None:
        """Let go of everything that this process has claimed, when it ends without finishing it."""
        self.errands.give_up_under_way()
        self.deliverer.give_up()


_TIMING = Timing()


def build(
    settings: Settings,
    clock: Clock | None = None,
    *,
    seconds_between_posts: float = 1.0,
    timing: Timing = _TIMING,
) -> Bot:
    """Put a bot together for the workspace of its token, or for all that install it.

    `clock` is the one that everybody on this database goes by: PostgreSQL's own, or the machine's.

    Raises:
        SlackApiError: the token is not valid.
        ValueError: `settings.problem` is not solved.
    """
    store = Store(open_engine(settings.database_url))
    try:
        clock = clock or (wall_clock if store.is_sqlite else DatabaseClock(store))
        return _assembled(settings, store, clock, Pace(seconds_between_posts), timing)
    except BaseException:
        store.close()
        raise


def _assembled(settings: Settings, store: Store, clock: Clock, pace: Pace, timing: Timing) -> Bot:
    metrics = Metrics()
    make_client = maker(
        settings.slack_api_url, int(timing.patience.total_seconds()), metrics.slack_error
    )
    tenancy = tenancy_of(settings, store, make_client, clock)
    clients = tenancy.clients
    roster = Roster(store, clients)
    deliverer = Deliverer(
        store, clients, _worker_name(), clock, pace, timing, on_outcome=metrics.delivered
    )
    with store.write() as conn:
        restored.notice(conn)
    planner = Planner(store, clock, roster.refresh_team, clients.serves, Reconciler(store, clients))
    ticker = Ticker(planner.run, deliverer.run, deliverer.pause, metrics.ticked)
    site = Site(settings.public_base)
    works = errands.works(store, clients, roster, site)
    worker = Errands(store, clock, works, errands.give_up, on_done=ticker.wake)
    mailer = Mailer(
        store=store,
        server=settings.mail_server,
        worker=_worker_name(),
        clock=clock,
        enclose=Encloser(store, PRESS, site, clock),
        on_told=ticker.wake,
        on_outcome=metrics.delivered,
    )

    def wake() -> None:
        ticker.wake()
        worker.wake()
        mailer.wake()

    dispatcher = Dispatcher(
        store=store,
        routes=table.routes(),
        meet=roster.meet,
        wake=wake,
        fallback=tenancy.fallback,
        site=site,
        has_mail=settings.mail_server is not None,
        on_handled=metrics.handled,
    )
    guard = Guard(
        store=store,
        site=site,
        clock=clock,
        wake=wake,
        language=settings.locale,
        serves=clients.serves,
        trusted=settings.proxies,
        on_handled=metrics.handled,
    )
    signals = Signals(
        store=store,
        site=site,
        clock=clock,
        wake=wake,
        serves=clients.serves,
        has_mail=settings.mail_server is not None,
        trusted=settings.proxies,
        on_handled=metrics.handled,
    )
    health = Health(store, ticker, worker, clock, wall_clock, tenancy.is_well)
    metrics.serve_gauges(health.gauges)
    departures = Departures(store, keeps_revoked=tenancy.team_id is not None)
    register(tenancy.bolt, dispatcher, roster, departures, clock)
    return Bot(
        settings=settings,
        store=store,
        clients=clients,
        bolt=tenancy.bolt,
        dispatcher=dispatcher,
        roster=roster,
        planner=planner,
        deliverer=deliverer,
        ticker=ticker,
        errands=worker,
        mailer=mailer,
        metrics=metrics,
        health=health,
        team_id=tenancy.team_id,
        installing=tenancy.installing,
        pages=[*guard.routes(PAGES), *signals.routes()] if site.is_open else (),
    )


def socket_mode(bot: Bot) -> Link:
    """The link of Socket Mode; `connect()` and `close()` are the caller's."""
    if bot.settings.slack_app_token is None:
        raise ValueError("Socket Mode needs an app token")
    app_token = bot.settings.slack_app_token.get_secret_value()
    client = WebClient(app_token, base_url=bot.settings.slack_api_url)
    return Link(bot.bolt, app_token, client)


def web_routes(bot: Bot) -> list[BaseRoute]:
    """What the web server serves: Slack's requests in HTTP mode; in both what customers open, and
    what operators ask."""
    token = bot.settings.metrics_token
    asked = operating.routes(
        bot.health.missing_to_live,
        bot.health.missing_to_serve,
        bot.metrics.page,
        token.get_secret_value() if token else None,
    )
    slack = () if bot.settings.uses_socket_mode else (route(bot.bolt),)
    return [*slack, *bot.installing, *bot.pages, *asked]


@contextmanager
def running(bot: Bot) -> Iterator[int | None]:
    """Connected and ticking until the block ends; then what is under way is finished.

    Gives the port of the web server; None when Socket Mode does without one.

    Raises:
        SlackApiError: the app token is not valid.
        OSError: Slack can't be reached, or the address of HTTP mode or of the pages is taken.
    """
    with ExitStack() as stack:
        stack.callback(bot.store.close)
        bot.errands.start()
        stack.callback(bot.errands.stop)
        bot.mailer.start()
        stack.callback(bot.mailer.stop)
        bot.ticker.start()
        stack.callback(bot.ticker.stop)
        port = _serve(bot, stack)
        if bot.settings.uses_socket_mode:
            link = socket_mode(bot)
            bot.health.is_linked = lambda: link.is_up
            stack.callback(link.close)
            link.connect()  # type: ignore[no-untyped-call]
        # The first to be called: while the last requests are answered, the last posts end.
        stack.callback(bot.deliverer.stop)
        yield port


def _serve(bot: Bot, stack: ExitStack) -> int | None:
    by_socket = bot.settings.uses_socket_mode
    try:
        server = WebServer(web_routes(bot), bot.settings.host, bot.settings.port)
    except OSError as error:
        if not by_socket or bot.pages:
            raise
        # Nobody but a health check would call it.
        log.warning("no /healthz on %s:%s: %s", bot.settings.host, bot.settings.port, error)
        return None
    server.start()
    stack.callback(server.stop)
    return server.port


def _worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
