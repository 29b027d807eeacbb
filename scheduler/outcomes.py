"""What Slack's answer to a post means: accepted, refused, not yet, or unknown."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookResponse

_BACK_OFF = timedelta(seconds=5)
_UNKNOWN_FATE = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
"""Errors of Slack itself, after which a message may stand or not."""


@dataclass(frozen=True)
class Sent:
    """Slack has it, at this place."""

    channel: str | None
    ts: str | None


@dataclass(frozen=True)
class Refused:
    """Slack will never take it."""

    error: str


@dataclass(frozen=True)
class Later:
    """Slack has certainly not taken it. `counts` is False when Slack asked us to wait."""

    wait: timedelta
    error: str
    counts: bool = True

    @classmethod
    def of(cls, error: Exception) -> Self:
        # An unreachable Slack is nobody's fault; only time ends it, or the delivery's expiry.
        return cls(_BACK_OFF, repr(error), counts=False)


@dataclass(frozen=True)
class Doubt:
    """Slack may have taken it."""

    error: str


Outcome = Sent | Refused | Later | Doubt


def read_error(error: SlackApiError) -> Outcome:
    """An answer of the Web API that is not ok."""
    response = error.response
    if not isinstance(response, SlackResponse):
        return Doubt(str(error))
    name = str(response.get("error") or "")
    if response.status_code == 429 or name == "ratelimited":
        return _after(response.headers.get("Retry-After"))
    if response.status_code >= 500 or name in _UNKNOWN_FATE or not name:
        return Doubt(f"{response.status_code} {name}".strip())
    return Refused(name)


def read_response(response: WebhookResponse) -> Outcome:
    """An answer of a `response_url`."""
    if response.status_code == 200:
        return Sent(channel=None, ts=None)
    if response.status_code == 429:
        return _after(response.headers.get("Retry-After"))
    if response.status_code >= 500:
        return Doubt(f"{response.status_code} {response.body}")
    return Refused(f"{response.status_code} {response.body}")


def _after(header: str | None) -> Later:
    seconds = int(header) if header and header.isdigit() else 30
    return Later(timedelta(seconds=seconds), "ratelimited", counts=False)
