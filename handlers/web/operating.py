"""What an operator's machines ask: `/healthz`, `/readyz` and `/metrics`.

The port is a public one as soon as customers have pages on it, so nothing here tells more than the
names of parts, and `/metrics` is for whoever knows the token, or for this machine.
"""

import hmac
from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import ip_address
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

T = TypeVar("T")
_AT_ONCE = 2
"""Threads for these answers, which are not those of Slack's requests."""
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def routes(
    missing_to_live: Callable[[], Sequence[str]],
    missing_to_serve: Callable[[], Sequence[str]],
    metrics: Callable[[], bytes],
    metrics_token: str | None,
) -> list[BaseRoute]:
    """The three addresses. What is missing is named by part; both lists may take a moment.

    Without a token `/metrics` answers a client on this machine that nobody stands before.
    """
    limiter = CapacityLimiter(_AT_ONCE)

    async def aside(ask: Callable[[], T]) -> T:
        return await to_thread.run_sync(ask, limiter=limiter)

    async def healthz(_: Request) -> Response:
        missing = missing_to_live()
        return PlainTextResponse(", ".join(missing) or "ok", 503 if missing else 200)

    async def readyz(_: Request) -> Response:
        missing = await aside(missing_to_serve)
        return JSONResponse(
            {"ready": not missing, "missing": list(missing)}, 503 if missing else 200
        )

    async def scrape(request: Request) -> Response:
        refused = _refused(request, metrics_token)
        if refused is not None:
            return refused
        return Response(await aside(metrics), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    served = partial(Route, methods=["GET"])
    return [
        served("/healthz", healthz),
        served("/readyz", readyz),
        served("/metrics", scrape),
    ]


def _refused(request: Request, token: str | None) -> Response | None:
    if token is not None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), token.encode()):
            return None
        return PlainTextResponse(
            "a bearer token is needed", 401, headers={"WWW-Authenticate": "Bearer"}
        )
    return None if _is_local(request) else PlainTextResponse("for this machine only", 403)


def _is_local(request: Request) -> bool:
    """A client on this machine that speaks for itself.

    A proxy on this machine is one too, and speaks for the whole world: it says so in a header, or
    in the name of the host that was asked for.
    """
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    named = request.url.hostname in _LOOPBACK_NAMES
    return named and ip_address(request.client.host).is_loopback
