"""Blocks, the surfaces they may stand on, and the rules between the blocks of one surface."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from bot.sandbox.refuse.elements import (
    ELEMENTS,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from bot.sandbox.refuse.elements import (
    image as image_element,
)
from bot.sandbox.refuse.objects import (
    identifier,
    mrkdwn,
    plain_text,
    slack_file,
    text,
    web_address,
)
from bot.sandbox.refuse.rich_text import rich_text_elements
from bot.sandbox.refuse.rules import (
    Check,
    Json,
    Problem,
    all_of,
    array,
    boolean,
    by_type,
    integer,
    one_of,
    shape,
    string,
)


class Surface(StrEnum):
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


MOST_BLOCKS = {Surface.MESSAGE: 50, Surface.MODAL: 100, Surface.HOME: 100}
MOST_MARKDOWN = 12_000
EVERYWHERE = frozenset(
    {"actions", "context", "divider", "header", "image", "input", "rich_text", "section"}
)
ALLOWED = {
    Surface.MESSAGE: EVERYWHERE | {"markdown", "file", "table", "context_actions", "video"},
    Surface.MODAL: EVERYWHERE | {"video"},
    Surface.HOME: EVERYWHERE | {"video"},
}
# Elements that some surfaces do not take, after the list of block elements in Slack's reference.
_NOT_ON = {
    "file_input": (Surface.MESSAGE, Surface.HOME),
    "email_text_input": (Surface.MESSAGE, Surface.HOME),
    "url_text_input": (Surface.MESSAGE, Surface.HOME),
    "number_input": (Surface.MESSAGE, Surface.HOME),
    "datetimepicker": (Surface.HOME,),
}


def _block(kind: str, required: dict[str, Check] | None = None, **optional: Check) -> Check:
    return shape({"type": one_of(kind), **(required or {})}, {"block_id": identifier, **optional})


def _section_says_something(value: Json, at: str) -> Iterator[Problem]:
    if value.get("text") is None and value.get("fields") is None:
        yield Problem("must define either `text` or `fields`", at)


def _image_has_one_source(value: Json, at: str) -> Iterator[Problem]:
    if (value.get("image_url") is None) == (value.get("slack_file") is None):
        yield Problem("must define either `image_url` or `slack_file`", at)


def _action_ids_differ(value: Json, at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, element in enumerate(value["elements"]):
        name = element.get("action_id")
        if name is not None and name in seen:
            yield Problem(f"`action_id` already exists: {name}", f"{at}/elements/{index}/action_id")
        seen.add(name)


def _input_element(value: Json, at: str) -> Iterator[Problem]:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        yield Problem("dispatch_action is not supported by file_input", f"{at}/dispatch_action")


def _rows_are_even(value: Json, at: str) -> Iterator[Problem]:
    widths = {len(row) for row in value["rows"]}
    if len(widths) > 1:
        yield Problem("every row must have the same number of cells", f"{at}/rows")


_context_part = by_type(
    {"image": image_element, "plain_text": plain_text(3000), "mrkdwn": mrkdwn(3000)}
)
_cell = by_type(
    {
        "raw_text": shape({"type": one_of("raw_text"), "text": string()}),
        "raw_number": shape(
            {"type": one_of("raw_number"), "value": integer(-(2**53), 2**53)}, {"text": string()}
        ),
        "rich_text": shape({"type": one_of("rich_text"), "elements": rich_text_elements}),
    }
)
_feedback_button = shape(
    {"text": plain_text(75), "value": string(2000)}, {"accessibility_label": string(75)}
)
_context_action = by_type(
    {
        "feedback_buttons": shape(
            {
                "type": one_of("feedback_buttons"),
                "positive_button": _feedback_button,
                "negative_button": _feedback_button,
            },
            {"action_id": identifier},
        ),
        "icon_button": shape(
            {"type": one_of("icon_button"), "icon": one_of("trash"), "text": plain_text(75)},
            {
                "action_id": identifier,
                "value": string(2000),
                "visible_to_user_ids": array(string()),
            },
        ),
    }
)

BLOCKS: dict[str, Check] = {
    "section": all_of(
        _block(
            "section",
            text=text(3000),
            fields=array(text(2000), most=10),
            accessory=by_type(ELEMENTS, IN_SECTION),
            expand=boolean,
        ),
        _section_says_something,
    ),
    "header": _block("header", {"text": plain_text(150)}),
    "divider": _block("divider"),
    "context": _block("context", {"elements": array(_context_part, most=10)}),
    "actions": all_of(
        _block("actions", {"elements": array(by_type(ELEMENTS, IN_ACTIONS), most=25)}),
        _action_ids_differ,
    ),
    "image": all_of(
        _block(
            "image",
            {"alt_text": string(2000)},
            image_url=web_address,
            slack_file=slack_file,
            title=plain_text(2000),
        ),
        _image_has_one_source,
    ),
    "input": all_of(
        _block(
            "input",
            {"label": plain_text(2000), "element": by_type(ELEMENTS, IN_INPUT)},
            hint=plain_text(2000),
            optional=boolean,
            dispatch_action=boolean,
        ),
        _input_element,
    ),
    "rich_text": _block("rich_text", {"elements": rich_text_elements}),
    "markdown": _block("markdown", {"text": string(MOST_MARKDOWN)}),
    "file": _block("file", {"external_id": string(), "source": one_of("remote")}),
    "context_actions": all_of(
        _block("context_actions", {"elements": array(_context_action, most=5)}), _action_ids_differ
    ),
    "table": all_of(
        _block(
            "table",
            {"rows": array(array(_cell, most=20), most=100)},
            column_settings=array(
                shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}),
                most=20,
            ),
        ),
        _rows_are_even,
    ),
    "video": _block(
        "video",
        {
            "alt_text": string(2000),
            "title": plain_text(200),
            "thumbnail_url": web_address,
            "video_url": web_address,
        },
        author_name=string(50),
        description=plain_text(200),
        provider_icon_url=web_address,
        provider_name=string(),
        title_url=web_address,
    ),
}


def problems_in_blocks(blocks: Json, surface: Surface, at: str = "/blocks") -> Iterator[Problem]:
    """Everything Slack refuses in the blocks of a message, a modal or a Home tab."""
    each = by_type(BLOCKS, ALLOWED[surface])
    found = list(array(each, least=0, most=MOST_BLOCKS[surface])(blocks, at))
    yield from found
    if found:
        return
    yield from _between(blocks, surface, at)


def _between(blocks: list[Json], surface: Surface, at: str) -> Iterator[Problem]:
    ids: set[str] = set()
    for index, block in enumerate(blocks):
        name = block.get("block_id")
        if name is not None and name in ids:
            yield Problem(f"`block_id` already exists: {name}", f"{at}/{index}/block_id")
        ids.add(name)
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield Problem("only one table per message is allowed", at)
    words = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if words > MOST_MARKDOWN:
        yield Problem(f"markdown must be less than {MOST_MARKDOWN + 1} characters in all", at)
    yield from _between_elements(blocks, surface, at)


def _between_elements(blocks: list[Json], surface: Surface, at: str) -> Iterator[Problem]:
    focused = 0
    for index, block in enumerate(blocks):
        for element in elements_of(block):
            place = f"{at}/{index}"
            focused += bool(element.get("focus_on_load"))
            if surface in _NOT_ON.get(element["type"], ()):
                yield Problem(f"unsupported type: {element['type']}", f"{place}/element/type")
            if element.get("response_url_enabled") and (
                surface is not Surface.MODAL or block["type"] != "input"
            ):
                yield Problem("response_url_enabled only works in input blocks of modals", place)
    if focused > 1:
        yield Problem("only one element may set focus_on_load", at)
    if focused and surface is Surface.MESSAGE:
        yield Problem("focus_on_load is not supported in messages", at)


def elements_of(block: Json) -> list[Json]:
    """The interactive elements of a block, wherever they stand in it."""
    kind = block.get("type")
    if kind in ("actions", "context_actions"):
        return list(block["elements"])
    if kind == "section" and block.get("accessory"):
        return [block["accessory"]]
    if kind == "input":
        return [block["element"]]
    return []
