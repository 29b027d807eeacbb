"""What Slack's answer to a call means: accepted, refused, not yet, or unknown."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookResponse

_UNKNOWN_FATE = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
"""Errors of Slack itself, after which a message may stand or not."""
_WITHOUT_ADVICE = timedelta(seconds=30)
"""How long to wait when Slack asks us to and does not say how long."""
_TRANSPORT_ERRORS = (OSError, http.client.HTTPException)
"""Everything urllib raises between the first byte sent and the last byte read."""


@dataclass(frozen=True)
class Sent:
    """Slack has it, at this place."""

    channel: str | None
    ts: str | None


@dataclass(frozen=True)
class Accepted:
    """Slack says that it has it, and not where: its history will tell whether and where it is."""


@dataclass(frozen=True)
class Refused:
    """Slack will never take it."""

    error: str


@dataclass(frozen=True)
class Limited:
    """Slack asked us to wait, and has not taken it."""

    wait: timedelta


@dataclass(frozen=True)
class Unreachable:
    """Slack has certainly not taken it, and that is not the message's fault: only time ends it, or
    the expiry."""

    error: str


@dataclass(frozen=True)
class NotThere:
    """Slack's history does not have it: the post that was in doubt was not taken."""


@dataclass(frozen=True)
class Doubt:
    """Slack may have taken it."""

    error: str


@dataclass(frozen=True)
class Unread:
    """The doubt stands, because the history could not be read.

    `wait` is what Slack asked for. `is_refused` when Slack does not let us read it, which may be
    mended by a human; otherwise it is a matter of time only.
    """

    error: str
    wait: timedelta | None = None
    is_refused: bool = False


@dataclass(frozen=True)
class Withdrawn:
    """Whom it was for may not use Goen any more; Slack was not asked."""


Answer = Sent | Accepted | Refused | Limited | Unreachable | Doubt
"""What a call of Slack comes to."""
Outcome = Answer | NotThere | Unread | Withdrawn
"""What became of a delivery that was sent or looked for."""


def attempt(call: Callable[[], Answer]) -> Answer:
    """Call Slack; whatever it raises becomes an outcome."""
    try:
        return call()
    except SlackApiError as error:
        return read_error(error)
    except _TRANSPORT_ERRORS as error:
        return Unreachable(repr(error)) if _never_left(error) else Doubt(repr(error))


def read_error(error: SlackApiError) -> Answer:
    """An answer of the Web API that is not ok."""
    response = error.response
    if not isinstance(response, SlackResponse):
        return Doubt(str(error))
    name = str(response.get("error") or "")
    if response.status_code == 429 or name == "ratelimited":
        return _limited(response.headers.get("Retry-After"))
    if response.status_code >= 500 or name in _UNKNOWN_FATE or not name:
        return Doubt(f"{response.status_code} {name}".strip())
    return Refused(name)


def read_response(response: WebhookResponse) -> Answer:
    """An answer of a `response_url`."""
    if response.status_code == 200:
        return Sent(channel=None, ts=None)
    if response.status_code == 429:
        return _limited(response.headers.get("Retry-After"))
    if response.status_code >= 500:
        return Doubt(f"{response.status_code} {response.body}")
    return Refused(f"{response.status_code} {response.body}")


def _limited(header: str | None) -> Limited:
    is_number = header is not None and header.isdigit()
    return Limited(timedelta(seconds=int(header or 0)) if is_number else _WITHOUT_ADVICE)


def _never_left(error: BaseException) -> bool:
    """The connection was refused or the name not found: Slack has seen nothing."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionRefusedError) or type(reason).__name__ == "gaierror"
