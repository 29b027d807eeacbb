"""What a person enters: the `state.values` of views and messages, and what Slack's own client
refuses before the bot ever hears of it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.refuse import STATEFUL, elements_of

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]

# The key of state.values that holds the entry, by element type; and its `initial_…` twin.
ENTRY_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
_LISTS = frozenset(key for key, _ in ENTRY_KEYS.values() if key.endswith("s") and key != "files")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")


def with_ids(blocks: Sequence[Json]) -> tuple[Json, ...]:
    """Blocks with the block_ids and action_ids that Slack makes up where the bot gave none."""
    return tuple(_with_ids(block) for block in blocks)


def _with_ids(block: Json) -> Json:
    named = {**block, "block_id": block.get("block_id") or secrets.token_urlsafe(4)}
    if "elements" in named and named["type"] == "actions":
        named["elements"] = [_with_action_id(element) for element in named["elements"]]
    for key in ("element", "accessory"):
        if named.get(key):
            named[key] = _with_action_id(named[key])
    return named


def _with_action_id(element: Json) -> Json:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": secrets.token_urlsafe(4)}


def elements_in(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in."""
    for block in blocks:
        for element in elements_of(block):
            yield block, element


def entered_so_far(blocks: Sequence[Json], before: Mapping[str, Mapping[str, Json]]) -> Values:
    """`state.values` of new blocks: initial values, or what was entered `before` they changed."""
    found: Values = {}
    for block, element in elements_in(blocks):
        if element["type"] not in STATEFUL:
            continue
        old = before.get(block["block_id"], {}).get(element["action_id"])
        kept = old if old is not None and old.get("type") == element["type"] else initial(element)
        found.setdefault(block["block_id"], {})[element["action_id"]] = dict(kept)
    return found


def initial(element: Json) -> Json:
    key, initial_key = ENTRY_KEYS[element["type"]]
    nothing: Any = [] if key in _LISTS else None
    return {"type": element["type"], key: element.get(initial_key, nothing)}


def is_empty(entry: Json) -> bool:
    value = entry.get(ENTRY_KEYS[entry["type"]][0])
    return value is None or value in ("", [])


def refused_by_client(blocks: Sequence[Json], values: Values, locale: str) -> dict[str, str]:
    """What Slack's client says under the inputs before it sends anything, by block_id."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        entry = values[block["block_id"]][element["action_id"]]
        why = None
        if is_empty(entry):
            why = None if block.get("optional") else "required"
        elif isinstance(entry.get("value"), str):
            why = _wrong_text(element, entry["value"])
        if why is not None:
            found[block["block_id"]] = _SAID[why][locale.startswith("ja")]
    return found


def _wrong_text(element: Json, value: str) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        if len(value) > (element.get("max_length") or 3000):
            return "long"
        return "short" if len(value) < (element.get("min_length") or 0) else None
    if kind == "email_text_input":
        return None if _EMAIL.fullmatch(value) else "email"
    if kind == "url_text_input":
        return None if _URL.fullmatch(value) else "url"
    return _wrong_number(element, value)


def _wrong_number(element: Json, value: str) -> str | None:
    decimals = r"(?:\.\d+)?" if element["is_decimal_allowed"] else ""
    if not re.fullmatch(rf"-?\d+{decimals}", value, re.ASCII):
        return "number"
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(value) < float(low):
        return "small"
    return "large" if high is not None and float(value) > float(high) else None


_SAID: dict[str, tuple[str, str]] = {
    "required": ("Please complete this required field.", "この必須項目を入力してください。"),
    "long": ("This text is too long.", "文字数が多すぎます。"),
    "short": ("This text is too short.", "文字数が足りません。"),
    "email": ("Please enter a valid email address.", "有効なメールアドレスを入力してください。"),
    "url": ("Please enter a valid URL.", "有効な URL を入力してください。"),
    "number": ("Please enter a valid number.", "有効な数値を入力してください。"),
    "small": ("This number is too small.", "数値が小さすぎます。"),
    "large": ("This number is too large.", "数値が大きすぎます。"),
}
