"""What a departed workspace has left is deleted, whatever refers to what, and nothing else is."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, func, insert, select

from storage import customers, departures, inbox, workspaces
from storage.departures import KEPT_IN_MIND
from storage.engine import Store
from storage.seed import seed
from storage.tables import departure, metadata, nps, workspace
from storage.tables import result as results
from tests.house import MONDAY_MORNING, SATO
from tests.storage.referral_books import HARUKAZE

NOW = MONDAY_MORNING
LATER = NOW + timedelta(days=1)
GONE, STAYS = "T0GONE", "T0STAYS"
MANY = 1_200
"""More rows than one transaction deletes, twice."""
RESULT = {
    "kpi": "見積作成時間",
    "before": 4,
    "after": 2,
    "before_unit": "h",
    "after_unit": "h",
    "direction": "lower",
}


@pytest.fixture
def two(store: Store) -> Store:
    """Two workspaces with a contact each."""
    return settled(store, 1)


@pytest.fixture
def full(store: Store) -> Store:
    """Two workspaces with more than two portions of contacts, scores and results each."""
    return settled(store, MANY)


def settled(store: Store, contacts: int) -> Store:
    for team in (GONE, STAYS):
        with store.write() as conn:
            whole = replace(HARUKAZE, team_id=team)
            workspaces.create(conn, whole, NOW)
            seed(conn, whole, NOW)
            settle(conn, team, contacts)
    return store


def settle(conn: Connection, team: str, contacts: int) -> None:
    customer = customers.create(conn, team, NOW, name="山田製作所", owner_id=SATO, created_by=SATO)
    new = [customers.NewContact(customer, f"担当 {n}") for n in range(contacts)]
    people = customers.add_contacts(conn, team, NOW, new, SATO)
    by = {"team_id": team, "created_by": SATO, "created_at": NOW}
    score = {"score": 9, "answered_at": NOW, **by}
    result = {"customer_id": customer, "measured_at": NOW, **RESULT, **by}
    conn.execute(insert(nps), [{"contact_id": who, **score} for who in people])
    conn.execute(insert(results), [{"contact_id": who, **result} for who in people])
    for key in ("event:Ev1", "action:1.2.abc"):
        inbox.claim(conn, team, key, LATER)


def rows_of(store: Store, team: str) -> dict[str, int]:
    found: dict[str, int] = {}
    with store.read() as conn:
        for table in metadata.sorted_tables:
            if "team_id" in table.c:
                many = select(func.count()).where(table.c.team_id == team)
                found[table.name] = conn.execute(many).scalar_one()
    return {name: n for name, n in found.items() if n}


def depart(store: Store, team: str, happened_at: datetime, now: datetime = LATER) -> bool:
    with store.write() as conn:
        return departures.depart(conn, team, happened_at, now)


def test_everything_goes_in_portions_and_the_other_workspace_keeps_its_own(full: Store) -> None:
    before = rows_of(full, STAYS)
    assert depart(full, GONE, LATER)
    assert departures.sweep(full, LATER, 60) > 3 * MANY
    assert rows_of(full, GONE) == {"inbox": 1, "departure": 1}
    assert rows_of(full, STAYS) == before


def test_a_pass_that_has_no_time_left_goes_on_in_the_next(full: Store) -> None:
    depart(full, GONE, LATER)
    assert departures.sweep(full, LATER, 0) == 0
    assert rows_of(full, GONE)["contact"] == MANY
    assert departures.sweep(full, LATER, 60) > 3 * MANY


def test_what_was_under_way_and_writes_late_is_deleted_too(two: Store) -> None:
    depart(two, GONE, LATER)
    departures.sweep(two, LATER, 60)
    with two.write() as conn:
        customers.create(conn, GONE, LATER, name="遅刻商事", owner_id=None, created_by=SATO)
    assert departures.sweep(two, LATER + timedelta(minutes=1), 60) == 1
    assert rows_of(two, GONE) == {"inbox": 1, "departure": 1}


def test_in_the_end_nothing_at_all_is_left(two: Store) -> None:
    depart(two, GONE, LATER)
    departures.sweep(two, LATER, 60)
    departures.sweep(two, LATER + KEPT_IN_MIND, 60)
    assert rows_of(two, GONE) == {}


def test_a_second_event_changes_nothing(two: Store) -> None:
    assert depart(two, GONE, LATER)
    assert not depart(two, GONE, LATER)
    assert not depart(two, "T0NOBODY", LATER)


@pytest.mark.parametrize("seconds", [0, 1], ids=["within the second", "after it"])
def test_an_event_is_taken_from_the_second_on_in_which_the_workspace_came(
    two: Store, seconds: int
) -> None:
    second = NOW.replace(microsecond=0) + timedelta(seconds=seconds)
    assert depart(two, GONE, second)


def test_an_event_from_before_the_workspace_came_is_a_thing_of_the_past(two: Store) -> None:
    assert not depart(two, GONE, NOW - timedelta(seconds=1))
    assert rows_of(two, GONE)["workspace"] == 1


def test_who_comes_back_finds_nothing_and_is_not_swept(two: Store) -> None:
    depart(two, GONE, LATER)
    with two.write() as conn:
        departures.finish(conn, GONE)
        workspaces.create(conn, replace(HARUKAZE, team_id=GONE), LATER)
    assert departures.sweep(two, LATER + KEPT_IN_MIND, 60) == 0
    assert rows_of(two, GONE) == {"workspace": 1}
    with two.read() as conn:
        assert conn.execute(select(departure)).all() == []
        assert len(conn.execute(select(workspace)).all()) == 2


def test_nothing_is_finished_where_nobody_left(two: Store) -> None:
    before = rows_of(two, STAYS)
    with two.write() as conn:
        departures.finish(conn, STAYS)
    assert rows_of(two, STAYS) == before
