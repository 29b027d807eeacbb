"""What time brings to whom: zones, summer time, holidays, and never the same thing twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.playbook.terms import Direction, FollowUpKind, FollowUpState
from scheduler.planner import Planner
from scheduler.preview import preview
from storage import (
    customers,
    follow_ups,
    inbox,
    nps,
    results,
    upkeep,
    workspaces,
)
from storage.engine import Store
from storage.states import DeliveryState
from storage.workspaces import Workspace
from tests.house import CHANNEL, EMMA, MORI, SATO, TEAM, Clock
from tests.scheduler.stand import START, nobody_new, owe, planned, rows, utc


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(utc(2026, 11, 16, 0, 30), "monday", id="Monday"),
        pytest.param(utc(2026, 11, 17, 0, 30), "tuesday", id="Tuesday"),
        pytest.param(utc(2026, 11, 18, 0, 30), None, id="Wednesday"),
        pytest.param(utc(2026, 11, 19, 0, 30), "thursday", id="Thursday"),
        pytest.param(utc(2026, 11, 20, 0, 30), "friday", id="Friday"),
        pytest.param(utc(2026, 11, 20, 0, 29), None, id="before the team's hour"),
        pytest.param(utc(2026, 11, 20, 9, 0), None, id="after the team's work"),
        pytest.param(utc(2026, 11, 23, 0, 30), None, id="a holiday"),
    ],
)
def test_each_working_day_has_one_message_in_the_channel(
    store: Store, planner: Planner, clock: Clock, now: datetime, expected: str | None
) -> None:
    clock.now = now
    planner.run()
    planner.run()

    found = [row.dedup_key.split(":")[1:4] for row in rows(store) if row.kind == "routine"]
    assert found == ([[expected, CHANNEL, f"{now:%Y-%m-%d}"]] if expected else [])


def test_without_a_channel_there_is_no_weekly_message(
    store: Store, planner: Planner, clock: Clock
) -> None:
    with store.write() as conn:
        workspaces.change(conn, TEAM, channel_id=None)
    clock.now = utc(2026, 11, 16, 0, 30)
    planner.run()
    assert planned(store, "routine") == []


def test_the_clock_of_the_first_contact_tells_the_owner_twice_and_then_the_manager(
    store: Store, planner: Planner, clock: Clock
) -> None:
    at_night = utc(2026, 11, 20, 14, 0)
    clock.now = at_night
    owe(store, FollowUpKind.FIRST_CONTACT, at_night + timedelta(hours=24), at_night)

    told: list[tuple[int, str, str]] = []
    for hours in range(50):
        clock.now = at_night + timedelta(hours=hours, minutes=1)
        planner.run()
        alarms = [row for row in rows(store) if row.kind in ("reminder", "escalation")]
        told += [(hours, row.kind, row.channel) for row in alarms[len(told) :]]

    assert told == [
        (0, "reminder", SATO),
        (20, "reminder", SATO),
        (24, "escalation", MORI),
    ]


def test_an_alarm_expires_when_the_next_one_begins(
    store: Store, planner: Planner, clock: Clock
) -> None:
    now = utc(2026, 11, 17, 3)
    clock.now = now
    owe(store, FollowUpKind.FIRST_CONTACT, now + timedelta(hours=24), now)
    planner.run()
    (received,) = [row for row in rows(store) if row.kind == "reminder"]
    assert received.expires_at == now + timedelta(hours=20)


def test_what_nobody_owns_is_told_to_the_managers(
    store: Store, planner: Planner, clock: Clock
) -> None:
    clock.now = utc(2026, 11, 17, 0, 0)
    planner.run()
    clock.move(hours=2)
    owe(store, FollowUpKind.THANKS_REFERRAL, clock.now, clock.now, by=None)
    owe(store, FollowUpKind.THANKS_WIN, clock.now, clock.now, by="U0GONE", customer="Acme")
    planner.run()
    assert [to for to, _ in planned(store, "reminder")] == [MORI, MORI]

    clock.move(days=1)
    planner.run()
    (digest,) = [row for row in rows(store) if row.kind == "digest"]
    assert digest.channel == MORI
    assert str(digest.payload).count("担当：") == 2


def test_a_stale_catalogue_is_reminded_once_a_week(
    store: Store, planner: Planner, clock: Clock
) -> None:
    with store.write() as conn:
        workspaces.change(conn, TEAM, offers_reviewed_at=START)
    told: list[tuple[str, str]] = []
    for day in range(21):
        clock.now = utc(2026, 11, 1, 1) + timedelta(days=day)
        planner.run()
        found = planned(store, "catalogue")
        told += found[len(told) :]
    assert told == [(MORI, "2026-11-02"), (MORI, "2026-11-09"), (MORI, "2026-11-16")]


def _customer(store: Store, owner: str | None = SATO) -> tuple[int, int]:
    with store.write() as conn:
        customer_id = customers.create(
            conn, TEAM, START, name="山田製作所", owner_id=owner, created_by=SATO
        )
        contact_id = customers.add_contact(
            conn, TEAM, START, customer_id=customer_id, name="吉野", created_by=SATO
        )
    return customer_id, contact_id


def _open(store: Store) -> list[FollowUpKind]:
    with store.read() as conn:
        return [row.kind for row in follow_ups.of_team(conn, TEAM)]


def test_a_stale_score_is_owed_again_and_a_struck_off_one_rests(
    store: Store, planner: Planner, team: Workspace, clock: Clock
) -> None:
    _, contact_id = _customer(store)
    with store.write() as conn:
        nps.add(
            conn,
            TEAM,
            contact_id=contact_id,
            score=9,
            comment="",
            answered_at=START,
            created_by=SATO,
            created_at=START,
        )
        upkeep.contact_changed(conn, team, contact_id, START)

    clock.now = START + timedelta(days=90)
    planner.run()
    assert _open(store) == []
    clock.move(days=1)
    planner.run()
    planner.run()
    assert _open(store) == [FollowUpKind.NPS_REFRESH]

    with store.write() as conn:
        (row,) = follow_ups.of_team(conn, TEAM)
        follow_ups.change(
            conn, TEAM, row.id, state=FollowUpState.CANCELLED, settled_at=clock.now, settled_by=SATO
        )
    clock.move(days=13)
    planner.run()
    assert _open(store) == []
    clock.move(days=2)
    planner.run()
    assert _open(store) == [FollowUpKind.NPS_REFRESH]


def test_an_overdue_report_is_owed_to_accounts_with_a_result(
    store: Store, planner: Planner, clock: Clock
) -> None:
    customer_id, _ = _customer(store)
    clock.now = START + timedelta(days=40)
    planner.run()
    assert _open(store) == []

    with store.write() as conn:
        results.add(
            conn,
            TEAM,
            customer_id=customer_id,
            contact_id=None,
            kpi="見積作成時間",
            before=4,
            after=2,
            before_unit="h",
            after_unit="h",
            direction=Direction.LOWER,
            period="",
            percent=-50,
            improved=True,
            measured_at=START,
            created_by=SATO,
            created_at=START,
        )
    clock.move(days=1)
    planner.run()
    assert _open(store) == [FollowUpKind.RESULT_REPORT]


@pytest.mark.usefixtures("team")
def test_the_team_is_asked_for_once_a_day_and_every_hour_until_slack_answers(
    store: Store, clock: Clock
) -> None:
    asked: list[datetime] = []

    def refresh(_: Workspace, now: datetime) -> None:
        asked.append(now)
        if len(asked) == 1:
            raise ConnectionRefusedError

    planner = Planner(store, clock, refresh)
    clock.now = utc(2026, 11, 17, 0, 10)
    for _ in range(8):
        planner.run()
        clock.move(minutes=30)
    assert [f"{at:%H:%M}" for at in asked] == ["00:10", "01:10"]

    clock.now = utc(2026, 11, 18, 0, 10)
    planner.run()
    assert len(asked) == 3


def test_one_workspace_in_trouble_does_not_hold_up_the_others(
    store: Store, planner: Planner, clock: Clock
) -> None:
    with store.write() as conn:
        sick = workspaces.get(conn, TEAM)
        assert sick
        workspaces.create(conn, replace(sick, team_id="T0A", country="XX"), START)
        workspaces.change(conn, "T0A", country="XX", channel_id="C0SICK")
    clock.now = utc(2026, 11, 16, 0, 30)

    planner.run()

    assert planned(store, "routine") == [(CHANNEL, "2026-11-16")]


@pytest.mark.usefixtures("team")
def test_a_preview_says_what_would_be_sent_and_leaves_nothing_behind(store: Store) -> None:
    now = utc(2026, 11, 17, 9, 0)
    owe(store, FollowUpKind.NPS_REFRESH, START, START, by=SATO)
    owe(store, FollowUpKind.NPS_REFRESH, START, START, by=EMMA, customer="Acme")
    owe(store, FollowUpKind.FIRST_CONTACT, now, now - timedelta(hours=24), customer="鈴木商事")

    found = {(one.to, one.kind, one.language): one.text for one in preview(store, now)}

    assert set(found) == {
        (EMMA, "digest", "en"),
        (SATO, "reminder", "ja"),
        (MORI, "escalation", "ja"),
    }
    assert "Ask 吉野 for a new score" in found[EMMA, "digest", "en"]
    assert rows(store) == []
    with store.read() as conn:
        assert inbox.seen(conn, TEAM, [f"digest:{EMMA}:2026-11-17"]) == frozenset()


def test_what_waits_already_is_in_the_preview_too(
    store: Store, planner: Planner, clock: Clock
) -> None:
    clock.now = utc(2026, 11, 16, 0, 30)
    planner.run()
    assert [row.state for row in rows(store)] == [DeliveryState.PENDING]
    assert [one.kind for one in preview(store, clock.now)] == ["routine"]


def test_two_processes_that_plan_at_once_plan_everything_once(
    store: Store, planner: Planner, team: Workspace, clock: Clock
) -> None:
    clock.now = START + timedelta(days=100)
    for number in range(30):
        customer_id, contact_id = _customer(store, SATO if number % 2 else None)
        with store.write() as conn:
            upkeep.contact_changed(conn, team, contact_id, START)
            assert customer_id
    owe(store, FollowUpKind.FIRST_CONTACT, clock.now, clock.now - timedelta(hours=24))
    another = Planner(store, clock, nobody_new)

    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda one: one.run(), [planner, another, planner, another]))

    owed = _open(store)
    assert owed.count(FollowUpKind.NPS_REFRESH) == 30
    keys = [row.dedup_key.rsplit(":", 1)[0] for row in rows(store)]
    assert sorted(keys) == sorted(set(keys))
