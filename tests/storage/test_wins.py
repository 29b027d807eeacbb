"""What the team is told of a win stays true, however far the message has come."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from bot.messages import wins
from storage import workspaces
from storage.engine import Store
from storage.states import DeliveryState
from storage.tables import delivery
from tests.storage.referral_books import HARUKAZE, NOW, Books


@pytest.fixture
def books(store: Store) -> Iterator[Books]:
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        found = Books(conn, 0)
        found.yoshino = found.contact("山田製作所", "吉野 真理")
        yield found


def told(books: Books) -> list[tuple[str, DeliveryState, str]]:
    """Every message about wins: its method, how far it has come, what it says."""
    rows = books.conn.execute(
        select(delivery.c.method, delivery.c.state, delivery.c.payload).order_by(delivery.c.id)
    )
    return [(method, state, payload["text"]) for method, state, payload in rows]


def announced_win(books: Books) -> int:
    referral_id = books.receive("鈴木商事", "鈴木")
    books.win(referral_id)
    announce(books, referral_id, "won")
    return referral_id


def announce(books: Books, referral_id: int, cause: str) -> None:
    wins.announce(books.conn, HARUKAZE, referral_id, books.now, cause)


def came_to(books: Books, state: DeliveryState, ts: str | None = None) -> None:
    books.conn.execute(
        update(delivery).values(state=state, slack_ts=ts, posted_channel="C0REFERRALS")
    )


def test_a_win_that_nobody_has_sent_yet_is_silently_withdrawn_and_told_anew(books: Books) -> None:
    referral_id = announced_win(books)
    books.reopen(referral_id)
    announce(books, referral_id, "reopened")
    assert [state for _, state, _ in told(books)] == [DeliveryState.CANCELLED]

    books.win(referral_id)
    announce(books, referral_id, "won again")
    assert [state for _, state, _ in told(books)] == [DeliveryState.PENDING]


def test_a_win_that_stands_in_slack_is_changed_in_place(books: Books) -> None:
    referral_id = announced_win(books)
    came_to(books, DeliveryState.SENT, "1.2")
    books.reopen(referral_id)
    announce(books, referral_id, "reopened")

    method, _, text = told(books)[-1]
    assert method == "update"
    assert "取り消されました" in text


@pytest.mark.parametrize("state", [DeliveryState.SENDING, DeliveryState.DOUBT])
def test_a_win_on_its_way_is_followed_by_a_message_that_takes_it_back(
    books: Books, state: DeliveryState
) -> None:
    referral_id = announced_win(books)
    came_to(books, state)
    books.reopen(referral_id)
    announce(books, referral_id, "reopened")

    method, then, text = told(books)[-1]
    assert (method, then) == ("post", DeliveryState.PENDING)
    assert "取り消されました" in text


def test_announcing_twice_tells_it_once(books: Books) -> None:
    referral_id = announced_win(books)
    announce(books, referral_id, "ticked")

    assert len(told(books)) == 1
