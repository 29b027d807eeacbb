"""Short-lived permissions: trigger ids that open a modal, and response urls."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

RESPONSE_USES = 5
RESPONSE_SECONDS = 30 * 60


@dataclass(frozen=True)
class Trigger:
    id: str
    user: str
    dies_at: float
    view_id: str | None = None


class Triggers:
    """Trigger ids: each opens one view and dies after a few seconds of real time."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._alive: dict[str, Trigger] = {}
        self._used: set[str] = set()

    def issue(self, user: str, view_id: str | None = None) -> str:
        name = f"{secrets.randbelow(10**12):012d}.{secrets.randbelow(10**12):012d}."
        name += secrets.token_hex(16)
        self._alive[name] = Trigger(name, user, self._clock() + self._seconds, view_id)
        return name

    def redeem(self, name: str) -> Trigger | str:
        """The trigger, or the name of Slack's error for one that is used, dead or unknown."""
        if name in self._used:
            return "exchanged_trigger_id"
        trigger = self._alive.get(name)
        if trigger is None:
            return "invalid_trigger_id"
        if self._clock() > trigger.dies_at:
            return "expired_trigger_id"
        return trigger

    def spend(self, trigger: Trigger) -> None:
        """Mark as used: only a call that Slack accepts exchanges the trigger."""
        del self._alive[trigger.id]
        self._used.add(trigger.id)


@dataclass(frozen=True)
class ResponseTicket:
    """Where the answers to one interaction go. `original_ts` is what `replace_original` changes."""

    token: str
    user: str
    channel: str
    dies_at: float
    uses_left: int
    original_ts: str | None = None


class ResponseUrls:
    """Response urls: five uses within thirty minutes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tickets: dict[str, ResponseTicket] = {}

    def issue(self, user: str, channel: str, original_ts: str | None = None) -> str:
        token = secrets.token_hex(12)
        self._tickets[token] = ResponseTicket(
            token, user, channel, self._clock() + RESPONSE_SECONDS, RESPONSE_USES, original_ts
        )
        return token

    def redeem(self, token: str) -> ResponseTicket | str:
        """Use the url once, or the name of Slack's error for one that is used up or dead."""
        ticket = self._tickets.get(token)
        if ticket is None or self._clock() > ticket.dies_at:
            return "expired_url"
        if ticket.uses_left == 0:
            return "used_url"
        self._tickets[token] = replace(ticket, uses_left=ticket.uses_left - 1)
        return ticket

    def remember(self, token: str, original_ts: str) -> None:
        """The first answer to a command becomes the original of its later answers."""
        ticket = self._tickets[token]
        if ticket.original_ts is None:
            self._tickets[token] = replace(ticket, original_ts=original_ts)
