"""The sandbox: a local Slack for one app, with one workspace and what others are added."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.routing import Mount

from bot.sandbox.api import WebApi
from bot.sandbox.faults import Faults
from bot.sandbox.gate import Gate, Switchboard
from bot.sandbox.hub import Hub
from bot.sandbox.outbound import RETRY_DELAYS, Ack, Delivery, Outbound
from bot.sandbox.server import Server
from bot.sandbox.socket_mode import Links
from bot.sandbox.state import State
from bot.sandbox.tenant import Tenant
from bot.sandbox.ui import Ui
from bot.sandbox.wires import Wires
from bot.sandbox.workspace import AppProfile, Workspace

SLACKS_PATIENCE = 3.0


class Sandbox(Tenant):
    """A local Slack that speaks Web API, Socket Mode and signed HTTP, on the loopback address.

    `clock` gives the seconds since 1970 from which message timestamps come. `on_jump` moves it: it
    is told where to (`one_hour`, `next_morning`, `next_monday`) and the time zone of the person who
    asks, and what it returns is shown to them. `patience` is how long acks are waited for and
    triggers live, in real seconds. `channel_pace` is the least time between two messages of one
    channel; 0 lets them come as they come. `retry_delays` are the waits before an event that was
    not taken is sent again.
    """

    def __init__(
        self,
        workspace: Workspace,
        manifest: Mapping[str, Any] | None,
        bot_token: str | None,
        app_token: str,
        signing_secret: str,
        clock: Callable[[], float] = time.time,
        events_url: str | None = None,
        on_jump: Callable[[str, str], str] | None = None,
        *,
        patience: float = SLACKS_PATIENCE,
        channel_pace: float = 0.0,
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self.faults = Faults()
        self._hub = Hub()
        self._wires = Wires()
        self._links = Links(self._links_changed)
        app = AppProfile.from_manifest(manifest)
        self._app_token = app_token
        self._channel_pace = channel_pace
        self._outbound = Outbound(self._links, signing_secret, events_url, patience, retry_delays)
        self._make = partial(State, app=app, clock=clock, patience=patience)
        super().__init__(self._make(workspace, hub=self._hub, bot_token=bot_token), self._outbound)
        self._switchboard = Switchboard(self._links)
        ui = Ui(self._state, self._interactions, self._hub, lambda: self.connected, on_jump)
        gate = self._gate(self._state)
        routes = [*self._switchboard.routes(), *gate.routes(), *ui.routes()]
        self._web = Starlette(routes=routes)
        self._server = Server(self._web, self._wires)

    def _gate(self, state: State) -> Gate:
        api = WebApi(state, self._outbound, self._links, self._app_token, self._channel_pace)
        gate = Gate(state, api, self.faults, self._wires)
        self._switchboard.gates.append(gate)
        return gate

    def add_workspace(self, workspace: Workspace, bot_token: str | None = None) -> Tenant:
        """Another workspace behind the same addresses, once the sandbox has started; without a
        token the app is not installed there. It has no page."""
        state = self._make(workspace, hub=Hub(), bot_token=bot_token)
        place = f"/t/{workspace.team_id}"
        state.base_url = f"{self.url}{place}"
        self._web.router.routes.append(Mount(place, routes=self._gate(state).routes()))
        return Tenant(state, self._outbound)

    # -- life --------------------------------------------------------------------------------

    def start(self, port: int = 0) -> Self:
        """Serve in the background; a port of 0 takes any free one."""
        self._state.base_url = self._server.bind(port)
        self._server.start()
        self._outbound.start()
        return self

    def stop(self) -> None:
        """Close every connection and end every thread."""
        self._hub.close()
        self._outbound.stop()
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return self._state.base_url

    @property
    def api_url(self) -> str:
        return f"{self._state.base_url}/api/"

    @property
    def events_url(self) -> str | None:
        """Where signed HTTP goes when no socket is connected; may be set once the bot listens."""
        return self._outbound.events_url

    @events_url.setter
    def events_url(self, url: str | None) -> None:
        self._outbound.events_url = url
        self._links_changed()

    @property
    def connected(self) -> bool:
        """Whether there is a way to the bot."""
        return len(self._links) > 0 or self._outbound.events_url is not None

    def _links_changed(self) -> None:
        self._hub.tell(None, {"type": "connected", "connected": self.connected})

    # -- what the tests look at ----------------------------------------------------------------

    @property
    def deliveries(self) -> list[tuple[Delivery, Ack]]:
        """Everything that was sent to the bot, with how it answered."""
        return list(self._outbound.delivered)

    def redeliver(self, delivery: Delivery) -> Ack:
        """Send the very same payload once more, as a network or a retry does."""
        return self._outbound.deliver(delivery)

    def wait_for(self, predicate: Callable[[], Any], timeout: float = 5.0) -> Any:
        """The first true value of `predicate`; TimeoutError when there is none in time."""
        deadline = time.monotonic() + timeout
        while not (found := predicate()):
            if time.monotonic() > deadline:
                raise TimeoutError("what was waited for did not come")
            time.sleep(0.01)
        return found

    # -- the connection ------------------------------------------------------------------------

    def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Slack's `disconnect` message of Socket Mode."""
        self._links.announce_disconnect(reason)

    def drop_links(self) -> None:
        """Close every Socket Mode connection."""
        self._links.hang_up()
