"""The driver of the tests: one person, doing by name what the page lets them do by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.sandbox.directory import direct_message
from bot.sandbox.entries import ENTRY_KEYS, elements_in
from bot.sandbox.files import File
from bot.sandbox.interactions import Interactions, Outcome, Submission
from bot.sandbox.messages import Message, words_in
from bot.sandbox.modals import View
from bot.sandbox.state import State

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What a person sees after a command, click or shortcut, by the time the bot has acked.

    `body` is the ack's body as it came, `message` the message made of it. `messages` are all new
    messages that this person sees in that conversation, `view` the modal now on top.
    """

    notice: str | None = None
    body: Any = None
    message: Message | None = None
    messages: tuple[Message, ...] = ()
    view: View | None = None

    @property
    def text(self) -> str:
        return self.message.text if self.message else ""

    @property
    def blocks(self) -> tuple[Json, ...]:
        return self.message.blocks if self.message else ()

    @property
    def ephemeral(self) -> list[Message]:
        return [message for message in self.messages if message.ephemeral]

    @property
    def words(self) -> str:
        """Everything that can be read in the reply."""
        return "\n".join((self.text, *words_in(self.blocks)))


@dataclass
class Person:
    """Acts as one person. Raises LookupError for what is not on their screen."""

    _state: State
    _act: Interactions
    id: str
    _offered: dict[str, Json] = field(default_factory=dict)

    # -- reading -----------------------------------------------------------------------------

    @property
    def dm_id(self) -> str:
        """The direct message with the bot."""
        return direct_message(self.id)

    def messages(self, channel: str) -> list[Message]:
        """Oldest first, with the ephemeral messages that only this person sees."""
        with self._state.lock:
            if not self._state.directory.sees(self.id, channel):
                raise LookupError(f"{self.id} does not see {channel}")
            return self._state.messages.seen_by(self.id, channel)

    def dm(self) -> list[Message]:
        return self.messages(self.dm_id)

    def view(self) -> View | None:
        """The open modal on top, or None."""
        stack = self.views()
        return stack[-1] if stack else None

    def views(self) -> list[View]:
        """All open modals, the top one last."""
        with self._state.lock:
            return self._state.views.stack(self.id)

    def home(self) -> View | None:
        """Open the Home tab; its view once the bot has heard of it."""
        return self._act.home(self.id)

    # -- acting ------------------------------------------------------------------------------

    def command(self, name: str, text: str = "", channel: str | None = None) -> Reply:
        """Type a slash command, by default in the direct message with the bot."""
        place = channel or self.dm_id
        before = self._stamps(place)
        return self._reply(self._act.command(self.id, place, name, text), place, before)

    def shortcut(self, callback_id: str, message: Message | None = None) -> Reply:
        place = message.channel if message else self.dm_id
        before = self._stamps(place)
        return self._reply(self._act.shortcut(self.id, callback_id, message), place, before)

    def say(self, channel: str, text: str) -> Message:
        return self._act.say(self.id, channel, text)

    def upload(self, name: str, content: bytes) -> File:
        return self._act.upload(self.id, name, content)

    def click(
        self,
        target: Message | View | Reply,
        action_id: str,
        block_id: str | None = None,
        value: str | None = None,
    ) -> Reply:
        """Click a button or an entry of an overflow menu.

        `value` picks among buttons of the same action_id, or the entry of the menu. The message
        may be an older version than the one that is shown now.
        """
        place = _place(target)
        block, element = find(place.blocks, action_id, block_id, value)
        chosen: Json = {}
        if element["type"] == "overflow":
            chosen = {"selected_option": _option(element, value, self._offered)}
        return self._acted(place, block, element, chosen)

    def select(
        self,
        target: Message | View | Reply,
        action_id: str,
        value: Any,
        block_id: str | None = None,
    ) -> Reply:
        """Choose in a menu, tick boxes, or type where typing is sent at once.

        An input block without `dispatch_action` keeps the entry for the submission.
        """
        place = _place(target)
        block, element = find(place.blocks, action_id, block_id)
        entry = self._entry(place, block, element, value)
        if block["type"] == "input" and not block.get("dispatch_action"):
            if not isinstance(place, View):
                raise LookupError("an input of a message is sent with its button")
            self._act.enter(place, {block["block_id"]: {action_id: entry}})
            return Reply(view=self.view())
        key = ENTRY_KEYS[element["type"]][0]
        return self._acted(place, block, element, {key: entry[key]})

    def options(self, target: Message | View | Reply, name: str, typed: str = "") -> list[Json]:
        """What a menu offers for what was typed; `name` is its action_id or block_id."""
        place = _place(target)
        block, element = find(place.blocks, name)
        found, notice = self._act.options(self.id, place, block, element, typed)
        if notice is not None:
            raise LookupError(notice)
        groups = found.get("option_groups") or ()
        offered = [*(found.get("options") or ()), *(o for g in groups for o in g["options"])]
        self._offered |= {item["value"]: item for item in offered}
        return offered

    def fill(self, view: View, values: Mapping[str, Any]) -> View:
        """Enter values as `submit` takes them, without submitting."""
        return self._act.enter(view, self._entries(view, values))

    def submit(self, view: View, values: Mapping[str, Any] | None = None) -> Submission:
        """Submit a modal. `values` are by block_id: the plain value of the one element there, or
        a mapping of action_id to value, or entries of `state.values`."""
        return self._act.submit(self.id, view, self._entries(view, values or {}))

    def close(self, view: View, *, everything: bool = False) -> None:
        """Cancel the modal; `everything` is the × that closes the whole stack."""
        self._act.close(self.id, view, everything=everything)

    # -- inside --------------------------------------------------------------------------------

    def _stamps(self, channel: str) -> frozenset[str]:
        with self._state.lock:
            return frozenset(m.ts for m in self._state.messages.seen_by(self.id, channel))

    def _reply(self, outcome: Outcome, channel: str, before: frozenset[str]) -> Reply:
        with self._state.lock:
            seen = self._state.messages.seen_by(self.id, channel)
        return Reply(
            notice=outcome.notice,
            body=outcome.body,
            message=outcome.message,
            messages=tuple(message for message in seen if message.ts not in before),
            view=self.view(),
        )

    def _acted(self, place: Message | View, block: Json, element: Json, chosen: Json) -> Reply:
        channel = place.channel if isinstance(place, Message) else self.dm_id
        before = self._stamps(channel)
        outcome = self._act.action(self.id, place, block, element, chosen)
        return self._reply(outcome, channel, before)

    def _entries(self, view: View, values: Mapping[str, Any]) -> dict[str, dict[str, Json]]:
        found: dict[str, dict[str, Json]] = {}
        for block_id, given in values.items():
            here = [pair for pair in elements_in(view.blocks) if pair[0]["block_id"] == block_id]
            if not here:
                raise LookupError(f"no block {block_id}; there are {_names(view.blocks)}")
            names = {element["action_id"] for _, element in here}
            by_action = isinstance(given, Mapping) and set(given) <= names
            for block, element in here:
                name = element["action_id"]
                if by_action and name not in given:
                    continue
                value = given[name] if by_action else given
                found.setdefault(block_id, {})[name] = self._entry(view, block, element, value)
        return found

    def _entry(self, place: Message | View, block: Json, element: Json, value: Any) -> Json:
        """The entry of `state.values` for a value given in plain Python."""
        kind = element["type"]
        key = ENTRY_KEYS[kind][0]
        if isinstance(value, Mapping) and key in value:
            return {"type": kind, key: value[key]}
        return {"type": kind, key: self._plain(place, block, element, key, value)}

    def _plain(
        self, place: Message | View, block: Json, element: Json, key: str, value: Any
    ) -> Any:
        if value is None:
            return [] if key.endswith("s") else None
        if key == "files":
            return [{"id": item.id if isinstance(item, File) else item} for item in value]
        if key == "selected_options":
            return [self._choice(place, block, element, item) for item in value]
        if key == "selected_option":
            return self._choice(place, block, element, value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, time):
            return f"{value:%H:%M}"
        return list(value) if key.endswith("s") else value if key != "value" else str(value)

    def _choice(self, place: Message | View, block: Json, element: Json, value: Any) -> Json:
        if isinstance(value, Mapping):
            return dict(value)
        if "external" not in element["type"]:
            return _option(element, str(value), {})
        if value not in self._offered:
            self.options(place, element["action_id"], str(value))
        return _option({"options": []}, str(value), self._offered)


def find(
    blocks: Sequence[Json], name: str, block_id: str | None = None, value: str | None = None
) -> tuple[Json, Json]:
    """The element with this action_id, or alone in the block of this id. LookupError if none."""
    for block, element in elements_in(blocks):
        if name not in (element.get("action_id"), block["block_id"]):
            continue
        if block_id is not None and block["block_id"] != block_id:
            continue
        if value is not None and element["type"] == "button" and element.get("value") != value:
            continue
        return block, element
    raise LookupError(f"no {name} here; there are {_names(blocks)}")


def _names(blocks: Sequence[Json]) -> str:
    found = [
        f"{block['block_id']}/{element.get('action_id')}" for block, element in elements_in(blocks)
    ]
    return ", ".join(found) or "no elements"


def _place(target: Message | View | Reply) -> Message | View:
    if not isinstance(target, Reply):
        return target
    if target.message is not None:
        return target.message
    if target.messages:
        return target.messages[-1]
    raise LookupError("the reply has no message")


def _option(element: Json, value: str | None, offered: Mapping[str, Json]) -> Json:
    groups = element.get("option_groups") or ()
    options = [*(element.get("options") or ()), *(o for group in groups for o in group["options"])]
    for item in (*options, *offered.values()):
        if value in (item["value"], item["text"]["text"]):
            return dict(item)
    known = ", ".join(item["value"] for item in options) or "none"
    raise LookupError(f"no option {value}; there are {known}")
