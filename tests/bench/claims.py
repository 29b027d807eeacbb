"""Claiming due reminders and marking them as sent, without sending them.

Floor: APScheduler with its SQLAlchemy job store on the same kind of database, running jobs that do
nothing. It gets fewer of them, because it needs a minute for 100,000; its rate falls with more.
"""

import itertools
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine

from storage import claims, verdicts
from storage.engine import Store
from storage.states import DeliveryState
from storage.verdicts import Verdict
from tests.bench import books
from tests.bench.measure import Compared, compared

_LEASE = timedelta(seconds=45)
_WORKER = "bench"
_PATIENCE = 120.0


@dataclass(frozen=True)
class Size:
    due: int = 100_000
    channels: int = 1_000
    batch: int = 100
    jobs: int = 1_500
    rounds: int = 3


def measure(store: Store, now: datetime, size: Size) -> Compared:
    """Reminders a second. A round is a share of all that are due, after which the rest still are:
    the last round begins with the fewest."""
    with store.write() as conn:
        books.fill_reminders(conn, size.due, size.channels, now)
    # Whole batches, so that the last round does not run out of them.
    share = size.due // size.rounds // size.batch * size.batch
    floors, ours = [], []
    for _ in range(size.rounds):
        ours.append(_deliver(store, now, share, size.batch))
        floors.append(_run_jobs(store.engine, size.jobs))
    return compared(floors, ours)


def _deliver(store: Store, now: datetime, share: int, batch: int) -> float:
    done, began = 0, time.perf_counter()
    while done < share:
        with store.write() as conn:
            claims.take_turn(conn)
            taken = claims.claim_posts(conn, _WORKER, now, _LEASE, batch)
        sent = [
            (one, Verdict(DeliveryState.SENT, one.attempt, settled_at=now, slack_ts="1.1"))
            for one in taken
        ]
        with store.write() as conn:
            kept = verdicts.write_back(conn, _WORKER, sent)
        if not len(kept) == len(taken) > 0:
            raise RuntimeError(f"{len(taken)} claimed and {len(kept)} written back")
        done += len(kept)
    return done / (time.perf_counter() - began)


def _run_jobs(engine: Engine, jobs: int) -> float:
    """Jobs a second, from the first look at what is due until the last has run."""
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_jobstore(SQLAlchemyJobStore(engine=engine))
    ended, left = threading.Event(), itertools.count(jobs - 1, -1)

    def count_down(_: object) -> None:
        if next(left) == 0:
            ended.set()

    scheduler.add_listener(count_down, EVENT_JOB_EXECUTED)
    scheduler.start(paused=True)
    try:
        due_at = datetime.now(UTC) - timedelta(seconds=1)
        for number in range(jobs):
            scheduler.add_job(
                nothing, "date", run_date=due_at, id=str(number), misfire_grace_time=None
            )
        began = time.perf_counter()
        scheduler.resume()
        if not ended.wait(_PATIENCE):
            raise TimeoutError(f"{jobs} jobs did not run in {_PATIENCE} seconds")
        return jobs / (time.perf_counter() - began)
    finally:
        scheduler.shutdown()


def nothing() -> None:
    """What a job does."""
