"""Slack's HTTP mode: `POST /slack/events`.

Bolt's own Starlette adapter runs a sync app on the event loop and blocks it; here it runs in the
thread pool.
"""

import time
from collections.abc import Sequence
from http import HTTPStatus

from slack_bolt import App, BoltRequest, BoltResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handlers.web.shapes import is_of_slack

_MOST_BYTES = 1_000_000
"""Slack's largest payloads, forms full of text, stay far below."""
_LONGEST_WAIT = 0.75
"""Seconds for a free thread; with the time that a request may then take it stays below the three
after which Slack gives up, and nothing may take effect any more."""


def route(bolt: App) -> Route:
    """The endpoint for everything that Slack sends. Bolt verifies who signed it."""

    async def endpoint(request: Request) -> Response:
        arrived = time.monotonic()
        if not _may_be_signed(request):
            return PlainTextResponse("not signed by Slack", status_code=401)
        try:
            body = await _read(request)
        except ClientDisconnect:
            return PlainTextResponse("nobody waits for this any more", status_code=400)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        asked = _asked(request, body.decode(errors="replace"))
        return _response(await run_in_threadpool(_answer, bolt, asked, arrived))

    return Route("/slack/events", endpoint, methods=["POST"])


async def _read(request: Request) -> bytes | None:
    """The body; None when it is too large, whatever its header says."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    return bytes(body)


def _may_be_signed(request: Request) -> bool:
    """Bolt answers 500 to a timestamp that is no number and to a signature that is not ASCII; they
    are forgeries like any other."""
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    return timestamp.isascii() and timestamp.isdecimal() and signature.isascii()


def _asked(request: Request, body: str) -> BoltRequest:
    query: dict[str, Sequence[str]] = {
        name: request.query_params.getlist(name) for name in request.query_params
    }
    headers: dict[str, str | Sequence[str]] = dict(request.headers)
    try:
        asked = BoltRequest(body=body, query=query, headers=headers)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        # Bolt reads a body on the way in, before anybody has verified it.
        pass
    else:
        if is_of_slack(asked.body):
            return asked
    # There is nothing in it to handle; who signed it is told so, and a forger that they are one.
    empty = BoltRequest(body="", query=query, headers=headers)
    empty.raw_body = body
    return empty


def _answer(bolt: App, asked: BoltRequest, arrived: float) -> BoltResponse:
    if time.monotonic() - arrived > _LONGEST_WAIT:
        return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, body="too busy")
    answer = bolt.dispatch(asked)
    if answer.status == HTTPStatus.NOT_FOUND and not asked.body:
        return BoltResponse(status=HTTPStatus.BAD_REQUEST, body="not a payload of Slack")
    return answer


def _response(answer: BoltResponse) -> Response:
    response = Response(answer.body, status_code=answer.status)
    for name, value in answer.first_headers_without_set_cookie().items():
        response.headers[name] = value
    return response
