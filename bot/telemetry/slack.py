"""A Slack client that counts what goes wrong."""

import http.client
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

OnError = Callable[[str, str], object]
"""Called with the method and Slack's code, or the type of a failure on the way."""
_LIMITED = 429


class WatchedClient(WebClient):
    """Slack's own client; every call that fails is told to `on_error`, and fails as ever."""

    def __init__(self, token: str | None, on_error: OnError, **options: Any) -> None:
        super().__init__(token, **options)
        self._on_error = on_error

    def api_call(self, api_method: str, **options: Any) -> SlackResponse:
        try:
            return super().api_call(api_method, **options)
        except SlackApiError as error:
            self._on_error(api_method, code_of(error))
            raise
        except (OSError, http.client.HTTPException) as error:
            self._on_error(api_method, type(error).__name__)
            raise


def code_of(error: SlackApiError) -> str:
    """What Slack calls it, or the status of an answer without a name."""
    status = getattr(error.response, "status_code", None)
    if status == _LIMITED:
        return "ratelimited"
    told = error.response.get("error") if hasattr(error.response, "get") else None
    # An answer that is no JSON is quoted where its code should be.
    return str(told) if told and " " not in str(told) else f"http_{status}"
