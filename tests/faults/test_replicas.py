"""Fault 6: five replicas share ten thousand due messages, and four of them are killed on the way.

Nobody takes what another one holds, and the last one goes on.
"""

import time
from datetime import timedelta

import pytest

from bot.sandbox.directory import direct_message
from scheduler.timing import Timing
from storage.engine import Store
from tests.faults.conftest import Report, Scale
from tests.faults.crowd import WEDNESDAY_NOON, big_slack, crowd, enter_crowd, owe_messages
from tests.faults.invariants import broken, taken_by, unpaid
from tests.faults.workers import Post, crew, fork, is_quiet, kill, starting_at, work

GOES_ON_WITHIN, DONE_WITHIN = 60.0, 120.0
TIMING = Timing(
    lease=timedelta(seconds=2.5),
    settle=timedelta(seconds=0.8),
    patience=timedelta(seconds=0.7),
    back_off=timedelta(seconds=0.2),
    most_tries=1000,
)
# A claim of what somebody else holds is a change from `sending` to `sending` by another owner.
_LOG = "CREATE TABLE stolen (id BIGINT, held_by TEXT, taken_by TEXT)"
_STOLEN = "OLD.state = 'sending' AND NEW.state = 'sending' AND OLD.owner <> NEW.owner"
_NOTE = "INSERT INTO stolen VALUES (OLD.id, OLD.owner, NEW.owner);"
_WATCH = {
    "sqlite": (f"CREATE TRIGGER watch AFTER UPDATE ON delivery WHEN {_STOLEN} BEGIN {_NOTE} END",),
    "postgresql": (
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_NOTE} RETURN NULL; END $$",
        "CREATE TRIGGER watch AFTER UPDATE ON delivery FOR EACH ROW "
        f"WHEN ({_STOLEN}) EXECUTE FUNCTION note()",
    ),
}


@pytest.mark.timeout(200)
def test_the_last_of_five_replicas_goes_on_and_nobody_takes_what_another_holds(
    store: Store, database_url: str, scale: Scale, report: Report
) -> None:
    due, size = scale(300, 10_000), scale(3, 5)
    people, clock = crowd(scale(100, 500)), starting_at(WEDNESDAY_NOON)
    enter_crowd(store, (), clock())
    owe_messages(store, [direct_message(one) for one in people], due, clock())
    with store.write() as conn:
        for statement in (_LOG, *_WATCH[conn.dialect.name]):
            conn.exec_driver_sql(statement)
    with big_slack(len(people), clock.seconds) as slack, crew() as replicas:
        post = Post(database_url, slack.api_url, clock, TIMING)
        replicas += [fork(work, post, f"replica-{number}") for number in range(size)]
        began = time.monotonic()
        for number in range(size - 1):
            share = (number + 1) * due // (2 * size)
            slack.wait_for(lambda: len(slack.calls) >= share, DONE_WITHIN)  # noqa: B023
            kill(replicas[number])
        alone_at, taken = time.monotonic(), len(slack.calls)
        slack.wait_for(lambda: len(slack.calls) > taken, GOES_ON_WITHIN)
        went_on = time.monotonic() - alone_at
        slack.wait_for(lambda: is_quiet(store), DONE_WITHIN)
        seconds = time.monotonic() - began
        assert slack.refusals == []
    with store.read() as conn:
        assert unpaid(conn, taken_by(slack.calls)) == []
        assert broken(conn) == []
        assert conn.exec_driver_sql("SELECT * FROM stolen").all() == []
    report(
        due=due, killed=size - 1, went_on_after=f"{went_on:.2f} s", all_sent_in=f"{seconds:.0f} s"
    )
