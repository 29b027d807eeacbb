"""What an outcome means for the row, and for whoever waits for the same channel."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import Connection

from bot.messages.rewrite import rewrite_one
from bot.playbook.terms import Promise
from scheduler.outcomes import (
    Accepted,
    Doubt,
    Limited,
    NotThere,
    Outcome,
    Refused,
    Sent,
    Unreachable,
    Unread,
    Withdrawn,
)
from scheduler.pace import Limits, Pace
from scheduler.timing import Timing
from storage import deliveries, rests, verdicts, workspaces
from storage.claims import Claimed
from storage.rests import CHANGES, EVERY_CHANNEL, HISTORIES, Rest
from storage.states import DeliveryState, Method
from storage.trouble import TROUBLE
from storage.verdicts import Verdict

log = logging.getLogger(__name__)

Result = tuple[Claimed, Outcome]
Fate = Sent | Refused | Limited | Unreachable | Doubt | NotThere | Unread
"""What became of a delivery that was neither withdrawn nor taken without saying where."""


@dataclass
class Recorder:
    """Writes back what became of the claims of one worker."""

    worker: str
    pace: Pace
    timing: Timing
    _limits: Limits = field(default_factory=Limits)

    def record(self, conn: Connection, results: Sequence[Result], now: datetime) -> int:
        """Outcomes of sending and of looking; how many messages stand in Slack."""
        promises = _promises(conn, results)
        found = [
            (claimed, self._verdict(conn, claimed, outcome, now, promises))
            for claimed, outcome in results
        ]
        kept = verdicts.write_back(conn, self.worker, found)
        rests.rest(conn, self._rests(results, now), now)
        for claimed, outcome in results:
            if claimed.id not in kept:
                log.warning("delivery %s: the lease was lost before its outcome", claimed.id)
            elif kept[claimed.id] and isinstance(outcome, Sent):
                _try_to_catch_up(conn, claimed, now)
        return sum(isinstance(outcome, Sent) for _, outcome in results)

    def _verdict(
        self,
        conn: Connection,
        claimed: Claimed,
        outcome: Outcome,
        now: datetime,
        promises: Mapping[str, Promise],
    ) -> Verdict:
        if isinstance(outcome, Withdrawn):
            return Verdict(DeliveryState.CANCELLED, claimed.attempt - 1, settled_at=now)
        if isinstance(outcome, Accepted):
            looked_at = now + self.timing.settle
            return Verdict(DeliveryState.DOUBT, claimed.attempt, looked_at, tried_at=now)
        promise = promises.get(claimed.team_id, Promise.AT_MOST_ONCE)
        found = verdict(claimed, outcome, now, self.timing, promise)
        if found.state is DeliveryState.PENDING and verdicts.is_superseded(conn, claimed):
            return replace(found, state=DeliveryState.CANCELLED, settled_at=now)
        return found

    def _rests(self, results: Sequence[Result], now: datetime) -> list[Rest]:
        """Who has to rest after this; the longest rest of each."""
        longest: dict[tuple[str, str], datetime] = {}
        for claimed, outcome in results:
            for channel, free_at in self._rest(claimed, outcome, now):
                key = (claimed.team_id, channel)
                longest[key] = max(free_at, longest.get(key, free_at))
        return [Rest(*key, free_at) for key, free_at in longest.items()]

    def _rest(
        self, claimed: Claimed, outcome: Outcome, now: datetime
    ) -> list[tuple[str, datetime]]:
        rested = [(claimed.channel, now + self.pace.rest)] if self.pace.rest else []
        match outcome:
            case Unread(wait=timedelta() as wait):
                return [(HISTORIES, now + wait)]
            case Unread() | NotThere() | Withdrawn():
                return []
            case Limited(wait) if claimed.method is Method.UPDATE:
                return [(CHANGES, now + wait)]
            case _ if claimed.method is not Method.POST:
                return []
            case Limited(wait):
                return self._limited(claimed, now + wait)
            case Sent() | Accepted():
                self._limits.accepted(claimed.team_id)
        return rested

    def _limited(self, claimed: Claimed, until: datetime) -> list[tuple[str, datetime]]:
        of_all = self._limits.limited(claimed.team_id, claimed.channel, until)
        return [(claimed.channel, until), *([(EVERY_CHANNEL, until)] if of_all else [])]


def verdict(
    claimed: Claimed, outcome: Fate, now: datetime, timing: Timing, promise: Promise
) -> Verdict:
    """What an outcome means for the row. Giving up is a human's decision, never silent.

    What was limited or did not reach Slack was no try. `promise` decides about a post whose fate
    can't be known because its history may not be read.
    """
    untried = Verdict(DeliveryState.PENDING, claimed.attempt - 1, tried_at=now)
    match outcome:
        case Sent(channel, ts):
            return Verdict(
                DeliveryState.SENT,
                claimed.attempt,
                settled_at=now,
                tried_at=now,
                posted_channel=channel,
                slack_ts=ts,
            )
        case Refused(error):
            return _over(DeliveryState.DEAD, claimed, error, now)
        case Limited(wait):
            return replace(untried, due_at=now + wait, last_error="ratelimited")
        case Unreachable(error):
            wait = timing.next_wait(claimed.first_try_at, now, timing.back_off)
            return replace(untried, due_at=now + wait, last_error=error)
        case Doubt(error) if claimed.method is Method.POST:
            state, wait = DeliveryState.DOUBT, timing.settle
            return Verdict(state, claimed.attempt, now + wait, tried_at=now, last_error=error)
        case Doubt(error):
            # Changing a message twice shows the same message.
            wait = timing.next_wait(claimed.first_try_at, now, timing.back_off)
            return replace(untried, due_at=now + wait, last_error=error)
        case NotThere():
            return _again(claimed, "not found in the history", now, timing)
        case Unread(error, is_refused=True):
            if promise is Promise.AT_LEAST_ONCE:
                return _again(claimed, error, now, timing)
            if claimed.attempt + 1 >= timing.most_tries:
                return _over(DeliveryState.NEEDS_HUMAN, claimed, error, now)
            due_at, tried = now + timing.settle, claimed.attempt + 1
            return Verdict(DeliveryState.DOUBT, tried, due_at, last_error=error)
        case Unread(error, asked):
            wait = asked or timing.next_wait(claimed.first_try_at, now, timing.settle)
            return Verdict(DeliveryState.DOUBT, claimed.attempt, now + wait, last_error=error)
        case _:
            assert_never(outcome)


def _again(claimed: Claimed, error: str, now: datetime, timing: Timing) -> Verdict:
    """Post it anew, at once: the settle time was the wait."""
    if claimed.attempt >= timing.most_tries:
        return _over(DeliveryState.NEEDS_HUMAN, claimed, error, now)
    return Verdict(DeliveryState.PENDING, claimed.attempt, now, last_error=error)


def _over(state: DeliveryState, claimed: Claimed, error: str, now: datetime) -> Verdict:
    return Verdict(state, claimed.attempt, settled_at=now, last_error=error)


def _promises(conn: Connection, results: Sequence[Result]) -> dict[str, Promise]:
    """What the workspaces decided in which a history may not be read."""
    unread = {
        claimed.team_id
        for claimed, outcome in results
        if isinstance(outcome, Unread) and outcome.is_refused
    }
    known = (workspaces.get(conn, team_id) for team_id in sorted(unread))
    return {one.team_id: one.promise for one in known if one}


def _try_to_catch_up(conn: Connection, claimed: Claimed, now: datetime) -> None:
    """A message that can't be worded anew has arrived all the same."""
    try:
        with conn.begin_nested():
            _catch_up(conn, claimed, now)
    except TROUBLE:
        raise
    except Exception:
        log.exception("delivery %s could not be brought up to date", claimed.id)


def _catch_up(conn: Connection, claimed: Claimed, now: datetime) -> None:
    """What the message shows changed while it was on its way: say what is true now."""
    workspace = workspaces.get(conn, claimed.team_id)
    posted = deliveries.get(conn, claimed.team_id, claimed.id)
    if workspace and posted:
        rewrite_one(conn, workspace, posted, now, f"late:{claimed.epoch}")
