"""Referrals on both databases: moved with all that follows, won as customers, and taken back."""

import threading
from collections.abc import Iterator

import pytest

from bot.playbook.terms import FollowUpKind, FollowUpState, Stage
from storage import contact_states, customers, follow_ups, nps, referrals, workspaces
from storage.engine import Store
from storage.follow_ups import Subject
from tests.storage.referral_books import HARUKAZE, NOW, SATO, TANAKA, TEAM, Books


@pytest.fixture
def books(store: Store) -> Iterator[Books]:
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        found = Books(conn, 0)
        found.yoshino = found.contact("山田製作所", "吉野 真理")
        yield found


def test_a_received_referral_owes_the_consent_the_thanks_and_the_progress(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木")

    assert books.owed(referral_id) == {
        FollowUpKind.CONSENT_REQUEST: FollowUpState.OPEN,
        FollowUpKind.THANKS_REFERRAL: FollowUpState.OPEN,
        FollowUpKind.PROGRESS_UPDATE: FollowUpState.OPEN,
    }


def test_its_follow_ups_know_the_referrer_too(books: Books) -> None:
    referral_id = books.receive("鈴木商事")

    about = follow_ups.about(books.conn, TEAM, Subject(referral_id=referral_id))
    assert {one.contact_id for one in about} == {books.yoshino}
    assert all(one.customer_id for one in about)


def test_the_referrer_is_credited_as_soon_as_it_is_recorded(books: Books) -> None:
    books.receive("鈴木商事")

    state = contact_states.get(books.conn, TEAM, books.yoshino)
    assert state
    assert state.referrals_given == 1


def test_a_won_referral_becomes_a_customer_who_can_refer(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木 一郎")
    books.win(referral_id)

    row = books.row(referral_id)
    customer = customers.get(books.conn, TEAM, row.won_customer_id or 0)
    assert customer
    assert (customer.name, customer.owner_id) == ("鈴木商事", SATO)
    assert books.live_contacts("鈴木商事") == ["鈴木 一郎"]
    assert (row.stage, row.amount_minor, row.reason) == (Stage.WON, 1_200_000, "実績を評価")
    assert row.closed_at is None  # the thanks are still owed


def test_a_chain_is_kept_over_generations(books: Books) -> None:
    first = books.receive("鈴木商事", "鈴木 一郎")
    books.win(first)
    suzuki = customers.contacts_of(books.conn, TEAM, [books.row(first).won_customer_id or 0])[0]

    second = books.receive("高橋物流", "高橋", referrer=suzuki.id)

    assert books.row(second).generation == 2
    led_to = referrals.chain(books.conn, TEAM, books.row(second))
    assert [row.company for row in led_to] == ["鈴木商事", "高橋物流"]


def test_a_customer_who_was_known_before_is_used_and_outlives_the_win(books: Books) -> None:
    books.contact("鈴木商事", "既存 花子")
    referral_id = books.receive("㈱鈴木商事", "鈴木 一郎")
    books.win(referral_id)
    assert books.live_contacts("鈴木商事") == ["既存 花子", "鈴木 一郎"]

    books.reopen(referral_id)

    assert books.live_contacts("鈴木商事") == ["既存 花子"]


def test_whom_a_win_brought_goes_when_it_is_taken_back(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木 一郎")
    books.win(referral_id)
    books.reopen(referral_id)

    assert customers.named(books.conn, TEAM, "鈴木商事") == []
    assert books.row(referral_id).won_customer_id is None


def test_whom_a_win_brought_stays_once_they_have_a_life_of_their_own(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木 一郎")
    books.win(referral_id)
    suzuki = customers.contacts_of(books.conn, TEAM, [books.row(referral_id).won_customer_id or 0])[
        0
    ]
    nps.add(
        books.conn,
        TEAM,
        contact_id=suzuki.id,
        score=9,
        comment="",
        answered_at=books.now,
        created_by=SATO,
        created_at=books.now,
    )

    books.reopen(referral_id)
    assert books.live_contacts("鈴木商事") == ["鈴木 一郎"]

    books.win(referral_id)
    assert books.live_contacts("鈴木商事") == ["鈴木 一郎"]


def test_a_company_won_without_a_name_becomes_a_customer_without_contacts(books: Books) -> None:
    referral_id = books.receive("鈴木商事")
    books.win(referral_id)

    assert len(customers.named(books.conn, TEAM, "鈴木商事")) == 1
    assert books.live_contacts("鈴木商事") == []


def test_a_company_is_known_by_any_spelling_with_everybody_who_referred_it(books: Books) -> None:
    referral_id = books.receive("株式会社鈴木商事", "鈴木")
    other = books.contact("高橋物流", "高橋")

    first = referrals.add_second_referrer(books.conn, TEAM, referral_id, other, SATO, books.now)
    again = referrals.add_second_referrer(books.conn, TEAM, referral_id, other, SATO, books.now)
    known = referrals.known(books.conn, TEAM, "鈴木商事")

    assert (first, again) == (True, False)
    assert [(k.referral_id, k.referrer_contact_ids) for k in known] == [
        (referral_id, {books.yoshino, other})
    ]


def test_open_referrals_and_counts_leave_out_what_is_deleted(books: Books) -> None:
    kept, deleted = books.receive("鈴木商事"), books.receive("高橋物流")
    referrals.change(books.conn, TEAM, deleted, deleted_at=books.now)

    assert [row.id for row in referrals.open_of_owner(books.conn, TEAM, SATO)] == [kept]
    assert [row.id for row in referrals.open_of_team(books.conn, TEAM)] == [kept]
    assert referrals.open_of_owner(books.conn, TEAM, TANAKA) == []
    assert referrals.counts_by_stage(books.conn, TEAM)[Stage.RECEIVED] == 1
    assert referrals.counts_by_stage(books.conn, TEAM, owner_id=TANAKA)[Stage.RECEIVED] == 0


def test_a_corrected_company_is_found_by_its_new_name(books: Books) -> None:
    referral_id = books.receive("鈴木商亊")
    referrals.change(books.conn, TEAM, referral_id, company="鈴木商事")

    assert [k.referral_id for k in referrals.known(books.conn, TEAM, "鈴木商事")] == [referral_id]


def test_another_workspace_sees_nothing(books: Books) -> None:
    referral_id = books.receive("鈴木商事")

    assert referrals.get(books.conn, "T0OTHER", referral_id) is None
    assert referrals.known(books.conn, "T0OTHER", "鈴木商事") == []
    with pytest.raises(LookupError):
        referrals.facts(books.conn, "T0OTHER", referral_id)


def test_of_two_people_who_log_one_referral_at_once_the_second_finds_the_first(
    store: Store,
) -> None:
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        yoshino = Books(conn, 0).contact("山田製作所", "吉野 真理")
    together = threading.Barrier(2)

    def log() -> None:
        together.wait()
        with store.write() as conn:
            if not referrals.known(conn, TEAM, "鈴木商事"):
                Books(conn, yoshino).receive("鈴木商事", "鈴木")

    people = [threading.Thread(target=log) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    with store.read() as conn:
        assert len(referrals.open_of_team(conn, TEAM)) == 1
