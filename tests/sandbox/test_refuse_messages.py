"""Views, messages and ack bodies that Slack accepts and refuses, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.refuse import (
    Problem,
    Surface,
    problems_in_message,
    problems_in_options,
    problems_in_response,
    problems_in_submission_ack,
    problems_in_view,
)

Json = dict[str, Any]
DIVIDER = {"type": "divider"}
INPUT = {
    "type": "input",
    "block_id": "b",
    "label": {"type": "plain_text", "text": "L"},
    "element": {"type": "plain_text_input", "action_id": "a"},
}


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def modal(**changes: Any) -> Json:
    return {"type": "modal", "title": plain("T"), "blocks": [DIVIDER], **changes}


def option(value: str = "v") -> Json:
    return {"text": plain("t"), "value": value}


VIEWS: dict[str, tuple[Surface, Any, str | None]] = {
    "plain modal": (Surface.MODAL, modal(), None),
    "title of 24": (Surface.MODAL, modal(title=plain("x" * 24)), None),
    "everything": (
        Surface.MODAL,
        modal(
            blocks=[INPUT],
            submit=plain("OK"),
            close=plain("No"),
            private_metadata="x" * 3000,
            callback_id="c",
            external_id="e",
            notify_on_close=True,
            clear_on_close=True,
        ),
        None,
    ),
    "home": (Surface.HOME, {"type": "home", "blocks": [], "private_metadata": ""}, None),
    "not an object": (Surface.MODAL, "modal", "must provide an object"),
    "home as a modal": (Surface.MODAL, {"type": "home", "blocks": []}, "enum"),
    "no title": (Surface.MODAL, {"type": "modal", "blocks": []}, "missing required field: title"),
    "no blocks": (Surface.MODAL, {"type": "modal", "title": plain("T")}, "field: blocks"),
    "title of 25": (Surface.MODAL, modal(title=plain("x" * 25)), "less than 25"),
    "mrkdwn title": (Surface.MODAL, modal(title={"type": "mrkdwn", "text": "a"}), "enum"),
    "submit of 25": (Surface.MODAL, modal(submit=plain("x" * 25)), "less than 25"),
    "close of 25": (Surface.MODAL, modal(close=plain("x" * 25)), "less than 25"),
    "metadata of 3001": (Surface.MODAL, modal(private_metadata="x" * 3001), "less than 3001"),
    "metadata as object": (Surface.MODAL, modal(private_metadata={}), "must provide a string"),
    "callback_id of 256": (Surface.MODAL, modal(callback_id="x" * 256), "less than 256"),
    "input without submit": (Surface.MODAL, modal(blocks=[INPUT]), "submit"),
    "unknown key": (Surface.MODAL, modal(state={}), "additional property: state"),
    "title on a home tab": (
        Surface.HOME,
        {"type": "home", "blocks": [], "title": plain("a")},
        "ti",
    ),
    "wrong block": (Surface.MODAL, modal(blocks=[{"type": "markdown", "text": "a"}]), "markdown"),
}

METADATA = {"event_type": "goen", "event_payload": {"key": "k"}}
MESSAGES: dict[str, tuple[Json, str | None]] = {
    "text": ({"text": "a"}, None),
    "text and blocks": ({"text": "a", "blocks": [DIVIDER], "metadata": METADATA}, None),
    "40,000 characters": ({"text": "x" * 40_000}, None),
    "40,001 characters": ({"text": "x" * 40_001}, "less than 40001"),
    "nothing": ({}, "missing required field: text"),
    "blank text": ({"text": "  "}, "missing required field: text"),
    "blocks without text": ({"blocks": [DIVIDER]}, "missing required field: text"),
    "bad block": ({"text": "a", "blocks": [{"type": "x"}]}, "unsupported type: x"),
    "attachments": ({"text": "a", "attachments": [{"text": "b"}]}, "attachments"),
    "metadata without payload": ({"text": "a", "metadata": {"event_type": "a"}}, "event_payload"),
    "metadata payload as text": (
        {"text": "a", "metadata": {"event_type": "a", "event_payload": "b"}},
        "must provide an object",
    ),
    "metadata with more": ({"text": "a", "metadata": {**METADATA, "id": "1"}}, "property: id"),
    "metadata of 9,000": (
        {"text": "a", "metadata": {"event_type": "a", "event_payload": {"a": "x" * 9000}}},
        "metadata_too_large",
    ),
}
RESPONSES: dict[str, tuple[Any, str | None]] = {
    "ephemeral": ({"text": "a", "response_type": "ephemeral"}, None),
    "public with blocks": ({"text": "a", "response_type": "in_channel", "blocks": [DIVIDER]}, None),
    "replace": ({"text": "a", "replace_original": True}, None),
    "delete": ({"delete_original": True}, None),
    "unknown response_type": ({"text": "a", "response_type": "public"}, "enum"),
    "unknown key": ({"text": "a", "channel": "C1"}, "additional property: channel"),
    "replace with nothing": ({"replace_original": True}, "missing required field: text"),
    "a list": ([], "must provide an object"),
    "true as text": ({"text": "a", "replace_original": "true"}, "must provide a boolean"),
}
OPTIONS: dict[str, tuple[Any, str | None]] = {
    "none found": ({"options": []}, None),
    "a hundred": ({"options": [option(str(n)) for n in range(100)]}, None),
    "groups": ({"option_groups": [{"label": plain("g"), "options": [option()]}]}, None),
    "a hundred and one": ({"options": [option(str(n)) for n in range(101)]}, "more than 100"),
    "nothing": ({}, "either"),
    "no body": (None, "must provide an object"),
    "both": ({"options": [], "option_groups": []}, "either"),
    "numeric value": ({"options": [{"text": plain("t"), "value": 1}]}, "a string"),
    "long text": ({"options": [{"text": plain("x" * 76), "value": "1"}]}, "less than 76"),
    "same value twice": ({"options": [option(), option()]}, "unique"),
    "empty group": ({"option_groups": [{"label": plain("g"), "options": []}]}, "fewer than 1"),
}
ACKS: dict[str, tuple[Any, str | None]] = {
    "nothing": (None, None),
    "empty": ({}, None),
    "clear": ({"response_action": "clear"}, None),
    "errors": ({"response_action": "errors", "errors": {"b": "no"}}, None),
    "update": ({"response_action": "update", "view": modal()}, None),
    "push": ({"response_action": "push", "view": modal()}, None),
    "errors on no block": ({"response_action": "errors", "errors": {"c": "no"}}, "block_id: c"),
    "no errors": ({"response_action": "errors", "errors": {}}, "at least one"),
    "empty error": ({"response_action": "errors", "errors": {"b": ""}}, "more than 0"),
    "errors forgotten": ({"response_action": "errors"}, "field: errors"),
    "update without view": ({"response_action": "update"}, "field: view"),
    "update to a home tab": ({"response_action": "update", "view": {"type": "home"}}, "enum"),
    "update to a bad view": (
        {"response_action": "update", "view": modal(title=plain("x" * 25))},
        "less than 25",
    ),
    "unknown action": ({"response_action": "close"}, "enum"),
    "text": ({"text": "saved"}, "response_action"),
    "a string": ("ok", "must provide an object"),
}


def _expect(found: Iterator[Problem], why: str | None) -> None:
    problems = [str(problem) for problem in found]
    if why is None:
        assert problems == []
    else:
        assert any(why in problem for problem in problems), problems


@pytest.mark.parametrize(("surface", "view", "why"), VIEWS.values(), ids=VIEWS)
def test_views_are_judged_as_slack_does(surface: Surface, view: Any, why: str | None) -> None:
    _expect(problems_in_view(view, surface), why)


@pytest.mark.parametrize(("message", "why"), MESSAGES.values(), ids=MESSAGES)
def test_messages_are_judged_as_slack_does(message: Json, why: str | None) -> None:
    _expect(problems_in_message(message), why)


@pytest.mark.parametrize(("body", "why"), RESPONSES.values(), ids=RESPONSES)
def test_responses_are_judged_as_slack_does(body: Any, why: str | None) -> None:
    _expect(problems_in_response(body), why)


@pytest.mark.parametrize(("body", "why"), OPTIONS.values(), ids=OPTIONS)
def test_options_are_judged_as_slack_does(body: Any, why: str | None) -> None:
    _expect(problems_in_options(body), why)


@pytest.mark.parametrize(("body", "why"), ACKS.values(), ids=ACKS)
def test_submission_acks_are_judged_as_slack_does(body: Any, why: str | None) -> None:
    _expect(problems_in_submission_ack(body, {"b"}), why)
