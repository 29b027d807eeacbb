"""Modals and Home tabs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.sandbox.refuse.blocks import Surface, problems_in_blocks
from bot.sandbox.refuse.objects import plain_text
from bot.sandbox.refuse.rules import Check, Json, Problem, anything, boolean, one_of, shape, string

MOST_BYTES = 250_000


_COMMON: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_modal = shape(
    {"type": one_of("modal"), "title": plain_text(24), "blocks": anything},
    {
        **_COMMON,
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)
_home = shape({"type": one_of("home"), "blocks": anything}, _COMMON)


def problems_in_view(view: Json, surface: Surface, at: str = "/view") -> Iterator[Problem]:
    """Everything Slack refuses in a view; a modal that asks for input must have a submit button."""
    if not isinstance(view, dict):
        yield Problem("must provide an object", at)
        return
    if view.get("type") != surface.value:
        yield Problem("must be a valid enum value", f"{at}/type")
        return
    yield from (_modal if surface is Surface.MODAL else _home)(view, at)
    blocks = view.get("blocks")
    if blocks is None:
        return
    yield from problems_in_blocks(blocks, surface, f"{at}/blocks")
    if surface is Surface.MODAL and view.get("submit") is None and _has_input(blocks):
        yield Problem("must have a submit when blocks contain an input", f"{at}/submit")
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES:
        yield Problem("view_too_large", at)


def _has_input(blocks: Json) -> bool:
    return isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
