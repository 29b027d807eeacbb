"""What is forgotten when, and what stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.playbook.effects import Open
from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind, FollowUpState
from handlers.request import Entry
from scheduler.forgetting import forget
from storage import customers, deliveries, errands, follow_ups, inbox, retention
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.follow_ups import Subject
from storage.states import DeliveryState, ErrandKind, Method
from storage.tables import audit, delivery, errand, shown_follow_up
from storage.tables import inbox as keys
from storage.workspaces import Workspace
from tests.house import SATO, TEAM
from tests.scheduler.stand import START, enter

POLICY = Policy()
DAY = timedelta(days=1)


@pytest.fixture
def team(store: Store) -> Workspace:
    return enter(store, START)


def say(
    store: Store,
    key: str,
    state: DeliveryState = DeliveryState.SENT,
    *,
    kind: str = "reminder",
    method: Method = Method.POST,
    shows: tuple[int, ...] = (),
) -> int:
    """A delivery that was settled at START, or is still on its way."""
    with store.write() as conn:
        new = NewDelivery(
            team_id=TEAM,
            dedup_key=key,
            kind=kind,
            channel=SATO,
            payload={"text": "吉野さま"},
            due_at=START,
            expires_at=START + DAY,
            method=method,
            response_url="https://slack.example/respond/1",
            follow_ups=shows,
        )
        found = deliveries.enqueue(conn, new)
        assert found
        is_over = state not in {DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DOUBT}
        settled = {"state": state, "settled_at": START if is_over else None}
        conn.execute(update(delivery).where(delivery.c.id == found).values(**settled))
    return found


def row(store: Store, delivery_id: int) -> object:
    with store.read() as conn:
        return conn.execute(select(delivery).where(delivery.c.id == delivery_id)).one_or_none()


def after(store: Store, days: int) -> None:
    """All that is forgotten when so many days have passed."""
    with store.write() as conn:
        for one in retention.PASSES:
            found = one.find(conn, TEAM, POLICY, START + days * DAY, None)
            one.drop(conn, TEAM, found.ids)


def owed(store: Store) -> int:
    with store.write() as conn:
        customer = customers.create(conn, TEAM, START, name="A", owner_id=SATO, created_by=SATO)
        contact = customers.add_contact(
            conn, TEAM, START, customer_id=customer, name="B", created_by=SATO
        )
        effects = [Open(FollowUpKind.NPS_REFRESH, SATO, START)]
        (found,) = follow_ups.apply(conn, TEAM, Subject(contact_id=contact), effects, START)
    return found


@pytest.mark.usefixtures("team")
def test_what_messages_said_is_blanked_after_a_month_and_their_rows_stay(store: Store) -> None:
    sent, failed = say(store, "a"), say(store, "b", DeliveryState.NEEDS_HUMAN)
    waiting = say(store, "c", DeliveryState.PENDING)

    after(store, 29)
    assert "吉野" in row(store, sent).payload["text"]  # type: ignore[attr-defined]

    after(store, 31)
    for one in (sent, failed):
        kept = row(store, one)
        assert (kept.payload, kept.response_url) == ({}, None)  # type: ignore[attr-defined]
    assert "吉野" in row(store, waiting).payload["text"]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("team")
def test_a_blanked_message_is_still_found_and_changed_by_what_it_shows(store: Store) -> None:
    shown = owed(store)
    say(store, "a", shows=(shown,))

    after(store, 399)

    with store.read() as conn:
        assert [one.dedup_key for one in deliveries.showing(conn, TEAM, shown)] == ["a"]


@pytest.mark.usefixtures("team")
def test_answers_and_changes_go_after_a_month_and_messages_when_no_key_can_recur(
    store: Store,
) -> None:
    answer, change = (
        say(store, "answer", method=Method.RESPOND),
        say(store, "update", method=Method.UPDATE),
    )
    message, win = say(store, "message"), say(store, "win:1", kind="win")

    after(store, 31)
    assert (row(store, answer), row(store, change)) == (None, None)
    after(store, 399)
    assert row(store, message)

    after(store, 401)
    assert row(store, message) is None
    assert row(store, win), "a win that is corrected years later is not told a second time"


@pytest.mark.usefixtures("team")
def test_a_message_stays_as_long_as_something_open_stands_in_it(store: Store) -> None:
    shown = owed(store)
    message = say(store, "a", shows=(shown,))

    after(store, 401)
    after(store, 402)
    assert row(store, message)

    with store.write() as conn:
        follow_ups.change(conn, TEAM, shown, state=FollowUpState.DONE, settled_at=START)
    after(store, 403)
    assert row(store, message) is None
    with store.read() as conn:
        assert conn.execute(select(func.count()).select_from(shown_follow_up)).scalar_one() == 0


def test_the_keys_of_requests_are_known_by_their_beginnings() -> None:
    assert set(retention.REQUESTS) == {str(entry) for entry in Entry if entry is not Entry.SEARCH}


@pytest.mark.usefixtures("team")
def test_clicks_are_known_for_a_week_and_planned_days_for_more_than_a_year(store: Store) -> None:
    requests = [f"{name}:1" for name in retention.REQUESTS]
    occasions = ["digest:U1:2026-10-01", "routine:weekly", "upkeep:2026-10-01"]
    with store.write() as conn:
        for key in (*requests, *occasions):
            assert inbox.claim(conn, TEAM, key, START)

    def known() -> set[str]:
        with store.read() as conn:
            return set(conn.execute(select(keys.c.key)).scalars())

    after(store, 6)
    assert known() == {*requests, *occasions}
    after(store, 8)
    assert known() == set(occasions)
    after(store, 399)
    assert known() == set(occasions)
    after(store, 401)
    assert known() == set()


@pytest.mark.usefixtures("team")
def test_errands_go_after_a_month_and_the_audit_after_three_years(store: Store) -> None:
    with store.write() as conn:
        for key in ("done", "open"):
            errands.add(
                conn, TEAM, START, kind=ErrandKind.IMPORT, key=key, asked_by=SATO, detail={"a": 1}
            )
        done = update(errand).where(errand.c.key == "done")
        conn.execute(done.values(state="done", settled_at=START))
        inbox.record(conn, TEAM, START, SATO, "view", "customer", 1)
        inbox.record(conn, TEAM, START + 1000 * DAY, SATO, "view", "customer", 2)

    after(store, 31)
    with store.read() as conn:
        assert conn.execute(select(errand.c.key)).scalars().all() == ["open"]

    after(store, 1094)
    with store.read() as conn:
        assert conn.execute(select(func.count()).select_from(audit)).scalar_one() == 2
    after(store, 1096)
    with store.read() as conn:
        assert conn.execute(select(audit.c.record_id)).scalars().all() == ["2"]


def test_another_workspace_keeps_what_is_its_own(store: Store, team: Workspace) -> None:
    with store.write() as conn:
        conn.execute(insert(keys), {"team_id": "T2", "key": "command:1", "seen_at": START})
        inbox.record(conn, "T2", START, SATO, "view", "customer", 1)

    after(store, 5000)

    with store.read() as conn:
        assert conn.execute(select(keys.c.team_id)).scalars().all() == ["T2"]
        assert conn.execute(select(audit.c.team_id)).scalars().all() == ["T2"]
    assert team.team_id == TEAM


def test_the_days_pass_forgets_all_of_it_once(store: Store, team: Workspace) -> None:
    with store.write() as conn:
        rows = [{"team_id": TEAM, "key": f"command:{n}", "seen_at": START} for n in range(4950)]
        conn.execute(insert(keys), rows)
    now = START + 30 * DAY

    while forget(store.read, store.write, team, now):
        pass

    with store.read() as conn:
        left = conn.execute(select(keys.c.key)).scalars().all()
    assert left == [f"forgetting:{now.date()}"]
