"""The state of a contact moves on by one record as if all were folded again, on both databases."""

import threading
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from bot.playbook.contact_facts import NpsRecord, ResultRecord
from bot.playbook.contact_state import ContactState
from bot.playbook.terms import Direction
from storage import contact_states, nps, results, upkeep, workspaces
from storage.engine import Store
from tests.storage.referral_books import HARUKAZE, NOW, SATO, TEAM, Books


@pytest.fixture
def yoshino(store: Store) -> int:
    """A contact about whom nothing is known yet."""
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        contact_id = Books(conn, 0).contact("山田製作所", "吉野 真理")
        contact_states.refresh(conn, TEAM, contact_id, HARUKAZE.policy)
    return contact_id


def log_score(conn: Connection, contact_id: int, score: int, at: datetime) -> None:
    nps_id = nps.add(
        conn,
        TEAM,
        contact_id=contact_id,
        score=score,
        answered_at=at,
        created_by=SATO,
        created_at=at,
    )
    added = NpsRecord(nps_id, score, at, SATO)
    upkeep.contact_changed(conn, HARUKAZE, contact_id, at, added=added)


def log_result(conn: Connection, customer_id: int, percent: int, at: datetime) -> None:
    result_id = results.add(
        conn,
        TEAM,
        customer_id=customer_id,
        kpi="見積作成時間",
        before=100,
        after=100 + percent,
        before_unit="h",
        after_unit="h",
        direction=Direction.LOWER,
        percent=percent,
        improved=percent < 0,
        measured_at=at,
        created_by=SATO,
        created_at=at,
    )
    added = ResultRecord(result_id, "見積作成時間", Decimal(percent), percent < 0, at)
    upkeep.customer_changed(conn, HARUKAZE, customer_id, at, added=added)


def known(store: Store, contact_id: int) -> ContactState | None:
    with store.read() as conn:
        return contact_states.get(conn, TEAM, contact_id)


def folded(store: Store, contact_id: int) -> ContactState | None:
    with store.trial() as conn:
        return contact_states.refresh(conn, TEAM, contact_id, HARUKAZE.policy)


def test_a_new_record_leads_where_a_fold_of_all_records_leads(store: Store, yoshino: int) -> None:
    the_account = folded(store, yoshino)
    assert the_account
    hours = (0, 5, -700, 5)  # the third was entered late, the fourth at the instant of the second
    for score, after in zip((9, 3, 8, 10), hours, strict=True):
        at = NOW + timedelta(hours=after)
        with store.write() as conn:
            log_score(conn, yoshino, score, at)
        assert known(store, yoshino) == folded(store, yoshino)
        with store.write() as conn:
            log_result(conn, the_account.customer_id, -score, at)
        assert known(store, yoshino) == folded(store, yoshino)


def test_of_two_scores_at_once_neither_is_lost(store: Store, yoshino: int) -> None:
    later = NOW + timedelta(minutes=1)

    def log_the_other() -> None:
        with store.write() as conn:
            log_score(conn, yoshino, 2, NOW)

    other = threading.Thread(target=log_the_other)
    with store.write() as conn:
        log_score(conn, yoshino, 9, later)
        other.start()
        other.join(0.3)
    other.join()
    state = known(store, yoshino)
    assert state
    assert (state.nps_score, state.previous_nps_score) == (9, 2)
    assert state == folded(store, yoshino)
