"""A workspace removes Goen: nothing of it is kept, nobody else notices, and it may come back."""

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.sandbox import Tenant
from bot.sandbox.outbound import Delivery, signature
from storage import customers, people, workspaces
from storage.deliveries import NewDelivery, enqueue
from storage.departures import KEPT_IN_MIND
from storage.engine import Store
from storage.states import DeliveryState
from storage.tables import delivery, departure, inbox, metadata, slack_bots
from tests.house import MORI, SATO, SIGNING_SECRET, TEAM, Stage
from tests.tenants import OTHER_TEAM, Estate, estate

COMPANY, YOSHINO = "山田製作所", "吉野 真理"


@pytest.fixture
def grounds(tmp_path: Path) -> Iterator[Estate]:
    with estate(f"sqlite:///{tmp_path}/goen.db", by_socket=True) as found:
        settled_in(found)
        yield found


def settled_in(grounds: Estate) -> None:
    """Both workspaces have installed Goen, chosen a channel and logged something."""
    for tenant in (grounds.first, grounds.second):
        grounds.install(tenant)
        with grounds.bot.store.write() as conn:
            workspaces.change(conn, tenant.team_id, channel_id="C0REFERRALS")
        grounds.settle()
        with grounds.bot.store.write() as conn:
            customer = customers.create(
                conn,
                tenant.team_id,
                grounds.clock(),
                name=COMPANY,
                owner_id=SATO,
                created_by=SATO,
            )
            customers.add_contact(
                conn,
                tenant.team_id,
                grounds.clock(),
                customer_id=customer,
                name=YOSHINO,
                created_by=SATO,
            )
        sato = tenant.act_as(SATO)
        sato.command("/nps", f"{COMPANY} 9 対応が早い")
        sato.command("/result", f"{COMPANY} 見積作成時間 4.2h 2.2h")
        sato.command("/referral", f"{COMPANY} > 鈴木商事 鈴木様")
    grounds.settle()


def rows_of(store: Store, team: str) -> dict[str, int]:
    """How many rows each table holds of a workspace, those that hold some."""
    found: dict[str, int] = {}
    with store.read() as conn:
        for table in metadata.sorted_tables:
            if "team_id" in table.c:
                many = select(func.count()).where(table.c.team_id == team)
                found[table.name] = conn.execute(many).scalar_one()
    return {name: n for name, n in found.items() if n}


def test_the_stage_is_full_enough_for_the_tests_to_mean_something(grounds: Estate) -> None:
    full = {"workspace", "person", "customer", "contact", "nps", "result", "referral", "delivery"}
    assert full <= set(rows_of(grounds.bot.store, TEAM))
    assert full <= set(rows_of(grounds.bot.store, OTHER_TEAM))


@pytest.mark.parametrize("by_socket", [True, False], ids=["socket", "http"])
def test_nothing_is_kept_and_the_others_keep_everything(database_url: str, by_socket: bool) -> None:
    with estate(database_url, by_socket=by_socket) as grounds:
        settled_in(grounds)
        store = grounds.bot.store
        before = rows_of(store, OTHER_TEAM)
        grounds.first.uninstall()
        assert "workspace" not in rows_of(store, TEAM)
        assert "slack_bots" not in rows_of(store, TEAM)
        grounds.bot.planner.run()
        assert set(rows_of(store, TEAM)) == {"departure", "inbox"}
        assert rows_of(store, OTHER_TEAM) == before
        grounds.clock.move(seconds=KEPT_IN_MIND.total_seconds())
        grounds.bot.planner.run()
        assert rows_of(store, TEAM) == {}
        grounds.settle()
        home = grounds.second.act_as(SATO).home()
        assert home and COMPANY in str(home.body)


def test_only_the_events_themselves_are_remembered_for_an_hour(grounds: Estate) -> None:
    grounds.first.uninstall()
    grounds.bot.planner.run()
    with grounds.bot.store.read() as conn:
        keys = conn.execute(select(inbox.c.key).where(inbox.c.team_id == TEAM)).scalars().all()
    assert len(keys) == 2
    assert all(key.startswith("event:Ev") for key in keys)


def test_a_revoked_bot_token_ends_an_installation_too(grounds: Estate) -> None:
    grounds.first.revoke()
    grounds.bot.planner.run()
    assert set(rows_of(grounds.bot.store, TEAM)) == {"departure", "inbox"}


def test_a_person_s_revoked_token_is_nothing_to_goen(grounds: Estate) -> None:
    tokens = {"oauth": [SATO], "bot": []}
    before = rows_of(grounds.bot.store, TEAM)
    event = grounds.first.event({"type": "tokens_revoked", "tokens": tokens})
    assert grounds.sandbox.redeliver(event).problem is None
    assert rows_of(grounds.bot.store, TEAM) == before


def owe_both(grounds: Estate) -> None:
    """One more message to Sato in each workspace."""
    now = grounds.clock()
    with grounds.bot.store.write() as conn:
        for team in (TEAM, OTHER_TEAM):
            enqueue(
                conn,
                NewDelivery(
                    team_id=team,
                    dedup_key="still owed",
                    kind="report",
                    channel=SATO,
                    payload={"text": "still owed"},
                    due_at=now,
                    expires_at=now.replace(year=2027),
                ),
            )


def owed(store: Store) -> dict[str, tuple[DeliveryState, str | None]]:
    """What became of it, with its error."""
    wanted = delivery.c.dedup_key == "still owed"
    columns = (delivery.c.team_id, delivery.c.state, delivery.c.last_error)
    with store.read() as conn:
        found = conn.execute(select(*columns).where(wanted))
        return {row.team_id: (row.state, row.last_error) for row in found}


def posts_to(tenant: Tenant) -> int:
    return len([call for call in tenant.calls if call.method == "chat.postMessage"])


def test_what_was_under_way_is_not_sent_any_more(grounds: Estate) -> None:
    owe_both(grounds)
    grounds.first.uninstall()
    states = owed(grounds.bot.store)
    assert states[TEAM][0] is DeliveryState.CANCELLED
    assert states[OTHER_TEAM][0] is DeliveryState.PENDING
    posts = posts_to(grounds.first)
    grounds.settle()
    assert posts_to(grounds.first) == posts
    assert "still owed" in [message.text for message in grounds.second.act_as(SATO).dm()]


def test_the_same_event_again_does_nothing_to_who_came_back(grounds: Estate) -> None:
    grounds.first.uninstall()
    told = [sent for sent, _ in grounds.sandbox.deliveries if is_departure(sent)]
    assert len(told) == 2
    grounds.clock.move(minutes=1)
    assert grounds.install(grounds.first).status == 200
    with grounds.bot.store.read() as conn:
        assert conn.execute(select(departure)).all() == []
    before = rows_of(grounds.bot.store, TEAM)
    for event in told:
        assert grounds.sandbox.redeliver(event).problem is None
    grounds.settle()
    assert rows_of(grounds.bot.store, TEAM).keys() >= before.keys()
    assert grounds.first.act_as(MORI).home() is not None


def is_departure(sent: Delivery) -> bool:
    name = (sent.payload.get("event") or {}).get("type")
    return name in ("app_uninstalled", "tokens_revoked")


def test_who_comes_back_begins_anew_and_is_welcomed(grounds: Estate) -> None:
    grounds.first.uninstall()
    grounds.clock.move(minutes=1)
    grounds.install(grounds.first, SATO)
    kept = rows_of(grounds.bot.store, TEAM)
    assert "customer" not in kept
    assert "nps" not in kept
    with grounds.bot.store.read() as conn:
        who = people.get(conn, TEAM, SATO)
        assert who and who.role == "admin"
        assert people.get(conn, TEAM, MORI) is None


def test_an_event_that_names_another_workspace_is_only_believed_when_slack_signed_it(
    tmp_path: Path,
) -> None:
    with estate(f"sqlite:///{tmp_path}/goen.db", by_socket=False) as grounds:
        settled_in(grounds)
        before = rows_of(grounds.bot.store, OTHER_TEAM)
        event = grounds.second.event({"type": "app_uninstalled"})
        body = json.dumps(event.payload).encode()
        for secret, status in (("a guess", 401), (SIGNING_SECRET, 200)):
            assert rows_of(grounds.bot.store, OTHER_TEAM) == before
            assert posted(grounds, body, secret) == status
        assert "workspace" not in rows_of(grounds.bot.store, OTHER_TEAM)


def posted(grounds: Estate, body: bytes, secret: str) -> int:
    """The status that the bot answers with to a body that was signed so."""
    at = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": signature(secret, at, body),
    }
    line = http.client.HTTPConnection("127.0.0.1", grounds.port, timeout=10)
    try:
        line.request("POST", "/slack/events", body, headers)
        return line.getresponse().status
    finally:
        line.close()


def test_the_workspace_of_the_operator_s_own_token_goes_too_but_not_for_a_revoked_token(
    live: Stage,
) -> None:
    live.sandbox.act_as(MORI).command("/goen", "help")
    live.settle()
    live.sandbox.revoke()
    assert "person" in rows_of(live.bot.store, TEAM)
    live.sandbox.uninstall()
    live.bot.planner.run()
    assert set(rows_of(live.bot.store, TEAM)) <= {"departure", "inbox"}


def test_a_token_that_can_t_be_read_stops_nobody_else(grounds: Estate) -> None:
    store = grounds.bot.store
    with store.write() as conn:
        damaged = slack_bots.update().where(slack_bots.c.team_id == TEAM)
        conn.execute(damaged.values(bot_token="damaged"))
    asked = len(grounds.first.calls)
    owe_both(grounds)
    grounds.settle()
    states = owed(store)
    assert states[TEAM] == (DeliveryState.DEAD, "account_inactive")
    assert states[OTHER_TEAM] == (DeliveryState.SENT, None)
    grounds.clock.move(days=1)
    before = len(grounds.second.act_as(SATO).dm())
    grounds.settle()
    assert len(grounds.second.act_as(SATO).dm()) > before
    assert len(grounds.first.calls) == asked
