"""What the browser page asks for: JSON, and a stream of what changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.directory import direct_message
from bot.sandbox.entries import ENTRY_KEYS, elements_in
from bot.sandbox.hub import Hub
from bot.sandbox.interactions import Interactions, Outcome
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.state import State
from bot.sandbox.workspace import BOT_USER_ID, User

Json = dict[str, Any]
PAGE = Path(__file__).parent / "page"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Ui:
    """The page's side of the sandbox."""

    def __init__(
        self,
        state: State,
        interactions: Interactions,
        hub: Hub,
        is_connected: Callable[[], bool],
        on_jump: Callable[[str], str] | None,
    ) -> None:
        self._state = state
        self._act = interactions
        self._hub = hub
        self._is_connected = is_connected
        self._on_jump = on_jump
        self._seen: dict[tuple[str, str], int] = {}

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
            "clock": self._clock,
        }
        return [
            Route("/", self._index),
            Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
            Route("/ui/state", self._overview),
            Route("/ui/history", self._history),
            Route("/ui/events", self._events),
            Route("/ui/upload", self._upload, methods=["POST"]),
            *(Route(f"/ui/{name}", _post(run), methods=["POST"]) for name, run in posts.items()),
        ]

    # -- reading -----------------------------------------------------------------------------

    async def _index(self, request: Request) -> Response:
        return _stranger(request) or FileResponse(PAGE / "index.html")

    async def _overview(self, request: Request) -> Response:
        with self._state.lock:
            user = self._state.directory.users.get(request.query_params.get("user", ""))
            return _stranger(request) or JSONResponse(self._overview_of(user))

    def _overview_of(self, user: User | None) -> Json:
        state = self._state
        people = [known for known in state.directory.users.values() if known.id != BOT_USER_ID]
        me = user or people[0]
        return {
            "workspace": {
                "team_id": state.team_id,
                "name": state.workspace.name,
                "domain": state.workspace.domain,
            },
            "me": _person(me),
            "users": [_person(known) for known in (*people, state.directory.users[BOT_USER_ID])],
            "bot": {"id": BOT_USER_ID, "name": state.app.name},
            "channels": self._channels(me),
            "commands": [
                {
                    "command": command.name,
                    "description": command.description,
                    "usage_hint": command.usage_hint,
                }
                for command in state.app.commands or ()
            ],
            "shortcuts": [
                {
                    "name": shortcut.name,
                    "callback_id": shortcut.callback_id,
                    "type": shortcut.type,
                    "description": shortcut.description,
                }
                for shortcut in state.app.shortcuts or ()
            ],
            "now": state.now(),
            "can_jump": self._on_jump is not None,
            "connected": self._is_connected(),
        }

    def _channels(self, me: User) -> list[Json]:
        directory = self._state.directory
        found: list[Json] = [
            {
                "id": channel.id,
                "name": channel.name,
                "topic": channel.topic,
                "is_im": False,
                "unread": self._unread(me.id, channel.id),
            }
            for channel in directory.channels.values()
            if directory.is_member(channel.id, me.id)
        ]
        bot = direct_message(me.id)
        found.append(
            {
                "id": bot,
                "name": self._state.app.name,
                "topic": "",
                "is_im": True,
                "unread": self._unread(me.id, bot),
            }
        )
        return found

    def _unread(self, user: str, channel: str) -> int:
        visible = self._state.messages.seen_by(user, channel)
        others = sum(message.user != user for message in visible)
        return max(0, others - self._seen.get((user, channel), 0))

    async def _history(self, request: Request) -> Response:
        user = request.query_params.get("user", "")
        channel = request.query_params.get("channel", "")
        with self._state.lock:
            known = user in self._state.directory.users
            if not known or not self._state.directory.sees(user, channel):
                return JSONResponse({"ok": False, "error": "channel_not_found"}, 404)
            visible = self._state.messages.seen_by(user, channel)
            self._seen[user, channel] = sum(message.user != user for message in visible)
        messages = [message.to_page() for message in visible]
        return _stranger(request) or JSONResponse({"messages": messages})

    async def _events(self, request: Request) -> Response:
        stream = self._hub.stream(request.query_params.get("user", ""))
        return _stranger(request) or StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    # -- acting ------------------------------------------------------------------------------

    def _command(self, body: Json) -> Json:
        outcome = self._act.command(
            body["user"], body["channel"], body["command"], body.get("text") or ""
        )
        return _told(outcome)

    def _message(self, body: Json) -> Json:
        with self._state.lock:
            if not self._state.directory.is_member(body["channel"], body["user"]):
                raise LookupError("not a member of this channel")
        self._act.say(body["user"], body["channel"], body["text"])
        return {"ok": True}

    def _place(self, user: str, container: Mapping[str, Any]) -> Message | View:
        with self._state.lock:
            if container["type"] == "view":
                view = self._state.views.find(container["view_id"])
                if view is None or view.user != user:
                    raise LookupError("the view is closed")
                return view
            message = self._state.messages.find(container["channel"], container["ts"])
            if message is None or message.ephemeral_to not in (None, user):
                raise LookupError("the message is gone")
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
            raise LookupError("the view is closed")
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

    def _clock(self, body: Json) -> Json:
        if self._on_jump is None:
            raise LookupError("the clock of this sandbox cannot jump")
        notice = self._on_jump(body["to"])
        now = self._state.now()
        self._hub.tell(None, {"type": "clock", "now": now})
        return {"now": now, "notice": notice}

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


def _post(run: Callable[[Json], Json]) -> Callable[[Request], Any]:
    """An endpoint that runs off the event loop, because acting waits for the bot."""

    async def endpoint(request: Request) -> Response:
        refused = _stranger(request)
        if refused is not None:
            return refused
        try:
            return JSONResponse(await run_in_threadpool(run, await request.json()))
        except LookupError as error:
            return JSONResponse({"ok": False, "notice": str(error)}, 404)

    return endpoint


def _stranger(request: Request) -> Response | None:
    """Refuse other sites: the page is for browsers on this machine, from this origin."""
    host = request.url.hostname
    origin = request.headers.get("origin")
    if host not in _LOOPBACK:
        return JSONResponse({"ok": False, "error": "loopback only"}, 403)
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return JSONResponse({"ok": False, "error": "same origin only"}, 403)
    return None


def _person(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "locale": user.locale,
        "tz": user.tz,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
        "color": user.avatar_color,
        "title": user.title,
    }


def _told(outcome: Outcome) -> Json:
    if outcome.notice is None:
        return {"ok": True}
    return {"ok": False, "notice": outcome.notice}


def _element(place: Message | View, block_id: str, action_id: str) -> tuple[Json, Json]:
    for block, element in elements_in(place.blocks):
        if block["block_id"] == block_id and element.get("action_id") == action_id:
            return block, element
    raise LookupError("there is no such element any more")
