"""How fast Goen may post: one message a second to a channel, a few hundred a minute in all.

Slack gives no guarantee for what bursts over it (https://docs.slack.dev/apis/web-api/rate-limits).
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

_MINUTE = 60.0


@dataclass
class Pace:
    """The pace of one process, in seconds of a monotonic clock. Nothing holds it back at 0."""

    seconds_between_posts: float = 1.0
    posts_per_minute: int = 300
    seconds: Callable[[], float] = time.monotonic
    _free_at: dict[str, float] = field(default_factory=dict)
    _posted: deque[float] = field(default_factory=deque)
    _full_until: float = 0.0
    _paused_until: float = 0.0

    def is_free(self, channel: str) -> bool:
        """Whether a message may go to this channel now."""
        now = self.seconds()
        return not (self.is_paused or self.is_full) and self._free_at.get(channel, now) <= now

    def posted(self, channel: str) -> None:
        """Slack has answered to a message for this channel.

        Counted from the answer, because one request may be slow on its way and the next one fast.
        """
        if self.seconds_between_posts:
            self.rest(channel, self.seconds_between_posts)
            self._count(self.seconds())

    def rest(self, channel: str, seconds: float) -> None:
        """Slack asked for a rest of this channel."""
        free_at = self.seconds() + seconds
        self._free_at[channel] = max(free_at, self._free_at.get(channel, free_at))

    def pause(self, seconds: float) -> None:
        """Slack can't be reached for a while."""
        self._paused_until = max(self._paused_until, self.seconds() + seconds)

    @property
    def is_paused(self) -> bool:
        return self._paused_until > self.seconds()

    @property
    def is_full(self) -> bool:
        """Whether the workspace has had its messages of the minute; answers are not counted."""
        return self._full_until > self.seconds()

    def resting(self) -> list[str]:
        """The channels that may not be posted to now."""
        now = self.seconds()
        self._free_at = {name: at for name, at in self._free_at.items() if at > now}
        return list(self._free_at)

    def seconds_until_free(self) -> float | None:
        """How long until something that rests is free again; None when nothing rests."""
        now = self.seconds()
        if self.is_paused or self.is_full:
            return max(self._paused_until, self._full_until) - now
        self.resting()
        return min(self._free_at.values()) - now if self._free_at else None

    def _count(self, now: float) -> None:
        self._posted.append(now)
        while self._posted and self._posted[0] <= now - _MINUTE:
            self._posted.popleft()
        if len(self._posted) >= self.posts_per_minute:
            self._full_until = self._posted[0] + _MINUTE
