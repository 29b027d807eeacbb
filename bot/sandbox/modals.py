"""Modals with their stack of three, and Home tabs."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.entries import entered_so_far
from bot.sandbox.messages import words_in
from bot.sandbox.workspace import APP_ID, BOT_ID

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]

MOST_VIEWS = 3


@dataclass(frozen=True)
class View:
    """One version of a modal or Home tab, with what its person has entered so far."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.body["blocks"])

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata") or "")

    @property
    def external_id(self) -> str:
        return str(self.body.get("external_id") or "")

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def words(self) -> str:
        """Everything that can be read in the view, for assertions of tests."""
        return "\n".join((self.title, *words_in(self.body["blocks"])))

    def to_slack(self, team_id: str) -> Json:
        """The view object of the Web API, of interaction payloads and of the page."""
        return {
            "id": self.id,
            "team_id": team_id,
            "type": self.type,
            "blocks": self.blocks,
            "private_metadata": self.private_metadata,
            "callback_id": self.callback_id,
            "external_id": self.external_id,
            "state": {"values": self.values},
            "hash": self.hash,
            "title": self.body.get("title"),
            "submit": self.body.get("submit"),
            "close": self.body.get("close"),
            "clear_on_close": bool(self.body.get("clear_on_close")),
            "notify_on_close": bool(self.body.get("notify_on_close")),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": APP_ID,
            "app_installed_team_id": team_id,
            "bot_id": BOT_ID,
        }


class Views:
    """Every open modal by person, and every Home tab. `tell(user)` hears of changed stacks.

    The caller holds the lock of the state.
    """

    def __init__(
        self,
        now: Callable[[], float],
        tell_stack: Callable[[str], None],
        tell_home: Callable[[View], None],
    ) -> None:
        self._now = now
        self._tell_stack = tell_stack
        self._tell_home = tell_home
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._count = 0

    def stack(self, user: str) -> list[View]:
        return list(self._stacks.get(user, ()))

    def home(self, user: str) -> View | None:
        return self._homes.get(user)

    def find(self, view_id: str) -> View | None:
        stacked = (view for stack in self._stacks.values() for view in stack)
        return next((v for v in (*stacked, *self._homes.values()) if v.id == view_id), None)

    def by_external_id(self, external_id: str) -> View | None:
        stacked = (view for stack in self._stacks.values() for view in stack)
        return next(
            (v for v in (*stacked, *self._homes.values()) if v.external_id == external_id), None
        )

    def open(self, user: str, body: Json) -> View:
        """A new modal, which takes the place of whatever this person had open."""
        self._stacks[user] = []
        return self._put_on_top(user, body)

    def push(self, user: str, body: Json) -> View | None:
        """On top of the stack; None when three are open already."""
        if len(self._stacks.get(user, ())) >= MOST_VIEWS:
            return None
        return self._put_on_top(user, body)

    def _put_on_top(self, user: str, body: Json) -> View:
        stack = self._stacks.setdefault(user, [])
        view_id = f"V{secrets.token_hex(5).upper()}"
        below = stack[-1] if stack else None
        stack.append(
            View(
                id=view_id,
                user=user,
                body=body,
                hash=self._next_hash(),
                root_id=below.root_id if below else view_id,
                previous_id=below.id if below else None,
                values=entered_so_far(body["blocks"], {}),
            )
        )
        self._tell_stack(user)
        return stack[-1]

    def _next_hash(self) -> str:
        self._count += 1
        return f"{int(self._now())}.{self._count:04d}{secrets.token_hex(4)}"

    def update(self, view: View, body: Json) -> View:
        """New content; what was entered stays where block_id, action_id and type stay."""
        changed = replace(
            view,
            body=body,
            hash=self._next_hash(),
            values=entered_so_far(body["blocks"], view.values),
        )
        self._keep(changed)
        if changed.type == "home":
            self._tell_home(changed)
        else:
            self._tell_stack(changed.user)
        return changed

    def enter(self, view: View, values: Mapping[str, Mapping[str, Json]]) -> View:
        """Remember what the person entered; only elements of the view count."""
        merged = {block: dict(actions) for block, actions in view.values.items()}
        for block, actions in values.items():
            for action, entry in actions.items():
                if action in merged.get(block, {}):
                    merged[block][action] = {**merged[block][action], **entry}
        changed = replace(view, values=merged)
        self._keep(changed)
        return changed

    def _keep(self, view: View) -> None:
        if view.type == "home":
            self._homes[view.user] = view
            return
        stack = self._stacks[view.user]
        stack[[item.id for item in stack].index(view.id)] = view

    def publish(self, user: str, body: Json) -> View:
        view_id = f"V{secrets.token_hex(5).upper()}"
        known = self._homes.get(user)
        if known is not None:
            return self.update(known, body)
        view = View(
            id=view_id,
            user=user,
            body=body,
            hash=self._next_hash(),
            root_id=view_id,
            values=entered_so_far(body["blocks"], {}),
        )
        self._keep(view)
        self._tell_home(view)
        return view

    def close(self, view: View) -> None:
        """Take one view off the stack; what lay under it is on top again."""
        self._stacks[view.user] = [v for v in self._stacks.get(view.user, ()) if v.id != view.id]
        self._tell_stack(view.user)

    def clear(self, user: str) -> list[View]:
        """Close the whole stack; the views that were open, the top one first."""
        closed = self.stack(user)[::-1]
        self._stacks[user] = []
        self._tell_stack(user)
        return closed
