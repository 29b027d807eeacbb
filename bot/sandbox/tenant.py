"""One workspace of the sandbox: who acts in it, what happens to it, and what tests look at."""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.files import File
from bot.sandbox.interactions import Interactions
from bot.sandbox.oauth import Grant, read_request, way_back
from bot.sandbox.outbound import Delivery, Outbound
from bot.sandbox.person import Person
from bot.sandbox.state import Call, Refusal, State
from bot.sandbox.workspace import BOT_USER_ID, User


class Tenant:
    """A workspace that the app is, or may be, installed in."""

    def __init__(self, state: State, outbound: Outbound) -> None:
        self._state = state
        self._interactions = Interactions(state, outbound)

    # -- what the tests look at ----------------------------------------------------------------

    @property
    def team_id(self) -> str:
        return self._state.team_id

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

    def file(self, file_id: str) -> File | None:
        """A file that was uploaded and not deleted since."""
        with self._state.lock:
            return self._state.files.find(file_id)

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

    def event(self, body: dict[str, Any]) -> Delivery:
        """An event as it would be sent; see `Sandbox.redeliver`."""
        with self._state.lock:
            return Delivery("events_api", payloads.event(self._state, body))

    # -- installing the app --------------------------------------------------------------------

    def allow(self, address: str, user_id: str) -> str:
        """A person presses Allow on Slack's page at that address; where their browser is sent.

        Raises:
            ValueError: Slack would show an error instead.
        """
        redirect_uri, state = read_request(address, self._state.app)
        with self._state.lock:
            grant = Grant(self._state.directory.users[user_id].id, redirect_uri)
            code = self._state.grants.issue(grant)
        return way_back(redirect_uri, code=code, state=state)

    def refuse(self, address: str) -> str:
        """A person presses Cancel there; where their browser is sent."""
        redirect_uri, state = read_request(address, self._state.app)
        return way_back(redirect_uri, error="access_denied", state=state)

    def uninstall(self) -> None:
        """Somebody removes the app: its tokens die, and it is told so, twice."""
        with self._state.lock:
            self._state.uninstall()
        self._interactions.announce("app_uninstalled", {"type": "app_uninstalled"})
        self._tell_revoked()

    def revoke(self) -> None:
        """Somebody revokes the bot's token, which is told as such."""
        with self._state.lock:
            self._state.uninstall()
        self._tell_revoked()

    def _tell_revoked(self) -> None:
        tokens = {"oauth": [], "bot": [BOT_USER_ID]}
        self._interactions.announce("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens})
