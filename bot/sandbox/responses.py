"""Answers that become messages: the bodies of acks, and what is posted to a response_url."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox.entries import with_ids
from bot.sandbox.messages import Message
from bot.sandbox.refuse import Problem, problems_in_response
from bot.sandbox.state import State
from bot.sandbox.tickets import ResponseTicket
from bot.sandbox.workspace import BOT_USER_ID

Json = dict[str, Any]


def token_of(response_url: str) -> str:
    return response_url.rpartition("/")[2]


def answer_command(state: State, response_url: str, body: Any) -> Message | tuple[Problem, ...]:
    """Post the body of a slash command's ack; the problems when Slack would refuse it."""
    problems = tuple(problems_in_response(body))
    if problems:
        state.refuse("ack of a slash command", problems, body)
        return problems
    ticket = state.response_urls.redeem(token_of(response_url))
    if isinstance(ticket, str):
        raise TypeError("a fresh response_url is alive")
    return _post(state, ticket, body)


def respond(state: State, token: str, body: Any) -> str | None:
    """Take what was posted to a response_url; the name of Slack's error when it is refused."""
    problems = tuple(problems_in_response(body))
    if problems:
        state.refuse("response_url", problems, body)
        return "invalid_blocks" if body and "blocks" in body else "invalid_payload"
    ticket = state.response_urls.redeem(token)
    if isinstance(ticket, str):
        return ticket
    original = (
        state.messages.find(ticket.channel, ticket.original_ts) if ticket.original_ts else None
    )
    if body.get("delete_original"):
        if original is not None:
            state.messages.remove(original)
    elif body.get("replace_original") and original is not None:
        state.messages.replace(
            original,
            edited=False,
            text=body["text"],
            blocks=with_ids(body.get("blocks") or ()),
        )
    else:
        _post(state, ticket, body)
    return None


def _post(state: State, ticket: ResponseTicket, body: Json) -> Message:
    public = body.get("response_type") == "in_channel"
    message = state.messages.add(
        ticket.channel,
        BOT_USER_ID,
        body["text"],
        blocks=with_ids(body.get("blocks") or ()),
        metadata=body.get("metadata"),
        ephemeral_to=None if public else ticket.user,
        thread_ts=body.get("thread_ts"),
    )
    state.response_urls.remember(ticket.token, message.ts)
    return message


def parse(content: bytes) -> Any:
    """The JSON body that was posted to a response_url; None when it is no JSON object."""
    try:
        body = json.loads(content)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
