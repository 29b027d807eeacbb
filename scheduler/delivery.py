"""From the delivery table to Slack, effectively once (DESIGN §3).

Claim in one short transaction, post outside of it, write back under the same lease. What was
certainly not accepted is tried again; what may have been accepted is in doubt until the channel's
history has been read.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, assert_never

from slack_sdk import WebClient, WebhookClient
from sqlalchemy import Connection

from bot.messages.rewrite import rewrite_one
from scheduler.outcomes import (
    Doubt,
    Failed,
    Limited,
    Outcome,
    Refused,
    Sent,
    Unreachable,
    Unread,
    attempt,
    read_response,
)
from scheduler.pace import Pace
from scheduler.timing import Timing
from storage import claims, deliveries, people, workspaces
from storage.claims import Claimed
from storage.engine import Store
from storage.states import DeliveryState, Method

log = logging.getLogger(__name__)

METADATA_EVENT = "goen_delivery"
POSTS_AT_ONCE, CHANGES_AT_ONCE = 5, 20
"""Few posts, so that whoever has clicked meanwhile does not wait long."""
_CLOCKS_DIFFER = timedelta(minutes=10)
"""By how much our clock may be ahead of Slack's when a post is looked for in the history."""
_LONGEST_PAUSE, _SHORTEST_PAUSE = 1.0, 0.05
_LONGEST_RUN = 10.0
"""Seconds after which planning has its turn, however much is due."""


@dataclass
class Deliverer:
    """One worker. `client_of` gives a workspace's client by its team id, without retry handlers:
    a retried post would be a second message."""

    store: Store
    client_of: Callable[[str], WebClient]
    worker: str
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    timing: Timing = field(default_factory=Timing)
    _has_more: bool = False

    def run(self) -> int:
        """Send everything that is due and settle what is in doubt. How many reached Slack."""
        now = self.clock()
        with self.store.write() as conn:
            claims.release_lost(conn, now, self.timing.settle)
            claims.expire(conn, now)
            doubtful = claims.claim_doubtful(
                conn, self.worker, now, self.timing.lease, POSTS_AT_ONCE
            )
        reached = sum(self._settle(claimed) for claimed in doubtful)
        until = time.monotonic() + _LONGEST_RUN
        self._has_more = True
        while self._has_more and time.monotonic() < until:
            batch = self._claim()
            self._has_more = bool(batch)
            reached += self._deliver(batch)
        return reached

    def pause(self) -> float:
        """For how many seconds nothing new can be sent, at most a second."""
        if self._has_more:
            return _SHORTEST_PAUSE
        return min(self.pace.seconds_until_free() or _LONGEST_PAUSE, _LONGEST_PAUSE)

    def _claim(self) -> list[Claimed]:
        """What is sent next: answers and changes before messages."""
        if self.pace.is_paused:
            return []
        now, resting = self.clock(), self.pace.resting()
        with self.store.write() as conn:
            changes = claims.claim_changes(
                conn, self.worker, now, self.timing.lease, CHANGES_AT_ONCE
            )
            if changes or self.pace.is_full:
                return changes
            return claims.claim_posts(
                conn, self.worker, now, self.timing.lease, POSTS_AT_ONCE, resting
            )

    def _deliver(self, batch: list[Claimed]) -> int:
        """Send a batch; what has to wait is given back untried."""
        # A post that began late in the lease could still be under way when another worker looks.
        begin_until = (
            time.monotonic() + (self.timing.lease - self.timing.longest_post).total_seconds()
        )
        held, reached = [], 0
        for claimed in batch:
            outcome = None if time.monotonic() > begin_until else self._send(claimed)
            if outcome is None:
                held.append(claimed)
                continue
            self._slow_down(claimed, outcome)
            self._record(claimed, outcome)
            reached += isinstance(outcome, Sent)
        if held:
            with self.store.write() as conn:
                claims.release(conn, self.worker, held)
        return reached

    def _slow_down(self, claimed: Claimed, outcome: Outcome) -> None:
        match outcome:
            case Unreachable():
                self.pace.pause(self.timing.back_off.total_seconds())
            case Limited(wait) if claimed.method is Method.POST:
                self.pace.rest(claimed.channel, wait.total_seconds())

    def _send(self, claimed: Claimed) -> Outcome | None:
        """What came of it; None when it has to wait its turn and was not tried."""
        if self.pace.is_paused:
            return None
        match claimed.method:
            case Method.RESPOND:
                return attempt(lambda: self._respond(claimed))
            case Method.UPDATE:
                return attempt(lambda: self._update(claimed))
            case Method.POST:
                channel = self._channel(claimed)
                if not isinstance(channel, str):
                    return channel
                if not self.pace.is_free(claimed.channel):
                    return None
                outcome = attempt(lambda: self._post(claimed, channel))
                self.pace.posted(claimed.channel)
                return outcome

    def _respond(self, claimed: Claimed) -> Outcome:
        url = claimed.response_url or ""
        hook = WebhookClient(
            url, retry_handlers=[], timeout=int(self.timing.patience.total_seconds())
        )
        return read_response(hook.send_dict(claimed.payload))

    def _post(self, claimed: Claimed, channel: str) -> Outcome:
        posted = self.client_of(claimed.team_id).chat_postMessage(
            channel=channel,
            metadata={
                "event_type": METADATA_EVENT,
                "event_payload": {"key": claimed.dedup_key},
            },
            unfurl_links=False,
            unfurl_media=False,
            **claimed.payload,
        )
        return Sent(channel=posted["channel"], ts=posted["ts"])

    def _update(self, claimed: Claimed) -> Outcome:
        changed = self.client_of(claimed.team_id).chat_update(
            channel=claimed.channel, ts=claimed.target_ts or "", **claimed.payload
        )
        return Sent(channel=changed["channel"], ts=changed["ts"])

    def _channel(self, claimed: Claimed) -> str | Outcome:
        """The conversation to post to, or why there is none.

        A person's direct message is opened once and kept. Nothing has been posted yet, so there is
        no doubt about that.
        """
        if not claimed.channel.startswith(("U", "W")):
            return claimed.channel
        with self.store.read() as conn:
            person = people.get(conn, claimed.team_id, claimed.channel)
        if person and person.dm_channel_id:
            return person.dm_channel_id
        outcome = attempt(lambda: self._open(claimed))
        match outcome:
            case Sent(channel=str(opened)):
                with self.store.write() as conn:
                    people.set_dm_channel(conn, claimed.team_id, claimed.channel, opened)
                return opened
            case Doubt(error):
                return Failed(error)
        return outcome

    def _open(self, claimed: Claimed) -> Outcome:
        opened = self.client_of(claimed.team_id).conversations_open(users=claimed.channel)
        return Sent(channel=opened["channel"]["id"], ts=None)

    def _record(self, claimed: Claimed, outcome: Outcome) -> None:
        now = self.clock()
        with self.store.write() as conn:
            columns = _columns(claimed, outcome, now, self.timing)
            if columns["state"] is DeliveryState.PENDING and claims.is_superseded(conn, claimed):
                columns |= {"state": DeliveryState.CANCELLED, "settled_at": now}
            kept = claims.write_back(conn, claimed, self.worker, **columns)
            if kept and kept.is_stale and isinstance(outcome, Sent):
                _catch_up(conn, claimed, now)
        if not kept:
            log.warning("delivery %s: the lease was lost before its outcome", claimed.id)

    def _settle(self, claimed: Claimed) -> bool:
        """Look for our own message in the channel's history."""
        outcome = _of_reading(attempt(lambda: self._find(claimed)), self.timing)
        self._record(claimed, outcome)
        return isinstance(outcome, Sent)

    def _find(self, claimed: Claimed) -> Outcome:
        channel = self._channel(claimed)
        if not isinstance(channel, str):
            return channel
        first_try = claimed.first_try_at or self.clock()
        oldest = (first_try - _CLOCKS_DIFFER).timestamp()
        cursor = ""
        while True:
            page = self.client_of(claimed.team_id).conversations_history(
                channel=channel,
                oldest=f"{oldest:.6f}",
                include_all_metadata=True,
                limit=200,
                cursor=cursor,
            )
            for message in page["messages"]:
                if _key_of(message) == claimed.dedup_key:
                    return Sent(channel=channel, ts=message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Failed("not found in the history")


def _of_reading(outcome: Outcome, timing: Timing) -> Outcome:
    """What the reading of a history says about the post that is looked for there."""
    match outcome:
        case Refused(error):
            return Unread(error, timing.settle, counts=True)
        case Doubt(error) | Unreachable(error):
            return Unread(error, timing.settle, counts=False)
        case Limited(wait):
            return Unread("ratelimited", wait, counts=False)
    return outcome


def _catch_up(conn: Connection, claimed: Claimed, now: datetime) -> None:
    """What the message shows changed while it was on its way: say what is true now."""
    workspace = workspaces.get(conn, claimed.team_id)
    posted = deliveries.get(conn, claimed.team_id, claimed.id)
    if workspace and posted:
        rewrite_one(conn, workspace, posted, now, f"late:{claimed.epoch}")


def _key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA_EVENT:
        return None
    key: str | None = (metadata.get("event_payload") or {}).get("key")
    return key


def _columns(
    claimed: Claimed, outcome: Outcome, now: datetime, timing: Timing
) -> dict[str, object]:
    """What an outcome means for the row. Giving up is a human's decision, never silent."""
    free: dict[str, object] = {"owner": None, "lease_until": None}
    match outcome:
        case Sent(channel, ts):
            return free | {
                "state": DeliveryState.SENT,
                "posted_channel": channel,
                "slack_ts": ts,
                "settled_at": now,
                "last_error": None,
            }
        case Refused(error):
            return free | _over(DeliveryState.DEAD, error, now)
        case Limited(wait):
            return free | _again(now + wait, "ratelimited") | {"attempt": claimed.attempt - 1}
        case Unreachable(error):
            return free | _again(now + timing.back_off, error) | {"attempt": claimed.attempt - 1}
        case Failed(error):
            return free | _after_failure(claimed, error, now, timing)
        case Doubt(error) if claimed.method is Method.POST:
            return free | _doubt(now + timing.settle, error)
        case Doubt(error):
            # Changing a message twice shows the same message.
            return free | _after_failure(claimed, error, now, timing)
        case Unread(error, wait, counts):
            tried = claimed.attempt + counts
            if tried >= timing.most_tries and counts:
                return free | _over(DeliveryState.NEEDS_HUMAN, error, now)
            return free | _doubt(now + wait, error) | {"attempt": tried}
        case _:
            assert_never(outcome)


def _after_failure(
    claimed: Claimed, error: str, now: datetime, timing: Timing
) -> dict[str, object]:
    """Again, each time after twice as long."""
    if claimed.attempt < timing.most_tries:
        return _again(now + timing.back_off * 2 ** (claimed.attempt - 1), error)
    if claimed.method is Method.POST:
        return _over(DeliveryState.NEEDS_HUMAN, error, now)
    # The message stands, only not in its latest words: nothing that a person could mend.
    return _over(DeliveryState.DEAD, error, now)


def _again(due_at: datetime, error: str) -> dict[str, object]:
    return {"state": DeliveryState.PENDING, "due_at": due_at, "last_error": error}


def _doubt(due_at: datetime, error: str) -> dict[str, object]:
    return {"state": DeliveryState.DOUBT, "due_at": due_at, "last_error": error}


def _over(state: DeliveryState, error: str, now: datetime) -> dict[str, object]:
    return {"state": state, "settled_at": now, "last_error": error}
