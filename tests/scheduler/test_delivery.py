"""Effectively once, whatever the network and Slack do on the way (DESIGN §3)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.playbook.terms import Promise
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from scheduler.timing import Timing
from storage import claims, deliveries, people, stuck, verdicts, workspaces
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.states import DeliveryState, Method
from storage.verdicts import Verdict
from tests.house import BOT_TOKEN, CHANNEL, SATO, TEAM, Clock
from tests.scheduler.stand import Mailroom, local_slack, mailroom, somebody

LEASE, SETTLE, MOST_TRIES = Timing().lease, Timing().settle, Timing().most_tries


@pytest.fixture
def room(store: Store) -> Iterator[Mailroom]:
    clock = Clock()
    with local_slack(clock) as sandbox:
        found = mailroom(store, sandbox, clock)
        yield found
        assert sandbox.refusals == []


def settle(room: Mailroom) -> None:
    """Let the worker see what is in doubt, and the settle time and every back-off pass."""
    room.worker.run()
    room.clock.move(seconds=(2 * Timing().longest_wait).total_seconds())
    room.worker.run()


def test_what_is_owed_is_posted_once_and_known_to_stand(room: Mailroom) -> None:
    room.owe("a")

    assert room.worker.run() == 1
    assert room.worker.run() == 0

    row = room.row("a")
    assert room.posted() == ["a"]
    assert (row.state, row.slack_ts) == (DeliveryState.SENT, room.messages()[0].ts)


def test_a_person_is_written_to_in_one_direct_message_that_is_opened_once(room: Mailroom) -> None:
    room.owe("a", SATO)
    room.owe("b", SATO)

    room.worker.run()

    assert [m.text for m in room.sandbox.act_as(SATO).dm()] == ["a", "b"]
    opened = [call for call in room.sandbox.calls if call.method == "conversations.open"]
    assert len(opened) == 1


@pytest.mark.parametrize("fault", ["accept_then_drop", "accept_then_500", "truncated"])
def test_a_post_that_slack_took_and_did_not_confirm_is_found_and_not_repeated(
    room: Mailroom, fault: str
) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", fault)

    room.worker.run()
    assert room.state("a") is DeliveryState.DOUBT
    room.worker.run()
    assert room.state("a") is DeliveryState.DOUBT, "the settle time is not over"

    settle(room)
    assert room.state("a") is DeliveryState.SENT
    assert room.posted() == ["a"]


def test_an_answer_that_never_comes_is_a_doubt(room: Mailroom) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", "accept_then_timeout", delay=2.0)

    room.worker.run()

    assert room.state("a") is DeliveryState.DOUBT
    settle(room)
    assert room.posted() == ["a"]


@pytest.mark.parametrize("fault", ["500", "reset", "error:internal_error"])
def test_a_post_that_slack_lost_is_sent_again_when_the_history_does_not_have_it(
    room: Mailroom, fault: str
) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", fault)

    room.worker.run()
    assert (room.state("a"), room.posted()) == (DeliveryState.DOUBT, [])
    settle(room)

    assert room.state("a") is DeliveryState.SENT
    assert room.posted() == ["a"]


def test_a_busy_slack_is_given_the_time_it_asks_for(room: Mailroom) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", "429", retry_after=7)

    room.worker.run()
    row = room.row("a")
    assert (row.state, row.attempt) == (DeliveryState.PENDING, 0)
    assert timedelta(seconds=7) <= row.due_at - room.clock.now < timedelta(seconds=8)
    assert room.worker.run() == 0, "the channel rests"


def test_what_slack_refuses_for_good_is_dead_and_told(room: Mailroom) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", "error:is_archived")

    room.worker.run()

    assert room.state("a") is DeliveryState.DEAD
    with room.store.read() as conn:
        assert [one.last_error for one in stuck.of_team(conn, TEAM)] == ["is_archived"]
        failed = deliveries.failed(conn, TEAM, [CHANNEL], room.clock.now - LEASE, room.clock())
    assert [one.kind for one in failed] == ["reminder"]


def test_an_unreachable_slack_is_nobodys_fault_and_is_not_hammered(room: Mailroom) -> None:
    nowhere = WebClient(BOT_TOKEN, base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    cut_off = Deliverer(
        room.store, lambda _: nowhere, "cut off", room.clock, Pace(0), seconds=room.clock.seconds
    )
    for key in "abc":
        room.owe(key)

    assert cut_off.run() == 0
    assert cut_off.sender.messages.seconds_until_free > 0
    assert [room.row(key).attempt for key in "abc"] == [0, 0, 0]

    room.clock.move(minutes=1)
    assert room.worker.run() == 3


def test_a_human_decides_after_the_last_try(room: Mailroom) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", "500", times=MOST_TRIES)

    for _ in range(2 * MOST_TRIES):
        room.worker.run()
        settle(room)

    assert room.state("a") is DeliveryState.NEEDS_HUMAN
    assert room.posted() == []
    with room.store.read() as conn:
        assert [one.kind for one in stuck.of_team(conn, TEAM)] == ["reminder"]


def test_the_last_try_may_have_arrived_too(room: Mailroom) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", "500", times=MOST_TRIES - 1)
    room.sandbox.faults.add("chat.postMessage", "accept_then_drop")

    for _ in range(2 * MOST_TRIES):
        room.worker.run()
        settle(room)

    assert room.state("a") is DeliveryState.SENT
    assert room.posted() == ["a"]


def test_a_history_that_may_not_be_read_needs_a_human_and_never_a_second_post(
    room: Mailroom,
) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", "accept_then_drop")
    room.sandbox.faults.add("conversations.history", "error:missing_scope", times=MOST_TRIES)

    room.worker.run()
    for _ in range(MOST_TRIES):
        settle(room)

    row = room.row("a")
    assert (row.state, row.last_error) == (DeliveryState.NEEDS_HUMAN, "missing_scope")
    assert room.posted() == ["a"]


def test_a_workspace_may_rather_hear_it_twice_than_not_at_all(room: Mailroom) -> None:
    with room.store.write() as conn:
        workspaces.change(conn, TEAM, promise=Promise.AT_LEAST_ONCE)
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", "accept_then_drop")
    room.sandbox.faults.add("conversations.history", "error:missing_scope")

    room.worker.run()
    settle(room)

    assert room.state("a") is DeliveryState.SENT
    assert room.posted() == ["a", "a"]


def test_a_slack_that_is_down_keeps_a_doubt_open(room: Mailroom) -> None:
    room.owe("a")
    room.sandbox.faults.add("chat.postMessage", "accept_then_drop")
    room.sandbox.faults.add("conversations.history", "500", times=2 * MOST_TRIES)

    room.worker.run()
    for _ in range(2 * MOST_TRIES):
        settle(room)
    assert room.state("a") is DeliveryState.DOUBT

    settle(room)
    assert room.state("a") is DeliveryState.SENT
    assert room.posted() == ["a"]


def test_what_is_no_longer_worth_saying_is_not_said(room: Mailroom) -> None:
    room.owe("a", lives=timedelta(hours=1))
    room.clock.move(hours=2)

    assert room.worker.run() == 0

    assert room.state("a") is DeliveryState.EXPIRED
    assert room.posted() == []


def test_a_worker_that_died_before_posting_leaves_its_work_to_others(room: Mailroom) -> None:
    room.owe("a")
    with room.store.write() as conn:
        assert len(claims.claim_posts(conn, "dead", room.clock(), LEASE, 10)) == 1

    assert room.another_worker().run() == 0, "the lease holds"
    for _ in range(3):
        settle(room)

    assert room.state("a") is DeliveryState.SENT
    assert room.posted() == ["a"]


def test_a_worker_that_died_after_posting_is_believed_by_the_history(room: Mailroom) -> None:
    room.owe("a")
    with room.store.write() as conn:
        (claimed,) = claims.claim_posts(conn, "dead", room.clock(), LEASE, 10)
    room.worker.sender.post(claimed, CHANNEL)

    settle(room)
    settle(room)

    assert room.state("a") is DeliveryState.SENT
    assert room.posted() == ["a"]


def test_an_outcome_that_comes_after_the_lease_is_not_written(room: Mailroom) -> None:
    room.owe("a")
    with room.store.write() as conn:
        (late,) = claims.claim_posts(conn, "slow", room.clock(), LEASE, 10)
    for _ in range(3):
        settle(room)

    with room.store.write() as conn:
        given_up = Verdict(DeliveryState.DEAD, late.attempt)
        assert verdicts.write_back(conn, "slow", [(late, given_up)]) == {}

    assert room.state("a") is DeliveryState.SENT


def paced(room: Mailroom, pace: Pace) -> Deliverer:
    """The worker with limits, whose time is the clock's."""
    client = room.worker.client_of
    return Deliverer(room.store, client, "paced", room.clock, pace, seconds=room.clock.seconds)


def test_one_channel_gets_one_message_a_second_while_others_go_on(room: Mailroom) -> None:
    worker = paced(room, Pace(1.0))
    for key in "abc":
        room.owe(key)
    room.owe("d", SATO)

    assert worker.run() == 2
    assert 0.99 < worker.pause() <= 1.0
    assert room.posted() == ["a"]
    room.clock.move(seconds=1)
    assert worker.run() == 1
    assert [room.row(key).attempt for key in "abc"] == [1, 1, 0]
    room.clock.move(seconds=1)
    worker.run()

    assert room.posted() == ["a", "b", "c"]


def test_two_workers_share_the_pace_of_a_channel(room: Mailroom) -> None:
    one, other = paced(room, Pace(1.0)), paced(room, Pace(1.0))
    for key in "ab":
        room.owe(key)

    assert (one.run(), other.run()) == (1, 0)
    room.clock.move(seconds=1)
    assert (other.run(), one.run()) == (1, 0)


def test_a_change_takes_the_place_of_earlier_ones_that_were_not_made(room: Mailroom) -> None:
    room.owe("a")
    room.worker.run()
    ts = room.messages()[0].ts
    for text in ("first", "second"):
        room.owe(text, method=Method.UPDATE, target_ts=ts)

    assert room.worker.run() == 1

    assert room.posted() == ["second"]
    assert room.state("first") is DeliveryState.CANCELLED


def test_of_several_changes_with_one_cause_the_last_is_made(room: Mailroom) -> None:
    room.owe("a")
    room.worker.run()
    change = NewDelivery(
        team_id=TEAM,
        dedup_key="update:1:click",
        kind="update",
        channel=CHANNEL,
        payload={"text": "first"},
        due_at=room.clock.now,
        expires_at=room.clock.now + LEASE,
        method=Method.UPDATE,
        target_ts=room.messages()[0].ts,
    )
    with room.store.write() as conn:
        deliveries.change_message(conn, change)
        deliveries.change_message(conn, replace(change, payload={"text": "last"}))

    room.worker.run()

    assert room.posted() == ["last"]


def test_an_older_change_that_failed_never_follows_a_newer_one(room: Mailroom) -> None:
    room.owe("a")
    room.worker.run()
    ts = room.messages()[0].ts
    room.owe("old", method=Method.UPDATE, target_ts=ts)
    with room.store.write() as conn:
        claims.claim_changes(conn, "dead", room.clock(), LEASE, 10)
    room.owe("new", method=Method.UPDATE, target_ts=ts)

    assert room.worker.run() == 0, "two changes of one message never travel at once"
    settle(room)
    settle(room)

    assert room.posted() == ["new"]
    assert room.state("old") is DeliveryState.CANCELLED


def test_a_person_whose_direct_message_cannot_be_opened_is_tried_again_without_doubt(
    room: Mailroom,
) -> None:
    room.owe("a", SATO)
    room.sandbox.faults.add("conversations.open", "500")

    room.worker.run()
    assert room.state("a") is DeliveryState.PENDING
    room.clock.move(minutes=1)
    room.worker.run()

    assert room.state("a") is DeliveryState.SENT
    with room.store.read() as conn:
        known = people.get(conn, TEAM, SATO)
    assert known and known.dm_channel_id == room.sandbox.act_as(SATO).dm_id


def test_two_workers_share_the_work_and_post_nothing_twice(room: Mailroom) -> None:
    keys = [f"message {number}" for number in range(60)]
    for key in keys:
        room.owe(key)
    workers = [room.worker, room.another_worker()]

    with ThreadPoolExecutor() as pool:
        reached = list(pool.map(lambda worker: worker.run(), workers))

    assert sum(reached) == len(keys)
    assert sorted(room.posted()) == sorted(keys)


def test_whoever_has_clicked_does_not_wait_behind_the_digests(room: Mailroom) -> None:
    room.owe("a")
    room.worker.run()
    for number in range(8):
        room.owe(f"digest {number}")
    room.clock.move(minutes=5)
    room.owe("clicked", method=Method.UPDATE, target_ts=room.messages()[0].ts)
    before = len(room.sandbox.calls)

    room.worker.run()

    made = [call.method for call in room.sandbox.calls[before:]]
    assert sorted(made) == ["chat.postMessage"] * 8 + ["chat.update"]
    assert "chat.update" in made[:2]


def test_a_full_minute_holds_up_messages_and_never_an_answer(room: Mailroom) -> None:
    worker = paced(room, Pace(1.0, posts_per_minute=1))
    room.owe("a", SATO)
    worker.run()
    room.owe("b")
    ts = room.sandbox.act_as(SATO).dm()[0].ts
    room.owe("c", room.row("a").posted_channel, method=Method.UPDATE, target_ts=ts)

    room.clock.move(seconds=59)
    worker.run()
    assert [m.text for m in room.sandbox.act_as(SATO).dm()] == ["c"]
    assert room.posted() == []

    room.clock.move(seconds=2)
    worker.run()
    assert room.posted() == ["b"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"is_member": False}, id="who left the channel"),
        pytest.param({"is_active": False}, id="who was deactivated"),
        pytest.param({"is_guest": True}, id="who became a guest"),
    ],
)
def test_who_may_not_use_goen_any_more_is_not_told_what_was_on_its_way(
    room: Mailroom, changes: dict[str, bool]
) -> None:
    room.owe("digest:owed:sato", SATO)
    left = replace(somebody(SATO, "佐藤 美咲", room.clock.now), **changes)
    with room.store.write() as conn:
        people.save(conn, left)

    room.worker.run()

    assert room.state("digest:owed:sato") is DeliveryState.CANCELLED
    assert not [call for call in room.sandbox.calls if call.method == "chat.postMessage"]
