"""The sandbox: a local Slack for one workspace and one app."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette

from bot.sandbox.api import WebApi
from bot.sandbox.faults import Faults
from bot.sandbox.gate import Gate
from bot.sandbox.hub import Hub
from bot.sandbox.interactions import Interactions
from bot.sandbox.outbound import RETRY_DELAYS, Ack, Delivery, Outbound
from bot.sandbox.person import Person
from bot.sandbox.server import Server
from bot.sandbox.socket_mode import Links
from bot.sandbox.state import Call, Refusal, State
from bot.sandbox.ui import Ui
from bot.sandbox.wires import Wires
from bot.sandbox.workspace import AppProfile, User, Workspace

SLACKS_PATIENCE = 3.0


class Sandbox:
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
        bot_token: str,
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
        self._state = State(workspace, app, clock, self._hub, patience)
        self._outbound = Outbound(self._links, signing_secret, events_url, patience, retry_delays)
        self._interactions = Interactions(self._state, self._outbound)
        api = WebApi(self._state, self._outbound, self._links, bot_token, app_token, channel_pace)
        gate = Gate(self._state, api, self._links, self.faults, self._wires)
        ui = Ui(self._state, self._interactions, self._hub, lambda: self.connected, on_jump)
        self._server = Server(Starlette(routes=[*gate.routes(), *ui.routes()]), self._wires)

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
    def calls(self) -> list[Call]:
        """Every Web API call so far, and uses of response_url and upload addresses."""
        with self._state.lock:
            return list(self._state.calls)

    @property
    def refusals(self) -> list[Refusal]:
        """Every payload of the bot that Slack would have refused."""
        with self._state.lock:
            return list(self._state.refusals)

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

    # -- who acts, and what happens to the workspace -------------------------------------------

    def act_as(self, user_id: str) -> Person:
        """A driver that does what this person could do in Slack. KeyError for an unknown one."""
        with self._state.lock:
            return Person(self._state, self._interactions, self._state.directory.users[user_id].id)

    def join(self, channel: str, user: str) -> None:
        """Somebody joins a channel."""
        self._move(channel, user, joins=True)

    def leave(self, channel: str, user: str) -> None:
        """Somebody leaves a channel."""
        self._move(channel, user, joins=False)

    def _move(self, channel: str, user: str, *, joins: bool) -> None:
        with self._state.lock:
            members = self._state.directory.members[channel]
            if joins == (user in members):
                return
            members.append(user) if joins else members.remove(user)
            private = self._state.directory.channels[channel].is_private
        kind = "member_joined_channel" if joins else "member_left_channel"
        self._interactions.announce(
            kind,
            {
                "type": kind,
                "user": user,
                "channel": channel,
                "channel_type": "G" if private else "C",
                "team": self._state.team_id,
            },
        )

    def add_user(self, user: User) -> None:
        """Somebody new in the workspace."""
        with self._state.lock:
            self._state.directory.add(user)
        self._interactions.announce("team_join", {"type": "team_join", "user": {"id": user.id}})

    def change_user(self, user_id: str, **changes: Any) -> None:
        """Change fields of a User, such as `deleted=True` or `tz="Europe/Berlin"`."""
        with self._state.lock:
            user = self._state.directory.change(user_id, **changes)
        self._interactions.announce(
            "user_change",
            {"type": "user_change", "user": {"id": user.id, "deleted": user.deleted}},
        )

    def uninstall(self) -> None:
        """Somebody removes the app: its tokens die, and it is told so."""
        with self._state.lock:
            self._state.installed = False
        self._interactions.announce("app_uninstalled", {"type": "app_uninstalled"})

    def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Slack's `disconnect` message of Socket Mode."""
        self._links.announce_disconnect(reason)

    def drop_links(self) -> None:
        """Close every Socket Mode connection."""
        self._links.hang_up()
