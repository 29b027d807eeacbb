"""One Web API call: its arguments, its errors, and the table entry of a method."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.outbound import Outbound
from bot.sandbox.refuse import Problem
from bot.sandbox.socket_mode import Links
from bot.sandbox.state import State
from bot.sandbox.workspace import BOT_USER_ID

Json = dict[str, Any]


class ApiError(Exception):
    """Slack's `ok: false`, with the messages of its `response_metadata` and further fields."""

    def __init__(self, error: str, *problems: Problem, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.problems = problems
        self.extra = extra

    def to_slack(self) -> Json:
        found: Json = {"ok": False, "error": self.error, **self.extra}
        if self.problems:
            found["errors"] = [str(problem) for problem in self.problems]
            found["response_metadata"] = {
                "messages": [f"[ERROR] {problem}" for problem in self.problems]
            }
        return found


@dataclass(frozen=True)
class ApiCall:
    """What a method gets to do its work. The lock of the state is held."""

    state: State
    outbound: Outbound
    links: Links
    args: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A string argument; empty when absent."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        value = self.text(name)
        if not value:
            raise ApiError(error, Problem(f"missing required field: {name}", ""))
        return value

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int, most: int) -> int:
        """A count between 1 and `most`."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        if not str(value).isdecimal() or not 1 <= int(value) <= most:
            raise ApiError("invalid_limit")
        return int(value)

    def structure(self, name: str, error: str) -> Any:
        """An argument that is JSON, as a string in a form or as itself in a JSON body."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(error, Problem("must provide valid JSON", f"/{name}")) from None

    def recipient(self) -> str:
        """Where to post: an id, a `#name`, or a user id for the direct message with them."""
        wanted = self.required("channel", "channel_not_found")
        return self._visible(self.state.directory.resolve(wanted))

    def channel(self, name: str = "channel") -> str:
        """The conversation whose id an argument is; only posting knows it by other names."""
        wanted = self.required(name, "channel_not_found")
        return self._visible(wanted if wanted in self.state.directory.members else None)

    def _visible(self, found: str | None) -> str:
        if found is None:
            raise ApiError("channel_not_found")
        channel = self.state.directory.channels.get(found)
        if channel is not None and channel.is_private and not self.bot_is_in(found):
            raise ApiError("channel_not_found")
        return found

    def bot_is_in(self, channel: str) -> bool:
        return self.state.directory.is_member(channel, BOT_USER_ID)

    def has_scope(self, scope: str) -> bool:
        return self.state.app.scopes is None or scope in self.state.app.scopes

    def user(self, name: str = "user") -> str:
        found = self.required(name, "user_not_found")
        if found not in self.state.directory.users:
            raise ApiError("user_not_found")
        return found

    def refuse(self, error: str, problems: tuple[Problem, ...]) -> None:
        """Raise when there is a problem."""
        if problems:
            raise ApiError(error, *problems)


@dataclass(frozen=True)
class Method:
    """A method and the scopes it needs, any one of them; `app_token` marks Socket Mode's own."""

    run: Callable[[ApiCall], Json]
    scopes: tuple[str, ...] = ()
    app_token: bool = False
    open_to_all: bool = False


def page_of(items: list[Any], call: ApiCall, default: int, most: int = 1000) -> tuple[Any, Json]:
    """One page of a listing and the `response_metadata` that leads to the next."""
    cursor = call.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdecimal():
        raise ApiError("invalid_cursor")
    begin = int(cursor.removeprefix("next:")) if cursor else 0
    end = begin + call.number("limit", default, most)
    return items[begin:end], {"next_cursor": f"next:{end}" if end < len(items) else ""}
