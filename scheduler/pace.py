"""How fast Goen may post: one message a second to a channel, a few hundred a minute in all.

Slack gives no guarantee for what bursts over it (https://docs.slack.dev/apis/web-api/rate-limits).
The pace itself is kept in the database, see `storage.rests`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

_SAME_MOMENT = timedelta(seconds=1.5)
"""Retry-After comes in whole seconds."""
_ENOUGH = 4
"""So many channels in a row that are to rest until one moment are not limited by chance."""


@dataclass(frozen=True)
class Pace:
    """The limits of one workspace. Nothing holds messages back at 0."""

    seconds_between_posts: float = 1.0
    posts_per_minute: int = 300

    @property
    def per_minute(self) -> int | None:
        """How many messages a workspace gets in a minute; None for any number."""
        return self.posts_per_minute if self.seconds_between_posts else None

    @property
    def rest(self) -> timedelta:
        """How long a channel rests after a message."""
        return timedelta(seconds=self.seconds_between_posts)


@dataclass
class Limits:
    """Learns from Slack's answers, as one process gets them, whom a 429 is meant for.

    A channel's limit ends when the channel's rest ends. A workspace's limit ends for all channels
    at the same moment: when several of them in a row are told to wait until then, with no message
    accepted between them, the workspace rests.
    """

    _ends: dict[str, dict[str, datetime]] = field(default_factory=dict)

    def accepted(self, team_id: str) -> None:
        self._ends.pop(team_id, None)

    def limited(self, team_id: str, channel: str, until: datetime) -> bool:
        """Note a 429; whether it is the whole workspace's."""
        known = self._ends.get(team_id, {})
        same = {one: end for one, end in known.items() if abs(until - end) <= _SAME_MOMENT}
        self._ends[team_id] = same | {channel: until}
        return len(self._ends[team_id]) >= _ENOUGH
