"""One delivery to Slack: the conversation to post to, the fence, the call."""

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk import WebClient, WebhookClient

from bot.messages import sharing
from bot.timely import sent_within
from scheduler.line import Line
from scheduler.outcomes import (
    Accepted,
    Answer,
    Doubt,
    Refused,
    Sent,
    Unreachable,
    Withdrawn,
    attempt,
    read_response,
)
from scheduler.timing import Timing
from storage import claims, people
from storage.claims import Claimed
from storage.engine import Store
from storage.people import Person
from storage.states import Method

_USERS = ("U", "W")
METADATA_EVENT = "goen_delivery"


@dataclass
class Sender:
    """Sends what `worker` has claimed. `messages` and `changes` are told how each call went.

    `client_of` gives a workspace's client by its team id, without retry handlers: a retried post
    would be a second message.
    """

    store: Store
    client_of: Callable[[str], WebClient]
    worker: str
    clock: Callable[[], datetime]
    timing: Timing
    seconds: Callable[[], float] = time.monotonic
    messages: Line = field(init=False)
    changes: Line = field(init=False)

    def __post_init__(self) -> None:
        self.messages = Line(self.timing.back_off, self.seconds)
        self.changes = Line(self.timing.back_off, self.seconds)

    def send(self, claimed: Claimed) -> Answer | Withdrawn | None:
        """What came of it; None when it is not ours to send any more."""
        match claimed.method:
            case Method.POST:
                person = self._person(claimed)
                if person and not person.may_be_told:
                    return Withdrawn()
                channel = self._conversation(claimed, person)
                if not isinstance(channel, str):
                    return channel
                return self._call(self.messages, claimed, lambda: self.post(claimed, channel))
            case Method.UPDATE:
                return self._call(self.changes, claimed, lambda: self._update(claimed))
            case Method.RESPOND:
                return self._call(self.changes, claimed, lambda: self._respond(claimed))
            case Method.MAIL:
                raise ValueError(f"delivery {claimed.id} is no matter of Slack's")

    def channel_of(self, claimed: Claimed) -> str | Answer:
        """The conversation to post to, or why there is none."""
        return self._conversation(claimed, self._person(claimed))

    def _person(self, claimed: Claimed) -> Person | None:
        """Whom a direct message is for; None for a channel, and for who is not on record."""
        if not claimed.channel.startswith(_USERS):
            return None
        with self.store.read() as conn:
            return people.get(conn, claimed.team_id, claimed.channel)

    def _conversation(self, claimed: Claimed, person: Person | None) -> str | Answer:
        """A person's direct message is opened once and kept. Nothing has been posted yet, so there
        is no doubt about that."""
        if not claimed.channel.startswith(_USERS):
            return claimed.channel
        if person and person.dm_channel_id:
            return person.dm_channel_id
        answer = attempt(lambda: self._open(claimed))
        match answer:
            case Sent(channel=str(opened)):
                with self.store.write() as conn:
                    people.set_dm_channel(conn, claimed.team_id, claimed.channel, opened)
                return opened
            case Doubt(error):
                self.messages.heard(answer)
                return Unreachable(error)
        self.messages.heard(answer)
        return answer

    def post(self, claimed: Claimed, channel: str) -> Answer:
        """Add the message, with the key by which it is found again."""
        if sharing.is_shared(claimed.payload):
            return self._share(claimed, channel)
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

    def _share(self, claimed: Claimed, channel: str) -> Answer:
        """Share what was uploaded before. Where the message stands is found by its files."""
        client = self.client_of(claimed.team_id)

        def share() -> Answer:
            client.files_completeUploadExternal(
                channel_id=channel,
                files=sharing.files_of(claimed.payload),
                blocks=json.dumps(claimed.payload["blocks"], ensure_ascii=False),
            )
            return Accepted()

        answer = attempt(share)
        if isinstance(answer, Refused) and claimed.attempt > 1:
            # Slack shares a file once: that it will not do so again says nothing of the first time.
            return Doubt(answer.error)
        return answer

    def _call(self, line: Line, claimed: Claimed, call: Callable[[], Answer]) -> Answer | None:
        """Past the fence, and then to Slack, with nothing in between.

        The fence is the last look at the lease. Whoever takes it back after that waits for the
        settle time, in which this call has ended. A process that stands still behind the fence
        sends nothing when it wakes.
        """
        takes = self.timing.patience
        with sent_within(takes):
            with self.store.read() as conn:
                if not claims.is_held(conn, claimed, self.worker, self.clock(), takes):
                    return None
            answer = attempt(call)
        line.heard(answer)
        return answer

    def _open(self, claimed: Claimed) -> Answer:
        opened = self.client_of(claimed.team_id).conversations_open(users=claimed.channel)
        return Sent(channel=opened["channel"]["id"], ts=None)

    def _update(self, claimed: Claimed) -> Answer:
        changed = self.client_of(claimed.team_id).chat_update(
            channel=claimed.channel, ts=claimed.target_ts or "", **claimed.payload
        )
        return Sent(channel=changed["channel"], ts=changed["ts"])

    def _respond(self, claimed: Claimed) -> Answer:
        patience = math.ceil(self.timing.patience.total_seconds())
        hook = WebhookClient(claimed.response_url or "", retry_handlers=[], timeout=patience)
        return read_response(hook.send_dict(claimed.payload))
