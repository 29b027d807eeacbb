"""After a restore: learning from Slack what was said since the backup, before anything is said.

The histories of the team channel and of the direct messages are read back to the last that the
database knows. Each message of ours carries its deduplication key in its metadata: it is taken up
as sent, the day or the follow-up it speaks of is noted as spoken of, and the message is brought in
line with the records, which are those of the backup. Then the planner plans, and what it plans that
stands in Slack already is the same key again. Where a history can't be read, what is due becomes a
doubt, and ends as doubts do in that workspace.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import Connection

from bot.messages.compose import COMPOSERS, Kind
from bot.messages.letter import Letter
from bot.messages.rewrite import rewrite_one
from bot.views import ids
from bot.views.follow_ups import Target
from scheduler import announcing, digests
from scheduler.outcomes import Refused, Sent, attempt
from scheduler.sending import METADATA_EVENT
from storage import adoption, deliveries, inbox, mails, people, restored
from storage.adoption import Found
from storage.engine import Store
from storage.workspaces import Workspace

log = logging.getLogger(__name__)

_CLOCKS_DIFFER = timedelta(minutes=10)
"""By how much our clock may be ahead of Slack's."""
_OTHER_KIND, _WIN = "report", "win"


@dataclass
class _Progress:
    """How far the histories of one workspace were read: by the channel or user they are of."""

    read: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)


@dataclass
class Reconciler:
    """One process's part in it; several at once find the same, which changes nothing."""

    store: Store
    client_of: Callable[[str], WebClient]
    _progress: dict[str, _Progress] = field(default_factory=dict)

    def catch_up(self, workspace: Workspace, since: datetime, now: datetime) -> bool:
        """Read what is not read yet; False when Slack wants us to come back later."""
        progress = self._progress.setdefault(workspace.team_id, _Progress())
        return all(
            self._read_one(workspace, place, since, now, progress)
            for place in self._places(workspace)
            if place not in progress.read | progress.unreadable
        )

    def finish(self, workspace: Workspace, since: datetime, now: datetime) -> None:
        """What is due by now may be posted, except where it may stand unseen."""
        progress = self._progress.pop(workspace.team_id, _Progress())
        with self.store.write() as conn:
            doubts = adoption.hold_back(
                conn, workspace.team_id, sorted(progress.unreadable), since, now
            )
            doubts += mails.hold_back(conn, workspace.team_id)
            restored.is_reconciled(conn, workspace.team_id)
        log.info("%s is reconciled, %s in doubt", workspace.team_id, doubts)

    def _places(self, workspace: Workspace) -> list[str]:
        """The channel and everybody that anything may have been said to."""
        with self.store.read() as conn:
            team = [one.user_id for one in people.team(conn, workspace.team_id)]
            waiting = deliveries.waited_for(conn, workspace.team_id)
        channel = [workspace.channel_id] if workspace.channel_id else []
        return list(dict.fromkeys([*channel, *team, *waiting]))

    def _read_one(
        self,
        workspace: Workspace,
        place: str,
        since: datetime,
        now: datetime,
        progress: _Progress,
    ) -> bool:
        """One history; False when it has to wait for Slack."""
        messages: list[Mapping[str, Any]] = []
        outcome = attempt(partial(self._read, workspace, place, since, messages))
        match outcome:
            case Sent(channel=str(channel)):
                self._take_up(workspace, place, channel, messages, now)
                progress.read.add(place)
                return True
            case Refused(error):
                log.warning("%s: the history of %s: %s", workspace.team_id, place, error)
                progress.unreadable.add(place)
                return True
            case _:
                log.warning("%s: the history of %s has to wait", workspace.team_id, place)
                return False

    def _read(
        self, workspace: Workspace, place: str, since: datetime, into: list[Mapping[str, Any]]
    ) -> Sent:
        client = self.client_of(workspace.team_id)
        channel = place
        if place.startswith(("U", "W")):
            channel = client.conversations_open(users=place)["channel"]["id"]
        cursor = ""
        while True:
            page = client.conversations_history(
                channel=channel,
                oldest=f"{(since - _CLOCKS_DIFFER).timestamp():.6f}",
                include_all_metadata=True,
                limit=200,
                cursor=cursor,
            )
            into += page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Sent(channel=channel, ts=None)

    def _take_up(
        self,
        workspace: Workspace,
        place: str,
        channel: str,
        messages: list[Mapping[str, Any]],
        now: datetime,
    ) -> None:
        """Oldest first, each in a transaction of its own: somebody may be clicking."""
        found = [one for message in messages if (one := _found(message, place, channel))]
        for one in sorted(found, key=lambda one: one.at):
            with self.store.write() as conn:
                at = datetime.fromtimestamp(one.at, UTC)
                adopted = adoption.adopt(conn, workspace.team_id, one, at)
                if adopted is not None:
                    _note(conn, workspace, adopted, at)
                    posted = deliveries.get(conn, workspace.team_id, adopted)
                    if posted and deliveries.follow_ups_shown(conn, workspace.team_id, adopted):
                        rewrite_one(conn, workspace, posted, now, "restored")


def _found(message: Mapping[str, Any], place: str, channel: str) -> Found | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA_EVENT:
        return None
    key: str = (metadata.get("event_payload") or {}).get("key") or ""
    word = key.partition(":")[0]
    kind = word if word in (*COMPOSERS, _WIN) else _OTHER_KIND
    shown = tuple(dict.fromkeys(_follow_ups(message.get("blocks") or ())))
    return Found(key, kind, place, channel, message["ts"], shown) if key else None


def _follow_ups(blocks: Any) -> Iterator[int]:
    """What the buttons of a message are about, in their order."""
    for block in blocks:
        for element in block.get("elements") or ():
            if element.get("action_id") in (ids.FOLLOW_UP_DONE, ids.FOLLOW_UP_UNDO):
                target = Target.read(element.get("value") or "")
                if target:
                    yield target.follow_up_id


def _note(conn: Connection, workspace: Workspace, delivery_id: int, at: datetime) -> None:
    """What the planner noted when it planned the message."""
    team_id = workspace.team_id
    posted = deliveries.get(conn, team_id, delivery_id)
    letter = posted and Letter.of(
        posted, tuple(deliveries.follow_ups_shown(conn, team_id, delivery_id))
    )
    if not letter:
        return
    for key in _occasions(letter):
        inbox.claim(conn, team_id, key, at)
    if letter.kind == Kind.REMINDER:
        announcing.note_spoken(conn, workspace, letter.follow_ups, at)
    elif letter.kind == Kind.DIGEST:
        digests.note_shown(conn, team_id, letter.follow_ups)


def _occasions(letter: Letter) -> list[str]:
    """The keys by which the planner knows that the day or week was considered."""
    match letter.kind:
        case Kind.DIGEST:
            return [digests.key_of(letter.to, letter.day)]
        case Kind.CATALOGUE:
            return [f"{Kind.CATALOGUE}:{letter.to}:{letter.occasion}"]
        case Kind.ROUTINE:
            return [letter.key]
    return []
