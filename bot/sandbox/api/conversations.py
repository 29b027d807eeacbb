"""conversations methods."""

from __future__ import annotations

import re

from bot.sandbox.api.call import ApiCall, ApiError, Json, Method, page_of
from bot.sandbox.directory import direct_message
from bot.sandbox.messages import Message
from bot.sandbox.workspace import BOT_USER_ID

_TS = re.compile(r"\d+(\.\d+)?")
_SCOPE_PREFIX = {"im": "im", "group": "groups", "channel": "channels"}


def _needs(call: ApiCall, channel: str, what: str) -> None:
    """The scope depends on the kind of conversation that is read."""
    kind = call.state.directory.channel_type(channel)
    scope = f"{_SCOPE_PREFIX[kind]}:{what}"
    if not call.has_scope(scope):
        raise ApiError(
            "missing_scope", needed=scope, provided=",".join(sorted(call.state.app.scopes or ()))
        )


def _to_slack(call: ApiCall, channel_id: str) -> Json:
    directory = call.state.directory
    partner = directory.partner(channel_id)
    if partner is not None:
        return {
            "id": channel_id,
            "is_im": True,
            "user": partner,
            "is_user_deleted": directory.users[partner].deleted,
        }
    channel = directory.channels[channel_id]
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.is_private,
        "is_group": False,
        "is_im": False,
        "is_private": channel.is_private,
        "is_archived": False,
        "is_member": call.bot_is_in(channel_id),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "num_members": len(directory.members[channel_id]),
    }


def _open(call: ApiCall) -> Json:
    if call.text("channel"):
        return {"channel": _to_slack(call, call.channel())}
    users = [name for name in call.required("users", "users_list_not_supplied").split(",") if name]
    if len(users) != 1:
        raise ApiError("too_many_users")
    user = call.state.directory.users.get(users[0])
    if user is None:
        raise ApiError("user_not_found")
    if user.deleted:
        raise ApiError("user_disabled")
    if user.is_bot:
        raise ApiError("cannot_dm_bot")
    channel_id = direct_message(user.id)
    channel = _to_slack(call, channel_id) if call.flag("return_im") else {"id": channel_id}
    return {"channel": channel, "no_op": True, "already_open": True}


def _info(call: ApiCall) -> Json:
    channel = call.channel()
    _needs(call, channel, "read")
    return {"channel": _to_slack(call, channel)}


def _members(call: ApiCall) -> Json:
    channel = call.channel()
    _needs(call, channel, "read")
    page, metadata = page_of(call.state.directory.members[channel], call, default=100)
    return {"members": page, "response_metadata": metadata}


def _list(call: ApiCall) -> Json:
    kinds = (call.text("types") or "public_channel").split(",")
    directory = call.state.directory
    found = [
        _to_slack(call, channel.id)
        for channel in directory.channels.values()
        if ("private_channel" if channel.is_private else "public_channel") in kinds
        and (not channel.is_private or call.bot_is_in(channel.id))
    ]
    if "im" in kinds:
        found += [
            _to_slack(call, channel_id)
            for channel_id in directory.members
            if directory.partner(channel_id) is not None
        ]
    page, metadata = page_of(found, call, default=100)
    return {"channels": page, "response_metadata": metadata}


def _join(call: ApiCall) -> Json:
    channel = call.channel()
    if call.state.directory.channel_type(channel) != "channel":
        raise ApiError("method_not_supported_for_channel_type")
    if not call.bot_is_in(channel):
        call.state.directory.members[channel].append(BOT_USER_ID)
    return {"channel": _to_slack(call, channel)}


def _moment(call: ApiCall, name: str) -> tuple[int, int] | None:
    value = call.text(name)
    if not value or value == "now":
        return None
    if not _TS.fullmatch(value):
        raise ApiError(f"invalid_ts_{name}")
    return _parts(value)


def _parts(ts: str) -> tuple[int, int]:
    seconds, _, fraction = ts.partition(".")
    return int(seconds), int(fraction[:6].ljust(6, "0") or 0)


def _in_window(call: ApiCall, messages: list[Message]) -> list[Message]:
    oldest, latest = _moment(call, "oldest"), _moment(call, "latest")
    inclusive = call.flag("inclusive")

    def inside(message: Message) -> bool:
        at = _parts(message.ts)
        if at in (oldest, latest) and not inclusive:
            return False
        return (oldest is None or at >= oldest) and (latest is None or at <= latest)

    return [message for message in messages if inside(message)]


def _history(call: ApiCall) -> Json:
    channel = call.channel()
    _needs(call, channel, "history")
    if not call.bot_is_in(channel):
        raise ApiError("not_in_channel")
    found = _in_window(call, call.state.messages.history(channel))[::-1]
    page, metadata = page_of(found, call, default=100, most=999)
    with_metadata = call.flag("include_all_metadata")
    more = bool(metadata["next_cursor"])
    return {
        "messages": [
            message.to_slack(call.state.team_id, with_metadata=with_metadata) for message in page
        ],
        "has_more": more,
        **({"response_metadata": metadata} if more else {}),
    }


METHODS = {
    "conversations.open": Method(_open, ("im:write", "mpim:write")),
    "conversations.info": Method(_info),
    "conversations.members": Method(_members),
    "conversations.list": Method(_list, ("channels:read", "groups:read", "im:read")),
    "conversations.join": Method(_join, ("channels:join",)),
    "conversations.history": Method(_history),
}
