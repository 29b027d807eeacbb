"""Messages, however they leave the bot: Web API, response_url, or the body of an ack."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from bot.sandbox.refuse.blocks import Surface, problems_in_blocks
from bot.sandbox.refuse.rules import Check, Json, Problem, anything, boolean, one_of, shape, string

MOST_TEXT = 40_000
MOST_METADATA_BYTES = 8_000


_RESPONSE: dict[str, Check] = {
    "text": anything,
    "blocks": anything,
    "metadata": anything,
    "attachments": anything,
    "response_type": one_of("ephemeral", "in_channel"),
    "replace_original": boolean,
    "delete_original": boolean,
    "unfurl_links": boolean,
    "unfurl_media": boolean,
    "thread_ts": string(),
    "mrkdwn": boolean,
    "parse": one_of("full", "none", "mrkdwn"),
    "link_names": boolean,
}
_response = shape({}, _RESPONSE)


def problems_in_message(message: Mapping[str, Json]) -> Iterator[Problem]:
    """Everything refused in the content of a message.

    Slack itself lets blocks through without `text` and then shows an empty notification; here that
    is refused, because nobody notices it before a phone or a screen reader does.
    """
    text, blocks = message.get("text"), message.get("blocks")
    if text is not None and not isinstance(text, str):
        yield Problem("must provide a string", "/text")
    elif not (text or "").strip():
        yield Problem("missing required field: text", "")
    elif len(text or "") > MOST_TEXT:
        yield Problem(f"must be less than {MOST_TEXT + 1} characters", "/text")
    if blocks is not None:
        yield from problems_in_blocks(blocks, Surface.MESSAGE)
    if message.get("attachments"):
        yield Problem("attachments are legacy and not spoken here: use blocks", "/attachments")
    if message.get("metadata"):
        yield from problems_in_metadata(message["metadata"])


def problems_in_metadata(metadata: Json, at: str = "/metadata") -> Iterator[Problem]:
    """Message metadata: an event_type and an event_payload that is an object, 8 KB at most."""
    yield from shape({"event_type": string(255), "event_payload": _is_object})(metadata, at)
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > MOST_METADATA_BYTES:
        yield Problem("metadata_too_large", at)


def _is_object(value: Json, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem("must provide an object", at)


def problems_in_response(body: Json) -> Iterator[Problem]:
    """What is posted to a response_url, or comes back in the ack of a slash command."""
    found = list(_response(body, ""))
    yield from found
    if found or body.get("delete_original"):
        return
    yield from problems_in_message(body)
