"""A small workspace, and a real Bolt app that is reached by Socket Mode and by HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import Channel, Sandbox, User, Workspace
from bot.sandbox.server import Server
from bot.sandbox.wires import Wires

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
SECRET = "sandbox-signing-secret"

WORKSPACE = Workspace(
    team_id="T1",
    name="Example",
    domain="example",
    users=(
        User("U1", "sato", "佐藤 花子", "sato@example.com"),
        User("U2", "smith", "Jo Smith", "smith@example.com", locale="en-US", tz="Europe/Berlin"),
        User("U3", "gone", "Gone", "gone@example.com", deleted=True),
        User("U4", "guest", "Guest", "guest@example.com", is_ultra_restricted=True),
    ),
    channels=(
        Channel("C1", "sales", ("U1", "U2")),
        Channel("C2", "elsewhere", ("U1",), has_bot=False),
        Channel("C3", "secret", ("U2",), is_private=True, has_bot=False),
    ),
)


def make_sandbox(**changes: Any) -> Sandbox:
    given: dict[str, Any] = {
        "workspace": WORKSPACE,
        "manifest": None,
        "bot_token": BOT_TOKEN,
        "app_token": APP_TOKEN,
        "signing_secret": SECRET,
        **changes,
    }
    return Sandbox(**given)


def make_client(sandbox: Sandbox, **changes: Any) -> WebClient:
    given: dict[str, Any] = {"token": BOT_TOKEN, "retry_handlers": [], "timeout": 5, **changes}
    return WebClient(base_url=sandbox.api_url, **given)


def make_app(sandbox: Sandbox) -> App:
    return App(
        client=make_client(sandbox),
        signing_secret=SECRET,
        process_before_response=True,
        raise_error_for_unhandled_request=False,
    )


@contextmanager
def by_socket(sandbox: Sandbox, app: App) -> Iterator[None]:
    """Connect a Bolt app by Socket Mode."""
    handler = SocketModeHandler(
        app, APP_TOKEN, web_client=WebClient(token=APP_TOKEN, base_url=sandbox.api_url)
    )
    handler.connect()
    try:
        sandbox.wait_for(lambda: sandbox.connected)
        yield
    finally:
        hang_up(sandbox, handler)


def hang_up(sandbox: Sandbox, handler: SocketModeHandler) -> None:
    """End a Socket Mode connection at once.

    The handler's own close waits for its three-second read, which a dropped link ends, and for
    its queue of messages, which one of nothing wakes.
    """
    client = handler.client
    client.auto_reconnect_enabled = False
    sandbox.drop_links()
    sandbox.wait_for(lambda: not client.is_connected())
    client.closed = True
    client.message_queue.put(None)
    handler.close()


@contextmanager
def by_http(sandbox: Sandbox, app: App) -> Iterator[None]:
    """Serve a Bolt app over HTTP and let the sandbox deliver there."""

    async def endpoint(request: Request) -> Response:
        bolt_request = to_bolt_request(request, await request.body())
        return to_starlette_response(await run_in_threadpool(app.dispatch, bolt_request))

    web = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
    server = Server(web, Wires())
    address = server.bind(0)
    server.start()
    sandbox.events_url = f"{address}/slack/events"
    try:
        yield
    finally:
        sandbox.events_url = None
        server.stop()


Transport = Callable[[Sandbox, App], AbstractContextManager[None]]
