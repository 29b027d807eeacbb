"""Doubts: did Slack take the post or not? The channel's history knows, once it has settled."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from bot.messages import sharing
from scheduler.line import Line
from scheduler.outcomes import (
    Accepted,
    Answer,
    Doubt,
    Limited,
    NotThere,
    Outcome,
    Refused,
    Sent,
    Unreachable,
    Unread,
    attempt,
)
from scheduler.sending import METADATA_EVENT, Sender
from storage.claims import Claimed, Doubtful

T = TypeVar("T", Claimed, Doubtful)

_CLOCK_AHEAD = timedelta(days=2)
"""By how much the clock that noted the first try may have been ahead of Slack's."""
_PAGE = 200


@dataclass
class Settler:
    """Reads histories for the posts of one worker that are in doubt."""

    sender: Sender
    seconds: Callable[[], float] = time.monotonic
    line: Line = field(init=False)
    _seen: dict[tuple[int, int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.line = Line(self.sender.timing.back_off, self.seconds)

    def ripe(self, known: Iterable[Doubtful]) -> list[Doubtful]:
        """Those of all doubtful posts that this process has seen in doubt for the settle time.

        Only what was seen by one's own monotonic clock counts: a clock that is set forward, or
        another replica's that is ahead, would cut the time short in which a post that is under way
        still arrives. A claim changes the epoch, and the time begins anew.
        """
        now, settle = self.seconds(), self.sender.timing.settle.total_seconds()
        doubts = list(known)
        self._seen = {
            (one.id, one.epoch): self._seen.get((one.id, one.epoch), now) for one in doubts
        }
        return [one for one in doubts if now - self._seen[one.id, one.epoch] >= settle]

    def settle(self, doubts: Sequence[Claimed]) -> list[tuple[Claimed, Outcome]]:
        """What the history of their one channel says about each of these posts."""
        channel = self.sender.channel_of(doubts[0])
        if not isinstance(channel, str):
            return [(one, _unread(channel)) for one in doubts]
        found: dict[str, Outcome] = {}
        answer = attempt(lambda: self._read(doubts, channel, found))
        self.line.heard(answer)
        rest: Outcome = NotThere() if isinstance(answer, Sent) else _unread(answer)
        return [(one, found.get(one.dedup_key, rest)) for one in doubts]

    def _read(self, doubts: Sequence[Claimed], channel: str, found: dict[str, Outcome]) -> Answer:
        """Go back in the history until all are found, or far enough; fills `found`."""
        client = self.sender.client_of(doubts[0].team_id)
        wanted = {one.dedup_key for one in doubts}
        by_file = {file: one.dedup_key for one in doubts for file in sharing.ids_of(one.payload)}
        tries = (one.first_try_at or self.sender.clock() for one in doubts)
        oldest = (min(tries) - _CLOCK_AHEAD).timestamp()
        cursor = ""
        while True:
            page = client.conversations_history(
                channel=channel,
                oldest=f"{oldest:.6f}",
                include_all_metadata=True,
                limit=_PAGE,
                cursor=cursor,
            )
            for message in page["messages"]:
                key = _key_of(message, by_file)
                if key in wanted:
                    found[key] = Sent(channel=channel, ts=message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor or wanted <= found.keys():
                return Sent(channel=channel, ts=None)


def by_channel(doubts: Iterable[T]) -> list[list[T]]:
    """What one look into a history answers, together; in the order of the first of each."""
    groups: dict[tuple[str, str], list[T]] = {}
    for one in doubts:
        groups.setdefault((one.team_id, one.channel), []).append(one)
    return list(groups.values())


def _unread(answer: Answer) -> Unread:
    """What it means for a doubt that its history was not read."""
    match answer:
        case Refused(error):
            return Unread(error, is_refused=True)
        case Doubt(error) | Unreachable(error):
            return Unread(error)
        case Limited(wait):
            return Unread("ratelimited", wait)
        case Sent() | Accepted():
            raise ValueError(answer)


def _key_of(message: Mapping[str, Any], by_file: Mapping[str, str]) -> str:
    """The key of a message of ours: what shares files carries no metadata."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == METADATA_EVENT:
        return str((metadata.get("event_payload") or {}).get("key") or "")
    shared = (by_file[file] for file in sharing.ids_of(message) if file in by_file)
    return next(shared, "")
