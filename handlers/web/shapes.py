"""What a payload of Slack has at least: whatever lacks it was not made by Slack.

https://docs.slack.dev/reference/interaction-payloads and
https://docs.slack.dev/apis/events-api describe them whole.
"""

from collections.abc import Mapping
from typing import Any

Shape = Any
"""A type; a mapping of fields to shapes, of which the ones ending in `?` may be missing or null; or
a list of one shape, for a list that has at least one item, each of that shape."""

_BY = {"user": {"id": str, "team_id?": str}, "team?": {"id?": str, "domain?": str}}
_WHERE = {
    "channel?": {"id?": str},
    "message?": {"ts?": str},
    "response_url?": str,
}
_VALUES = {"values": dict}
_VIEW = {
    "id": str,
    "type": str,
    "callback_id?": str,
    "external_id?": str,
    "previous_view_id?": str,
    "private_metadata?": str,
    "hash?": str,
    "state?": {"values?": dict},
}
_CLICKED = {
    "container": {"message_ts?": str, "channel_id?": str, "is_ephemeral?": bool},
    "view?": _VIEW,
    "state?": {"values?": dict},
}
_ACTION = {"action_id": str, "block_id?": str, "type?": str, "selected_option?": {"value": str}}
_COMMAND = {
    "command": str,
    "team_id": str,
    "user_id": str,
    "trigger_id": str,
    "text?": str,
    "channel_id?": str,
}
_SHAPES: Mapping[str, Shape] = {
    "event_callback": {"team_id": str, "event_id": str, "event": {"type": str}},
    "url_verification": {"challenge": str},
    "block_actions": {"trigger_id": str, "actions": [_ACTION], **_CLICKED, **_BY, **_WHERE},
    "block_suggestion": {"action_id": str, "value?": str, "view?": _VIEW, **_BY},
    "view_submission": {"view": _VIEW | {"callback_id": str, "state": _VALUES}, **_BY},
    "view_closed": {"view": _VIEW, **_BY},
    "shortcut": {"callback_id": str, "trigger_id": str, **_BY},
    "message_action": {"callback_id": str, "trigger_id": str, **_BY, **_WHERE},
}


def is_of_slack(body: Mapping[str, Any]) -> bool:
    """Whether a parsed body is of a kind that Slack sends, with everything that makes it one."""
    shape = _COMMAND if "command" in body else _SHAPES.get(str(body.get("type")))
    return shape is not None and _fits(body, shape)


def _fits(value: Any, shape: Shape) -> bool:
    match shape:
        case dict():
            return isinstance(value, dict) and all(
                _has(value, name, inner) for name, inner in shape.items()
            )
        case [inner]:
            return isinstance(value, list) and value != [] and all(_fits(v, inner) for v in value)
    return isinstance(value, shape)


def _has(value: Mapping[str, Any], name: str, shape: Shape) -> bool:
    if name.endswith("?"):
        found = value.get(name[:-1])
        return found is None or _fits(found, shape)
    return name in value and _fits(value[name], shape)
