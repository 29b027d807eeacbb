"""Everything the sandbox remembers, behind one lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.directory import Directory
from bot.sandbox.files import Files
from bot.sandbox.messages import Message, Messages, Timestamps
from bot.sandbox.modals import View, Views
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
        tell: Callable[[frozenset[str], Json], None],
        patience: float,
    ) -> None:
        self.lock = threading.RLock()
        self.workspace = workspace
        self.app = app
        self.base_url = ""
        self.installed = True
        self.directory = Directory(workspace, app)
        self.timestamps = Timestamps(clock)
        self.messages = Messages(self.timestamps, self._message_changed)
        self.views = Views(self.timestamps.now, self._stack_changed, self._home_changed)
        self.triggers = Triggers(time.monotonic, patience)
        self.response_urls = ResponseUrls(time.monotonic)
        self.files = Files()
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self._tell = tell

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

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
        if message.ephemeral and kind == "message_deleted":
            self._tell(
                seen, {"type": "ephemeral_deleted", "channel": message.channel, "ts": message.ts}
            )
            return
        self._tell(seen, {"type": kind, "channel": message.channel, "message": message.to_page()})

    def _stack_changed(self, user: str) -> None:
        stack = [view.to_slack(self.team_id) for view in self.views.stack(user)]
        self._tell(frozenset({user}), {"type": "view", "stack": stack})

    def _home_changed(self, view: View) -> None:
        self._tell(frozenset({view.user}), {"type": "home", "view": view.to_slack(self.team_id)})

    def notice(self, user: str, text: str) -> None:
        """What Slack shows this person as a warning."""
        self._tell(frozenset({user}), {"type": "notice", "text": text})
