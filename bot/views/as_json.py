"""What slack_sdk's models look like on the wire, without asking each of them whether it is valid.

Their own `to_dict` looks through everything that an object has for its validators, which takes as
long as all the statements of a request. What these would find is cut to Slack's limits in `blocks`,
and the local Slack of the tests refuses much more than they do.
"""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import ConfirmObject, Option

# What these two say, by where they keep it: they have no attributes as the other models do. Of an
# option that is its text, which `blocks.option` always gives it.
_KEPT: Mapping[type[JsonObject], Mapping[str, str]] = {
    Option: {
        "text": "_text",
        "value": "value",
        "description": "_block_description",
        "url": "url",
    },
    ConfirmObject: {
        "title": "_title",
        "text": "_text",
        "confirm": "_confirm",
        "deny": "_deny",
        "style": "_style",
    },
}
_AS_IT_IS = frozenset({str, bool, int})
_MAY_BE_EMPTY = "elements"
"""Of rich text; everywhere else Slack takes what is empty for a mistake."""
_names: dict[type[JsonObject], Mapping[str, str]] = dict(_KEPT)


def as_json(model: JsonObject) -> dict[str, Any]:
    """The same as `model.to_dict()`, for a model that is valid."""
    kind = type(model)
    names = _names.get(kind)
    if names is None:
        if kind.to_dict is not JsonObject.to_dict:
            return model.to_dict()
        # A property of the object, and the same for all of its class.
        names = _names[kind] = {name: name for name in sorted(model.attributes)}
    spelled = {}
    for name, kept in names.items():
        value = getattr(model, kept, None)
        if value is not None and (value or name == _MAY_BE_EMPTY or not _is_empty(value)):
            spelled[name] = _spelled(value)
    return spelled


def _is_empty(value: Any) -> bool:
    return isinstance(value, str | list | tuple | dict) and not value


def _spelled(value: Any) -> Any:
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, JsonObject):
        return as_json(value)
    if isinstance(value, list | tuple):
        return [_spelled(one) for one in value]
    return value
