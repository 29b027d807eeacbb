"""users methods."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.api.call import ApiCall, ApiError, Json, Method, page_of
from bot.sandbox.directory import direct_message
from bot.sandbox.workspace import BOT_ID, BOT_USER_ID, User


def to_slack(call: ApiCall, user: User) -> Json:
    """The user object, with the e-mail address only for apps that may read it."""
    moment = datetime.fromtimestamp(call.state.now(), UTC).astimezone(ZoneInfo(user.tz))
    offset = moment.utcoffset()
    profile: dict[str, Any] = {
        "real_name": user.real_name,
        "display_name": user.name,
        "real_name_normalized": user.real_name,
        "display_name_normalized": user.name,
        "title": user.title,
        "team": user.team_id or call.state.team_id,
    }
    if call.has_scope("users:read.email") and user.email:
        profile["email"] = user.email
    if user.is_bot:
        profile["bot_id"] = BOT_ID if user.id == BOT_USER_ID else f"B{user.id[1:]}"
    found: dict[str, Any] = {
        "id": user.id,
        "team_id": user.team_id or call.state.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "color": user.avatar_color.removeprefix("#"),
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": moment.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_email_confirmed": True,
        "updated": 0,
    }
    if user.is_stranger:
        found["is_stranger"] = True
    if user.deleted:
        found = {key: value for key, value in found.items() if not key.startswith("tz")}
    elif call.flag("include_locale"):
        found["locale"] = user.locale
    return found


def _info(call: ApiCall) -> Json:
    return {"user": to_slack(call, call.state.directory.users[call.user()])}


def _list(call: ApiCall) -> Json:
    people = sorted(call.state.directory.users.values(), key=lambda user: user.id)
    page, metadata = page_of(people, call, default=1000)
    members = [to_slack(call, user) for user in page]
    return {
        "members": members,
        "cache_ts": int(call.state.now()),
        "response_metadata": metadata,
    }


def _lookup_by_email(call: ApiCall) -> Json:
    wanted = call.required("email", "users_not_found").casefold()
    for user in call.state.directory.users.values():
        if user.email and user.email.casefold() == wanted and not user.deleted:
            return {"user": to_slack(call, user)}
    raise ApiError("users_not_found")


def _conversations(call: ApiCall) -> Json:
    directory = call.state.directory
    who = call.text("user") or BOT_USER_ID
    found = [
        {"id": channel.id, "name": channel.name, "is_private": channel.is_private}
        for channel in directory.channels.values()
        if directory.is_member(channel.id, who)
    ]
    if "im" in call.text("types"):
        found.append({"id": direct_message(who), "is_im": True})
    page, metadata = page_of(found, call, default=100)
    return {"channels": page, "response_metadata": metadata}


METHODS = {
    "users.info": Method(_info, ("users:read",)),
    "users.list": Method(_list, ("users:read",)),
    "users.lookupByEmail": Method(_lookup_by_email, ("users:read.email",)),
    "users.conversations": Method(_conversations, ("channels:read", "groups:read")),
}
