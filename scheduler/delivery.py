"""From the delivery table to Slack, effectively once (DESIGN §3).

Claim in one short transaction, post outside of it, write back under the same lease. What was
certainly not accepted is tried again; what may have been accepted is in doubt until the channel's
history has been read.
"""

import http.client
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError

from scheduler.outcomes import Doubt, Later, Outcome, Refused, Sent, read_error, read_response
from storage import deliveries, people
from storage.deliveries import Claimed
from storage.engine import Store
from storage.states import DeliveryState, Method

log = logging.getLogger(__name__)

METADATA_EVENT = "goen_delivery"
LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=20)
"""How long Slack's history may lag behind an accepted post."""
BATCH = 20
MOST_TRIES = 5
_TRANSPORT_ERRORS = (OSError, http.client.HTTPException)
"""Everything urllib raises between the first byte sent and the last byte read."""


@dataclass
class Deliverer:
    """One worker. `client` has no retry handlers: a retried post would be a second message.

    `seconds_between_posts` is the pace per channel that Slack guarantees to store.
    """

    store: Store
    client: WebClient
    worker: str
    clock: Callable[[], datetime]
    seconds_between_posts: float = 1.0
    _free_at: dict[str, float] = field(default_factory=dict)

    def run(self) -> int:
        """Send everything that is due and settle what is in doubt. How many reached Slack."""
        now = self.clock()
        with self.store.write() as conn:
            deliveries.release_lost(conn, now, SETTLE)
            deliveries.expire(conn, now)
            doubtful = deliveries.claim_doubtful(conn, self.worker, now, LEASE, BATCH)
        reached = sum(self._settle(claimed) for claimed in doubtful)
        while True:
            with self.store.write() as conn:
                batch = deliveries.claim(conn, self.worker, self.clock(), LEASE, BATCH)
            if not batch:
                return reached
            reached += sum(self._deliver(claimed) for claimed in batch)

    def _deliver(self, claimed: Claimed) -> bool:
        wait = self._wait(claimed)
        outcome = Later(wait, "pace", counts=False) if wait else self._send(claimed)
        self._record(claimed, outcome)
        return isinstance(outcome, Sent)

    def _wait(self, claimed: Claimed) -> timedelta | None:
        """How long this channel must rest before its next post."""
        if claimed.method is not Method.POST or not self.seconds_between_posts:
            return None
        now = time.monotonic()
        free_at = self._free_at.get(claimed.channel, now)
        if free_at > now:
            return timedelta(seconds=free_at - now)
        self._free_at[claimed.channel] = now + self.seconds_between_posts
        return None

    def _send(self, claimed: Claimed) -> Outcome:
        try:
            if claimed.method is Method.RESPOND:
                hook = WebhookClient(claimed.response_url or "", retry_handlers=[], timeout=10)
                return read_response(hook.send_dict(claimed.payload))
            if claimed.method is Method.UPDATE:
                return self._update(claimed)
            return self._post(claimed)
        except SlackApiError as error:
            return read_error(error)
        except _TRANSPORT_ERRORS as error:
            return Later.of(error) if _never_left(error) else Doubt(repr(error))

    def _post(self, claimed: Claimed) -> Outcome:
        posted = self.client.chat_postMessage(
            channel=self._channel(claimed),
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
        changed = self.client.chat_update(
            channel=claimed.channel, ts=claimed.target_ts or "", **claimed.payload
        )
        return Sent(channel=changed["channel"], ts=changed["ts"])

    def _channel(self, claimed: Claimed) -> str:
        """The conversation to post to; a person's direct message is opened once and kept."""
        if not claimed.channel.startswith(("U", "W")):
            return claimed.channel
        with self.store.read() as conn:
            person = people.get(conn, claimed.team_id, claimed.channel)
        if person and person.dm_channel_id:
            return person.dm_channel_id
        opened: str = self.client.conversations_open(users=claimed.channel)["channel"]["id"]
        with self.store.write() as conn:
            people.set_dm_channel(conn, claimed.team_id, claimed.channel, opened)
        return opened

    def _record(self, claimed: Claimed, outcome: Outcome) -> None:
        now = self.clock()
        with self.store.write() as conn:
            kept = deliveries.write_back(
                conn, claimed, self.worker, **_columns(claimed, outcome, now)
            )
        if not kept:
            log.warning("delivery %s: the lease was lost before its outcome", claimed.id)

    def _settle(self, claimed: Claimed) -> bool:
        """Look for our own message in the channel's history."""
        try:
            channel = self._channel(claimed)
            found = self._find(claimed, channel)
        except SlackApiError as error:
            outcome = read_error(error)
            self._record(claimed, outcome if isinstance(outcome, Later) else Doubt(str(outcome)))
            return False
        except _TRANSPORT_ERRORS as error:
            self._record(claimed, Doubt(repr(error)))
            return False
        self._record(claimed, found or Later(timedelta(0), "not found in the history"))
        return found is not None

    def _find(self, claimed: Claimed, channel: str) -> Sent | None:
        first_try = claimed.first_try_at or self.clock()
        oldest = (first_try - timedelta(minutes=1)).timestamp()
        cursor = ""
        while True:
            page = self.client.conversations_history(
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
                return None


def _key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA_EVENT:
        return None
    key: str | None = (metadata.get("event_payload") or {}).get("key")
    return key


def _never_left(error: BaseException) -> bool:
    """The connection was refused or the name not found: Slack has seen nothing."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionRefusedError) or type(reason).__name__ == "gaierror"


def _columns(claimed: Claimed, outcome: Outcome, now: datetime) -> dict[str, object]:
    """What an outcome means for the row. Giving up is a human's decision, never silent."""
    free: dict[str, object] = {"owner": None, "lease_until": None}
    tired = claimed.attempt >= MOST_TRIES
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
            return free | {"state": DeliveryState.DEAD, "settled_at": now, "last_error": error}
        case Later(wait, error, counts):
            if tired and counts:
                return free | {"state": DeliveryState.NEEDS_HUMAN, "last_error": error}
            again = {"state": DeliveryState.PENDING, "due_at": now + wait, "last_error": error}
            return free | again | ({} if counts else {"attempt": claimed.attempt - 1})
        case Doubt(error):
            if claimed.method is not Method.POST and not tired:
                # Changing a message twice shows the same message.
                again = {"state": DeliveryState.PENDING, "due_at": now + SETTLE}
                return free | again | {"last_error": error}
            state = DeliveryState.NEEDS_HUMAN if tired else DeliveryState.DOUBT
            return free | {"state": state, "due_at": now + SETTLE, "last_error": error}
