"""What Slack sent, read once into one shape for commands, clicks, forms, searches and events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Payload = Mapping[str, Any]


class Entry(StrEnum):
    """The door by which a request came in."""

    COMMAND = "command"
    ACTION = "action"
    SUBMISSION = "submission"
    SHORTCUT = "shortcut"
    SEARCH = "search"
    EVENT = "event"


class Surface(StrEnum):
    """Where the person was when they did it, and so where the answer belongs."""

    NOWHERE = "nowhere"
    MESSAGE = "message"
    EPHEMERAL = "ephemeral"
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True)
class Request:
    """One thing a person did. `key` is unique to it: a second delivery of it has the same key."""

    entry: Entry
    name: str
    key: str
    team_id: str
    user_id: str
    user_team_id: str
    now: datetime
    text: str = ""
    value: str = ""
    channel_id: str | None = None
    message_ts: str | None = None
    message: Payload = field(default_factory=dict)
    team_domain: str = ""
    trigger_id: str | None = None
    response_url: str | None = None
    surface: Surface = Surface.NOWHERE
    view_id: str | None = None
    callback_id: str = ""
    external_id: str = ""
    previous_view_id: str | None = None
    private_metadata: str = ""
    values: Mapping[str, Payload] = field(default_factory=dict)
    event: Payload = field(default_factory=dict)

    @property
    def permalink(self) -> str | None:
        """Where the message of a message shortcut stands, as Slack spells such addresses."""
        if not (self.team_domain and self.channel_id and self.message_ts):
            return None
        stamp = self.message_ts.replace(".", "")
        return f"https://{self.team_domain}.slack.com/archives/{self.channel_id}/p{stamp}"

    def answer(self, block_id: str) -> Any:
        """What the person gave in one input of a form: text, an id, a list, or None.

        Each input block of ours holds one element, whatever its action id is.
        """
        for element in self.values.get(block_id, {}).values():
            return _given(element)
        return None

    def written(self, block_id: str) -> str:
        """A text answer without surrounding space; empty when nothing was typed."""
        given = self.answer(block_id)
        return given.strip() if isinstance(given, str) else ""


def _given(element: Payload) -> Any:
    for key in ("selected_option", "selected_options"):
        if key in element:
            chosen = element[key]
            if isinstance(chosen, list):
                return [option["value"] for option in chosen]
            return chosen["value"] if chosen else None
    for key in (
        "value",
        "selected_user",
        "selected_users",
        "selected_conversation",
        "selected_channel",
        "selected_date",
        "selected_time",
        "files",
    ):
        if key in element:
            return element[key]
    return None


def from_command(body: Payload, now: datetime) -> Request:
    return Request(
        entry=Entry.COMMAND,
        name=body["command"],
        key=f"command:{body['trigger_id']}",
        team_id=body["team_id"],
        user_id=body["user_id"],
        user_team_id=body["team_id"],
        now=now,
        text=(body.get("text") or "").strip(),
        channel_id=body.get("channel_id"),
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url"),
        surface=Surface.EPHEMERAL,
    )


def from_action(body: Payload, now: datetime) -> Request:
    action = body["actions"][0]
    container = body.get("container", {})
    view = body.get("view") or {}
    return Request(
        entry=Entry.ACTION,
        name=action["action_id"],
        key=f"action:{body['trigger_id']}:{action['action_id']}",
        now=now,
        value=str(_given(action) or ""),
        channel_id=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        message_ts=container.get("message_ts"),
        message=body.get("message") or {},
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url"),
        surface=_surface(container, view),
        **_form(view),
        values=(view.get("state") or body.get("state") or {}).get("values", {}),
        **_who(body),
    )


def _surface(container: Payload, view: Payload) -> Surface:
    if view.get("type") == "home":
        return Surface.HOME
    if view:
        return Surface.MODAL
    return Surface.EPHEMERAL if container.get("is_ephemeral") else Surface.MESSAGE


def from_submission(body: Payload, now: datetime) -> Request:
    view = body["view"]
    return Request(
        entry=Entry.SUBMISSION,
        name=view["callback_id"],
        # A form keeps its hash while its errors are mended, and counts once when it is taken;
        # updated in place to another form it has a new one, and counts again.
        key=f"submission:{view['id']}:{view['callback_id']}:{view.get('hash', '')}",
        now=now,
        trigger_id=body.get("trigger_id"),
        surface=Surface.MODAL,
        **_form(view),
        values=view["state"]["values"],
        **_who(body),
    )


def from_shortcut(body: Payload, now: datetime) -> Request:
    message = body.get("message") or {}
    return Request(
        entry=Entry.SHORTCUT,
        name=body["callback_id"],
        key=f"shortcut:{body['trigger_id']}",
        now=now,
        channel_id=(body.get("channel") or {}).get("id"),
        message_ts=message.get("ts"),
        message=message,
        team_domain=(body.get("team") or {}).get("domain") or "",
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url"),
        **_who(body),
    )


def from_search(body: Payload, now: datetime) -> Request:
    view = body.get("view") or {}
    return Request(
        entry=Entry.SEARCH,
        name=body["action_id"],
        key="",
        now=now,
        text=(body.get("value") or "").strip(),
        private_metadata=view.get("private_metadata") or "",
        values=(view.get("state") or {}).get("values", {}),
        **_who(body),
    )


def from_event(body: Payload, now: datetime) -> Request:
    event = body["event"]
    user = event.get("user") or ""
    user_id = user.get("id", "") if isinstance(user, Mapping) else user
    return Request(
        entry=Entry.EVENT,
        name=event["type"],
        key=f"event:{body['event_id']}",
        team_id=_installed_in(body),
        user_id=user_id,
        user_team_id=_installed_in(body),
        now=now,
        channel_id=event.get("channel") if isinstance(event.get("channel"), str) else None,
        event=event,
    )


def _installed_in(body: Payload) -> str:
    """The workspace that an event is told to. What happens in a channel shared with another company
    may have happened in theirs (https://docs.slack.dev/apis/events-api/#authorizations)."""
    told = (one.get("team_id") for one in body.get("authorizations") or ())
    return next((team for team in told if team), None) or str(body["team_id"])


def _form(view: Payload) -> dict[str, Any]:
    """The view that was used, and the one below it."""
    return {
        "view_id": view.get("id"),
        "callback_id": view.get("callback_id") or "",
        "external_id": view.get("external_id") or "",
        "previous_view_id": view.get("previous_view_id"),
        "private_metadata": view.get("private_metadata") or "",
    }


def _who(body: Payload) -> dict[str, Any]:
    user = body["user"]
    # In a channel shared with another company the acting user's team is not the workspace's.
    own_team = (
        (body.get("view") or {}).get("app_installed_team_id")
        or (body.get("team") or {}).get("id")
        or user.get("team_id")
    )
    return {
        "team_id": own_team,
        "user_id": user["id"],
        "user_team_id": user.get("team_id") or own_team,
    }
