"""The daily digest: whose morning, what stands in it, and never twice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind
from scheduler.planner import Planner
from storage import (
    people,
    reclaim,
)
from storage.engine import Store
from tests.house import EMMA, MORI, SATO, TEAM, Clock
from tests.scheduler.stand import START, owe, planned, rows, utc


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(utc(2026, 11, 16, 0, 0), [(SATO, "2026-11-16")], id="nine in Tokyo"),
        pytest.param(utc(2026, 11, 15, 23, 59), [], id="before nine in Tokyo"),
        pytest.param(
            utc(2026, 11, 16, 9, 0), [(EMMA, "2026-11-16")], id="nine in London, evening in Tokyo"
        ),
        pytest.param(
            utc(2026, 10, 23, 8, 0),
            [(EMMA, "2026-10-23"), (SATO, "2026-10-23")],
            id="nine in London's summer",
        ),
        pytest.param(utc(2026, 10, 26, 8, 59), [(SATO, "2026-10-26")], id="eight in its winter"),
        pytest.param(utc(2026, 10, 26, 9, 0), [(EMMA, "2026-10-26")], id="nine in its winter"),
        pytest.param(utc(2026, 11, 21, 10, 0), [], id="a Saturday"),
        pytest.param(utc(2026, 11, 23, 1, 0), [], id="a public holiday of the team's country"),
        pytest.param(utc(2026, 11, 24, 8, 59), [(SATO, "2026-11-24")], id="late, and still today"),
        pytest.param(utc(2026, 11, 24, 20, 0), [], id="after work everywhere"),
    ],
)
def test_a_digest_comes_in_the_morning_of_its_person(
    store: Store, planner: Planner, clock: Clock, now: datetime, expected: list[tuple[str, str]]
) -> None:
    owe(store, FollowUpKind.NPS_REFRESH, START, START, by=SATO)
    owe(store, FollowUpKind.NPS_REFRESH, START, START, by=EMMA, customer="Acme")
    clock.now = now

    planner.run()
    planner.run()

    assert sorted(planned(store, "digest")) == expected


def test_a_digest_that_had_nothing_to_say_does_not_come_later_that_day(
    store: Store, planner: Planner, clock: Clock
) -> None:
    clock.now = utc(2026, 11, 17, 0, 0)
    planner.run()
    owe(store, FollowUpKind.NPS_REFRESH, clock.now, clock.now)
    clock.move(hours=2)
    planner.run()
    assert planned(store, "digest") == []

    clock.move(days=1)
    planner.run()
    assert planned(store, "digest") == [(SATO, "2026-11-18")]


@pytest.mark.parametrize(
    ("first", "moves_to", "second", "expected"),
    [
        pytest.param(
            utc(2026, 11, 17, 0, 5),
            "Europe/London",
            utc(2026, 11, 17, 9, 5),
            ["2026-11-17"],
            id="westwards on the same day, nothing twice",
        ),
        pytest.param(
            utc(2026, 11, 17, 0, 5),
            "America/Los_Angeles",
            utc(2026, 11, 17, 17, 5),
            ["2026-11-17"],
            id="over the ocean, the same date again",
        ),
        pytest.param(
            utc(2026, 11, 17, 0, 5),
            "Pacific/Auckland",
            utc(2026, 11, 17, 20, 5),
            ["2026-11-17", "2026-11-18"],
            id="eastwards, the next date comes sooner",
        ),
    ],
)
def test_a_person_who_changes_zone_gets_one_digest_a_local_day(
    store: Store,
    planner: Planner,
    clock: Clock,
    first: datetime,
    moves_to: str,
    second: datetime,
    expected: list[str],
) -> None:
    owe(store, FollowUpKind.NPS_REFRESH, START, START)
    clock.now = first
    planner.run()
    with store.write() as conn:
        sato = people.get(conn, TEAM, SATO)
        assert sato
        people.save(conn, replace(sato, timezone=moves_to))
    clock.now = second
    planner.run()

    assert [day for _, day in planned(store, "digest")] == expected


def test_the_digest_has_five_and_counts_the_rest(
    store: Store, planner: Planner, clock: Clock
) -> None:
    for number in range(7):
        owe(store, FollowUpKind.NPS_REFRESH, START, START, customer=f"顧客{number}")
    clock.now = utc(2026, 11, 17, 0, 0)
    planner.run()

    (row,) = [row for row in rows(store) if row.kind == "digest"]
    assert row.payload["text"] == "今日のフォローが7件あります。"
    assert str(row.payload).count("follow_up_done") == Policy().digest_length
    assert "ほか2件" in str(row.payload)


def test_a_digest_tells_what_did_not_get_through(
    store: Store, planner: Planner, clock: Clock
) -> None:
    clock.now = utc(2026, 11, 17, 0, 0)
    planner.run()
    clock.now = utc(2026, 11, 17, 1, 0)
    owe(store, FollowUpKind.THANKS_REFERRAL, utc(2026, 11, 18), clock.now)
    planner.run()
    with store.write() as conn:
        assert reclaim.expire(conn, utc(2026, 11, 17, 12)) == 2
    for day in (18, 19):
        clock.now = utc(2026, 11, day, 0, 0)
        planner.run()

    told = [(row.channel, str(row.payload)) for row in rows(store) if row.kind == "digest"]
    of_sato = [words for to, words in told if to == SATO]
    assert ["リマインド 1件" in words for words in of_sato] == [True, False]
    # Managers hear of what the channel missed.
    assert ["今週の予定 1件" in words for to, words in told if to == MORI] == [True]


def test_thanks_wait_for_the_morning_and_stand_in_its_digest_only(
    store: Store, planner: Planner, clock: Clock
) -> None:
    evening = utc(2026, 11, 17, 11)
    clock.now = evening
    owe(store, FollowUpKind.THANKS_REFERRAL, evening + timedelta(hours=24), evening)
    planner.run()
    assert planned(store, "reminder") == []

    clock.now = utc(2026, 11, 18, 0, 0)
    planner.run()
    assert planned(store, "digest") == [(SATO, "2026-11-18")]
    assert planned(store, "reminder") == []
