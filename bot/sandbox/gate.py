"""The addresses that the bot calls: Web API, response_url, uploads, files, the Socket Mode link."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from bot.sandbox import responses
from bot.sandbox.api import WebApi
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.socket_mode import Links
from bot.sandbox.state import State
from bot.sandbox.wires import Cut, Late, Truncated, Wires

Json = dict[str, Any]


class Switchboard:
    """The one address of the Web API, behind which each token leads to its own workspace."""

    def __init__(self, links: Links) -> None:
        self.gates: list[Gate] = []
        self._links = links

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            WebSocketRoute("/link", self._link),
        ]

    async def _call(self, request: Request) -> ASGIApp:
        try:
            args = await _arguments(request)
        except ValueError:
            return _json({"ok": False, "error": "invalid_json"})
        token = _token(request, args)
        meant = (gate for gate in self.gates if gate.is_meant(args, token))
        return next(meant, self.gates[0]).call(request.path_params["method"], args, token)

    async def _link(self, socket: WebSocket) -> None:
        await self._links.serve(socket)


class Gate:
    """What is called of one workspace."""

    def __init__(self, state: State, api: WebApi, faults: Faults, wires: Wires) -> None:
        self._state = state
        self._api = api
        self._faults = faults
        self._wires = wires

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/respond/{token}", self._respond, methods=["POST"]),
            Route("/upload/{file_id}", self._upload, methods=["POST"]),
            Route("/files-pri/{file_id}", self._file),
            Route("/files-pri/{file_id}/download", self._file),
        ]

    def is_meant(self, args: Mapping[str, Any], token: str) -> bool:
        return self._api.is_meant(args, token)

    def call(self, name: str, args: Json, token: str) -> ASGIApp:
        """A call of the Web API."""
        wait = self._api.too_fast(name, args)
        if wait is not None:
            return _ratelimited(wait)
        return self._answered(name, args, lambda: self._api.answer(name, args, token))

    def _answered(self, name: str, args: Mapping[str, Any], run: Callable[[], Json]) -> ASGIApp:
        """The answer of a call, or what the fault that strikes it makes of it."""
        fault = self._faults.take(name, args)
        if fault is None:
            return _json(run())
        if fault.after:
            return self._lost(fault, run())
        with self._state.lock:
            self._api.log(name, args, ok=False, error=fault.kind)
        if fault.kind == "429":
            return _ratelimited(fault.retry_after)
        if fault.kind == "500":
            return PlainTextResponse("Internal Server Error", 500)
        if fault.kind == "timeout":
            return Cut(self._wires, fault.delay)
        if fault.kind == "reset":
            return Cut(self._wires)
        return _json({"ok": False, "error": fault.kind.removeprefix("error:")})

    def _lost(self, fault: Fault, answer: Json) -> ASGIApp:
        """The call took effect; its answer does not arrive, or late."""
        if fault.kind == "slow":
            return Late(_json(answer), fault.delay)
        if fault.kind == "truncated":
            return Truncated(self._wires, json.dumps(answer, ensure_ascii=False).encode())
        if fault.kind == "accept_then_500":
            return PlainTextResponse("Internal Server Error", 500)
        silence = fault.delay if fault.kind == "accept_then_timeout" else 0.0
        return Cut(self._wires, silence, politely=fault.kind != "accept_then_reset")

    async def _respond(self, request: Request) -> ASGIApp:
        body = responses.parse(await request.body())

        def run() -> Json:
            if body is None:
                return {"ok": False, "error": "invalid_payload"}
            with self._state.lock:
                error = responses.respond(self._state, request.path_params["token"], body)
                self._api.log("response_url", body, error is None, error)
            return {"ok": error is None, "error": error}

        fault = self._faults.take("response_url", body or {})
        if fault is None or fault.after:
            answer = run()
            if fault is not None:
                return self._lost(fault, answer)
            if answer["ok"]:
                return PlainTextResponse("ok")
            dead = answer["error"] in ("expired_url", "used_url")
            return JSONResponse(answer, 404 if dead else 400)
        if fault.kind == "429":
            return _ratelimited(fault.retry_after)
        if fault.kind in ("reset", "timeout"):
            return Cut(self._wires, fault.delay if fault.kind == "timeout" else 0.0)
        return PlainTextResponse(fault.kind, 500)

    async def _upload(self, request: Request) -> ASGIApp:
        content = await _uploaded(request)
        file_id = request.path_params["file_id"]

        def run() -> Json:
            with self._state.lock:
                taken = self._state.files.receive(file_id, content)
                self._api.log("upload", {"file_id": file_id}, taken, None if taken else "refused")
            return {"ok": taken}

        fault = self._faults.take("upload", {"file_id": file_id})
        if fault is not None and not fault.after:
            if fault.kind in ("reset", "timeout"):
                return Cut(self._wires, fault.delay if fault.kind == "timeout" else 0.0)
            return PlainTextResponse(fault.kind, 500)
        answer = run()
        if fault is not None:
            return self._lost(fault, answer)
        if not answer["ok"]:
            return PlainTextResponse("the length differs, or nobody asked for this upload", 400)
        return PlainTextResponse(f"OK - {len(content)}")

    async def _file(self, request: Request) -> Response:
        with self._state.lock:
            file = self._state.files.find(request.path_params["file_id"])
            allowed = self._api.may_read_files(_token(request, {}))
        if not allowed:
            return PlainTextResponse("sign in first", 403)
        if file is None:
            return PlainTextResponse("no such file", 404)
        return Response(file.content, media_type=str(file.to_slack("")["mimetype"]))


def _json(answer: Json) -> Response:
    return JSONResponse(answer)


def _ratelimited(seconds: int) -> Response:
    return JSONResponse(
        {"ok": False, "error": "ratelimited"}, 429, headers={"Retry-After": str(seconds)}
    )


async def _arguments(request: Request) -> Json:
    args: Json = {**request.query_params, **_credentials(request)}
    if request.headers.get("content-type", "").startswith("application/json"):
        content = await request.body()
        body = json.loads(content) if content else {}
        if not isinstance(body, dict):
            raise ValueError("the body is JSON but no object")
        return {**args, **body}
    form = await request.form()
    return {**args, **form}


def _credentials(request: Request) -> dict[str, str]:
    """The app's own name and secret, which OAuth sends as HTTP Basic."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme != "Basic":
        return {}
    name, _, secret = base64.b64decode(encoded).decode().partition(":")
    return {"client_id": name, "client_secret": secret}


def _token(request: Request, args: Mapping[str, Any]) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme == "Bearer" else str(args.get("token", ""))


async def _uploaded(request: Request) -> bytes:
    if request.headers.get("content-type", "").startswith("multipart/"):
        form = await request.form()
        for value in form.values():
            if not isinstance(value, str):
                return await value.read()
        return b""
    return await request.body()
