"""Mails in the delivery table: one for an ask, one worker each, and none ever sent by accident."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from scheduler.mailing import LEASE
from storage import claims, deliveries, mails, reclaim, restored, stuck, verdicts
from storage.claims import Claimed
from storage.engine import Store
from storage.mails import WAITS_FOR, Mail, Outgoing
from storage.states import DeliveryState
from storage.tables import delivery
from storage.verdicts import Verdict
from tests.house import SATO, TEAM
from tests.scheduler.stand import enter

NOW = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
MAIL = Mail(1, 2, "sato@h.example", "佐藤", "a@b.example", "吉野", "件名", "本文")
SLACKS_LEASE, SETTLE = timedelta(seconds=45), timedelta(seconds=20)


@pytest.fixture
def store(store: Store) -> Store:
    enter(store, NOW - timedelta(days=1))
    return store


def owe(store: Store, ask_id: int = 1, at: datetime = NOW) -> int:
    with store.write() as conn:
        found = mails.owe(conn, TEAM, replace(MAIL, ask_id=ask_id), SATO, at)
    assert found
    return found


def claim(store: Store, worker: str = "worker", now: datetime = NOW) -> list[Claimed]:
    with store.write() as conn:
        return claims.claim_mails(conn, worker, now, LEASE, most=1)


def change(store: Store, number: int, **values: Any) -> None:
    with store.write() as conn:
        mine = (delivery.c.team_id == TEAM, delivery.c.id == number)
        conn.execute(update(delivery).where(*mine).values(**values))


def state(store: Store, number: int) -> DeliveryState:
    with store.read() as conn:
        found: DeliveryState = conn.execute(
            select(delivery.c.state).where(delivery.c.team_id == TEAM, delivery.c.id == number)
        ).scalar_one()
    return found


def over(store: Store, now: datetime = NOW) -> list[Outgoing]:
    with store.write() as conn:
        return mails.over(conn, now, LEASE)


def test_an_ask_has_one_mail_whatever_is_clicked(store: Store) -> None:
    number = owe(store)

    with store.write() as conn:
        assert mails.owe(conn, TEAM, MAIL, SATO, NOW) is None
        found = mails.of_ask(conn, TEAM, 1, SATO, NOW)
        assert mails.of_ask(conn, TEAM, 2, SATO, NOW) is None
        assert mails.of_ask(conn, "T0OTHER", 1, SATO, NOW) is None
        assert mails.get(conn, "T0OTHER", number) is None
    assert found
    assert (found.id, found.mail, found.may_be_there) == (number, MAIL, False)


def test_each_mail_is_in_one_workers_hands(store: Store) -> None:
    owe(store)
    owe(store, 2)

    first, second, third = claim(store), claim(store, "other"), claim(store, "third")

    assert len({one.id for one in (*first, *second)}) == 2
    assert third == []


def test_the_worker_of_messages_never_touches_a_mail(store: Store) -> None:
    number = owe(store)
    with store.write() as conn:
        assert claims.claim_posts(conn, "worker", NOW, SLACKS_LEASE, 8) == []
        assert claims.claim_changes(conn, "worker", NOW, SLACKS_LEASE, 8) == []
        assert reclaim.expire(conn, NOW + timedelta(days=9)) == 0
        assert deliveries.due(conn, TEAM, NOW) == []
    claim(store)
    with store.write() as conn:
        assert reclaim.release_lost(conn, NOW + timedelta(days=9), SLACKS_LEASE, SETTLE) == 0
        reclaim.let_go(conn, "worker", NOW, SETTLE)
    assert state(store, number) is DeliveryState.SENDING

    change(store, number, state=DeliveryState.DOUBT)
    with store.write() as conn:
        assert claims.doubtful(conn, 8) == []


@pytest.mark.parametrize(
    ("values", "after", "is_over"),
    [
        ({}, timedelta(0), False),
        ({}, WAITS_FOR, True),
        ({"state": "doubt"}, timedelta(0), True),
        ({"state": "sending", "lease_until": NOW + LEASE}, timedelta(0), False),
        ({"state": "sending", "lease_until": NOW + LEASE}, LEASE, True),
        ({"state": "sending", "lease_until": NOW + 2 * LEASE}, timedelta(0), True),
        ({"state": "sent", "settled_at": NOW}, WAITS_FOR, False),
        ({"state": "needs_human", "settled_at": NOW}, WAITS_FOR, False),
    ],
    ids=[
        "waits",
        "too late",
        "in doubt",
        "under way",
        "its worker died",
        "leased by a clock that was ahead",
        "sent",
        "asked about",
    ],
)
def test_what_will_not_be_tried_any_more_is_found(
    store: Store, values: dict[str, Any], after: timedelta, is_over: bool
) -> None:
    number = owe(store)
    change(store, number, **{"is_stale": False, **values})

    assert [one.id for one in over(store, NOW + after)] == ([number] if is_over else [])


def test_a_mail_that_is_too_late_is_not_claimed(store: Store) -> None:
    owe(store)

    assert claim(store, now=NOW + WAITS_FOR) == []


def test_whoever_comes_second_ends_nothing(store: Store) -> None:
    number = owe(store)
    change(store, number, state=DeliveryState.DOUBT)
    [one] = over(store)

    with store.write() as conn:
        assert mails.end(conn, one, DeliveryState.NEEDS_HUMAN, "reset", NOW)
        assert not mails.end(conn, one, DeliveryState.DEAD, None, NOW)
    assert state(store, number) is DeliveryState.NEEDS_HUMAN


def test_a_late_answer_of_a_lost_lease_changes_nothing(store: Store) -> None:
    number = owe(store)
    [claimed] = claim(store)
    [one] = over(store, NOW + LEASE)
    with store.write() as conn:
        mails.end(conn, one, DeliveryState.NEEDS_HUMAN, None, NOW)
        sent = Verdict(DeliveryState.PENDING, 1, due_at=NOW)
        assert verdicts.write_back(conn, "worker", [(claimed, sent)]) == {}

    assert state(store, number) is DeliveryState.NEEDS_HUMAN


def test_a_restored_database_sends_no_mail_that_waited(store: Store) -> None:
    number = owe(store)
    with store.write() as conn:
        restored.mark(conn)
    assert claim(store) == []

    with store.write() as conn:
        assert mails.hold_back(conn, TEAM) == 1
        restored.is_reconciled(conn, TEAM)

    assert claim(store) == []
    assert [one.id for one in over(store)] == [number]


def test_a_mail_in_doubt_is_settled_by_a_human_and_never_sent_again(store: Store) -> None:
    number = owe(store)
    change(store, number, state=DeliveryState.NEEDS_HUMAN, settled_at=NOW)

    with store.write() as conn:
        [listed] = stuck.of_team(conn, TEAM)
        assert listed.is_mail
        assert not stuck.send_again(conn, TEAM, number, NOW)
        assert not stuck.mark_arrived(conn, "T0OTHER", number, NOW)
        assert stuck.mark_arrived(conn, TEAM, number, NOW)
        assert not stuck.drop(conn, TEAM, number, NOW)
    assert state(store, number) is DeliveryState.ARRIVED


def test_a_mail_that_was_refused_is_nothing_to_be_settled(store: Store) -> None:
    number = owe(store)
    change(store, number, state=DeliveryState.DEAD, settled_at=NOW)

    with store.read() as conn:
        assert stuck.of_team(conn, TEAM) == []
        assert not mails.are_any_open(conn)


@pytest.mark.parametrize("payload", [{}, {"to": "a@b.example"}, {"text": "x"}])
def test_a_mail_without_its_words_is_none(payload: dict[str, Any]) -> None:
    assert Mail.read(payload) is None
