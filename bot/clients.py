"""Where a Slack client comes from: each workspace is spoken to with the token of its own
installation, and with no other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.telemetry.slack import OnError, WatchedClient
from bot.timely import TimelyClient

MakeClient = Callable[[str | None], WebClient]
"""A client with a token, or with none."""


class Clients(Protocol):
    """The clients of one process."""

    def __call__(self, team_id: str) -> WebClient:
        """The client of a workspace.

        Raises:
            NotInstalled: this process holds no token of it.
        """

    def serves(self, team_id: str) -> bool:
        """Whether this process holds a token of the workspace."""


class NotInstalled(SlackApiError):
    """There is no token of a workspace. It reads like Slack's own answer to a dead one, and so is
    dealt with wherever a refusal of Slack's is."""

    def __init__(self, team_id: str) -> None:
        answer = SlackResponse(
            client=None,
            http_verb="POST",
            api_url="",
            req_args={},
            data={"ok": False, "error": "account_inactive"},
            headers={},
            status_code=200,
        )
        super().__init__(f"Goen is not installed in {team_id}", answer)  # type: ignore[no-untyped-call]


class _Client(WatchedClient, TimelyClient):
    """What goes wrong is counted, and what is too late is not sent."""


def maker(api_url: str, patience_seconds: int, on_error: OnError) -> MakeClient:
    """Clients that try once: a post that Slack's client repeats would be a second message.

    What Slack refuses, and what does not reach it, is told to `on_error`.
    """

    def make(token: str | None) -> WebClient:
        return _Client(
            token, on_error, base_url=api_url, timeout=patience_seconds, retry_handlers=[]
        )

    return make


@dataclass(frozen=True)
class OneWorkspace:
    """The one whose bot token stands in the settings. What the database holds of others is not
    written to with its token."""

    client: WebClient
    team_id: str

    def __call__(self, team_id: str) -> WebClient:
        if not self.serves(team_id):
            raise NotInstalled(team_id)
        return self.client

    def serves(self, team_id: str) -> bool:
        return team_id == self.team_id
