"""What a person does in Slack: the one code path behind the page and behind the test driver.

Nothing here holds the lock while it waits for the bot, because the bot calls the Web API before
it acks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.directory import direct_message
from bot.sandbox.entries import ENTRY_KEYS, entered_so_far, refused_by_client, with_ids
from bot.sandbox.files import File
from bot.sandbox.messages import Message
from bot.sandbox.modals import MOST_VIEWS, View
from bot.sandbox.notices import Notice, NotThere
from bot.sandbox.outbound import Ack, Delivery, Outbound
from bot.sandbox.refuse import STATEFUL, problems_in_options, problems_in_submission_ack
from bot.sandbox.responses import answer_command
from bot.sandbox.state import State

Json = dict[str, Any]

_PROBLEMS = {
    "timeout": Notice.TIMEOUT,
    "failed": Notice.FAILED,
    "not_connected": Notice.NOT_CONNECTED,
}


@dataclass(frozen=True)
class Outcome:
    """What came of an interaction. `notice` is the warning Slack shows, None when all is well."""

    notice: str | None = None
    message: Message | None = None
    body: Any = None


@dataclass(frozen=True)
class Submission:
    """What came of submitting a modal; `errors` are shown under its inputs, by block_id."""

    errors: Mapping[str, str] = field(default_factory=dict)
    notice: str | None = None

    @property
    def ok(self) -> bool:
        return not self.errors and self.notice is None


class Interactions:
    """Acts for the people of the workspace. Raises LookupError for what is not on their screen."""

    def __init__(self, state: State, outbound: Outbound) -> None:
        self._state = state
        self._outbound = outbound

    # -- commands, shortcuts, messages -------------------------------------------------------

    def command(self, user: str, channel: str, name: str, text: str) -> Outcome:
        state = self._state
        with state.lock:
            if state.app.command(name) is None:
                return self._warn(user, Notice.UNKNOWN_COMMAND, name=name)
            if not state.directory.is_member(channel, user):
                return self._warn(user, Notice.NOT_A_MEMBER)
            payload = payloads.slash_command(state, user, channel, name, text)
        ack = self._send("slash_commands", payload, wants_body=True)
        if ack.problem == "timeout":
            return self._warn(user, Notice.COMMAND_TIMEOUT, name=name)
        if ack.problem is not None:
            return self._warn(user, Notice.COMMAND_FAILED, name=name, error="dispatch_failed")
        if not ack.body or ack.body == {"text": ""}:
            return Outcome()
        with state.lock:
            answer = answer_command(state, payload["response_url"], ack.body)
        if isinstance(answer, Message):
            return Outcome(message=answer, body=ack.body)
        return self._warn(user, Notice.COMMAND_FAILED, name=name, error="invalid_command_response")

    def shortcut(self, user: str, callback_id: str, message: Message | None = None) -> Outcome:
        """A global shortcut, or with a message one from the message's menu."""
        state = self._state
        kind = "global" if message is None else "message"
        with state.lock:
            known = state.app.shortcuts
            if known is not None and (callback_id, kind) not in {
                (item.callback_id, item.type) for item in known
            }:
                raise NotThere(Notice.UNKNOWN_SHORTCUT, name=callback_id)
            payload = (
                payloads.shortcut(state, user, callback_id)
                if message is None
                else payloads.message_action(state, user, callback_id, message)
            )
        return self._interact(user, payload)

    def say(self, user: str, channel: str, text: str) -> Message:
        state = self._state
        with state.lock:
            message = state.messages.add(channel, user, payloads.escaped(text, state.directory))
            name, event = payloads.message_event(state, message)
        self._event(name, event)
        return message

    # -- blocks ------------------------------------------------------------------------------

    def action(
        self,
        user: str,
        place: Message | View,
        block: Json,
        element: Json,
        chosen: Json,
        values: Mapping[str, Mapping[str, Json]] | None = None,
    ) -> Outcome:
        """Click or choose. `chosen` is what the payload says of the choice, `values` what the
        page knows of the other elements."""
        state = self._state
        named = {"block_id": block["block_id"], "action_id": element["action_id"]}
        action = {**_about(element), **named, **chosen}
        kept: Json = {element["action_id"]: {"type": element["type"], **chosen}}
        with state.lock:
            if isinstance(place, View):
                place = self._current(place)
                place = state.views.enter(place, self._with_files(values or {}))
                if element["type"] in STATEFUL:
                    place = state.views.enter(place, {block["block_id"]: kept})
                entered: Json = {}
            else:
                if state.messages.find(place.channel, place.ts) is None:
                    raise NotThere(Notice.MESSAGE_GONE)
                entered = entered_so_far(place.blocks, values or {})
                if element["type"] in STATEFUL:
                    entered[block["block_id"]] |= kept
            payload = payloads.block_action(state, user, place, action, entered)
        return self._interact(user, payload)

    def options(
        self, user: str, place: Message | View, block: Json, element: Json, typed: str
    ) -> tuple[Json, str | None]:
        """The options for what was typed, and the notice when there are none to be had."""
        state = self._state
        nothing: tuple[Json, str] = (
            {"options": []},
            Notice.NO_OPTIONS.say(state.locale_of(user)),
        )
        least = element.get("min_query_length")
        if len(typed) < (3 if least is None else least):
            return {"options": []}, None
        with state.lock:
            if isinstance(place, View):
                place = self._current(place)
            payload = payloads.block_suggestion(
                state, user, place, block["block_id"], element["action_id"], typed
            )
        ack = self._send("interactive", payload, wants_body=True)
        if ack.problem is not None:
            return nothing
        problems = tuple(problems_in_options(ack.body))
        if not problems:
            return ack.body, None
        with state.lock:
            state.refuse("options", problems, ack.body)
        return nothing

    # -- views -------------------------------------------------------------------------------

    def enter(self, view: View, values: Mapping[str, Mapping[str, Json]]) -> View:
        """Type into a modal without sending anything."""
        with self._state.lock:
            return self._state.views.enter(self._current(view), values)

    def submit(self, user: str, view: View, values: Mapping[str, Mapping[str, Json]]) -> Submission:
        state = self._state
        with state.lock:
            view = state.views.enter(self._current(view), self._with_files(values))
            if view.body.get("submit") is None:
                raise NotThere(Notice.VIEW_NOT_SUBMITTED)
            errors = refused_by_client(view.blocks, view.values, state.locale_of(user))
            if errors:
                return Submission(errors)
            payload = payloads.view_submission(state, user, view)
        ack = self._send("interactive", payload, wants_body=True)
        if ack.problem is not None:
            return Submission(notice=state.warn(user, Notice.TROUBLE))
        with state.lock:
            return self._take_submission_ack(user, view, ack.body or {})

    def _take_submission_ack(self, user: str, view: View, body: Any) -> Submission:
        state = self._state
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        problems = tuple(problems_in_submission_ack(body, inputs))
        if problems:
            state.refuse("ack of a view_submission", problems, body)
            return Submission(notice=state.warn(user, Notice.TROUBLE))
        kind = body.get("response_action")
        if kind == "errors":
            return Submission(dict(body["errors"]))
        open_views = state.views.stack(user)
        if kind == "clear":
            state.views.clear(user)
        elif all(item.id != view.id for item in open_views):
            # Closed or replaced by the bot while it was handling the submission.
            return Submission()
        elif kind == "update":
            state.views.update(view, prepared(body["view"]))
        elif kind == "push":
            if len(open_views) >= MOST_VIEWS:
                return Submission(notice=state.warn(user, Notice.TROUBLE))
            state.views.push(user, prepared(body["view"]))
        else:
            state.views.close(view)
        return Submission()

    def close(self, user: str, view: View, *, everything: bool = False) -> None:
        """Close one modal, or the whole stack; views that asked for it tell the bot."""
        state = self._state
        with state.lock:
            view = self._current(view)
            cleared = everything or bool(view.body.get("clear_on_close"))
            if cleared:
                closed = state.views.clear(user)
            else:
                state.views.close(view)
                closed = [view]
            told = [
                payloads.view_closed(state, user, item, is_cleared=cleared)
                for item in closed
                if item.body.get("notify_on_close")
            ]
        for payload in told:
            self._interact(user, payload)

    def home(self, user: str) -> View | None:
        """Open the Home tab; the view after the bot has heard of it."""
        state = self._state
        with state.lock:
            known = state.views.home(user)
            body: Json = {
                "type": "app_home_opened",
                "user": user,
                "channel": direct_message(user),
                "tab": "home",
            }
            if known is not None:
                body["view"] = known.to_slack(state.team_id)
            event = payloads.event(state, body)
        self._event("app_home_opened", event)
        with state.lock:
            return state.views.home(user)

    def upload(self, user: str, name: str, content: bytes) -> File:
        with self._state.lock:
            return self._state.files.add(name, content, user, self._state.now())

    # -- what happens to the workspace --------------------------------------------------------

    def announce(self, name: str, body: Json) -> Ack:
        """An event of the workspace, if the app subscribes to it."""
        with self._state.lock:
            event = payloads.event(self._state, body)
        return self._event(name, event)

    # -- inside --------------------------------------------------------------------------------

    def _event(self, name: str, event: Json) -> Ack:
        if not self._state.app.listens_to(name):
            return Ack()
        return self._outbound.event(event)

    def _send(self, kind: str, payload: Json, *, wants_body: bool = False) -> Ack:
        return self._outbound.deliver(Delivery(kind, payload, wants_body))

    def _interact(self, user: str, payload: Json) -> Outcome:
        ack = self._send("interactive", payload)
        if ack.problem is not None:
            return self._warn(user, _PROBLEMS[ack.problem])
        return Outcome(body=ack.body)

    def _warn(self, user: str, notice: Notice, **values: str) -> Outcome:
        return Outcome(notice=self._state.warn(user, notice, **values))

    def _current(self, view: View) -> View:
        found = self._state.views.find(view.id)
        if found is None:
            raise NotThere(Notice.VIEW_CLOSED)
        return found

    def _with_files(
        self, values: Mapping[str, Mapping[str, Json]]
    ) -> Mapping[str, Mapping[str, Json]]:
        """Put whole file objects where the person's client only named the ids."""
        return {
            block: {action: self._with_file(entry) for action, entry in actions.items()}
            for block, actions in values.items()
        }

    def _with_file(self, entry: Json) -> Json:
        if entry.get("type") != "file_input" or not entry.get("files"):
            return entry
        found = [self._state.files.find(item["id"]) for item in entry["files"]]
        return {
            **entry,
            "files": [file.to_slack(self._state.base_url) for file in found if file is not None],
        }


def prepared(body: Json) -> Json:
    """A view body with the ids that Slack makes up where the bot gave none."""
    return {**body, "blocks": list(with_ids(body["blocks"]))}


def _about(element: Json) -> Json:
    """What an action says of its element besides the choice."""
    kept = ("type", "text", "value", "style", "url", "placeholder", "confirm")
    found = {key: element[key] for key in kept if key in element}
    if element["type"] != "button":
        found.pop("value", None)
    key = ENTRY_KEYS.get(element["type"], ("", ""))[1]
    if key and key in element:
        found[key] = element[key]
    return found
