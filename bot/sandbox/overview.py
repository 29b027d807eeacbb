"""What the page knows of the workspace from the start: people, channels, commands, shortcuts."""

from __future__ import annotations

from typing import Any

from bot.sandbox.directory import direct_message
from bot.sandbox.state import State
from bot.sandbox.workspace import BOT_USER_ID, User

Json = dict[str, Any]


def overview(state: State, user_id: str) -> Json:
    """The workspace as this person sees it; as the first person does for an unknown one.

    The caller holds the lock of the state.
    """
    people = [known for known in state.directory.users.values() if known.id != BOT_USER_ID]
    me = state.directory.users.get(user_id, people[0])
    return {
        "workspace": {
            "team_id": state.team_id,
            "name": state.workspace.name,
            "domain": state.workspace.domain,
        },
        "me": _person(me),
        "users": [_person(known) for known in (*people, state.directory.users[BOT_USER_ID])],
        "bot": {"id": BOT_USER_ID, "name": state.app.name},
        "channels": _channels(state, me.id),
        "commands": [
            {
                "command": command.name,
                "description": command.description,
                "usage_hint": command.usage_hint,
            }
            for command in state.app.commands or ()
        ],
        "shortcuts": [
            {
                "name": shortcut.name,
                "callback_id": shortcut.callback_id,
                "type": shortcut.type,
                "description": shortcut.description,
            }
            for shortcut in state.app.shortcuts or ()
        ],
        "now": state.now(),
    }


def _channels(state: State, user: str) -> list[Json]:
    """The channels of a person, and last the direct message with the app."""
    dm = direct_message(user)
    found: list[Json] = [
        {
            "id": channel.id,
            "name": channel.name,
            "topic": channel.topic,
            "is_im": False,
            "is_private": channel.is_private,
            "unread": state.messages.unread(user, channel.id),
        }
        for channel in state.directory.channels.values()
        if state.directory.is_member(channel.id, user)
    ]
    found.append(
        {
            "id": dm,
            "name": state.app.name,
            "topic": "",
            "is_im": True,
            "is_private": True,
            "unread": state.messages.unread(user, dm),
        }
    )
    return found


def _person(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "locale": user.locale,
        "tz": user.tz,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
        "color": user.avatar_color,
        "title": user.title,
    }
