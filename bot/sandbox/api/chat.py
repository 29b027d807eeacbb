"""chat methods: posting, changing and deleting messages."""

from __future__ import annotations

from typing import Any

from bot.sandbox.api.call import ApiCall, ApiError, Json, Method
from bot.sandbox.entries import with_ids
from bot.sandbox.messages import Message
from bot.sandbox.payloads import message_event
from bot.sandbox.refuse import Problem, problems_in_message
from bot.sandbox.refuse.messages import MOST_TEXT
from bot.sandbox.workspace import BOT_USER_ID


def _content(call: ApiCall) -> dict[str, Any]:
    """text, blocks and metadata, judged; only what was given is in the result."""
    given: dict[str, Any] = {}
    if call.args.get("text") is not None:
        given["text"] = call.text("text")
    for name, error in (
        ("blocks", "invalid_blocks_format"),
        ("attachments", "invalid_attachments"),
        ("metadata", "invalid_metadata_format"),
    ):
        value = call.structure(name, error)
        if value is not None:
            given[name] = value
    if not isinstance(given.get("blocks", []), list):
        raise ApiError("invalid_blocks_format", Problem("must provide an array", "/blocks"))
    problems = tuple(problems_in_message(given))
    if problems:
        raise ApiError(_name_of(problems, given), *problems)
    return given


def _name_of(problems: tuple[Problem, ...], given: dict[str, Any]) -> str:
    """Slack's error for the first problem of a message."""
    first = problems[0]
    if first.message == "metadata_too_large":
        return "metadata_too_large"
    for pointer, name in (
        ("/blocks", "invalid_blocks"),
        ("/metadata", "invalid_metadata_format"),
        ("/attachments", "invalid_attachments"),
    ):
        if first.pointer.startswith(pointer):
            return name
    return "msg_too_long" if len(given.get("text", "")) > MOST_TEXT else "no_text"


def _may_post(call: ApiCall, channel: str) -> None:
    if call.bot_is_in(channel):
        return
    if not call.has_scope("chat:write.public"):
        raise ApiError("not_in_channel")


def _post_message(call: ApiCall) -> Json:
    channel = call.recipient()
    _may_post(call, channel)
    content = _content(call)
    message = call.state.messages.add(
        channel,
        BOT_USER_ID,
        content["text"],
        blocks=with_ids(content.get("blocks") or ()),
        metadata=content.get("metadata"),
        thread_ts=call.text("thread_ts") or None,
    )
    name, event = message_event(call.state, message)
    if call.state.app.events is not None and name in call.state.app.events:
        call.outbound.event_later(event)
    return {
        "channel": channel,
        "ts": message.ts,
        "message": message.to_slack(call.state.team_id),
    }


def _post_ephemeral(call: ApiCall) -> Json:
    channel = call.channel()
    _may_post(call, channel)
    user = call.user()
    if not call.state.directory.is_member(channel, user):
        raise ApiError("user_not_in_channel")
    content = _content(call)
    message = call.state.messages.add(
        channel,
        BOT_USER_ID,
        content["text"],
        blocks=with_ids(content.get("blocks") or ()),
        ephemeral_to=user,
        thread_ts=call.text("thread_ts") or None,
    )
    return {"message_ts": message.ts}


def _own(call: ApiCall, verb: str) -> Message:
    """The message that is to be changed; it must be the bot's own, and no ephemeral one."""
    channel = call.channel()
    message = call.state.messages.find(channel, call.required("ts", "message_not_found"))
    if message is None or message.ephemeral:
        raise ApiError("message_not_found")
    if message.user != BOT_USER_ID:
        raise ApiError(f"cant_{verb}_message")
    return message


def _update(call: ApiCall) -> Json:
    """Text without blocks takes the old blocks away, and only then the message is "edited".

    Metadata stays unless it is given; an empty object takes it away.
    """
    message = _own(call, "update")
    content = _content(call)
    changes: dict[str, Any] = {
        "text": content["text"],
        "blocks": with_ids(content.get("blocks") or ()),
    }
    if "metadata" in content:
        changes["metadata"] = content["metadata"] or None
    changed = call.state.messages.replace(message, edited="blocks" not in content, **changes)
    return {
        "channel": changed.channel,
        "ts": changed.ts,
        "text": changed.text,
        "message": changed.to_slack(call.state.team_id),
    }


def _delete(call: ApiCall) -> Json:
    message = _own(call, "delete")
    call.state.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def _permalink(call: ApiCall) -> Json:
    channel = call.channel()
    ts = call.required("message_ts", "message_not_found")
    if call.state.messages.find(channel, ts) is None:
        raise ApiError("message_not_found")
    address = f"{call.state.base_url}/archives/{channel}/p{ts.replace('.', '')}"
    return {"channel": channel, "permalink": address}


_WRITE = ("chat:write",)

METHODS = {
    "chat.postMessage": Method(_post_message, _WRITE),
    "chat.postEphemeral": Method(_post_ephemeral, _WRITE),
    "chat.update": Method(_update, _WRITE),
    "chat.delete": Method(_delete, _WRITE),
    "chat.getPermalink": Method(_permalink),
}
