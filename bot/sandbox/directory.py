"""Who is in the workspace and who is in which channel, as it changes while the sandbox runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox.workspace import BOT_USER_ID, AppProfile, Channel, User, Workspace


class Directory:
    """Users, channels and memberships. The caller holds the lock of the state."""

    def __init__(self, workspace: Workspace, app: AppProfile) -> None:
        bot = User(
            id=BOT_USER_ID,
            name=app.name.lower(),
            real_name=app.name,
            locale="en-US",
            tz="Etc/UTC",
            is_bot=True,
            avatar_color="#b5533c",
        )
        self.workspace = workspace
        self.users: dict[str, User] = {user.id: user for user in (*workspace.users, bot)}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in workspace.channels}
        self.members: dict[str, list[str]] = {
            channel.id: [
                *(name for name in channel.member_ids if name != BOT_USER_ID),
                *([BOT_USER_ID] if channel.has_bot else []),
            ]
            for channel in workspace.channels
        }
        for user in workspace.users:
            self._open_direct_message(user.id)

    def _open_direct_message(self, user_id: str) -> None:
        self.members[direct_message(user_id)] = [user_id, BOT_USER_ID]

    def change(self, user_id: str, **changes: Any) -> User:
        self.users[user_id] = replace(self.users[user_id], **changes)
        return self.users[user_id]

    def add(self, user: User) -> None:
        self.users[user.id] = user
        self._open_direct_message(user.id)

    def is_member(self, channel_id: str, user_id: str) -> bool:
        return user_id in self.members.get(channel_id, ())

    def sees(self, user_id: str, channel_id: str) -> bool:
        """Public channels can be read by every full member, the rest by their members."""
        if self.is_member(channel_id, user_id):
            return True
        channel = self.channels.get(channel_id)
        user = self.users[user_id]
        outsider = user.is_restricted or user.is_ultra_restricted or user.is_stranger
        return channel is not None and not channel.is_private and not outsider

    def partner(self, channel_id: str) -> str | None:
        """The person of a direct message with the bot; None for a channel."""
        if channel_id in self.channels:
            return None
        return next((m for m in self.members.get(channel_id, ()) if m != BOT_USER_ID), None)

    def resolve(self, channel: str) -> str | None:
        """A conversation id from what a caller may pass: an id, a user id or a `#name`."""
        if channel in self.members:
            return channel
        if channel in self.users and direct_message(channel) in self.members:
            return direct_message(channel)
        name = channel.removeprefix("#")
        return next((item.id for item in self.channels.values() if item.name == name), None)

    def channel_type(self, channel_id: str) -> str:
        channel = self.channels.get(channel_id)
        if channel is None:
            return "im"
        return "group" if channel.is_private else "channel"

    def channel_name(self, channel_id: str) -> str:
        """The name that a payload carries: private places do not give theirs away."""
        channel = self.channels.get(channel_id)
        if channel is None:
            return "directmessage"
        return "privategroup" if channel.is_private else channel.name


def direct_message(user_id: str) -> str:
    """The id of the direct message between a person and the bot."""
    return f"D{user_id[1:]}"
