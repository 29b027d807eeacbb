"""The payloads that Slack sends to an app, field by field."""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Iterator
from typing import Any

from bot.sandbox.directory import Directory
from bot.sandbox.entries import ENTRY_KEYS, elements_in
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.state import State
from bot.sandbox.workspace import APP_ID, BOT_USER_ID

Json = dict[str, Any]

VERIFICATION_TOKEN = "sandbox-verification-token"
_MENTION = re.compile(r"@([\w.-]+)")
_CHANNEL_NAME = re.compile(r"(?<![\w&])#([\w-]+)")
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


def escaped(text: str, directory: Directory) -> str:
    """Text as Slack hands it on: entities for & < >, and references to people and channels."""
    people = {user.name: user.id for user in directory.users.values()}
    channels = {channel.name: channel.id for channel in directory.channels.values()}

    def mention(found: re.Match[str]) -> str:
        user = people.get(found[1])
        return f"<@{user}>" if user else found[0]

    def channel(found: re.Match[str]) -> str:
        known = channels.get(found[1])
        return f"<#{known}|{found[1]}>" if known else found[0]

    plain = html.escape(text, quote=False)
    linked = _ADDRESS.sub(lambda found: f"<{found[0]}>", plain)
    return _CHANNEL_NAME.sub(channel, _MENTION.sub(mention, linked))


def _escaped_command(text: str, directory: Directory) -> str:
    """As `escaped`, with the names beside the ids, which only commands carry."""
    names = {user.id: user.name for user in directory.users.values()}
    return re.sub(
        r"<@(\w+)>",
        lambda found: f"<@{found[1]}|{names.get(found[1], '')}>",
        escaped(text, directory),
    )


def slash_command(state: State, user_id: str, channel_id: str, name: str, text: str) -> Json:
    """The fields of a slash command, with its trigger and response_url."""
    declared = state.app.command(name)
    user = state.directory.users[user_id]
    escapes = declared is not None and declared.should_escape
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": state.team_id,
        "team_domain": state.workspace.domain,
        "channel_id": channel_id,
        "channel_name": state.directory.channel_name(channel_id),
        "user_id": user_id,
        "user_name": user.name,
        "command": name,
        "text": _escaped_command(text.strip(), state.directory) if escapes else text.strip(),
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url(state, user_id, channel_id),
        "trigger_id": state.triggers.issue(user_id),
    }


def response_url(
    state: State, user_id: str, channel_id: str, original_ts: str | None = None
) -> str:
    token = state.response_urls.issue(user_id, channel_id, original_ts)
    return f"{state.base_url}/respond/{token}"


def _interaction(state: State, user_id: str, kind: str) -> Json:
    user = state.directory.users[user_id]
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team_id or state.team_id,
        },
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": {"id": state.team_id, "domain": state.workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(state: State, channel_id: str) -> Json:
    return {"id": channel_id, "name": state.directory.channel_name(channel_id)}


def _in_message(state: State, message: Message) -> Json:
    """Where in a message; of an ephemeral message the app only learns its timestamp."""
    found: Json = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.ephemeral,
        },
        "channel": _channel(state, message.channel),
    }
    if not message.ephemeral:
        found["message"] = message.to_slack(state.team_id)
    return found


def _in_view(state: State, view: View) -> Json:
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view.to_slack(state.team_id),
    }


def block_action(
    state: State, user_id: str, place: Message | View, action: Json, values: Json
) -> Json:
    """A click or a choice. Only messages give a response_url."""
    body = _interaction(state, user_id, "block_actions")
    stamp = state.timestamps.next()
    body["actions"] = [{**action, "action_ts": stamp}]
    if isinstance(place, Message):
        body |= _in_message(state, place)
        body["state"] = {"values": values}
        body["response_url"] = response_url(state, user_id, place.channel, place.ts)
        body["trigger_id"] = state.triggers.issue(user_id)
    else:
        body |= _in_view(state, place)
        body["trigger_id"] = state.triggers.issue(user_id, place.id)
    return body


def block_suggestion(
    state: State, user_id: str, place: Message | View, block_id: str, action_id: str, typed: str
) -> Json:
    body = _interaction(state, user_id, "block_suggestion")
    body |= {"block_id": block_id, "action_id": action_id, "value": typed}
    body |= _in_message(state, place) if isinstance(place, Message) else _in_view(state, place)
    return body


def view_submission(state: State, user_id: str, view: View) -> Json:
    body = _interaction(state, user_id, "view_submission")
    body["trigger_id"] = state.triggers.issue(user_id, view.id)
    body["view"] = view.to_slack(state.team_id)
    body["response_urls"] = list(_chosen_response_urls(state, user_id, view))
    return body


def _chosen_response_urls(state: State, user_id: str, view: View) -> Iterator[Json]:
    """One for each menu of the modal that asked for it by `response_url_enabled`."""
    for block, element in elements_in(view.blocks):
        if not element.get("response_url_enabled"):
            continue
        entry = view.values[block["block_id"]][element["action_id"]]
        channel = entry[ENTRY_KEYS[element["type"]][0]]
        if channel is not None:
            yield {
                "block_id": block["block_id"],
                "action_id": element["action_id"],
                "channel_id": channel,
                "response_url": response_url(state, user_id, channel),
            }


def view_closed(state: State, user_id: str, view: View, *, is_cleared: bool) -> Json:
    body = _interaction(state, user_id, "view_closed")
    body["view"] = view.to_slack(state.team_id)
    body["is_cleared"] = is_cleared
    return body


def shortcut(state: State, user_id: str, callback_id: str) -> Json:
    body = _interaction(state, user_id, "shortcut")
    body |= {
        "callback_id": callback_id,
        "trigger_id": state.triggers.issue(user_id),
        "action_ts": state.timestamps.next(),
    }
    return body


def message_action(state: State, user_id: str, callback_id: str, message: Message) -> Json:
    body = _interaction(state, user_id, "message_action")
    body |= {
        "callback_id": callback_id,
        "trigger_id": state.triggers.issue(user_id),
        "action_ts": state.timestamps.next(),
        "message_ts": message.ts,
        "message": message.to_slack(state.team_id),
        "channel": _channel(state, message.channel),
        "response_url": response_url(state, user_id, message.channel),
    }
    return body


def event(state: State, body: Json) -> Json:
    """The callback around one event of the Events API."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": state.team_id,
        "api_app_id": APP_ID,
        "event": {"event_ts": state.timestamps.next(), **body},
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(state.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": state.team_id,
                "user_id": BOT_USER_ID,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": secrets.token_hex(16),
    }


def message_event(state: State, message: Message) -> tuple[str, Json]:
    """The subscription that a message falls under, and its event."""
    kind = state.directory.channel_type(message.channel)
    body = message.to_slack(state.team_id)
    body |= {"channel": message.channel, "channel_type": kind, "event_ts": message.ts}
    name = {"im": "message.im", "group": "message.groups"}.get(kind, "message.channels")
    return name, event(state, body)
