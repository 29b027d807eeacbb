"""What `POST /signals` answers, and its description in OpenAPI 3.1."""

import json
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from bot.playbook.signal_schema import AnyItem
from bot.playbook.signals import MAX_BATCH, Fault
from handlers.signal_taking import Outcome
from handlers.web.paths import SIGNALS_PATH

MOST_BYTES: Final = 1_048_576


class Batch(BaseModel):
    """Signals, each of which is taken or refused by itself."""

    model_config = ConfigDict(extra="forbid")

    signals: list[AnyItem] = Field(min_length=1, max_length=MAX_BATCH)


class ItemError(BaseModel):
    """What is wrong with a signal, and what to do."""

    code: Fault
    field: str
    message: str


class Result(BaseModel):
    """What became of one signal, in the order of the batch."""

    index: int
    source: str | None
    id: str | None
    outcome: Outcome
    errors: list[ItemError]


class Results(BaseModel):
    """What became of a batch. A refused signal may be sent again, mended, under the same id."""

    taken: int
    known: int
    refused: int
    results: list[Result]


class Error(BaseModel):
    """Why nothing of a request was looked at."""

    code: str
    message: str


class Failure(BaseModel):
    error: Error


FAILURES: Final = {
    400: ("not_json", "The body is not JSON, or ended too early."),
    401: ("no_token", "The token is missing, unknown or revoked."),
    408: ("too_slow", "The body took too long to arrive."),
    413: ("too_large", "The body is larger than a megabyte."),
    415: ("not_json_type", "The body is not declared as application/json."),
    422: ("not_a_batch", f"The body is not an object with 1 to {MAX_BATCH} signals."),
    429: ("too_often", "Too many requests. Wait as long as Retry-After says."),
    500: ("failed", "Something broke on our side. Send the same again: nothing counts twice."),
    503: ("busy", "Goen is busy. Send the same again: nothing counts twice."),
}
"""What each status means: its code, and a sentence for whoever reads the log of the sender."""
_ABOUT: Final = """\
Tell Goen what happened at your customers: product usage, tickets, participation, renewals, upsells
and NPS answers. Signals are taken once by `source` and `id`, so send a batch again whenever you are
not sure that it arrived. Each signal is judged by itself: a batch with wrong ones is answered 200,
and `results` says of each what became of it.
"""
_EXAMPLE: Final = {
    "signals": [
        {
            "source": "helpdesk",
            "id": "event-1042",
            "kind": "ticket_opened",
            "at": "2026-11-16T10:00:00+09:00",
            "customer": "山田製作所",
            "contact_email": "yoshino@yamada.example",
            "ticket": "1042",
        },
        {
            "source": "analytics",
            "id": "2026-11-15/yamada/seats",
            "kind": "usage",
            "at": "2026-11-15T23:59:59+09:00",
            "customer": "山田製作所",
            "customer_id": "acc_118",
            "metric": "Active seats",
            "value": 42,
        },
    ]
}


def failure(status: int) -> dict[str, Any]:
    """The body that goes with a status."""
    code, message = FAILURES[status]
    return {"error": {"code": code, "message": message}}


def description(base: str) -> bytes:
    """The OpenAPI document; `base` is the address at which Goen is reached."""
    return json.dumps(_document(base), ensure_ascii=False).encode()


def _document(base: str) -> dict[str, Any]:
    _, schemas = models_json_schema(
        [(Batch, "validation"), (Results, "serialization"), (Failure, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Goen signals", "version": "1.0.0", "description": _ABOUT},
        "servers": [{"url": base}],
        "paths": {SIGNALS_PATH: {"post": _operation()}},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made by an admin in Slack: /goen settings.",
                }
            },
        },
    }


def _operation() -> dict[str, Any]:
    body = {"schema": _named(Batch), "examples": {"two": {"value": _EXAMPLE}}}
    return {
        "operationId": "sendSignals",
        "summary": "Send signals",
        "security": [{"token": []}],
        "parameters": [
            {
                "name": "Accept-Language",
                "in": "header",
                "description": "ja or en: the language of the messages.",
                "schema": {"type": "string"},
            }
        ],
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "200": _response("What became of each signal.", Results),
            **{str(status): _failure(status, said) for status, (_, said) in FAILURES.items()},
        },
    }


def _failure(status: int, said: str) -> dict[str, Any]:
    described = _response(said, Failure)
    if status in (429, 503):
        seconds = {"schema": {"type": "integer"}, "description": "Seconds to wait."}
        described["headers"] = {"Retry-After": seconds}
    return described


def _response(description: str, model: type[BaseModel]) -> dict[str, Any]:
    content = {"application/json": {"schema": _named(model)}}
    return {"description": description, "content": content}


def _named(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
