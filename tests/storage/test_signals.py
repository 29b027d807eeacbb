"""Whom signals mean, and what they change, on both databases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from bot.playbook.contact_state import ContactState
from bot.playbook.policy import Policy
from bot.playbook.signal_schema import read_item
from bot.playbook.signals import SENDER, Fault
from bot.playbook.terms import MomentKind
from handlers.signal_taking import Outcome, Verdict, take
from storage import contact_states, customers, erasing, retention, signal_keys, tables, workspaces
from storage.engine import Store
from storage.seed import seed
from tests.storage.referral_books import HARUKAZE, NOW, SATO, TEAM, Books

MAIL = "yoshino@yamada.example"


@pytest.fixture
def books(store: Store) -> Store:
    """山田製作所 with 吉野 and 加藤, 鈴木商事 with nobody, and two companies called Acme."""
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        seed(conn, HARUKAZE, NOW)
        yoshino = Books(conn, 0).contact("山田製作所", "吉野 真理")
        customers.change_contact(conn, TEAM, yoshino, email=MAIL.upper())
        yamada = customers.named(conn, TEAM, "山田製作所")[0].id
        customers.add_contact(conn, TEAM, NOW, customer_id=yamada, name="加藤 健", created_by=SATO)
        for name in ("鈴木商事", "Acme", "ACME Inc."):
            customers.create(conn, TEAM, NOW, name=name, owner_id=SATO, created_by=SATO)
        for contact_id in contact_states.of_customer(conn, TEAM, yamada):
            contact_states.refresh(conn, TEAM, contact_id, HARUKAZE.policy)
    return store


def item(kind: str, number: int = 1, at: datetime = NOW, **said: Any) -> dict[str, Any]:
    named = {"customer", "contact", "contact_email", "customer_id", "contact_id"} & said.keys()
    who = {} if named or kind == "ticket_closed" else {"contact_email": MAIL}
    return {"source": "crm", "id": f"{kind}-{number}", "kind": kind, "at": at, **who, **said}


def send(
    store: Store, *items: Mapping[str, Any], now: datetime = NOW, by: str = SENDER
) -> list[Verdict]:
    return take(store, TEAM, [read_item(dict(one)) for one in items], by, now, f"test:{now}")


def refused(store: Store, one: Mapping[str, Any]) -> Fault:
    [verdict] = send(store, one)
    assert verdict.outcome is Outcome.REFUSED
    return verdict.problems[0].fault


def outcomes(verdicts: list[Verdict]) -> list[str]:
    return [one.outcome.value for one in verdicts]


def state(store: Store, name: str = "吉野 真理") -> ContactState:
    with store.read() as conn:
        yamada = customers.named(conn, TEAM, "山田製作所")[0].id
        [who] = customers.contacts_named(conn, TEAM, yamada, name)
        found = contact_states.get(conn, TEAM, who.id)
    assert found
    with store.trial() as conn:
        assert contact_states.refresh(conn, TEAM, who.id, HARUKAZE.policy) == found
    return found


def count(store: Store, table: Any) -> int:
    with store.read() as conn:
        return len(conn.execute(select(table.c.team_id)).all())


# -- whom is meant ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        pytest.param({"contact_email": MAIL}, id="the address, in whatever case"),
        pytest.param(
            {"customer": "㈱山田製作所", "contact": "吉野様"}, id="the names, as in a file"
        ),
        pytest.param({"customer": "山田製作所", "contact_email": MAIL}, id="both"),
        pytest.param(
            {"customer": "山田製作所", "contact": "吉野", "contact_email": "new@yamada.example"},
            id="a new address of a known name",
        ),
        pytest.param({"customer": "知らない社名", "contact_email": MAIL}, id="the surer one"),
    ],
)
def test_a_person_is_known_by_what_is_sure(books: Store, who: dict[str, str]) -> None:
    assert outcomes(send(books, item("nps", score=9, **who))) == ["taken"]
    assert state(books).nps_score == 9


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        pytest.param(item("nps", score=9, customer="無名"), Fault.UNKNOWN_CUSTOMER, id="unknown"),
        pytest.param(
            item("usage", metric="m", value=1, customer="acme"),
            Fault.SEVERAL_CUSTOMERS,
            id="two of one name",
        ),
        pytest.param(item("nps", score=9, customer="山田製作所"), Fault.WHICH_CONTACT, id="whose"),
        pytest.param(item("nps", score=9, customer="鈴木商事"), Fault.NO_CONTACTS, id="no one"),
        pytest.param(item("upsell", customer="鈴木商事"), Fault.NO_CONTACTS, id="nobody's"),
        pytest.param(item("nps", score=9, contact="吉野"), Fault.MISSING, id="吉野 of where"),
        pytest.param(
            item("nps", score=9, customer="山田製作所", contact="佐々木"),
            Fault.UNKNOWN_CONTACT,
            id="nobody of that name",
        ),
        pytest.param(
            item("nps", score=9, customer="鈴木商事", contact_email=MAIL),
            Fault.UNKNOWN_CONTACT,
            id="of another company",
        ),
        pytest.param(item("nps", score=9, contact_id="u1"), Fault.UNKNOWN_CONTACT, id="a new id"),
        pytest.param(
            item("usage", metric="m", value=1, customer_id="c1"),
            Fault.UNKNOWN_CUSTOMER,
            id="a new customer's id",
        ),
        pytest.param(item("ticket_closed", ticket="7"), Fault.UNKNOWN_TICKET, id="a new ticket"),
        pytest.param(item("upsell", at=NOW + timedelta(days=2)), Fault.AHEAD, id="the day after"),
    ],
)
def test_what_is_not_certain_is_refused_with_what_to_do(
    books: Store, one: dict[str, Any], fault: Fault
) -> None:
    assert refused(books, one) is fault
    assert count(books, tables.signal) == 0


def test_one_who_is_named_at_all_must_be_named(books: Store) -> None:
    nameless = {name: value for name, value in item("upsell").items() if name != "contact_email"}
    assert refused(books, nameless) is Fault.NOBODY_NAMED


def test_the_ids_of_a_sender_are_learned_with_the_first_name(books: Store) -> None:
    first = item("usage", 1, metric="m", value=1, customer="山田製作所", customer_id="acc_1")
    then = item("usage", 2, metric="m", value=2, customer_id="acc_1")
    named = item("nps", 1, score=8, contact_id="u_1", contact_email=MAIL)
    by_id = item("nps", 2, score=9, contact_id="u_1")

    # Within one batch, in whatever order it is taken, and in the next one.
    assert outcomes(send(books, first, then, named)) == ["taken"] * 3
    assert outcomes(send(books, by_id)) == ["taken"]
    elsewhere = item("usage", 3, metric="m", value=2, customer_id="acc_1") | {"source": "other"}
    assert refused(books, elsewhere) is Fault.UNKNOWN_CUSTOMER


# -- once ------------------------------------------------------------------------------------


def test_a_signal_counts_once_however_often_it_is_sent(books: Store) -> None:
    one = item("nps", score=9)
    assert outcomes(send(books, one, one)) == ["taken", "known"]
    assert outcomes(send(books, one)) == ["known"]
    assert count(books, tables.nps) == 1


def test_another_signal_under_a_known_id_is_no_repetition(books: Store) -> None:
    send(books, item("nps", score=9))
    assert refused(books, item("nps", score=2)) is Fault.OTHER_CONTENT
    assert state(books).nps_score == 9


def test_one_that_is_wrong_stops_no_other_and_may_be_sent_again(books: Store) -> None:
    wrong = item("nps", 2, score=9, customer="新しい会社", contact="新田")
    batch = [item("nps", 1, score=9), wrong, {"kind": "nps"}, item("upsell", 3)]
    assert outcomes(send(books, *batch)) == ["taken", "refused", "refused", "taken"]
    with books.write() as conn:
        Books(conn, 0).contact("新しい会社", "新田")
    assert outcomes(send(books, *batch)) == ["known", "taken", "refused", "known"]


def test_a_batch_longer_than_a_transaction_keeps_its_order(books: Store) -> None:
    batch = [item("usage", n, metric="m", value=n, customer="山田製作所") for n in range(95)]
    batch[70] = item("usage", 70, metric="m", value=1, customer="無名")
    found = outcomes(send(books, *batch))
    assert [n for n, one in enumerate(found) if one == "refused"] == [70]


# -- what they change ------------------------------------------------------------------------


def test_an_open_complaint_forbids_asking_until_it_is_closed(books: Store) -> None:
    send(books, item("nps", score=9))
    assert state(books).is_askable
    send(books, item("ticket_opened", ticket="7"))
    assert not state(books).is_askable
    assert state(books, "加藤 健").open_complaint is False
    send(books, item("ticket_closed", ticket="7", at=NOW + timedelta(hours=1)))
    assert state(books).is_askable


def test_a_complaint_of_a_whole_customer_concerns_everybody_there(books: Store) -> None:
    send(books, item("ticket_opened", ticket="7", customer="山田製作所"))
    assert state(books).open_complaint
    assert state(books, "加藤 健").open_complaint


def test_a_question_is_no_complaint(books: Store) -> None:
    send(books, item("nps", score=9), item("ticket_opened", ticket="7", complaint=False))
    assert (state(books).is_askable, state(books).open_tickets) == (True, 1)


def at(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("events", "is_open"),
    [
        pytest.param([("closed", 1), ("opened", 2)], False, id="the end is heard of first"),
        pytest.param([("opened", 3), ("closed", 2), ("opened", 1)], True, id="opened again"),
        pytest.param([("opened", 1), ("closed", 2), ("opened", 3)], True, id="again, out of order"),
        pytest.param([("opened", 2), ("closed", 2)], False, id="within one instant"),
    ],
)
def test_a_ticket_is_as_its_latest_news_says(
    books: Store, events: list[tuple[str, float]], is_open: bool
) -> None:
    for number, (event, hours) in enumerate(events):
        send(
            books,
            item(f"ticket_{event}", number, at(hours), ticket="7", customer="山田製作所"),
        )
    assert state(books).open_complaint is is_open


def test_usage_is_compared_with_that_of_four_weeks_before(books: Store) -> None:
    weeks = [(0, 60), (7, 90), (28, 40), (56, 10)]
    send(
        books,
        *(
            item(
                "usage",
                n,
                NOW - timedelta(days=days),
                metric="席",
                value=value,
                customer="山田製作所",
            )
            for n, (days, value) in enumerate(weeks)
        ),
        # What only one of them uses is another measure.
        item("usage", 9, NOW - timedelta(days=30), metric="席", value=1),
    )
    found = state(books)
    assert (found.usage_metric, found.usage_percent) == ("席", Decimal(50))
    assert found.rank_key > 0


def test_the_last_event_is_the_one_that_counts(books: Store) -> None:
    send(
        books,
        item("participation", 1, event="秋のユーザー会"),
        item("participation", 2, at(100), event="夏のウェビナー"),
    )
    assert state(books).event == "秋のユーザー会"


def test_a_deal_of_a_customer_is_a_moment_with_whom_one_would_ask(books: Store) -> None:
    send(books, item("nps", score=9))
    send(books, item("upsell", customer="山田製作所"))
    assert state(books).moment is MomentKind.UPSELL
    assert state(books, "加藤 健").moment is None


def test_a_clock_that_is_ahead_dates_nothing_into_the_future(books: Store) -> None:
    send(books, item("nps", at=NOW + timedelta(hours=20), score=9))
    assert state(books).nps_at == NOW


# -- forgetting ------------------------------------------------------------------------------


def test_who_is_erased_is_not_recognised_by_any_signal(books: Store) -> None:
    known = item("nps", score=9, contact_id="u_1", contact_email=MAIL)
    send(books, known, item("ticket_opened", ticket="吉野の件"), item("participation", event="会"))
    with books.write() as conn:
        yamada = customers.named(conn, TEAM, "山田製作所")[0].id
        [yoshino] = customers.contacts_named(conn, TEAM, yamada, "吉野")
        who = erasing.of_contact(conn, TEAM, yoshino)
        erasing.erase(conn, TEAM, who, NOW)
    with books.read() as conn:
        rows = conn.execute(select(tables.signal)).mappings().all()
    assert {row["label"] + row["digest"] for row in rows} == {""}
    assert not {row["external_id"] for row in rows} & {known["id"]}
    assert count(books, tables.ticket) == count(books, tables.external_id) == 0


def test_what_is_sent_by_the_day_is_forgotten_in_time_and_scores_are_not(books: Store) -> None:
    send(books, item("usage", metric="m", value=1), item("nps", score=9))
    later = NOW + Policy().signals_kept_for + timedelta(days=1)
    with books.write() as conn:
        for one in retention.PASSES:
            found = one.find(conn, TEAM, Policy(), later, None)
            one.drop(conn, TEAM, list(found.ids)) if found.ids else None
        kinds = conn.execute(select(tables.signal.c.kind)).scalars().all()
    assert kinds == ["nps"]


# -- tokens ----------------------------------------------------------------------------------


def test_a_token_opens_its_workspace_until_another_takes_its_place(books: Store) -> None:
    with books.write() as conn:
        first = signal_keys.make(conn, TEAM, SATO, NOW)
        second = signal_keys.make(conn, TEAM, SATO, NOW)
        assert signal_keys.find(conn, first) is None
        found = signal_keys.find(conn, second)
        assert found
        assert found.team_id == TEAM
        for minutes in (0, 10, 70):
            signal_keys.note_use(conn, found, NOW + timedelta(minutes=minutes))
        known = signal_keys.current(conn, TEAM)
        assert known == replace(found, used_at=NOW + timedelta(minutes=70))
        assert signal_keys.revoke(conn, TEAM, NOW)
        assert signal_keys.find(conn, second) is None
    with books.read() as conn:
        assert second not in repr(conn.execute(select(tables.signal_key)).all())
