"""Slack's HTTP mode: `POST /slack/events`.

Bolt's own Starlette adapter runs a sync app on the event loop and blocks it; here it runs in the
thread pool.
"""

from collections.abc import Sequence

from slack_bolt import App, BoltRequest, BoltResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_MOST_BYTES = 1_000_000
"""Slack's largest payloads, forms full of text, stay far below."""


def route(bolt: App) -> Route:
    """The endpoint for everything that Slack sends."""

    async def endpoint(request: Request) -> Response:
        if not _may_be_signed(request):
            return PlainTextResponse("not signed by Slack", status_code=401)
        body = await _read(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        query: dict[str, Sequence[str]] = {
            name: request.query_params.getlist(name) for name in request.query_params
        }
        headers: dict[str, str | Sequence[str]] = dict(request.headers)
        asked = BoltRequest(body=body.decode(errors="replace"), query=query, headers=headers)
        return _response(await run_in_threadpool(bolt.dispatch, asked))

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


def _response(answer: BoltResponse) -> Response:
    response = Response(answer.body, status_code=answer.status)
    for name, value in answer.first_headers_without_set_cookie().items():
        response.headers[name] = value
    return response
