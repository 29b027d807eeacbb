"""Blocks and elements that Slack accepts and refuses, as tables."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.refuse import Surface, problems_in_blocks

Json = dict[str, Any]


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def option(value: str = "v", words: str = "Text", **more: Any) -> Json:
    return {"text": plain(words), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def button(name: str = "go", **more: Any) -> Json:
    return {"type": "button", "action_id": name, "text": plain("Go"), **more}


def section(**more: Any) -> Json:
    return {"type": "section", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", **more}


def asks(inner: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": inner, **more}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a", **more}


CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("Really"),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "hi"}]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "a"}],
                }
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "link", "url": "https://x.example"}]},
    ],
}
TEXT_INPUT = element("plain_text_input")
STATIC = element("static_select", options=options(2))
ROW = [{"type": "raw_text", "text": "a"}]

MODAL, MESSAGE, HOME = Surface.MODAL, Surface.MESSAGE, Surface.HOME

ACCEPTED: dict[str, tuple[Surface, list[Json]]] = {
    "no blocks": (MESSAGE, []),
    "section with text": (MESSAGE, [section(text=mrkdwn("x" * 3000))]),
    "section with ten fields": (MESSAGE, [section(fields=[plain("x" * 2000)] * 10)]),
    "section with every accessory": (
        MESSAGE,
        [
            section(text=plain("a"), accessory=accessory)
            for accessory in (
                button(),
                image(),
                element("overflow", options=options(5)),
                element("datepicker", initial_date="2026-11-24"),
                element("timepicker", initial_time="09:30"),
                element("checkboxes", options=options(10)),
                element("radio_buttons", options=options(10), initial_option=option("3")),
                STATIC,
                element("multi_static_select", options=options(100), max_selected_items=3),
                element("external_select", min_query_length=0),
                element("users_select", initial_user="U1"),
                element("conversations_select", filter={"include": ["public"]}),
                element("channels_select"),
            )
        ],
    ),
    "header of 150": (HOME, [{"type": "header", "text": plain("x" * 150)}]),
    "divider and context": (
        HOME,
        [{"type": "divider"}, {"type": "context", "elements": [mrkdwn("a"), plain("b"), image()]}],
    ),
    "twenty-five buttons": (MESSAGE, [actions(*(button(str(n)) for n in range(25)))]),
    "same action_id in two blocks": (MESSAGE, [actions(button()), actions(button())]),
    "button with everything": (
        MESSAGE,
        [actions(button(style="danger", value="x" * 2000, confirm=CONFIRM, url="mailto:a@b.c"))],
    ),
    "overflow with links": (
        MESSAGE,
        [actions(element("overflow", options=[option(url="https://x.example")]))],
    ),
    "image with title": (MESSAGE, [image(title=plain("t"), block_id="i")]),
    "image from a file": (
        MESSAGE,
        [{"type": "image", "alt_text": "a", "slack_file": {"id": "F1"}}],
    ),
    "inputs of every kind": (
        MODAL,
        [
            asks(inner, optional=True)
            for inner in (
                element("plain_text_input", multiline=True, min_length=1, max_length=3000),
                element("email_text_input", initial_value="a@b.c"),
                element("url_text_input"),
                element("number_input", is_decimal_allowed=True, min_value="-1", max_value="1.5"),
                element("datetimepicker", initial_date_time=1_795_000_000),
                element("file_input", filetypes=["csv"], max_files=1),
                element("multi_users_select", initial_users=["U1"]),
                element("conversations_select", response_url_enabled=True),
                element("radio_buttons", options=[{"text": mrkdwn("*a*"), "value": "1"}]),
                element(
                    "static_select",
                    option_groups=[{"label": plain("g"), "options": options(3)}],
                    initial_option=option("1"),
                    placeholder=plain("x" * 150),
                ),
            )
        ],
    ),
    "input in a message": (MESSAGE, [asks(TEXT_INPUT, dispatch_action=True)]),
    "input in a home tab": (HOME, [asks(STATIC)]),
    "one focus": (MODAL, [asks(element("plain_text_input", focus_on_load=True)), asks(STATIC)]),
    "rich text": (MESSAGE, [RICH]),
    "markdown": (MESSAGE, [{"type": "markdown", "text": "x" * 12_000}]),
    "table": (MESSAGE, [{"type": "table", "rows": [ROW * 20] * 100}]),
    "fifty blocks": (MESSAGE, [{"type": "divider"}] * 50),
    "a hundred blocks": (MODAL, [{"type": "divider"}] * 100),
    "null counts as absent": (MESSAGE, [section(text=plain("a"), accessory=None)]),
}

REFUSED: dict[str, tuple[Surface, list[Json], str, str]] = {
    "no type": (MESSAGE, [{}], "missing required field: type", "/blocks/0"),
    "unknown block": (MESSAGE, [{"type": "heading"}], "unsupported type: heading", "/0/type"),
    "unknown key": (MESSAGE, [{"type": "divider", "text": plain("a")}], "additional", "/blocks/0"),
    "a string as block": (MESSAGE, ["a"], "must provide an object", "/blocks/0"),
    "51 blocks": (MESSAGE, [{"type": "divider"}] * 51, "no more than 50", "/blocks"),
    "101 blocks": (HOME, [{"type": "divider"}] * 101, "no more than 100", "/blocks"),
    "empty text": (MESSAGE, [section(text=mrkdwn(""))], "more than 0", "/blocks/0/text/text"),
    "text of 3001": (MESSAGE, [section(text=mrkdwn("x" * 3001))], "less than 3001", "/text/text"),
    "text of a wrong type": (MESSAGE, [section(text={"type": "html", "text": "a"})], "html", "/0"),
    "text as a string": (MESSAGE, [section(text="a")], "must provide an object", "/0/text"),
    "emoji key on mrkdwn": (
        MESSAGE,
        [section(text={**mrkdwn("a"), "emoji": True})],
        "additional property: emoji",
        "/0/text",
    ),
    "empty section": (MESSAGE, [section()], "`text` or `fields`", "/blocks/0"),
    "field of 2001": (MESSAGE, [section(fields=[plain("x" * 2001)])], "less than 2001", "fields/0"),
    "eleven fields": (MESSAGE, [section(fields=[plain("x")] * 11)], "more than 10", "/0/fields"),
    "no fields": (MESSAGE, [section(fields=[])], "fewer than 1", "/0/fields"),
    "text input as accessory": (
        MESSAGE,
        [section(text=plain("a"), accessory=TEXT_INPUT)],
        "unsupported type: plain_text_input",
        "/accessory/type",
    ),
    "header of 151": (HOME, [{"type": "header", "text": plain("x" * 151)}], "151", "/text/text"),
    "mrkdwn header": (HOME, [{"type": "header", "text": mrkdwn("x")}], "enum", "/text/type"),
    "eleven in a context": (
        HOME,
        [{"type": "context", "elements": [plain("a")] * 11}],
        "more than 10",
        "/elements",
    ),
    "button in a context": (HOME, [{"type": "context", "elements": [button()]}], "button", "/0"),
    "no actions": (MESSAGE, [actions()], "fewer than 1", "/elements"),
    "26 actions": (MESSAGE, [actions(*(button(str(n)) for n in range(26)))], "25", "/elements"),
    "duplicate action_id": (MESSAGE, [actions(button(), button())], "already exists: go", "/1"),
    "duplicate block_id": (
        MESSAGE,
        [section(block_id="b", text=plain("a")), section(block_id="b", text=plain("a"))],
        "already exists: b",
        "/blocks/1/block_id",
    ),
    "block_id of 256": (MESSAGE, [section(block_id="b" * 256, text=plain("a"))], "256", "block_id"),
    "action_id of 256": (MESSAGE, [actions(button("b" * 256))], "256", "action_id"),
    "empty action_id": (MESSAGE, [actions(button(""))], "more than 0", "action_id"),
    "button text of 76": (MESSAGE, [actions(button(text=plain("x" * 76)))], "76", "/text/text"),
    "mrkdwn on a button": (MESSAGE, [actions(button(text=mrkdwn("x")))], "enum", "/text/type"),
    "button value of 2001": (MESSAGE, [actions(button(value="x" * 2001))], "2001", "/value"),
    "numeric button value": (MESSAGE, [actions(button(value=7))], "a string", "/value"),
    "button style": (MESSAGE, [actions(button(style="default"))], "enum", "/style"),
    "button url": (MESSAGE, [actions(button(url="x.example"))], "valid URL", "/url"),
    "button without text": (MESSAGE, [actions({"type": "button"})], "field: text", "/elements/0"),
    "confirm without deny": (
        MESSAGE,
        [actions(button(confirm={k: v for k, v in CONFIRM.items() if k != "deny"}))],
        "missing required field: deny",
        "/confirm",
    ),
    "confirm title of 101": (
        MESSAGE,
        [actions(button(confirm={**CONFIRM, "title": plain("x" * 101)}))],
        "101",
        "/confirm/title/text",
    ),
    "confirm text of 301": (
        MESSAGE,
        [actions(button(confirm={**CONFIRM, "text": plain("x" * 301)}))],
        "301",
        "/confirm/text/text",
    ),
    "confirm button of 31": (
        MESSAGE,
        [actions(button(confirm={**CONFIRM, "deny": plain("x" * 31)}))],
        "31",
        "/confirm/deny/text",
    ),
    "six in an overflow": (MESSAGE, [actions(element("overflow", options=options(6)))], "5", "opt"),
    "eleven checkboxes": (
        MESSAGE,
        [actions(element("checkboxes", options=options(11)))],
        "more than 10",
        "/options",
    ),
    "101 options": (MESSAGE, [actions(element("static_select", options=options(101)))], "100", "o"),
    "no options": (MESSAGE, [actions(element("static_select", options=[]))], "fewer than 1", "opt"),
    "neither options nor groups": (MESSAGE, [actions(element("static_select"))], "either", "/0"),
    "both options and groups": (
        MESSAGE,
        [
            actions(
                element(
                    "static_select",
                    options=options(1),
                    option_groups=[{"label": plain("g"), "options": options(1)}],
                )
            )
        ],
        "not both",
        "/elements/0",
    ),
    "option text of 76": (
        MESSAGE,
        [actions(element("static_select", options=[option(words="x" * 76)]))],
        "less than 76",
        "/options/0/text/text",
    ),
    "option value of 151": (
        MESSAGE,
        [actions(element("static_select", options=[option("x" * 151)]))],
        "less than 151",
        "/options/0/value",
    ),
    "numeric option value": (
        MESSAGE,
        [actions(element("static_select", options=[{"text": plain("a"), "value": 7}]))],
        "must provide a string",
        "/options/0/value",
    ),
    "mrkdwn option in a select": (
        MESSAGE,
        [actions(element("static_select", options=[{"text": mrkdwn("a"), "value": "1"}]))],
        "enum",
        "/options/0/text/type",
    ),
    "description of 76": (
        MESSAGE,
        [actions(element("radio_buttons", options=[option(description=plain("x" * 76))]))],
        "76",
        "/description/text",
    ),
    "url on a select option": (
        MESSAGE,
        [actions(element("static_select", options=[option(url="https://x.example")]))],
        "additional property: url",
        "/options/0",
    ),
    "same value twice": (
        MESSAGE,
        [actions(element("static_select", options=[option(), option()]))],
        "unique",
        "/elements/0",
    ),
    "initial option unknown": (
        MESSAGE,
        [actions(element("static_select", options=options(2), initial_option=option("9")))],
        "one of the options",
        "/initial_option",
    ),
    "initial option differs in text": (
        MESSAGE,
        [actions(element("static_select", options=options(2), initial_option=option("1", "x")))],
        "one of the options",
        "/initial_option",
    ),
    "initial options unknown": (
        MODAL,
        [asks(element("checkboxes", options=options(2), initial_options=options(3)))],
        "among the options",
        "/initial_options/2",
    ),
    "empty initial options": (
        MODAL,
        [asks(element("checkboxes", options=options(2), initial_options=[]))],
        "fewer than 1",
        "/initial_options",
    ),
    "options on an external select": (
        MESSAGE,
        [actions(element("external_select", options=options(1)))],
        "additional property: options",
        "/elements/0",
    ),
    "placeholder of 151": (
        MODAL,
        [asks(element("plain_text_input", placeholder=plain("x" * 151)))],
        "151",
        "/placeholder/text",
    ),
    "placeholder on checkboxes": (
        MODAL,
        [asks(element("checkboxes", options=options(1), placeholder=plain("x")))],
        "additional property: placeholder",
        "/element",
    ),
    "date in words": (
        MESSAGE,
        [actions(element("datepicker", initial_date="24/11/2026"))],
        "d",
        "",
    ),
    "no such day": (
        MESSAGE,
        [actions(element("datepicker", initial_date="2026-02-30"))],
        "date",
        "",
    ),
    "no such time": (MESSAGE, [actions(element("timepicker", initial_time="24:00"))], "time", ""),
    "label of 2001": (MODAL, [asks(TEXT_INPUT, label=plain("x" * 2001))], "2001", "/label/text"),
    "mrkdwn label": (MODAL, [asks(TEXT_INPUT, label=mrkdwn("x"))], "enum", "/label/type"),
    "input without element": (MODAL, [{"type": "input", "label": plain("a")}], "element", "/0"),
    "button as input": (MODAL, [asks(button())], "unsupported type: button", "/element/type"),
    "overflow as input": (
        MODAL,
        [asks(element("overflow", options=options(2)))],
        "overflow",
        "/el",
    ),
    "number input without its flag": (
        MODAL,
        [asks(element("number_input"))],
        "missing required field: is_decimal_allowed",
        "/element",
    ),
    "number as a number": (
        MODAL,
        [asks(element("number_input", is_decimal_allowed=False, min_value=0))],
        "must provide a string",
        "/min_value",
    ),
    "smallest above largest": (
        MODAL,
        [asks(element("number_input", is_decimal_allowed=False, min_value="2", max_value="1"))],
        "min_value must not",
        "/element",
    ),
    "initial number outside": (
        MODAL,
        [
            asks(
                element(
                    "number_input", is_decimal_allowed=False, initial_value="11", max_value="10"
                )
            )
        ],
        "max_value",
        "/initial_value",
    ),
    "max_length of 3001": (
        MODAL,
        [asks(element("plain_text_input", max_length=3001))],
        "3000",
        "/",
    ),
    "initial text too long": (
        MODAL,
        [asks(element("plain_text_input", max_length=2, initial_value="abc"))],
        "max_length",
        "/initial_value",
    ),
    "two focuses": (
        MODAL,
        [asks(element("plain_text_input", focus_on_load=True)) for _ in range(2)],
        "only one element",
        "/blocks",
    ),
    "file input in a message": (MESSAGE, [asks(element("file_input"))], "file_input", "/blocks/0"),
    "number input in a message": (
        MESSAGE,
        [asks(element("number_input", is_decimal_allowed=False))],
        "unsupported type: number_input",
        "/blocks/0",
    ),
    "date and time in a home tab": (
        HOME,
        [actions(element("datetimepicker"))],
        "unsupported type: datetimepicker",
        "/blocks/0",
    ),
    "file input that dispatches": (
        MODAL,
        [asks(element("file_input"), dispatch_action=True)],
        "dispatch_action",
        "/blocks/0/dispatch_action",
    ),
    "eleven files": (MODAL, [asks(element("file_input", max_files=11))], "10", "/max_files"),
    "response url outside inputs": (
        MESSAGE,
        [actions(element("conversations_select", response_url_enabled=True))],
        "response_url_enabled",
        "/blocks/0",
    ),
    "image without alt_text": (
        MESSAGE,
        [{"type": "image", "image_url": "https://x.example/a.png"}],
        "missing required field: alt_text",
        "/blocks/0",
    ),
    "image without source": (MESSAGE, [{"type": "image", "alt_text": "a"}], "`image_url`", "/0"),
    "image from disk": (MESSAGE, [image(image_url="file:///a.png")], "valid URL", "/image_url"),
    "title of a section": (MESSAGE, [section(text=plain("a"), title=plain("t"))], "title", "/0"),
    "markdown in a modal": (MODAL, [{"type": "markdown", "text": "a"}], "markdown", "/0/type"),
    "table in a home tab": (HOME, [{"type": "table", "rows": [ROW]}], "table", "/0/type"),
    "two tables": (MESSAGE, [{"type": "table", "rows": [ROW]}] * 2, "one table", "/blocks"),
    "21 columns": (MESSAGE, [{"type": "table", "rows": [ROW * 21]}], "20", "/rows/0"),
    "101 rows": (MESSAGE, [{"type": "table", "rows": [ROW] * 101}], "100", "/rows"),
    "ragged table": (MESSAGE, [{"type": "table", "rows": [ROW, ROW * 2]}], "same number", "/rows"),
    "markdown in all": (
        MESSAGE,
        [{"type": "markdown", "text": "x" * 7000}] * 2,
        "12001",
        "/blocks",
    ),
    "rich text with raw text": (
        MESSAGE,
        [{"type": "rich_text", "elements": [{"type": "text", "text": "a"}]}],
        "unsupported type: text",
        "/elements/0/type",
    ),
    "rich text style": (
        MESSAGE,
        [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "text", "text": "a", "style": {"big": True}}],
                    }
                ],
            }
        ],
        "additional property: big",
        "/style",
    ),
}


@pytest.mark.parametrize(("surface", "blocks"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_slack_accepts_passes(surface: Surface, blocks: list[Json]) -> None:
    assert [str(problem) for problem in problems_in_blocks(blocks, surface)] == []


@pytest.mark.parametrize(("surface", "blocks", "why", "where"), REFUSED.values(), ids=REFUSED)
def test_what_slack_refuses_is_refused_with_its_reason_and_place(
    surface: Surface, blocks: list[Json], why: str, where: str
) -> None:
    found = list(problems_in_blocks(blocks, surface))
    assert any(why in problem.message and where in problem.pointer for problem in found), found
