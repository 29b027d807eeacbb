"""Everything the sandbox remembers, behind one lock."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.directory import Directory
from bot.sandbox.files import Files
from bot.sandbox.hub import Hub
from bot.sandbox.messages import Message, Messages, Timestamps
from bot.sandbox.modals import View, Views
from bot.sandbox.notices import Notice
from bot.sandbox.oauth import Grants
from bot.sandbox.refuse import Problem
from bot.sandbox.tickets import ResponseUrls, Triggers
from bot.sandbox.workspace import AppProfile, Workspace

Json = dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """A payload of the bot that Slack would have refused, and why."""

    where: str
    problems: tuple[Problem, ...]
    payload: Any

    def __str__(self) -> str:
        return f"{self.where}: " + "; ".join(map(str, self.problems))


@dataclass(frozen=True)
class Call:
    """One Web API call as it was answered. `error` of a fault is the fault's kind."""

    method: str
    args: Mapping[str, Any]
    ok: bool
    error: str | None
    at: float


class State:
    """The workspace while it runs. Hold `lock` for every read or change of its stores;
    never wait for the bot while holding it."""

    def __init__(
        self,
        workspace: Workspace,
        app: AppProfile,
        clock: Callable[[], float],
        hub: Hub,
        patience: float,
        bot_token: str | None,
    ) -> None:
        self.lock = threading.RLock()
        self.workspace = workspace
        self.app = app
        self.base_url = ""
        self.bot_token = bot_token
        self.dead_tokens: set[str] = set()
        self.grants = Grants()
        self.directory = Directory(workspace, app)
        self.clock = clock
        self.timestamps = Timestamps(clock)
        self.messages = Messages(self.timestamps, self._message_changed)
        self.views = Views(self.timestamps.now, self._stack_changed, self._home_changed)
        self.triggers = Triggers(time.monotonic, patience)
        self.response_urls = ResponseUrls(time.monotonic)
        self.files = Files()
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self._hub = hub

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    def install(self) -> str:
        """The bot token; installing again changes nothing."""
        if self.bot_token is None:
            self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        return self.bot_token

    def uninstall(self) -> None:
        """The bot token dies."""
        if self.bot_token is not None:
            self.dead_tokens.add(self.bot_token)
        self.bot_token = None

    def now(self) -> float:
        return self.timestamps.now()

    def refuse(self, where: str, problems: tuple[Problem, ...], payload: Any) -> None:
        self.refusals.append(Refusal(where, problems, payload))

    def _message_changed(self, kind: str, message: Message) -> None:
        if message.ephemeral_to is None:
            seen = frozenset(
                user for user in self.directory.users if self.directory.sees(user, message.channel)
            )
        else:
            seen = frozenset({message.ephemeral_to})
        event: Json = {"type": kind, "channel": message.channel, "message": message.to_page()}
        if message.ephemeral and kind == "message_deleted":
            event = {"type": "ephemeral_deleted", "channel": message.channel, "ts": message.ts}
        self._hub.tell(seen, event)
        if kind != "message_changed":
            for user in seen & self._hub.watchers():
                self.tell_unread(user, message.channel)

    def tell_unread(self, user: str, channel: str) -> None:
        """Tell this person's pages how much they have not read in a channel."""
        count = self.messages.unread(user, channel)
        self._hub.tell(frozenset({user}), {"type": "unread", "channel": channel, "unread": count})

    def _stack_changed(self, user: str) -> None:
        self._hub.tell(frozenset({user}), self.stack_event(user))

    def stack_event(self, user: str) -> Json:
        """The whole modal stack of a person, as their pages are told of it."""
        stack = [view.to_slack(self.team_id) for view in self.views.stack(user)]
        return {"type": "view", "stack": stack}

    def _home_changed(self, view: View) -> None:
        self._hub.tell(
            frozenset({view.user}), {"type": "home", "view": view.to_slack(self.team_id)}
        )

    def locale_of(self, user: str) -> str:
        """The language of a person; English for somebody unknown."""
        with self.lock:
            known = self.directory.users.get(user)
        return known.locale if known else "en-US"

    def warn(self, user: str, notice: Notice, **values: str) -> str:
        """Show this person a warning of Slack's; what it says."""
        text = notice.say(self.locale_of(user), **values)
        self._hub.tell(frozenset({user}), {"type": "notice", "text": text})
        return text
