"""What Slack says of our tokens, their scopes, our clock and our channels."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.doctor.finding import Finding, fine, wrong
from bot.scopes import OPTIONAL, SCOPES
from bot.settings import Settings

_SKEW_ALLOWED = timedelta(minutes=1)
"""Slack's signatures die after five; a reminder should not be minutes off."""
_HISTORY = frozenset({"channels:history", "groups:history", "im:history"})
"""Without these a message whose fate is unknown can't be looked for."""


@dataclass
class Slack:
    """`team_id` and `may_read_history` are known once the bot token is found good."""

    settings: Settings
    token: str | None
    team_id: str | None = None
    may_read_history: bool = True

    def __post_init__(self) -> None:
        self._client = WebClient(
            self.token,
            base_url=self.settings.slack_api_url,
            timeout=10,
            retry_handlers=[],
        )

    def bot_token(self, now: datetime) -> Iterator[Finding]:
        begun = time.monotonic()
        try:
            answer = self._client.auth_test()
        except SlackApiError as error:
            yield wrong("bot_token", error=_name_of(error))
            return
        except OSError as error:
            yield wrong("unreachable", address=self.settings.slack_api_url, error=str(error))
            return
        self.team_id = answer["team_id"]
        yield fine("connected", team=answer["team"], team_id=answer["team_id"])
        yield from self._scopes(answer)
        yield from _clock(answer, now, timedelta(seconds=time.monotonic() - begun))

    def app_token(self) -> Iterator[Finding]:
        token = self.settings.slack_app_token
        try:
            self._client.apps_connections_open(app_token=token.get_secret_value() if token else "")
        except SlackApiError as error:
            yield wrong("app_token", error=_name_of(error))
        except OSError as error:
            yield wrong("unreachable", address=self.settings.slack_api_url, error=str(error))
        else:
            yield fine("app_token_good")

    def channel(self, channel_id: str) -> Iterator[Finding]:
        try:
            found = self._client.conversations_info(channel=channel_id)["channel"]
        except SlackApiError as error:
            yield wrong("channel", channel=channel_id, error=_name_of(error))
            return
        except OSError as error:
            yield wrong("unreachable", address=self.settings.slack_api_url, error=str(error))
            return
        name = f"#{found.get('name', channel_id)}"
        if found.get("is_archived"):
            yield wrong("channel_archived", channel=name)
        elif not found.get("is_member"):
            yield wrong("not_in_channel", channel=name)
        else:
            yield fine("in_channel", channel=name)

    def _scopes(self, answer: SlackResponse) -> Iterator[Finding]:
        granted = _header(answer, "x-oauth-scopes")
        if granted is None:
            yield fine("scopes_untold")
            return
        allowed = {scope.strip() for scope in granted.split(",")}
        missing = SCOPES - allowed
        self.may_read_history = not missing & _HISTORY
        if missing:
            yield wrong("scopes", scopes=", ".join(sorted(missing)))
        else:
            yield fine("scopes_granted", n=len(SCOPES))
            if left_out := OPTIONAL - allowed:
                yield fine("scopes_left_out", scopes=", ".join(sorted(left_out)))


def _clock(answer: SlackResponse, now: datetime, took: timedelta) -> Iterator[Finding]:
    theirs = _header(answer, "date")
    if theirs is None:
        return
    ahead = now - parsedate_to_datetime(theirs)
    if abs(ahead) > _SKEW_ALLOWED + took:
        yield wrong("clock", seconds=int(ahead.total_seconds()))
    else:
        yield fine("clock_right")


def _header(answer: SlackResponse, name: str) -> str | None:
    found = (value for key, value in answer.headers.items() if key.lower() == name)
    return next(found, None)


def _name_of(error: SlackApiError) -> str:
    return str(error.response.get("error") or error)
