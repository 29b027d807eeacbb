"""From the delivery table to Slack, effectively once (DESIGN §3).

Claim in one short transaction, post outside of it, write back under the same lease. What was
certainly not accepted is tried again; what may have been accepted is in doubt until the channel's
history has been read.

Safety rests on durations, each measured by one process's monotonic clock: between the fence and
the end of a post lies less than the settle time, and nobody looks for a post before they have seen
it in doubt for that long. Clocks only decide when something is looked at again.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from slack_sdk import WebClient
from sqlalchemy import Connection

from bot.telemetry.about import about
from scheduler.line import Line
from scheduler.outcomes import Outcome
from scheduler.pace import Pace
from scheduler.recording import Recorder
from scheduler.sending import Sender
from scheduler.settling import Settler, by_channel
from scheduler.telling import name_of, tell
from scheduler.timing import Timing
from storage import claims, reclaim, rests
from storage.claims import Claimed, Doubtful
from storage.engine import Store
from storage.trouble import TROUBLE, until_it_passes

log = logging.getLogger(__name__)

_LONGEST_PAUSE, _SHORTEST_PAUSE = 1.0, 0.05
_LONGEST_RUN = 10.0
"""Seconds of one run, after which it is looked again for dead workers and for what has expired."""
_GLANCE = 0.25
"""Seconds after which, while messages are under way, it is looked whether somebody has clicked."""
_DOUBTS_SEEN = 10_000


class _Work(Enum):
    """What a thread does. Slow messages never keep an answer to a click waiting."""

    MESSAGE = auto()
    CHANGE = auto()
    LOOK = auto()


_AT_ONCE = {_Work.MESSAGE: 8, _Work.CHANGE: 4, _Work.LOOK: 4}


@dataclass(frozen=True)
class _Job:
    """What one thread is at; messages that are looked for together share their channel."""

    work: _Work
    claimed: list[Claimed]


_Done = list[tuple[Claimed, Outcome | None]]


@dataclass
class Deliverer:
    """One worker. `client_of` gives a workspace's client by its team id, without retry handlers:
    a retried post would be a second message. `seconds` is a monotonic clock."""

    store: Store
    client_of: Callable[[str], WebClient]
    worker: str
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    timing: Timing = field(default_factory=Timing)
    seconds: Callable[[], float] = time.monotonic
    on_outcome: Callable[[str, str], object] = lambda *_: None
    """Told of each try: the method, and what came of it."""
    sender: Sender = field(init=False)
    _settler: Settler = field(init=False)
    _recorder: Recorder = field(init=False)
    _lines: dict[_Work, Line] = field(init=False)
    _ripe: list[list[Doubtful]] = field(default_factory=list)
    _has_more: bool = False
    _free_at: float | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.sender = Sender(
            self.store, self.client_of, self.worker, self.clock, self.timing, self.seconds
        )
        self._settler = Settler(self.sender, self.seconds)
        self._recorder = Recorder(self.worker, self.pace, self.timing)
        self._lines = {
            _Work.MESSAGE: self.sender.messages,
            _Work.CHANGE: self.sender.changes,
            _Work.LOOK: self._settler.line,
        }

    def run(self) -> int:
        """Send everything that is due and settle what is in doubt. How many reached Slack."""
        self._has_more = False
        self._look_after()
        until = self.seconds() + _LONGEST_RUN
        under_way: dict[Future[_Done], _Job] = {}
        reached = 0
        with ThreadPoolExecutor(sum(_AT_ONCE.values()), "goen-delivery") as pool:
            try:
                while True:
                    if self._has_more or self._stopping.is_set() or self.seconds() > until:
                        self._has_more = True
                    else:
                        for job in self._claim(under_way.values()):
                            under_way[pool.submit(self._do, job)] = job
                    if not under_way:
                        break
                    reached += self._finish(under_way, _GLANCE)
            finally:
                # What Slack has answered is known only here, whatever goes wrong meanwhile.
                while under_way:
                    reached += self._finish(under_way, None)
        self._note_next()
        return reached

    def pause(self) -> float:
        """For how many seconds nothing new can be sent, at most a second."""
        if self._has_more:
            return _SHORTEST_PAUSE
        free = self.seconds_until_free
        return _LONGEST_PAUSE if free is None else min(free, _LONGEST_PAUSE)

    def stop(self) -> None:
        """Begin nothing more; what a run has begun it finishes."""
        self._stopping.set()

    def give_up(self) -> None:
        """Let others see to what a run that has no time to end has begun."""
        with self.store.write() as conn:
            reclaim.let_go(conn, self.worker, self.clock(), self.timing.settle)

    @property
    def seconds_until_free(self) -> float | None:
        """How long until the first channel that rests is free again; None when none rests."""
        return None if self._free_at is None else max(self._free_at - self.seconds(), 0.0)

    def _look_after(self) -> None:
        """Take back, drop and put right; see what is in doubt."""
        now, lease = self.clock(), self.timing.lease
        with self.store.write() as conn:
            if claims.take_turn(conn):
                reclaim.release_lost(conn, now, lease, self.timing.settle)
                reclaim.hasten(conn, now, lease)
                reclaim.expire(conn, now)
            doubts = claims.doubtful(conn, _DOUBTS_SEEN)
        ripe = self._settler.ripe(doubts)
        self._ripe = by_channel(one for one in ripe if one.is_due(now))

    def _claim(self, under_way: Collection[_Job]) -> list[_Job]:
        """What is begun next: answers and changes before messages."""
        busy = Counter(job.work for job in under_way)
        room = {work: self._lines[work].room(_AT_ONCE[work], busy[work]) for work in _Work}
        if not any(room.values()):
            return []
        with self.store.write() as conn:
            if not claims.take_turn(conn):
                self._has_more = True
                return []
            return self._take(conn, self.clock(), room)

    def _take(self, conn: Connection, now: datetime, room: Mapping[_Work, int]) -> list[_Job]:
        worker, lease = self.worker, self.timing.lease
        looked_at = room[_Work.LOOK]
        groups, self._ripe = self._ripe[:looked_at], self._ripe[looked_at:]
        ids = [one.id for group in groups for one in group]
        changes = claims.claim_changes(conn, worker, now, lease, room[_Work.CHANGE])
        doubts = claims.claim_doubtful(conn, worker, now, lease, ids)
        posts = claims.claim_posts(
            conn, worker, now, lease, room[_Work.MESSAGE], self.pace.per_minute
        )
        return [
            *(_Job(_Work.CHANGE, [one]) for one in changes),
            *(_Job(_Work.LOOK, group) for group in by_channel(doubts)),
            *(_Job(_Work.MESSAGE, [one]) for one in posts),
        ]

    def _do(self, job: _Job) -> _Done:
        """One job, in a thread of its own; None is the outcome of what was not tried."""
        first, begun = job.claimed[0], time.monotonic()
        with about(request=first.request_id):
            try:
                done = self._try(job)
            except TROUBLE:
                # Only what comes before a call asks the database.
                log.exception("delivery %s: not tried", first.id)
                done = [(one, None) for one in job.claimed]
        for claimed, outcome in done:
            if outcome is not None:
                tell(claimed, outcome, time.monotonic() - begun)
                self.on_outcome(claimed.method, name_of(outcome))
        return done

    def _try(self, job: _Job) -> _Done:
        if job.work is _Work.LOOK:
            return list(self._settler.settle(job.claimed))
        return [(one, self.sender.send(one)) for one in job.claimed]

    def _finish(self, under_way: dict[Future[_Done], _Job], patience: float | None) -> int:
        """Record what has ended; how many messages stand in Slack."""
        ended, _ = wait(under_way, patience, FIRST_COMPLETED)
        done: _Done = []
        for future in ended:
            job = under_way.pop(future)
            error = future.exception()
            if error:
                # Nobody knows how far it came: it is in doubt when its lease ends.
                log.error("delivery %s", job.claimed[0].id, exc_info=error)
            else:
                done += future.result()
        return self._record(done) if done else 0

    def _record(self, done: _Done) -> int:
        results = [(one, outcome) for one, outcome in done if outcome is not None]
        untried = [one for one, outcome in done if outcome is None]
        # What was held back must be looked after before anybody takes it again.
        self._has_more |= bool(untried)

        def write() -> int:
            with self.store.write() as conn:
                claims.release(conn, self.worker, untried)
                return self._recorder.record(conn, results, self.clock()) if results else 0

        try:
            return until_it_passes(write, time.monotonic() + self.timing.lease.total_seconds())
        except TROUBLE:
            ids = ", ".join(str(one.id) for one, _ in done)
            log.exception("deliveries %s: what became of them could not be written", ids)
            return 0

    def _note_next(self) -> None:
        """When a channel that rests is free again."""
        now = self.clock()
        with self.store.read() as conn:
            free_at = rests.next_free(conn, now)
        self._free_at = self.seconds() + (free_at - now).total_seconds() if free_at else None
