"""Claims: one worker at a time, in the order of what is due, at a pace that replicas share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, update

from storage import claims, reclaim, rests, verdicts
from storage.claims import Claimed
from storage.engine import Store
from storage.rests import EVERY_CHANNEL, Rest
from storage.states import DeliveryState, Method
from storage.tables import delivery
from storage.verdicts import Verdict
from tests.house import TEAM

NOW = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
LEASE, SETTLE, SECOND = timedelta(seconds=45), timedelta(seconds=20), timedelta(seconds=1)
OTHER_TEAM = "T0OTHERS"


def owe(store: Store, *channels: str, team: str = TEAM, **more: Any) -> None:
    """A message to each of these, due one after the other, all of them by now."""
    with store.write() as conn:
        conn.execute(
            insert(delivery),
            [
                {
                    "team_id": team,
                    "dedup_key": f"{channel}:{number}",
                    "kind": "reminder",
                    "method": Method.POST,
                    "channel": channel,
                    "payload": {"text": channel},
                    "due_at": NOW - timedelta(hours=1) + timedelta(milliseconds=number),
                    "expires_at": NOW + timedelta(days=1),
                    "state": DeliveryState.PENDING,
                    "is_stale": False,
                    **more,
                }
                for number, channel in enumerate(channels)
            ],
        )


def claim(store: Store, most: int = 8, now: datetime = NOW, **more: Any) -> list[Claimed]:
    with store.write() as conn:
        return claims.claim_posts(conn, "worker", now, LEASE, most, **more)


def channels(claimed: list[Claimed]) -> list[str]:
    return [one.channel for one in claimed]


def end(store: Store, claimed: list[Claimed], at: datetime = NOW) -> dict[int, bool]:
    """All of them were sent."""
    with store.write() as conn:
        return verdicts.write_back(
            conn,
            "worker",
            [
                (
                    one,
                    Verdict(
                        DeliveryState.SENT,
                        one.attempt,
                        settled_at=at,
                        tried_at=at,
                        posted_channel=one.channel,
                        slack_ts=f"1.{one.id}",
                    ),
                )
                for one in claimed
            ],
        )


def rest(store: Store, *of: Rest, now: datetime = NOW) -> None:
    with store.write() as conn:
        rests.rest(conn, of, now)


def rows(store: Store) -> list[Any]:
    with store.read() as conn:
        return list(conn.execute(select(delivery).order_by(delivery.c.id)))


def test_a_channel_has_one_message_on_its_way_and_the_others_follow_in_their_order(
    store: Store,
) -> None:
    owe(store, "C1", "C1", "C2", "C1", "C3")

    first = claim(store)
    assert channels(first) == ["C1", "C2", "C3"]
    assert claim(store) == []
    end(store, first)

    second = claim(store)
    assert [one.dedup_key for one in second] == ["C1:1"]


def test_a_batch_is_filled_from_behind_the_queue_of_one_channel(store: Store) -> None:
    owe(store, *["C1"] * 50, "C2", "C3", "C4")

    assert channels(claim(store, 3)) == ["C1", "C2", "C3"]


@pytest.mark.parametrize("worker", ["worker", "another"])
def test_what_is_released_is_nobodys_and_no_try(store: Store, worker: str) -> None:
    owe(store, "C1")
    (held,) = claim(store)
    with store.write() as conn:
        claims.release(conn, worker, [held])

    (row,) = rows(store)
    is_free = worker == "worker"
    assert (row.state is DeliveryState.PENDING, row.attempt) == (is_free, 0 if is_free else 1)


def test_an_earlier_claim_of_the_same_worker_releases_nothing(store: Store) -> None:
    owe(store, "C1")
    (old,) = claim(store)
    with store.write() as conn:
        claims.release(conn, "worker", [old])
    (new,) = claim(store)
    with store.write() as conn:
        claims.release(conn, "worker", [old])

    assert new.epoch == old.epoch + 1
    assert rows(store)[0].state is DeliveryState.SENDING


@pytest.mark.parametrize(
    ("change", "later", "is_held"),
    [
        ({}, 0.0, True),
        ({}, 35.0, False),
        ({"owner": "another"}, 0.0, False),
        ({"epoch": 2}, 0.0, False),
        ({"state": DeliveryState.DOUBT}, 0.0, False),
        ({"expires_at": NOW}, 0.0, False),
    ],
    ids=["ours", "too late", "another's", "claimed anew", "taken back", "expired"],
)
def test_the_fence_lets_through_what_is_ours_and_can_end_within_the_lease(
    store: Store, change: dict[str, Any], later: float, is_held: bool
) -> None:
    owe(store, "C1")
    (held,) = claim(store)
    at, takes = NOW + timedelta(seconds=later), timedelta(seconds=10)
    with store.write() as conn:
        if change:
            conn.execute(update(delivery).values(**change))
        assert claims.is_held(conn, held, "worker", at, takes) is is_held


def test_an_outcome_that_comes_after_the_lease_was_taken_back_is_still_believed(
    store: Store,
) -> None:
    owe(store, "C1")
    held = claim(store)
    with store.write() as conn:
        assert reclaim.release_lost(conn, NOW + 2 * LEASE, LEASE, SETTLE) == 1
    assert end(store, held) == {held[0].id: False}

    assert rows(store)[0].state is DeliveryState.SENT


def test_an_outcome_is_lost_once_somebody_else_has_looked(store: Store) -> None:
    owe(store, "C1")
    held = claim(store)
    later = NOW + 2 * LEASE
    with store.write() as conn:
        reclaim.release_lost(conn, later, LEASE, timedelta(0))
        assert claims.claim_doubtful(conn, "another", later, LEASE, [held[0].id])

    assert end(store, held) == {}


def test_outcomes_of_every_kind_are_written_in_one_go(store: Store) -> None:
    owe(store, "C1", "C2", "C3")
    one, two, three = claim(store)
    again = NOW + timedelta(seconds=5, microseconds=7)
    with store.write() as conn:
        verdicts.write_back(
            conn,
            "worker",
            [
                (one, Verdict(DeliveryState.PENDING, 0, again, tried_at=NOW, last_error="「x」'")),
                (two, Verdict(DeliveryState.DEAD, 1, settled_at=NOW, last_error="is_archived")),
                (three, Verdict(DeliveryState.DOUBT, 1, again)),
            ],
        )

    found = {row.channel: row for row in rows(store)}
    assert (found["C1"].due_at, found["C1"].last_error) == (again, "「x」'")
    assert (found["C2"].state, found["C2"].settled_at) == (DeliveryState.DEAD, NOW)
    assert found["C2"].due_at < NOW
    assert (found["C3"].owner, found["C3"].lease_until) == (None, None)


def test_channels_and_workspaces_rest_as_long_as_they_were_told_to(store: Store) -> None:
    owe(store, "C1", "C2")
    owe(store, "C1", team=OTHER_TEAM)
    soon = NOW + SECOND
    rest(store, Rest(TEAM, "C1", soon), Rest(OTHER_TEAM, EVERY_CHANNEL, soon))

    found = claim(store)
    assert [(one.team_id, one.channel) for one in found] == [(TEAM, "C2")]
    with store.read() as conn:
        assert rests.next_free(conn, NOW) == soon
        assert rests.next_free(conn, soon) is None
    assert len(claim(store, now=soon)) == 2


@pytest.mark.parametrize("longer", [10, 30])
def test_the_longer_of_two_rests_counts(store: Store, longer: int) -> None:
    waits = [NOW + timedelta(seconds=seconds) for seconds in (longer, 40 - longer)]
    for free_at in waits:
        rest(store, Rest(TEAM, "C1", free_at))

    with store.read() as conn:
        assert rests.next_free(conn, NOW) == NOW + timedelta(seconds=30)


def test_a_workspace_that_had_its_messages_of_the_minute_waits_and_others_do_not(
    store: Store,
) -> None:
    owe(store, *(f"C{number}" for number in range(6)))
    owe(store, "C1", team=OTHER_TEAM, due_at=NOW)
    first = claim(store, per_minute=4)
    assert [one.team_id for one in first] == [TEAM] * 4
    end(store, first, NOW + SECOND)

    assert [one.team_id for one in claim(store, per_minute=4)] == [OTHER_TEAM]
    a_minute_later = NOW + timedelta(minutes=1)
    assert claim(store, now=a_minute_later, per_minute=4) == []
    assert len(claim(store, now=a_minute_later + SECOND, per_minute=4)) == 2


def test_what_was_written_by_a_clock_that_was_ahead_holds_nobody_back(store: Store) -> None:
    tomorrow = NOW + timedelta(days=1)
    owe(store, "C1", "C2", expires_at=NOW + timedelta(days=30))
    rest(store, Rest(TEAM, "C1", tomorrow + SECOND), now=tomorrow)
    (under_way,) = claim(store, now=tomorrow)
    assert under_way.channel == "C2"
    with store.write() as conn:
        assert reclaim.release_lost(conn, NOW, LEASE, SETTLE) == 1

    assert channels(claim(store)) == ["C1"]


@pytest.mark.parametrize(
    ("waits", "hastened"),
    [
        ({"due_at": NOW + timedelta(days=1), "tried_at": NOW + timedelta(days=1)}, 1),
        ({"due_at": NOW + timedelta(minutes=4), "tried_at": NOW - SECOND}, 0),
        ({"due_at": NOW + timedelta(days=1)}, 0),
        ({"due_at": NOW + timedelta(days=1), "state": DeliveryState.DOUBT}, 1),
        ({"due_at": NOW + timedelta(minutes=4), "state": DeliveryState.DOUBT}, 0),
        ({"due_at": NOW + timedelta(days=1), "method": Method.UPDATE}, 1),
    ],
    ids=["tried ahead", "put off", "not due", "doubt ahead", "doubt", "change ahead"],
)
def test_a_wait_is_cut_short_only_when_a_clock_was_wrong(
    store: Store, waits: dict[str, Any], hastened: int
) -> None:
    owe(store, "C1", **waits)
    with store.write() as conn:
        assert reclaim.hasten(conn, NOW, LEASE) == hastened

    assert (rows(store)[0].due_at == NOW) is bool(hastened)


@contextmanager
def statements(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """What is executed meanwhile."""
    seen: list[tuple[str, Any]] = []

    def note(_: Connection, __: object, text: str, values: Any, *___: object) -> None:
        seen.append((text, values))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("is_analysed", [False, True])
def test_a_claim_walks_an_index_past_whatever_rests(store: Store, is_analysed: bool) -> None:
    """Behind a channel with very many messages that rests, and with nothing to sort."""
    owe(store, *["C1"] * 20_000, *(f"U{number}" for number in range(20)))
    rest(store, Rest(TEAM, "C1", NOW + SECOND))
    with store.write() as conn:
        if is_analysed:
            conn.exec_driver_sql("ANALYZE")
    with statements(store) as seen, store.trial() as conn:
        found = claims.claim_posts(conn, "worker", NOW, LEASE, 8)
        text, values = next(one for one in seen if one[0].startswith("WITH ahead"))
        explain = "EXPLAIN QUERY PLAN" if store.is_sqlite else "EXPLAIN"
        plan = [
            " ".join(map(str, row)) for row in conn.exec_driver_sql(f"{explain} {text}", values)
        ]

    assert channels(found) == [f"U{number}" for number in range(8)]
    walks = [line for line in plan if "ix_delivery_due_at_posts" in line]
    assert len(walks) == 1, plan
    assert not any("Seq Scan on delivery" in line or line == "SCAN delivery" for line in plan), plan
