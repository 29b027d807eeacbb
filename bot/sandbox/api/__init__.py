"""The Web API: one table of methods, and what comes before each of them (token, scope, pace)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from bot.sandbox.api import chat, conversations, files, oauth, team, users, views
from bot.sandbox.api.call import ApiCall, ApiError, Json, Method
from bot.sandbox.outbound import Outbound
from bot.sandbox.socket_mode import Links
from bot.sandbox.state import Call, State

METHODS: dict[str, Method] = {
    **team.METHODS,
    **users.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **views.METHODS,
    **files.METHODS,
    **oauth.METHODS,
}
# Errors about the payload itself: a bot that gets one has a bug, and the tests want to know.
_REFUSALS = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_arguments",
        "invalid_attachments",
        "invalid_metadata_format",
        "metadata_too_large",
        "msg_too_long",
        "no_text",
        "view_too_large",
        "missing_scope",
        "unknown_method",
    }
)
_SECRET = frozenset({"token", "client_secret"})
_PACED = frozenset({"chat.postMessage", "chat.postEphemeral"})


class WebApi:
    """Answers Web API calls. `channel_pace` is the least time between two messages of a channel,
    in seconds; 0 switches it off."""

    def __init__(
        self,
        state: State,
        outbound: Outbound,
        links: Links,
        app_token: str,
        channel_pace: float = 0.0,
    ) -> None:
        self._state = state
        self._outbound = outbound
        self._links = links
        self._app_token = app_token
        self._pace = channel_pace
        self._last_post: dict[str, float] = {}

    def answer(self, name: str, args: Mapping[str, Any], token: str) -> Json:
        """The JSON of the answer; every call is logged, and every refused payload kept."""
        with self._state.lock:
            try:
                found = {"ok": True, **self._run(name, args, token)}
            except ApiError as error:
                found = error.to_slack()
                if error.error in _REFUSALS:
                    self._state.refuse(f"{name} ({error.error})", error.problems, dict(args))
            self.log(name, args, found["ok"], found.get("error"))
            return found

    def log(self, name: str, args: Mapping[str, Any], ok: bool, error: str | None) -> None:
        known = {key: value for key, value in args.items() if key not in _SECRET}
        self._state.calls.append(Call(name, known, ok, error, self._state.now()))

    def too_fast(self, name: str, args: Mapping[str, Any]) -> int | None:
        """Seconds to wait (Retry-After) when this call comes too soon for its channel."""
        if not self._pace or name not in _PACED:
            return None
        with self._state.lock:
            channel = self._state.directory.resolve(str(args.get("channel", "")))
            if channel is None:
                return None
            now = self._state.clock()
            wait = self._last_post.get(channel, -math.inf) + self._pace - now
            if wait > 0:
                self.log(name, args, ok=False, error="ratelimited")
                return max(1, math.ceil(wait))
            self._last_post[channel] = now
            return None

    def is_meant(self, args: Mapping[str, Any], token: str) -> bool:
        """Whether a call is for this workspace: by its token, or by the code of an installation."""
        with self._state.lock:
            known = (*self._state.dead_tokens, self._state.bot_token)
            return (bool(token) and token in known) or args.get("code") in self._state.grants

    def may_read_files(self, token: str) -> bool:
        return bool(token) and token == self._state.bot_token

    def _run(self, name: str, args: Mapping[str, Any], token: str) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        if not method.open_to_all:
            self._check_token(method, token)
        call = ApiCall(self._state, self._outbound, self._links, args)
        if method.scopes and not any(call.has_scope(scope) for scope in method.scopes):
            raise ApiError(
                "missing_scope",
                needed=method.scopes[0],
                provided=",".join(sorted(self._state.app.scopes or ())),
            )
        return method.run(call)

    def _check_token(self, method: Method, token: str) -> None:
        if not token:
            raise ApiError("not_authed")
        if token in self._state.dead_tokens:
            raise ApiError("account_inactive")
        if token not in (self._state.bot_token, self._app_token):
            raise ApiError("invalid_auth")
        if (token == self._app_token) != method.app_token:
            raise ApiError("not_allowed_token_type")
