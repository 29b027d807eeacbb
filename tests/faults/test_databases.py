"""The database goes away, is locked or is full: what was acknowledged is there, once, and the bot
goes on by itself."""

import json
import os
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.engine import Store, open_engine
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import owe_messages
from tests.faults.invariants import broken, taken_by
from tests.faults.replicas import TIMING, Fleet, fleet
from tests.faults.traffic import (
    Answer,
    Piece,
    at_rate,
    begin,
    clicks,
    commands,
    events,
    forms,
    says,
)
from tests.faults.workers import Shift, fork, is_quiet, starting_at
from tests.house import CHANNEL, MONDAY_MORNING, MORI, SATO, TEAM, Postgres

PER_SECOND = 8
SLACKS_PATIENCE = 3.0
_QUIET_WITHIN = 30.0
_SEGMENT = 16 << 20
"""PostgreSQL's log comes in files of this size: whoever limits files must let it have them."""
_FULL_SQLITE = 64 << 10
_FILLER = text(
    "INSERT INTO audit (team_id, at, user_id, action, record, record_id, detail) "
    "SELECT :team, now(), :user, 'view', 'filler', '', "
    "json_build_object('filler', repeat('x', 40)) FROM generate_series(1, :rows)"
)


@dataclass
class Traffic:
    """What people do meanwhile; `answers` are complete when it is over."""

    pieces: list[Piece]
    answers: list[Answer] = field(default_factory=list)
    is_on: bool = True


@dataclass
class Site:
    """A fleet at work, with messages that fall due all the time."""

    found: Fleet
    store: Store
    clock: Shift
    owed: int = 0

    @contextmanager
    def under_traffic(self, seconds: int) -> Iterator[Traffic]:
        """Each delivery once, for so long; then the block is waited for."""
        each = range(PER_SECOND * seconds // 4)
        traffic = Traffic(
            [
                *commands(self.found, [f"KPI {number}" for number in each]),
                *clicks(self.found, self.store, [f"顧客 {number}" for number in each]),
                *forms(self.found, [f"会社 {number}" for number in each]),
                *events(self.found, [f"U0NEW{number}" for number in each]),
            ]
        )
        Random(11).shuffle(traffic.pieces)
        within = timedelta(seconds=seconds)
        self.owed = 4 * seconds
        owe_messages(self.store, [SATO, MORI, CHANNEL], self.owed, self.clock(), within)
        thread = threading.Thread(target=self._send, args=(traffic,))
        thread.start()
        try:
            yield traffic
        finally:
            thread.join()

    def _send(self, traffic: Traffic) -> None:
        urls = self.found.urls
        sent = [(piece, urls[n % len(urls)]) for n, piece in enumerate(traffic.pieces)]
        traffic.answers = at_rate(sent, PER_SECOND, self.store)
        traffic.is_on = False

    def goes_on(self) -> None:
        """People are served at once, and what was owed arrives."""
        (piece,) = commands(self.found, ["KPI of the time after"])
        answers = at_rate([(piece, url) for url in self.found.urls], PER_SECOND, self.store)
        assert all(answer.is_done for answer in answers)
        # What was under way is found when its lease is over.
        self.clock.move(TIMING.lease)
        self.found.sandbox.wait_for(lambda: is_quiet(self.store), _QUIET_WITHIN)

    def has_all_that_was_acknowledged(self, traffic: Traffic) -> dict[str, int]:
        """Figures of it. Nothing is there twice, and nothing that was said not to be recorded."""
        with self.store.trial() as conn:
            counts = [(answer, answer.piece.effects(conn)) for answer in traffic.answers]
            assert broken(conn) == []
        taken = taken_by(self.found.sandbox.calls)
        assert [key for key, times in taken.items() if times > 1] == []
        assert [number for number in range(self.owed) if not taken[f"reminder:{number}"]] == []
        assert [answer for answer, count in counts if answer.is_done and count != 1] == []
        assert [answer for answer, count in counts if count > 1] == []
        assert [one for one, count in counts if _is_said_to_have_failed(one) and count] == []
        return {
            "sent": len(counts),
            "acknowledged": sum(answer.is_done for answer, _ in counts),
            "lost": 0,
            "doubled": 0,
        }


@contextmanager
def _site(database_url: str, replicas: int) -> Iterator[Site]:
    clock = starting_at(MONDAY_MORNING)
    with fleet(database_url, replicas, clock) as found:
        begin(found)
        store = Store(open_engine(database_url))
        yield Site(found, store, clock)
        store.close()


def _is_said_to_have_failed(answer: Answer) -> bool:
    """Told in words that it was not recorded; a click's words are in a view."""
    if answer.piece.kind == "command":
        return says("answer.failure", answer.text)
    return answer.piece.kind == "form" and not answer.is_done and "unsure" not in answer.text


def test_a_postgresql_that_is_restarted_again_and_again_loses_and_doubles_nothing(
    postgres: Postgres, scale: Scale, report: Report
) -> None:
    chance, restarts = Random(11), 0
    with postgres.database() as url, _site(url, 2) as site:
        with site.under_traffic(scale(3, 150)) as traffic:
            while traffic.is_on:
                time.sleep(chance.uniform(5, 40) if scale.is_long else 1)
                postgres.restart(crash=chance.random() < 0.5)
                restarts += 1
        site.goes_on()
        report(restarts=restarts, **site.has_all_that_was_acknowledged(traffic))


def test_a_sqlite_that_another_process_locks_is_answered_for_in_time_and_writes_nothing_later(
    tmp_path: Path, scale: Scale, report: Report
) -> None:
    with _site(f"sqlite:///{tmp_path}/goen.db", 1) as site:
        with site.under_traffic(scale(4, 20)) as traffic:
            time.sleep(0.5)
            with site.store.write():
                time.sleep(scale(3, 10))
        site.goes_on()
        figures = site.has_all_that_was_acknowledged(traffic)
    slowest = max(answer.seconds for answer in traffic.answers)
    report(slowest_ms=round(slowest * 1000), **figures)
    assert slowest < SLACKS_PATIENCE
    refused = [one for one in traffic.answers if not one.is_done and one.piece.kind == "command"]
    assert refused
    for one in refused:
        assert one.piece.delivery.payload["text"] in str(json.loads(one.text))


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits files so")
def test_a_full_disk_loses_nothing_that_was_acknowledged(
    database_url: str, request: pytest.FixtureRequest, scale: Scale, report: Report
) -> None:
    with _site(database_url, 1) as site:
        if site.store.is_sqlite:
            processes = [replica.process.pid or 0 for replica in site.found.replicas]
            pids, most = lambda: processes, _FULL_SQLITE
        else:
            pids, most = request.getfixturevalue("postgres").pids, _filled(site.store)
        with site.under_traffic(scale(4, 20)) as traffic:
            time.sleep(0.5)
            with _no_larger_than(most, pids):
                if not site.store.is_sqlite:
                    _fill_up(site.store)
                time.sleep(scale(2, 10))
        site.goes_on()
        figures = site.has_all_that_was_acknowledged(traffic)
    report(**figures)
    assert figures["acknowledged"] < figures["sent"]


@contextmanager
def _no_larger_than(most: int, pids: Callable[[], list[int]]) -> Iterator[None]:
    """No file of these processes, or of those they start, can be written to beyond that."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    _finished(fork(_limit, pids(), most))
    try:
        yield
    finally:
        _finished(fork(_limit, pids(), hard))


def _finished(process: BaseProcess) -> None:
    process.join()
    assert process.exitcode == 0


def _limit(pids: list[int], most: int) -> None:
    """A process may limit others of its own user; PostgreSQL's is another one under root."""
    owner = Path(f"/proc/{pids[0]}").stat()
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)
    for pid in pids:
        # Some have ended meanwhile.
        with suppress(ProcessLookupError):
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))


def _filled(store: Store) -> int:
    """Make the table that everything people do writes to as large as a file may be; its size."""
    with store.write() as conn:
        conn.execute(_FILLER, {"team": TEAM, "user": SATO, "rows": 125_000})
        size: int = conn.scalar(text("SELECT pg_relation_size('audit')"))
    assert size >= _SEGMENT
    return size


def _fill_up(store: Store) -> None:
    """Take what is left of the table's last page."""
    with suppress(DBAPIError):
        while True:
            with store.write() as conn:
                conn.execute(_FILLER, {"team": TEAM, "user": SATO, "rows": 1})
