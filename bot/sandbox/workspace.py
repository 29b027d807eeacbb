"""The people, channels and the app of the sample workspace: immutable, as handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BOT_USER_ID = "U0GOENBOT"
BOT_ID = "B0GOENBOT"
APP_ID = "A0GOENAPP"
CLIENT_ID = "1111111111.2222222222"
CLIENT_SECRET = "sandbox-client-secret"


@dataclass(frozen=True)
class User:
    """A member of the workspace, or a stranger who meets it in a shared channel."""

    id: str
    name: str
    real_name: str
    email: str = ""
    locale: str = "ja-JP"
    tz: str = "Asia/Tokyo"
    title: str = ""
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_admin: bool = False
    team_id: str | None = None
    avatar_color: str = "#4a6fa5"


@dataclass(frozen=True)
class Channel:
    """A channel; the bot is a member of it unless `has_bot` says otherwise."""

    id: str
    name: str
    member_ids: tuple[str, ...] = ()
    is_private: bool = False
    topic: str = ""
    has_bot: bool = True


@dataclass(frozen=True)
class Workspace:
    team_id: str
    name: str
    domain: str
    users: tuple[User, ...] = ()
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Command:
    """A slash command as the manifest declares it; `name` begins with the slash."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    name: str
    callback_id: str
    type: str
    description: str = ""


@dataclass(frozen=True)
class AppProfile:
    """What Slack knows of the app from its manifest. `scopes` and `events` of None mean all."""

    name: str = "Goen"
    commands: tuple[Command, ...] | None = None
    shortcuts: tuple[Shortcut, ...] | None = None
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any] | None) -> AppProfile:
        """Read a parsed manifest; without one, every command, shortcut, scope, event passes."""
        if manifest is None:
            return cls()
        features = manifest.get("features") or {}
        settings = manifest.get("settings") or {}
        oauth = manifest.get("oauth_config") or {}
        name = (features.get("bot_user") or {}).get("display_name")
        return cls(
            name=name or manifest["display_information"]["name"],
            commands=tuple(
                Command(
                    name=item["command"],
                    description=item.get("description", ""),
                    usage_hint=item.get("usage_hint", ""),
                    should_escape=item.get("should_escape", False),
                )
                for item in features.get("slash_commands") or ()
            ),
            shortcuts=tuple(
                Shortcut(item["name"], item["callback_id"], item["type"], item["description"])
                for item in features.get("shortcuts") or ()
            ),
            scopes=frozenset((oauth.get("scopes") or {}).get("bot") or ()),
            events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or ()),
        )

    def command(self, name: str) -> Command | None:
        if self.commands is None:
            return Command(name)
        return next((command for command in self.commands if command.name == name), None)

    def listens_to(self, event: str) -> bool:
        return self.events is None or event in self.events
