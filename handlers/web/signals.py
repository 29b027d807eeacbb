"""`POST /signals`: where other systems tell what happened at customers (I2).

Whoever sends knows a token of one workspace, and reaches nothing else with it. A batch is taken in
a thread that is not one of Slack's requests.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any, Final, NoReturn

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.pages.site import Site
from bot.playbook.signal_schema import printable, read_item
from bot.playbook.signals import MAX_BATCH, SENDER
from bot.telemetry.about import about, new_id
from bot.texts.voice import Voice
from bot.views.signals import problem
from handlers.signal_news import Reach
from handlers.signal_taking import Outcome, Verdict, take
from handlers.web.limits import Buckets, Rate
from handlers.web.paths import SIGNALS_PATH
from handlers.web.readers import Network, address_of, preferred_language
from handlers.web.signals_api import MOST_BYTES, description, failure
from storage import signal_keys
from storage.engine import Store
from storage.signal_keys import SignalKey
from storage.trouble import TROUBLE

log = logging.getLogger(__name__)

_AT_ONCE: Final = 2
_MOST_WAITING: Final = 32
_ARRIVES_WITHIN: Final = 15.0
_COMES_BACK_AFTER: Final = "10"
_OF_ADDRESS: Final = Rate(240, 4)
_OF_TOKEN: Final = Rate(60, 1)
"""A batch a second, and a minute's worth at once."""
_MISS_COSTS: Final = 10
"""A wrong token counts as several requests."""
_LONGEST_TOKEN: Final = 200
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NO_TOKEN: Final = {"WWW-Authenticate": 'Bearer realm="signals"'}
_ENDINGS: Final = {200: "done", 401: "refused", 429: "limited", 500: "failed", 503: "trouble"}


class _Failed(Exception):
    """Nothing of the request is looked at; a status of `signals_api.FAILURES`."""

    def __init__(self, status: int, **headers: str) -> None:
        super().__init__(status)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True)
class Signals:
    """Takes signals. `serves` tells whether a workspace is still there, `wake` that something may
    be due; `on_handled` is told the door, the route, the ending and the seconds of every request.
    """

    store: Store
    site: Site
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    serves: Callable[[str], bool]
    has_mail: bool = False
    trusted: Sequence[Network] = ()
    of_address: Buckets = field(default_factory=lambda: Buckets(_OF_ADDRESS))
    of_token: Buckets = field(default_factory=lambda: Buckets(_OF_TOKEN))
    on_handled: Callable[[str, str, str, float], object] = lambda *_: None

    def routes(self) -> list[BaseRoute]:
        """The endpoint, and its description for whoever writes a sender."""
        threads = CapacityLimiter(_AT_ONCE)
        described = description(self.site.base)

        async def receive(request: Request) -> Response:
            return await self._receive(request, threads)

        async def describe(_: Request) -> Response:
            return Response(described, headers=_HEADERS, media_type="application/json")

        return [
            Route(SIGNALS_PATH, receive, methods=["POST"]),
            Route(f"{SIGNALS_PATH}/openapi.json", describe, methods=["GET"]),
        ]

    async def _receive(self, request: Request, threads: CapacityLimiter) -> Response:
        begun, status = time.monotonic(), 500
        with about(request=new_id(), entry=SENDER):
            try:
                response = await self._answer(request, threads)
                status = response.status_code
            except _Failed as failed:
                status = failed.status
                response = _failure(status, failed.headers)
            except TROUBLE as trouble:
                log.error("the database is in trouble: %s", trouble)
                status = 503
                response = _failure(status, {"Retry-After": _COMES_BACK_AFTER})
            except Exception:  # the last line of defence: the sender is told to send it again
                log.exception("signals failed")
                response = _failure(status)
            seconds = time.monotonic() - begun
            ending = _ENDINGS.get(status, "invalid")
            self.on_handled(SENDER, SENDER, ending, seconds)
            log.info("served", extra={"outcome": ending, "seconds": seconds})
        return response

    async def _answer(self, request: Request, threads: CapacityLimiter) -> Response:
        address = address_of(request, self.trusted)
        _let_pass(self.of_address.take(address))
        token = _token_of(request)
        if threads.statistics().tasks_waiting >= _MOST_WAITING:
            raise _Failed(503, Retry_After=_COMES_BACK_AFTER)
        key = await to_thread.run_sync(self._key, token, limiter=threads) if token else None
        if key is None:
            self.of_address.charge(address, _MISS_COSTS)
            raise _Failed(401, **_NO_TOKEN)
        _let_pass(self.of_token.take(str(key.id)))
        body = await _body(request)
        voice = Voice(preferred_language(request.headers) or "en", "UTC")
        with about(team_id=key.team_id):
            found = await to_thread.run_sync(self._take, key, _batch(body), voice, limiter=threads)
        self.wake()
        return JSONResponse(found, headers=_HEADERS)

    def _key(self, token: str) -> SignalKey | None:
        """The token on record, if its workspace is still served."""
        with self.store.read() as conn:
            key = signal_keys.find(conn, token)
        return key if key and self.serves(key.team_id) else None

    def _take(self, key: SignalKey, batch: Sequence[Any], voice: Voice) -> dict[str, Any]:
        now = self.clock()
        with self.store.write() as conn:
            signal_keys.note_use(conn, key, now)
        read = [read_item(one) for one in batch]
        cause, reach = f"{SENDER}:{new_id()}", Reach(self.site, self.has_mail)
        verdicts = take(self.store, key.team_id, read, SENDER, now, cause, reach)
        outcomes = [one.outcome for one in verdicts]
        return {
            **{one.value: outcomes.count(one) for one in Outcome},
            "results": [
                _result(voice, index, raw, verdict)
                for index, (raw, verdict) in enumerate(zip(batch, verdicts, strict=True))
            ],
        }


def _result(voice: Voice, index: int, raw: Any, verdict: Verdict) -> dict[str, Any]:
    named = raw if isinstance(raw, dict) else {}
    given = {name: named.get(name) for name in ("source", "id")}
    return {
        "index": index,
        **{name: printable(one) if isinstance(one, str) else None for name, one in given.items()},
        "outcome": verdict.outcome,
        "errors": [
            {"code": one.fault, "field": one.field, "message": problem(voice, one)}
            for one in verdict.problems
        ],
    }


def _token_of(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and 0 < len(token) <= _LONGEST_TOKEN else None


async def _body(request: Request) -> bytes:
    """Raises _Failed."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != (
        "application/json"
    ):
        raise _Failed(415, Connection="close")
    body = bytearray()
    try:
        async with asyncio.timeout(_ARRIVES_WITHIN):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise _Failed(413, Connection="close")
    except TimeoutError:
        raise _Failed(408, Connection="close") from None
    except ClientDisconnect:
        raise _Failed(400) from None
    return bytes(body)


def _batch(body: bytes) -> Sequence[Any]:
    """The items of a batch, whatever they are. Raises _Failed."""
    try:
        found = json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _Failed(400) from None
    items = found.get("signals") if isinstance(found, dict) and len(found) == 1 else None
    if not isinstance(items, list) or not 1 <= len(items) <= MAX_BATCH:
        raise _Failed(422)
    return items


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _let_pass(wait: float) -> None:
    if wait:
        raise _Failed(429, Retry_After=str(ceil(wait)))


def _failure(status: int, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(failure(status), status, {**_HEADERS, **(headers or {})})
