"""Messages that need a human: a manager settles them on Home, and everybody else can't."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.playbook.terms import Role
from bot.sandbox.messages import words_in
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from storage import deliveries, stuck
from storage.deliveries import NewDelivery
from storage.states import DeliveryState
from storage.tables import audit, delivery
from tests.end_to_end.steps import give_role, promoter
from tests.house import CHANNEL, EMMA, MORI, SATO, TEAM, Stage

UNKNOWN, REFUSED = DeliveryState.NEEDS_HUMAN, DeliveryState.DEAD


@pytest.fixture
def house(live: Stage) -> Stage:
    """A team with Mori as its admin, Emma as a manager, and something to show on Home."""
    for user in (MORI, EMMA):
        live.sandbox.act_as(user).command("/goen")
    give_role(live, EMMA, Role.MANAGER)
    promoter(live, SATO)
    return live


def owe(house: Stage, state: DeliveryState, key: str = "digest:1", channel: str = SATO) -> int:
    """A message that got stuck an hour ago, and was worth saying until half an hour ago."""
    at = house.clock() - timedelta(hours=1)
    with house.bot.store.write() as conn:
        number = deliveries.enqueue(
            conn,
            NewDelivery(
                team_id=TEAM,
                dedup_key=key,
                kind="digest",
                channel=channel,
                payload={"text": f"本日のフォロー {key}"},
                due_at=at,
                expires_at=at + timedelta(minutes=30),
            ),
        )
        values = {"state": state, "settled_at": at, "attempt": 5, "first_try_at": at}
        this = update(delivery).where(delivery.c.id == number)
        conn.execute(this.values(**values, last_error="is_archived"))
    assert number
    return number


def home(person: Person) -> View:
    found = person.home()
    assert found
    return found


def words(person: Person) -> str:
    return "\n".join(words_in(home(person).blocks))


def state(house: Stage, number: int) -> DeliveryState:
    with house.bot.store.read() as conn:
        found: DeliveryState = conn.execute(
            select(delivery.c.state).where(delivery.c.id == number)
        ).scalar_one()
        return found


def decisions(house: Stage) -> list[tuple[str, str, str]]:
    """Who decided what about which message."""
    with house.bot.store.read() as conn:
        rows = conn.execute(select(audit).where(audit.c.action == "settle_delivery")).all()
    return [(row.user_id, row.record_id, row.detail["choice"]) for row in rows]


def test_what_needs_somebody_is_shown_with_its_kind_and_to_whom(house: Stage) -> None:
    owe(house, UNKNOWN)
    owe(house, REFUSED, "digest:2", CHANNEL)

    shown = words(house.sandbox.act_as(MORI))

    assert "届いたかどうか確認できませんでした（is_archived）" in shown
    assert f"*フォロー一覧* → <@{SATO}>" in shown
    assert "Slackに受け付けられませんでした（is_archived）" in shown
    assert f"→ <#{CHANNEL}>" in shown
    assert "Messages that need you" in words(house.sandbox.act_as(EMMA))


def test_a_rep_is_not_shown_what_needs_somebody(house: Stage) -> None:
    owe(house, UNKNOWN)

    assert "確認できませんでした" not in words(house.sandbox.act_as(SATO))


@pytest.mark.parametrize(
    ("button", "choice", "ends"),
    [
        (ids.STUCK_ARRIVED, "arrived", DeliveryState.ARRIVED),
        (ids.STUCK_DROP, "drop", DeliveryState.CANCELLED),
        (ids.STUCK_AGAIN, "again", DeliveryState.SENT),
    ],
)
def test_a_message_in_doubt_is_settled_by_a_click(
    house: Stage, button: str, choice: str, ends: DeliveryState
) -> None:
    number = owe(house, UNKNOWN)
    mori = house.sandbox.act_as(MORI)

    mori.click(home(mori), button)
    house.settle()

    assert state(house, number) is ends
    assert "確認できませんでした" not in words(mori)
    assert decisions(house) == [(MORI, str(number), choice)]
    posted = [one.text for one in house.sandbox.act_as(SATO).dm()]
    assert posted.count("本日のフォロー digest:1") == (button == ids.STUCK_AGAIN)


def test_a_message_that_was_refused_is_sent_again_once_its_cause_is_mended(house: Stage) -> None:
    number = owe(house, REFUSED, channel=CHANNEL)
    mori = house.sandbox.act_as(MORI)
    house.sandbox.faults.add(
        "chat.postMessage", "error:is_archived", when=lambda args: "digest:1" in args["text"]
    )

    mori.click(home(mori), ids.STUCK_AGAIN)
    house.settle()
    assert state(house, number) is REFUSED
    mori.click(home(mori), ids.STUCK_AGAIN)
    house.settle()

    assert state(house, number) is DeliveryState.SENT


def elements(view: View, action_id: str) -> Iterator[dict[str, object]]:
    for block in view.blocks:
        for element in block.get("elements", ()):
            if element.get("action_id") == action_id:
                yield element


def test_only_what_could_stand_twice_asks_before_it_is_sent_again(house: Stage) -> None:
    owe(house, REFUSED)
    mori = house.sandbox.act_as(MORI)
    assert [("confirm" in one) for one in elements(home(mori), ids.STUCK_AGAIN)] == [False]
    assert list(elements(home(mori), ids.STUCK_ARRIVED)) == []

    owe(house, UNKNOWN, "digest:2")
    assert [("confirm" in one) for one in elements(home(mori), ids.STUCK_AGAIN)] == [True, False]
    assert ["confirm" in one for one in elements(home(mori), ids.STUCK_DROP)] == [False, False]


def test_two_managers_who_decide_at_once_send_it_once(house: Stage) -> None:
    owe(house, UNKNOWN)
    mori, emma = house.sandbox.act_as(MORI), house.sandbox.act_as(EMMA)
    seen_by_mori, seen_by_emma = home(mori), home(emma)

    mori.click(seen_by_mori, ids.STUCK_AGAIN)
    emma.click(seen_by_emma, ids.STUCK_DROP)
    house.settle()

    assert "dealt with already" in "\n".join(words_in(_open_view(emma).blocks))
    assert [choice for _, _, choice in decisions(house)] == ["again"]


def test_a_refused_message_cannot_be_said_to_have_arrived(house: Stage) -> None:
    number = owe(house, REFUSED)

    with house.bot.store.write() as conn:
        assert not stuck.mark_arrived(conn, TEAM, number, house.clock())
        assert not stuck.drop(conn, "T0OTHER", number, house.clock())
        assert not stuck.send_again(conn, "T0OTHER", number, house.clock())
    assert state(house, number) is REFUSED


def test_more_than_fit_are_counted(house: Stage) -> None:
    for number in range(8):
        owe(house, UNKNOWN, f"digest:{number}")

    shown = home(house.sandbox.act_as(MORI))

    assert len(list(elements(shown, ids.STUCK_DROP))) == 5
    assert "ほか3件" in "\n".join(words_in(shown.blocks))


def _open_view(person: Person) -> View:
    found = person.view()
    assert found
    return found
