"""An account handed over, deleted and brought back, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.playbook.effects import Open
from bot.playbook.terms import AskState, FollowUpKind, FollowUpState, MomentKind
from storage import (
    account_history,
    accounts,
    asks,
    contact_states,
    customers,
    follow_ups,
    moments,
    nps,
    referrals,
    upkeep,
    workspaces,
)
from storage.customers import Contact, Customer
from storage.engine import Store
from storage.follow_ups import Subject
from tests.storage.referral_books import HARUKAZE, NOW, SATO, TANAKA, TEAM, Books

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def books(store: Store) -> Iterator[Books]:
    """吉野 of 山田製作所 gave a low score and was asked, so that Sato owes something for both."""
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        found = Books(conn, 0)
        found.yoshino = found.contact("山田製作所", "吉野 真理")
        score(found, found.yoshino, 3)
        add_ask(found)
        yield found


def score(books: Books, contact_id: int, value: int) -> None:
    nps.add(
        books.conn,
        TEAM,
        contact_id=contact_id,
        score=value,
        comment="",
        answered_at=books.now,
        created_by=SATO,
        created_at=books.now,
    )
    upkeep.contact_changed(books.conn, HARUKAZE, contact_id, books.now)


def add_ask(books: Books) -> None:
    ask_id = asks.add(
        books.conn,
        TEAM,
        contact_id=books.yoshino,
        state=AskState.SENT,
        sent_by=SATO,
        sent_at=NOW,
        moment=MomentKind.THANKS,
        created_by=SATO,
        created_at=NOW,
    )
    subject = Subject(customer(books).id, books.yoshino, ask_id=ask_id)
    waits = Open(FollowUpKind.ASK_ANSWER, SATO, NOW + timedelta(days=14))
    follow_ups.apply(books.conn, TEAM, subject, [waits], NOW)


def yoshino(books: Books) -> Contact:
    found = customers.get_contact(books.conn, TEAM, books.yoshino)
    assert found
    return found


def customer(books: Books) -> Customer:
    found = customers.get(books.conn, TEAM, yoshino(books).customer_id)
    assert found
    return found


def owed(books: Books) -> dict[FollowUpKind, tuple[str | None, FollowUpState]]:
    rows = follow_ups.of_contact(books.conn, TEAM, books.yoshino)
    return {row.kind: (row.owed_by, row.state) for row in rows}


@pytest.mark.parametrize(
    "owner", [pytest.param(TANAKA, id="to a colleague"), pytest.param(None, id="to the team")]
)
def test_a_new_owner_owes_what_the_old_one_owed_there(books: Books, owner: str | None) -> None:
    changed = accounts.hand_over(books.conn, HARUKAZE, customer(books), owner, LATER)

    assert owed(books) == {
        FollowUpKind.REPAIR_PLAN: (owner, FollowUpState.OPEN),
        FollowUpKind.ASK_ANSWER: (owner, FollowUpState.OPEN),
    }
    assert len(changed) == 2
    state = contact_states.get(books.conn, TEAM, books.yoshino)
    assert state
    assert state.owner_id == owner == customer(books).owner_id


def test_what_a_third_person_took_on_and_referrals_stay_where_they_are(books: Books) -> None:
    referral_id = books.receive("鈴木商事")
    (repair, _) = follow_ups.of_contact(books.conn, TEAM, books.yoshino)
    follow_ups.change(books.conn, TEAM, repair.id, owed_by="U0MORI")

    accounts.hand_over(books.conn, HARUKAZE, customer(books), TANAKA, LATER)

    assert owed(books)[FollowUpKind.REPAIR_PLAN] == ("U0MORI", FollowUpState.OPEN)
    about = follow_ups.about(books.conn, TEAM, Subject(referral_id=referral_id))
    assert {row.owed_by for row in about} == {SATO}
    assert books.row(referral_id).owner_id == SATO


def test_a_deleted_account_owes_nothing_and_its_people_are_gone_with_it(books: Books) -> None:
    accounts.delete(books.conn, HARUKAZE, customer(books), LATER)

    assert {state for _, state in owed(books).values()} == {FollowUpState.CANCELLED}
    assert yoshino(books).deleted_at == LATER
    assert contact_states.get(books.conn, TEAM, books.yoshino) is None
    assert customers.named(books.conn, TEAM, "山田製作所") == []
    assert customers.search_contacts(books.conn, TEAM, "吉野", seen_by=None) == []


def test_undo_opens_what_the_deletion_closed_and_nothing_else(books: Books) -> None:
    before = owed(books)
    (_, answer) = follow_ups.of_contact(books.conn, TEAM, books.yoshino)
    follow_ups.change(
        books.conn, TEAM, answer.id, state=FollowUpState.DONE, settled_at=NOW, settled_by=SATO
    )
    accounts.delete(books.conn, HARUKAZE, customer(books), LATER)

    accounts.restore(books.conn, HARUKAZE, customer(books), LATER + timedelta(minutes=1))

    assert owed(books) == before | {FollowUpKind.ASK_ANSWER: (SATO, FollowUpState.DONE)}
    assert yoshino(books).deleted_at is None
    assert contact_states.get(books.conn, TEAM, books.yoshino)


def test_a_person_is_deleted_and_brought_back_alone(books: Books) -> None:
    before = owed(books)
    accounts.delete_contact(books.conn, HARUKAZE, yoshino(books), LATER)

    assert {state for _, state in owed(books).values()} == {FollowUpState.CANCELLED}
    assert customer(books).deleted_at is None
    assert account_history.latest_scores(books.conn, TEAM, customer(books).id, 5) == []

    accounts.restore_contact(books.conn, HARUKAZE, yoshino(books), LATER)
    assert owed(books) == before


def test_a_person_deleted_earlier_stays_so_when_the_account_comes_back(books: Books) -> None:
    accounts.delete_contact(books.conn, HARUKAZE, yoshino(books), LATER)
    accounts.delete(books.conn, HARUKAZE, customer(books), LATER + timedelta(hours=1))
    accounts.restore(books.conn, HARUKAZE, customer(books), LATER + timedelta(hours=2))

    assert yoshino(books).deleted_at == LATER
    assert {state for _, state in owed(books).values()} == {FollowUpState.CANCELLED}


def test_open_referrals_are_those_given_and_those_that_brought_the_account(books: Books) -> None:
    conn, given = books.conn, books.receive("鈴木商事", "鈴木")
    named_later = books.receive("佐藤商店", referrer=books.contact("伊藤工業", "伊藤"))
    referrals.add_second_referrer(conn, TEAM, named_later, books.yoshino, SATO, NOW)
    books.win(given)
    suzuki = books.row(given).won_customer_id
    assert suzuki
    (person,) = customers.contacts_of(conn, TEAM, [suzuki])

    of_yamada = account_history.open_of_customer(conn, TEAM, customer(books).id)
    of_yoshino = account_history.open_of_contact(conn, TEAM, books.yoshino)
    assert [one.id for one in of_yamada] == [one.id for one in of_yoshino] == [given, named_later]
    assert [one.id for one in account_history.open_of_customer(conn, TEAM, suzuki)] == [given]
    assert [one.id for one in account_history.open_of_contact(conn, TEAM, person.id)] == [given]

    referrals.change(conn, TEAM, given, deleted_at=NOW)
    assert account_history.open_of_customer(conn, TEAM, suzuki) == []


def test_the_history_is_of_one_account_and_the_latest_first(books: Books) -> None:
    stranger = books.contact("伊藤工業", "伊藤")
    for days, value in enumerate((7, 8, 9)):
        books.now = NOW + timedelta(days=days + 1)
        score(books, books.yoshino, value)
        score(books, stranger, 0)
    for kind in (MomentKind.THANKS, MomentKind.RENEWAL):
        books.now += timedelta(hours=1)
        moments.add(
            books.conn,
            TEAM,
            contact_id=books.yoshino,
            kind=kind,
            note="",
            happened_at=books.now,
            created_by=SATO,
            created_at=books.now,
        )
    of = (books.conn, TEAM, customer(books).id, 2)

    assert [one.score for one in account_history.latest_scores(*of)] == [9, 8]
    assert [one.kind for one in account_history.latest_moments(*of)] == [
        MomentKind.RENEWAL,
        MomentKind.THANKS,
    ]
    assert [one.contact_id for one in account_history.latest_asks(*of)] == [books.yoshino]
    assert account_history.latest_results(*of) == []
    assert account_history.latest_scores(books.conn, "T0OTHER", customer(books).id, 2) == []


def test_another_workspace_changes_nothing_here(books: Books) -> None:
    other = replace(HARUKAZE, team_id="T0OTHER")

    accounts.delete(books.conn, other, customer(books), LATER)

    assert customer(books).deleted_at is None
