"""What the browser page asks for: JSON, and a stream of what changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.sandbox.entries import ENTRY_KEYS, elements_in
from bot.sandbox.hub import Hub
from bot.sandbox.interactions import Interactions, Outcome
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.notices import Notice, NotThere
from bot.sandbox.overview import overview
from bot.sandbox.page_files import page_file
from bot.sandbox.state import State

Json = dict[str, Any]
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_JUMPS = frozenset({"one_hour", "next_morning", "next_monday"})
_JUMP_TICK_SECONDS = 0.5
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})


class Ui:
    """The page's side of the sandbox."""

    def __init__(
        self,
        state: State,
        interactions: Interactions,
        hub: Hub,
        is_connected: Callable[[], bool],
        on_jump: Callable[[str, str], str] | None,
    ) -> None:
        self._state = state
        self._act = interactions
        self._hub = hub
        self._is_connected = is_connected
        self._on_jump = on_jump
        self._jumping = False

    def routes(self) -> list[BaseRoute]:
        posts: dict[str, Callable[[Json], Json]] = {
            "command": self._command,
            "message": self._message,
            "action": self._action,
            "options": self._options,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "read": self._read,
        }
        return [
            Route("/", self._index),
            Route("/page/{name}", page_file),
            Route("/ui/state", self._overview),
            Route("/ui/history", self._history),
            Route("/ui/events", self._events),
            Route("/ui/file/{channel}/{ts}/{file_id}", self._file),
            Route("/ui/upload", self._upload, methods=["POST"]),
            Route("/ui/clock", self._clock, methods=["POST"]),
            *(
                Route(f"/ui/{name}", self._post(run), methods=["POST"])
                for name, run in posts.items()
            ),
        ]

    def _post(self, run: Callable[[Json], Json]) -> Callable[[Request], Any]:
        """An endpoint that runs off the event loop, because acting waits for the bot."""

        async def endpoint(request: Request) -> Response:
            refused = _stranger(request)
            if refused is not None:
                return refused
            body = await request.json()
            try:
                return JSONResponse(await run_in_threadpool(run, body))
            except NotThere as error:
                return self._not_there(error, body["user"])
            except KeyError as error:
                return JSONResponse({"ok": False, "error": f"unknown or missing: {error}"}, 400)

        return endpoint

    # -- reading -----------------------------------------------------------------------------

    async def _index(self, request: Request) -> Response:
        return _stranger(request) or await page_file(request)

    async def _overview(self, request: Request) -> Response:
        refused = _stranger(request)
        if refused is not None:
            return refused
        with self._state.lock:
            found = overview(self._state, request.query_params.get("user", ""))
        found |= {"can_jump": self._on_jump is not None, "connected": self._is_connected()}
        return JSONResponse(found)

    async def _history(self, request: Request) -> Response:
        user = request.query_params.get("user", "")
        channel = request.query_params.get("channel", "")
        with self._state.lock:
            known = user in self._state.directory.users
            if not known or not self._state.directory.sees(user, channel):
                return JSONResponse({"ok": False, "error": "channel_not_found"}, 404)
            visible = self._state.messages.seen_by(user, channel)
        messages = [message.to_page() for message in visible]
        return _stranger(request) or JSONResponse({"messages": messages})

    async def _events(self, request: Request) -> Response:
        user = request.query_params.get("user", "")

        def greet(tell: Callable[[Json], None]) -> None:
            # Under the lock, so that no change of the stack comes in between.
            with self._state.lock:
                tell(self._state.stack_event(user))

        stream = self._hub.stream(user, greet)
        return _stranger(request) or StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _file(self, request: Request) -> Response:
        """A file of a message, for a person who sees the message."""
        refused = _stranger(request)
        if refused is not None:
            return refused
        user, place = request.query_params.get("user", ""), request.path_params
        try:
            with self._state.lock:
                message = self._message_on_screen(user, place["channel"], place["ts"])
                if all(item["id"] != place["file_id"] for item in message.files):
                    raise NotThere(Notice.FILE_GONE)
                file = self._state.files.find(place["file_id"])
        except NotThere as error:
            return self._not_there(error, user)
        if file is None:
            return self._not_there(NotThere(Notice.FILE_GONE), user)
        # Only a picture may be shown by the browser: anything else could be a page of ours.
        is_picture = file.mimetype in _PICTURES
        shown = "inline" if is_picture else "attachment"
        headers = {
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        kind = file.mimetype if is_picture else "application/octet-stream"
        return Response(file.content, media_type=kind, headers=headers)

    # -- acting ------------------------------------------------------------------------------

    def _command(self, body: Json) -> Json:
        outcome = self._act.command(
            body["user"], body["channel"], body["command"], body.get("text") or ""
        )
        return _told(outcome)

    def _message(self, body: Json) -> Json:
        with self._state.lock:
            if not self._state.directory.is_member(body["channel"], body["user"]):
                raise NotThere(Notice.NOT_A_MEMBER)
        self._act.say(body["user"], body["channel"], body["text"])
        return {"ok": True}

    def _read(self, body: Json) -> Json:
        with self._state.lock:
            self._state.messages.mark_read(body["user"], body["channel"])
            self._state.tell_unread(body["user"], body["channel"])
        return {"ok": True}

    def _place(self, user: str, container: Mapping[str, Any]) -> Message | View:
        with self._state.lock:
            if container["type"] == "view":
                view = self._state.views.find(container["view_id"])
                if view is None or view.user != user:
                    raise NotThere(Notice.VIEW_CLOSED)
                return view
            return self._message_on_screen(user, container["channel"], container["ts"])

    def _message_on_screen(self, user: str, channel: str, ts: str) -> Message:
        """A message that this person sees. The caller holds the lock of the state."""
        message = self._state.messages.find(channel, ts)
        known = user in self._state.directory.users
        if message is None or not known or not self._state.directory.sees(user, channel):
            raise NotThere(Notice.MESSAGE_GONE)
        if message.ephemeral_to not in (None, user):
            raise NotThere(Notice.MESSAGE_GONE)
        return message

    def _action(self, body: Json) -> Json:
        place = self._place(body["user"], body["container"])
        block, element = _element(place, body["block_id"], body["action_id"])
        key = ENTRY_KEYS.get(element["type"], ("", ""))[0]
        chosen = {key: body.get(key)} if key else {}
        return _told(
            self._act.action(body["user"], place, block, element, chosen, body.get("state"))
        )

    def _options(self, body: Json) -> Json:
        place = self._place(body["user"], body["container"])
        block, element = _element(place, body["block_id"], body["action_id"])
        found, notice = self._act.options(
            body["user"], place, block, element, body.get("value") or ""
        )
        return {**found, "notice": notice} if notice else found

    def _view(self, body: Json) -> View:
        view = self._place(body["user"], {"type": "view", "view_id": body["view_id"]})
        if not isinstance(view, View):
            raise NotThere(Notice.VIEW_CLOSED)
        return view

    def _submit(self, body: Json) -> Json:
        done = self._act.submit(body["user"], self._view(body), body.get("state") or {})
        if done.errors:
            return {"ok": False, "errors": dict(done.errors)}
        return {"ok": False, "notice": done.notice} if done.notice else {"ok": True}

    def _close(self, body: Json) -> Json:
        everything = bool(body.get("is_cleared"))
        self._act.close(body["user"], self._view(body), everything=everything)
        return {"ok": True}

    def _shortcut(self, body: Json) -> Json:
        message = None
        if body.get("ts"):
            container = {"type": "message", "channel": body["channel"], "ts": body["ts"]}
            place = self._place(body["user"], container)
            message = place if isinstance(place, Message) else None
        return _told(self._act.shortcut(body["user"], body["callback_id"], message))

    def _home(self, body: Json) -> Json:
        view = self._act.home(body["user"])
        return {"view": view.to_slack(self._state.team_id) if view else None}

    async def _clock(self, request: Request) -> Response:
        """Jump, which may take long; meanwhile the pages are told how far the clock has come."""
        refused = _stranger(request)
        if refused is not None:
            return refused
        body = await request.json()
        if body["to"] not in _JUMPS:
            return JSONResponse({"ok": False, "error": "no such jump"}, 400)
        if self._on_jump is None:
            return self._not_there(NotThere(Notice.CLOCK_FIXED), body["user"])
        if self._jumping:
            return self._not_there(NotThere(Notice.CLOCK_MOVING), body["user"])
        zone = self._state.directory.users[body["user"]].tz
        self._jumping = True
        try:
            jump = asyncio.ensure_future(run_in_threadpool(self._on_jump, body["to"], zone))
            while not (await asyncio.wait({jump}, timeout=_JUMP_TICK_SECONDS))[0]:
                self._tell_time()
            return JSONResponse({"now": self._tell_time(), "notice": jump.result()})
        finally:
            self._jumping = False

    def _tell_time(self) -> float:
        now = self._state.now()
        self._hub.tell(None, {"type": "clock", "now": now})
        return now

    def _not_there(self, error: NotThere, user: str) -> Response:
        text = error.say(self._state.locale_of(user))
        return JSONResponse({"ok": False, "notice": text}, 404)

    async def _upload(self, request: Request) -> Response:
        refused = _stranger(request)
        if refused is not None:
            return refused
        async with request.form() as form:
            file = form["file"]
            if isinstance(file, str):
                return JSONResponse({"ok": False, "error": "no file"}, 400)
            content = await file.read()
            kept = self._act.upload(str(form["user"]), file.filename or "file", content)
        return JSONResponse({"file": {"id": kept.id, "name": kept.name, "size": kept.size}})


def _stranger(request: Request) -> Response | None:
    """Refuse other sites: the page is for browsers on this machine, from this origin."""
    host = request.url.hostname
    origin = request.headers.get("origin")
    if host not in _LOOPBACK:
        return JSONResponse({"ok": False, "error": "loopback only"}, 403)
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return JSONResponse({"ok": False, "error": "same origin only"}, 403)
    return None


def _told(outcome: Outcome) -> Json:
    if outcome.notice is None:
        return {"ok": True}
    return {"ok": False, "notice": outcome.notice}


def _element(place: Message | View, block_id: str, action_id: str) -> tuple[Json, Json]:
    for block, element in elements_in(place.blocks):
        if block["block_id"] == block_id and element.get("action_id") == action_id:
            return block, element
    raise NotThere(Notice.ELEMENT_GONE)
