"""The messages of every conversation, ephemeral ones included, and their timestamps."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from bot.sandbox.workspace import APP_ID, BOT_ID, BOT_USER_ID

Json = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """One version of a message. `ephemeral_to` names the only person who sees it."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    metadata: Json | None = None
    ephemeral_to: str | None = None
    edited_ts: str | None = None
    thread_ts: str | None = None
    files: tuple[Json, ...] = ()

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    @property
    def edited(self) -> bool:
        return self.edited_ts is not None

    @property
    def words(self) -> str:
        """Everything that can be read in the message, for assertions of tests."""
        return "\n".join((self.text, *words_in(self.blocks)))

    def to_slack(self, team_id: str, *, with_metadata: bool = True) -> Json:
        """The message object of the Web API and of interaction payloads."""
        found: Json = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": team_id,
        }
        if self.user == BOT_USER_ID:
            found |= {"bot_id": BOT_ID, "app_id": APP_ID}
        if self.blocks:
            found["blocks"] = list(self.blocks)
        if self.files:
            found["files"] = list(self.files)
        if self.thread_ts:
            found["thread_ts"] = self.thread_ts
        if self.edited_ts:
            found["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.metadata and with_metadata:
            found["metadata"] = self.metadata
        return found

    def to_page(self) -> Json:
        """The message object of the browser page."""
        found: Json = {
            "ts": self.ts,
            "user": self.user,
            "text": self.text,
            "blocks": list(self.blocks),
            "channel": self.channel,
            "edited": self.edited,
            "ephemeral": self.ephemeral,
        }
        if self.files:
            place = f"/ui/file/{self.channel}/{self.ts}"
            found["files"] = [{**file, "url": f"{place}/{file['id']}"} for file in self.files]
        if self.thread_ts:
            found["thread_ts"] = self.thread_ts
        return found


def words_in(value: Any) -> Iterator[str]:
    """Every text inside blocks, in the order in which it is read."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from words_in(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "text" and isinstance(inner, str):
                yield inner
            elif isinstance(inner, dict | list):
                yield from words_in(inner)


class Timestamps:
    """Message timestamps from the sandbox clock: unique, and never running backwards."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = 0

    def now(self) -> float:
        return self._clock()

    def next(self) -> str:
        self._last = max(int(self._clock() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


class Messages:
    """All conversations. `tell(kind, message)` hears of every change.

    The caller holds the lock of the state.
    """

    def __init__(self, timestamps: Timestamps, tell: Callable[[str, Message], None]) -> None:
        self._timestamps = timestamps
        self._tell = tell
        self._by_channel: dict[str, list[Message]] = {}
        self._read: dict[tuple[str, str], tuple[int, int]] = {}

    def add(
        self,
        channel: str,
        user: str,
        text: str,
        *,
        blocks: tuple[Json, ...] = (),
        metadata: Json | None = None,
        ephemeral_to: str | None = None,
        thread_ts: str | None = None,
        files: tuple[Json, ...] = (),
    ) -> Message:
        message = Message(
            channel=channel,
            ts=self._timestamps.next(),
            user=user,
            text=text,
            blocks=blocks,
            metadata=metadata,
            ephemeral_to=ephemeral_to,
            thread_ts=thread_ts,
            files=files,
        )
        insort(self._by_channel.setdefault(channel, []), message, key=_moment)
        self._tell("message", message)
        return message

    def find(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self._by_channel.get(channel, ()) if m.ts == ts), None)

    def replace(self, message: Message, *, edited: bool = True, **changes: Any) -> Message:
        stamp = self._timestamps.next() if edited else message.edited_ts
        changed = replace(message, edited_ts=stamp, **changes)
        kept = self._by_channel[message.channel]
        kept[[m.ts for m in kept].index(message.ts)] = changed
        self._tell("message_changed", changed)
        return changed

    def remove(self, message: Message) -> None:
        kept = self._by_channel[message.channel]
        del kept[[m.ts for m in kept].index(message.ts)]
        self._tell("message_deleted", message)

    def forget_file(self, file_id: str) -> None:
        """Show a file no more that was shared in some of the messages."""
        everything = [message for kept in self._by_channel.values() for message in kept]
        for message in everything:
            left = tuple(file for file in message.files if file["id"] != file_id)
            if left != message.files:
                self.replace(message, edited=False, files=left)

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """Oldest first; the ephemeral messages of others are not in it."""
        return [m for m in self._by_channel.get(channel, ()) if m.ephemeral_to in (None, user)]

    def mark_read(self, user: str, channel: str) -> None:
        """This person has read whatever there is in the channel by now."""
        there = self._by_channel.get(channel)
        if there:
            self._read[user, channel] = _moment(there[-1])

    def unread(self, user: str, channel: str) -> int:
        """How many messages of others came since this person last read the channel."""
        read = self._read.get((user, channel), (0, 0))
        fresh = takewhile(lambda m: _moment(m) > read, reversed(self._by_channel.get(channel, ())))
        return sum(m.user != user and m.ephemeral_to in (None, user) for m in fresh)

    def history(self, channel: str) -> list[Message]:
        """Oldest first: what the history of a channel holds, so neither ephemeral messages nor
        the replies of threads."""
        return [
            m
            for m in self._by_channel.get(channel, ())
            if m.ephemeral_to is None and m.thread_ts in (None, m.ts)
        ]


def _moment(message: Message) -> tuple[int, int]:
    seconds, fraction = message.ts.split(".")
    return int(seconds), int(fraction)
