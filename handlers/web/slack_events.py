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
        if not request.headers.get("x-slack-request-timestamp", "").isdecimal():
            # Bolt answers 500 to a timestamp that is no number; it is a forgery like any other.
            return PlainTextResponse("invalid timestamp", status_code=401)
        if int(request.headers.get("content-length") or 0) > _MOST_BYTES:
            return PlainTextResponse("too large", status_code=413)
        body = (await request.body()).decode(errors="replace")
        query: dict[str, Sequence[str]] = {
            name: request.query_params.getlist(name) for name in request.query_params
        }
        headers: dict[str, str | Sequence[str]] = dict(request.headers)
        asked = BoltRequest(body=body, query=query, headers=headers)
        return _response(await run_in_threadpool(bolt.dispatch, asked))

    return Route("/slack/events", endpoint, methods=["POST"])


def _response(answer: BoltResponse) -> Response:
    response = Response(answer.body, status_code=answer.status)
    for name, value in answer.first_headers_without_set_cookie().items():
        response.headers[name] = value
    return response
