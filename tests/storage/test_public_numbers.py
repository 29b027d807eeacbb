"""What customers may see is counted from the records, and only what an admin chose is kept."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.playbook.public_numbers import PublicNumber
from bot.playbook.terms import CustomerKind, MomentKind
from storage import customers, moments, nps, public_numbers, referrals, upkeep, workspaces
from storage.engine import Store
from tests.storage.referral_books import HARUKAZE, NOW, SATO, TEAM, Books

LONG_AGO = NOW - timedelta(days=500)
CONTRACT = date(2025, 4, 1)


@pytest.fixture
def conn(store: Store) -> Iterator[Connection]:
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, LONG_AGO)
        yield conn


def customer(
    conn: Connection,
    name: str,
    *,
    known: datetime = LONG_AGO,
    contract: date | None = CONTRACT,
    kind: CustomerKind = CustomerKind.CUSTOMER,
) -> int:
    """A customer with one contact; gives the contact."""
    customer_id = customers.create(
        conn, TEAM, known, name=name, owner_id=SATO, created_by=SATO, kind=kind
    )
    customers.change(conn, TEAM, customer_id, contract_date=contract)
    return customers.add_contact(
        conn, TEAM, known, customer_id=customer_id, name="吉野", created_by=SATO
    )


def happened(conn: Connection, contact_id: int, kind: MomentKind, days_ago: int) -> int:
    at = NOW - timedelta(days=days_ago)
    return moments.add(
        conn,
        TEAM,
        contact_id=contact_id,
        kind=kind,
        happened_at=at,
        created_by=SATO,
        created_at=at,
    )


def counted(conn: Connection) -> dict[PublicNumber, tuple[int, int]]:
    return {one.kind: (one.part, one.n) for one in public_numbers.count(conn, HARUKAZE, NOW)}


def test_nothing_on_record_counts_as_nothing(conn: Connection) -> None:
    assert counted(conn) == dict.fromkeys(PublicNumber, (0, 0))


def test_whoever_referred_counts_once_and_for_what_was_not_a_mistake(conn: Connection) -> None:
    yoshino, mori, deleted = (customer(conn, name) for name in ("山田", "森", "鈴木"))
    books = Books(conn, yoshino)
    first = books.receive("A社")
    books.receive("B社")
    referrals.add_second_referrer(conn, TEAM, first, mori, SATO, NOW)
    gone = books.receive("C社", referrer=deleted)
    referrals.change(conn, TEAM, gone, deleted_at=NOW)
    assert counted(conn)[PublicNumber.REFERRERS] == (2, 2)


def test_satisfaction_is_of_fresh_answers_the_latest_of_each_person(conn: Connection) -> None:
    for name, scores in (("山田", (3, 9)), ("森", (8,)), ("古い", ())):
        contact_id = customer(conn, name)
        for days, score in enumerate(reversed(scores), start=1):
            answer(conn, contact_id, score, days)
    answer(conn, customer(conn, "期限切れ"), 10, 91)
    assert counted(conn)[PublicNumber.SATISFACTION] == (17, 2)


def answer(conn: Connection, contact_id: int, score: int, days_ago: int) -> None:
    at = NOW - timedelta(days=days_ago)
    nps.add(
        conn,
        TEAM,
        contact_id=contact_id,
        score=score,
        answered_at=at,
        created_by=SATO,
        created_at=at,
    )
    upkeep.contact_changed(conn, HARUKAZE, contact_id, NOW)


def test_renewal_and_repeat_are_of_those_who_had_a_year_to(conn: Connection) -> None:
    happened(conn, customer(conn, "更新"), MomentKind.RENEWAL, 300)
    happened(conn, customer(conn, "追加"), MomentKind.UPSELL, 10)
    happened(conn, customer(conn, "ずっと前に更新"), MomentKind.RENEWAL, 400)
    happened(conn, customer(conn, "お礼だけ"), MomentKind.THANKS, 10)
    taken_back = happened(conn, customer(conn, "取り消した更新"), MomentKind.RENEWAL, 10)
    moments.change(conn, TEAM, taken_back, deleted_at=NOW)
    found = counted(conn)
    assert found[PublicNumber.RENEWAL] == (1, 5)
    assert found[PublicNumber.REPEAT] == (1, 5)


@pytest.mark.parametrize(
    "facts",
    [
        {"contract": date(2026, 4, 1)},
        {"contract": None},
        {"known": NOW - timedelta(days=100)},
        {"kind": CustomerKind.PARTNER},
    ],
    ids=["a young contract", "no contract date", "known for months only", "no customer"],
)
def test_of_others_nobody_can_say_whether_they_renewed(conn: Connection, facts: dict) -> None:  # type: ignore[type-arg]
    happened(conn, customer(conn, "新しい", **facts), MomentKind.RENEWAL, 10)
    assert counted(conn)[PublicNumber.RENEWAL] == (0, 0)


@pytest.mark.parametrize(
    ("left_days_ago", "counts"),
    [(10, True), (363, True), (365, False), (499, False)],
    ids=["lately", "within the year", "before it", "a mistake of the first day"],
)
def test_who_left_within_the_year_did_not_renew(
    conn: Connection, left_days_ago: int, counts: bool
) -> None:
    contact_id = customer(conn, "解約")
    found = customers.get_contact(conn, TEAM, contact_id)
    assert found is not None
    left_at = NOW - timedelta(days=left_days_ago)
    customers.change(conn, TEAM, found.customer_id, deleted_at=left_at)
    assert counted(conn)[PublicNumber.RENEWAL] == ((0, 1) if counts else (0, 0))


def test_only_what_was_chosen_is_published_and_counted_anew(conn: Connection) -> None:
    assert public_numbers.published(conn, HARUKAZE) == ()
    both = {PublicNumber.RENEWAL, PublicNumber.REFERRERS}
    public_numbers.choose(conn, HARUKAZE, both, NOW)
    shown = public_numbers.published(conn, HARUKAZE)
    assert [one.kind for one in shown] == [PublicNumber.REFERRERS, PublicNumber.RENEWAL]
    assert {one.as_of for one in shown} == {date(2026, 11, 16)}

    books = Books(conn, customer(conn, "山田"))
    books.receive("A社")
    tomorrow = NOW + timedelta(days=1)
    public_numbers.recount(conn, TEAM, public_numbers.count(conn, HARUKAZE, tomorrow))
    again = public_numbers.published(conn, HARUKAZE)
    assert [one.kind for one in again] == [PublicNumber.REFERRERS, PublicNumber.RENEWAL]
    assert (again[0].n, again[0].as_of) == (1, date(2026, 11, 17))

    public_numbers.choose(conn, HARUKAZE, (), NOW)
    assert public_numbers.published(conn, HARUKAZE) == ()


def test_numbers_of_another_workspace_are_never_seen(conn: Connection) -> None:
    public_numbers.choose(conn, HARUKAZE, set(PublicNumber), NOW)
    assert public_numbers.chosen(conn, "T0OTHER") == frozenset()
