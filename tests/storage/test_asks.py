"""Asks, offers and texts on both databases; the lock that makes one budget of many askers."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.playbook.offers import ANY_MOMENT
from bot.playbook.policy import Policy
from bot.playbook.terms import AskState, MomentKind, OfferKind
from storage import asks, contact_states, customers, offers, templates, workspaces
from storage.engine import Store
from storage.seed import seed
from storage.workspaces import Workspace

NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
TEAM, OTHER, SATO = "T0HARUKAZE", "T0OTHER", "U0SATO"
HARUKAZE = Workspace(
    team_id=TEAM,
    name="株式会社ハルカゼ",
    bot_user_id="U0GOEN",
    channel_id=None,
    locale="ja",
    timezone="Asia/Tokyo",
    country="JP",
    currency="JPY",
    policy=Policy(),
    ideal_customer="",
    offers_reviewed_at=None,
)


@dataclass
class House:
    store: Store
    yoshino: int


@pytest.fixture
def house(store: Store) -> Iterator[House]:
    """Two workspaces with the catalogue they start with, and one contact."""
    with store.write() as conn:
        for team_id in (TEAM, OTHER):
            workspace = replace(HARUKAZE, team_id=team_id)
            workspaces.create(conn, workspace, NOW)
            seed(conn, workspace, NOW)
        customer_id = customers.create(
            conn, TEAM, NOW, name="山田製作所", owner_id=SATO, created_by=SATO
        )
        yoshino = customers.add_contact(
            conn, TEAM, NOW, customer_id=customer_id, name="吉野", created_by=SATO
        )
    yield House(store, yoshino)


def ask(conn: Connection, contact_id: int, at: datetime = NOW) -> int:
    return asks.add(
        conn,
        TEAM,
        contact_id=contact_id,
        moment=MomentKind.RESULT,
        state=AskState.SENT,
        sent_by=SATO,
        sent_at=at,
        created_by=SATO,
        created_at=at,
    )


def test_a_workspace_starts_with_six_offers_free_ones_first_and_texts_in_both_languages(
    house: House,
) -> None:
    with house.store.read() as conn:
        catalogue = offers.catalogue(conn, TEAM)
        texts = templates.current(conn, TEAM)
        workspace = workspaces.get(conn, TEAM)

    assert [one.kind for one in catalogue] == list(OfferKind)
    assert [one.kind for one in catalogue if one.involves_money] == [
        OfferKind.DONATION,
        OfferKind.POINTS,
    ]
    assert all(one.title_ja != one.title_en for one in catalogue)
    assert {one.locale for one in texts if one.name == ANY_MOMENT} == {"ja", "en"}
    assert workspace
    assert workspace.offers_reviewed_at == NOW


def test_each_edit_of_a_text_is_a_new_version_and_the_old_one_stays(house: House) -> None:
    with house.store.write() as conn:
        first = next(one for one in templates.current(conn, TEAM) if one.locale == "ja")
        again = templates.add_version(
            conn,
            TEAM,
            NOW,
            name=first.name,
            locale="ja",
            subject="件名",
            body="本文",
            short="短文",
            created_by=SATO,
        )
        current = {one.id: one for one in templates.current(conn, TEAM)}
        old = templates.get(conn, TEAM, first.id)

    assert first.id not in current
    assert current[again].version == first.version + 1
    assert old
    assert old.body == first.body
    assert old.deleted_at is None


def test_a_deleted_text_comes_back_under_a_version_of_its_own(house: House) -> None:
    with house.store.write() as conn:
        templates.delete(conn, TEAM, ANY_MOMENT, "ja", NOW)
        left = [one for one in templates.current(conn, TEAM) if one.name == ANY_MOMENT]
        words = {"subject": "件名", "body": "本文", "short": "短文"}
        back = templates.add_version(
            conn, TEAM, NOW, name=ANY_MOMENT, locale="ja", created_by=SATO, **words
        )
        found = templates.get(conn, TEAM, back)

    assert [one.locale for one in left] == ["en"]
    assert found
    assert found.version == 2


def test_another_workspace_sees_none_of_it(house: House) -> None:
    with house.store.write() as conn:
        mine = offers.catalogue(conn, TEAM)[0]
        offers.change(conn, OTHER, mine.id, deleted_at=NOW)
        ask_id = ask(conn, house.yoshino)

        assert offers.get(conn, OTHER, mine.id) is None
        assert mine in offers.catalogue(conn, TEAM)
        assert asks.get(conn, OTHER, ask_id) is None
        assert not asks.of_contact(conn, OTHER, house.yoshino)


def test_an_offer_with_a_last_day_keeps_it(house: House) -> None:
    with house.store.write() as conn:
        offer_id = offers.catalogue(conn, TEAM)[0].id
        offers.change(conn, TEAM, offer_id, valid_until=date(2026, 12, 31))
        found = offers.get(conn, TEAM, offer_id)

    assert found
    assert found.facts().valid_until == date(2026, 12, 31)


def test_asks_are_listed_latest_first_and_lead_to_no_referral_yet(house: House) -> None:
    with house.store.write() as conn:
        first = ask(conn, house.yoshino, NOW - timedelta(days=90))
        second = ask(conn, house.yoshino)

        assert [one.id for one in asks.of_contact(conn, TEAM, house.yoshino)] == [second, first]
        assert not asks.has_referral(conn, TEAM, second)


def test_whoever_comes_second_reads_what_the_first_one_wrote(house: House) -> None:
    """Ten at once, each of whom asks only if nobody has: one asks."""
    asked: list[int] = []

    def ask_if_free() -> None:
        with house.store.write() as conn:
            asks.lock_contact(conn, TEAM, house.yoshino)
            state = contact_states.get(conn, TEAM, house.yoshino)
            if state is None or state.last_asked_at is None:
                asked.append(ask(conn, house.yoshino))
                contact_states.refresh(conn, TEAM, house.yoshino, Policy())

    threads = [threading.Thread(target=ask_if_free) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(asked) == 1
