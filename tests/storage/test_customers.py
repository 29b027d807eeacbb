"""Finding accounts and people by what a rep types, on both databases."""

from datetime import UTC, datetime

import pytest

from bot.playbook.policy import Policy
from storage import customers, workspaces
from storage.engine import Store
from storage.workspaces import Workspace

TEAM, OTHER = "T1", "T2"
NOW = datetime(2026, 11, 16, tzinfo=UTC)


def add(store: Store, name: str, *, team: str = TEAM, owner: str | None = "U1") -> int:
    with store.write() as conn:
        return customers.create(conn, team, NOW, name=name, owner_id=owner, created_by="U1")


def found(store: Store, typed: str, *, seen_by: str | None = None) -> list[str]:
    with store.read() as conn:
        return [c.name for c in customers.search(conn, TEAM, typed, seen_by=seen_by)]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        pytest.param("（株）山田製作所", "山田", id="a part of the name behind ㈱"),
        pytest.param("株式会社ヤマダ", "ﾔﾏﾀﾞ", id="half-width kana"),
        pytest.param("ABC商事", "ａｂｃ", id="full-width letters in another case"),
        pytest.param("Acme Corp.", "acme cor", id="while still typing"),
        pytest.param("100%_House", "100%_", id="the wildcards of LIKE are letters"),
    ],
)
def test_a_name_is_found_however_it_is_typed(store: Store, stored: str, typed: str) -> None:
    add(store, stored)
    add(store, "まったく別の会社")
    assert found(store, typed) == [stored]


def test_the_closest_name_comes_first(store: Store) -> None:
    add(store, "山田製作所ホールディングス")
    add(store, "山田製作所")
    assert found(store, "山田")[0] == "山田製作所"


def test_a_rep_finds_their_own_and_the_shared_accounts(store: Store) -> None:
    add(store, "山田一", owner="U1")
    add(store, "山田二", owner="U2")
    add(store, "山田三", owner=None)
    assert sorted(found(store, "山田", seen_by="U1")) == ["山田一", "山田三"]
    assert len(found(store, "山田")) == 3


def test_another_workspace_is_never_seen(store: Store) -> None:
    theirs = add(store, "山田製作所", team=OTHER)
    assert found(store, "山田") == []
    with store.read() as conn:
        assert customers.get(conn, TEAM, theirs) is None
        assert customers.named(conn, TEAM, "山田製作所") == []


def test_people_are_found_by_their_own_name_and_met_by_any_form_of_it(store: Store) -> None:
    customer = add(store, "山田製作所")
    with store.write() as conn:
        customers.add_contact(
            conn, TEAM, NOW, customer_id=customer, name="吉野 真理", created_by="U1"
        )
        assert [p.name for p in customers.search_contacts(conn, TEAM, "吉野", seen_by=None)]
        for typed in ("吉野様", "吉野 真理さん", "吉野真理"):
            assert customers.contacts_named(conn, TEAM, customer, typed), typed


def test_accounts_that_wait_for_their_owner_are_handed_over(store: Store) -> None:
    with store.write() as conn:
        waiting = customers.create(
            conn,
            TEAM,
            NOW,
            name="山田製作所",
            owner_id=None,
            created_by="U1",
            owner_email="sato@example.com",
        )
        assert customers.take_over(conn, TEAM, "Sato@example.com", "U9") == [waiting]
        taken = customers.get(conn, TEAM, waiting)
    assert taken
    assert taken.owner_id == "U9"


def test_a_workspace_keeps_only_the_numbers_that_were_changed(store: Store) -> None:
    new = Workspace(
        team_id=TEAM,
        name="Harukaze",
        bot_user_id="B1",
        channel_id=None,
        locale="ja",
        timezone="Asia/Tokyo",
        country="GB",
        currency="JPY",
        policy=Policy(),
        ideal_customer="",
        offers_reviewed_at=None,
    )
    with store.write() as conn:
        workspaces.create(conn, new, NOW)
        workspaces.change_policy(conn, TEAM, {"promoter_threshold": 9, "digest_at": "08:30"})
        kept = workspaces.get(conn, TEAM)
    assert kept
    assert kept.policy.promoter_threshold == 9
    assert kept.policy.digest_at.isoformat() == "08:30:00"
    assert kept.policy.country == "GB"
    assert kept.policy.ask_again_after == Policy().ask_again_after
