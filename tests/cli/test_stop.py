"""The end of `run` as a process, in both modes: nothing lost, nothing left claimed, soon."""

import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox import Sandbox
from storage import deliveries, errands
from storage.deliveries import NewDelivery
from storage.engine import Store, open_engine
from storage.migrate import migrate
from storage.states import DeliveryState, ErrandKind, ErrandState
from storage.tables import delivery, errand
from tests.cli.terminal import by_socket
from tests.cli.test_run import STARTS_WITHIN, answers, running
from tests.house import CHANNEL, EMMA, MORI, SATO, SIGNING_SECRET, TANAKA, TEAM
from tests.scheduler.stand import enter

NORMALLY, AT_WORST = 5.0, 15.0
CHANNELS = (CHANNEL, "C0GENERAL", SATO, TANAKA, EMMA, MORI)
EACH = 3
MODES = pytest.mark.parametrize("by_link", [True, False], ids=["socket mode", "http"])
Process = subprocess.Popen[str]


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The database that the process will find: a team with messages to be sent."""
    address = f"sqlite:///{home}/goen.db"
    migrate(address)
    opened = Store(open_engine(address))
    now = datetime.now(UTC)
    enter(opened, now)
    with opened.write() as conn:
        for channel in CHANNELS:
            for number in range(EACH):
                new = NewDelivery(
                    team_id=TEAM,
                    dedup_key=f"test:{channel}:{number}",
                    kind="reminder",
                    channel=channel,
                    payload={"text": f"message {channel} {number}"},
                    due_at=now,
                    expires_at=now + timedelta(days=1),
                )
                deliveries.enqueue(conn, new)
    yield opened
    opened.close()


@contextmanager
def run(home: Path, slack: Sandbox, *, by_link: bool = True) -> Iterator[Process]:
    """`python -m bot run`, once Slack can reach it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = by_socket(slack, GOEN_PORT=str(port))
    if not by_link:
        env["SLACK_SIGNING_SECRET"] = SIGNING_SECRET
        del env["SLACK_APP_TOKEN"]
    with running(home, env) as process:
        if by_link:
            slack.wait_for(lambda: slack.connected, STARTS_WITHIN)
        else:
            slack.wait_for(lambda: answers(port), STARTS_WITHIN)
            slack.events_url = f"http://127.0.0.1:{port}/slack/events"
        yield process


def stop(process: Process, *, after: float = 0.0) -> tuple[float, str]:
    """Tell it to stop; how many seconds that took, and what it wrote."""
    time.sleep(after)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=2 * AT_WORST)
    return time.monotonic() - begun, output


def rows(store: Store) -> Counter[DeliveryState]:
    ours = delivery.c.dedup_key.startswith("test:")
    with store.read() as conn:
        return Counter(conn.execute(select(delivery.c.state).where(ours)).scalars())


def posted(slack: Sandbox) -> Counter[str]:
    """How often each of the messages stands in Slack."""
    texts: list[str] = []
    for user in (SATO, TANAKA, EMMA, MORI):
        texts += [one.text for one in slack.act_as(user).dm()]
    for channel in (CHANNEL, "C0GENERAL"):
        texts += [one.text for one in slack.act_as(MORI).messages(channel)]
    return Counter(text for text in texts if text.startswith("message "))


def called(slack: Sandbox, method: str) -> bool:
    return any(call.method == method for call in slack.calls)


@MODES
def test_what_is_being_sent_is_finished_and_the_rest_is_left_for_the_next(
    home: Path, slack: Sandbox, store: Store, by_link: bool
) -> None:
    slack.faults.add("chat.postMessage", "slow", delay=1.5, times=1_000)
    with run(home, slack, by_link=by_link) as process:
        slack.wait_for(lambda: called(slack, "chat.postMessage"), STARTS_WITHIN)
        seconds, output = stop(process, after=0.3)

    assert (process.returncode, "Traceback" in output) == (0, False), output
    assert seconds < NORMALLY
    found = rows(store)
    assert set(found) == {DeliveryState.SENT, DeliveryState.PENDING}
    assert found[DeliveryState.SENT] == posted(slack).total()

    slack.faults.clear()
    with run(home, slack, by_link=by_link) as process:
        slack.wait_for(lambda: posted(slack).total() == len(CHANNELS) * EACH, STARTS_WITHIN)
        stop(process)
    assert set(posted(slack).values()) == {1}
    assert set(rows(store)) == {DeliveryState.SENT}


@MODES
def test_whoever_has_just_clicked_is_answered(home: Path, slack: Sandbox, by_link: bool) -> None:
    slack.faults.add("users.info", "slow", delay=1.0, times=1_000)
    said: list[str] = []
    with run(home, slack, by_link=by_link) as process:
        sato = slack.act_as(SATO)
        asking = threading.Thread(target=lambda: said.append(sato.command("/goen").words))
        asking.start()
        slack.wait_for(lambda: called(slack, "users.info"))
        seconds, output = stop(process)
        asking.join()

    assert process.returncode == 0, output
    assert "管理者" in said[0]
    assert seconds < NORMALLY


def test_a_slack_that_answers_nothing_delays_the_end_for_seconds_only(
    home: Path, slack: Sandbox, store: Store
) -> None:
    slack.faults.add("chat.postMessage", "slow", delay=60.0, times=1_000)
    with run(home, slack) as process:
        slack.wait_for(lambda: called(slack, "chat.postMessage"), STARTS_WITHIN)
        seconds, output = stop(process)

    assert process.returncode == 0, output
    assert seconds < AT_WORST
    assert set(rows(store)) <= {DeliveryState.DOUBT, DeliveryState.PENDING}


def test_a_long_errand_is_given_back_to_be_run_again_at_once(
    home: Path, slack: Sandbox, store: Store
) -> None:
    with store.write() as conn:
        now = datetime.now(UTC)
        errands.add(conn, TEAM, now, kind=ErrandKind.REFRESH_TEAM, key="test", asked_by=SATO)
    slack.faults.add("users.info", "slow", delay=3.0, times=1_000)
    with run(home, slack) as process:
        slack.wait_for(lambda: called(slack, "users.info"), STARTS_WITHIN)
        seconds, output = stop(process)

    assert process.returncode == 0, output
    assert seconds < AT_WORST
    with store.read() as conn:
        left = conn.execute(select(errand)).one()
    assert (left.state, left.attempt) == (ErrandState.OPEN, 0)
    assert left.due_at <= datetime.now(UTC)


@pytest.mark.usefixtures("store")
def test_a_second_signal_ends_it_at_once(home: Path, slack: Sandbox) -> None:
    slack.faults.add("chat.postMessage", "slow", delay=9.0, times=1_000)
    with run(home, slack) as process:
        slack.wait_for(lambda: called(slack, "chat.postMessage"), STARTS_WITHIN)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert process.poll() is None
        seconds, _ = stop(process)

    assert seconds < 1.0
    assert process.returncode == 128 + signal.SIGTERM
