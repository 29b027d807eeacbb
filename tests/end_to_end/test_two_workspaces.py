"""Two workspaces whose people, channels and customers have the very same ids and names: each does
its day's work, every payload of one is then forged to come from the other, and nothing crosses."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox import Tenant
from bot.sandbox.messages import Message
from bot.sandbox.outbound import Delivery
from bot.views import ids
from storage import customers, export, workspaces
from storage.engine import Store
from storage.tables import metadata
from tests.house import CHANNEL, MORI, SATO, TANAKA, TEAM
from tests.tenants import OTHER_TEAM, Estate, estate

COMPANY, YOSHINO = "山田製作所", "吉野 真理"
SECRET = {TEAM: "ハルカゼだけの秘密", OTHER_TEAM: "ナツカゼだけの秘密"}
"""Words that stand in what one of the two logs, and nowhere else."""
_NOT_RECORDS = {"inbox", "channel_rest"}
"""What came in, and how fast it goes out."""


@pytest.fixture
def grounds(database_url: str) -> Iterator[Estate]:
    """By Socket Mode on SQLite and by signed HTTP on PostgreSQL: each is met once."""
    with estate(database_url, by_socket=database_url.startswith("sqlite")) as found:
        for tenant in (found.first, found.second):
            move_in(found, tenant)
        yield found


def move_in(grounds: Estate, tenant: Tenant) -> None:
    grounds.install(tenant)
    team, now = tenant.team_id, grounds.clock()
    with grounds.bot.store.write() as conn:
        workspaces.change(conn, team, channel_id=CHANNEL)
        by = {"created_by": SATO}
        customer = customers.create(conn, team, now, name=COMPANY, owner_id=SATO, **by)
        customers.add_contact(conn, team, now, customer_id=customer, name=YOSHINO, **by)
    grounds.settle()


def work(grounds: Estate, tenant: Tenant) -> None:
    """A day of Sato's: log, ask, refer, tick off, look at everything."""
    sato, secret = tenant.act_as(SATO), SECRET[tenant.team_id]
    sato.command("/nps", f"{COMPANY} 9 {secret}")
    ask = sato.command("/result", f"{COMPANY} {secret} 4.2h 2.2h").message
    assert ask
    click_all(sato, ask)
    sato.command("/goen", f"thanks {COMPANY} {secret}")
    form = sato.command("/referral", f"{COMPANY} > 鈴木商事{secret} 鈴木様").view
    if form:
        assert sato.submit(form).ok
    sato.command("/ask", COMPANY)
    sato.command("/goen", f"customer {COMPANY}")
    sato.command("/goen", "followups")
    grounds.settle()
    for message in sato.dm():
        click_all(sato, message)
    while (view := sato.view()) is not None:
        sato.close(view, everything=True)
    sato.home()
    tenant.act_as(MORI).command("/goen", "team")
    tenant.act_as(MORI).command("/goen", "settings")


def click_all(who: Any, message: Message) -> None:
    """Every button of a message, as long as it stands there."""
    names = [
        (element["action_id"], block["block_id"])
        for block in message.blocks
        for element in block.get("elements", ())
        if element.get("type") == "button" and "url" not in element
    ]
    for action, block in names:
        who.click(message, action, block)


def records(store: Store, team: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a workspace."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with store.read() as conn:
        for table in metadata.sorted_tables:
            if "team_id" in table.c and table.name not in _NOT_RECORDS:
                mine = select(table).where(table.c.team_id == team).order_by(*table.primary_key)
                found[table.name] = [tuple(row) for row in conn.execute(mine)]
    return found


def sent_by(grounds: Estate, team: str) -> list[Delivery]:
    """Everything that people of a workspace have sent to the bot."""
    return [sent for sent, _ in grounds.sandbox.deliveries if _team(sent.payload) == team]


def _team(payload: dict[str, Any]) -> str:
    found: str = payload.get("team_id") or payload["team"]["id"]
    return found


def forged(sent: Delivery, team: str, other: str) -> Delivery:
    """The same payload, every id of a record in it, as if it came from the other workspace."""
    text = json.dumps(sent.payload, ensure_ascii=False).replace(team, other)
    # Who forges knows ids, not what the other has written.
    payload: dict[str, Any] = json.loads(text.replace(SECRET[team], "でたらめ"))
    if "response_url" in payload:
        # Slack makes that one; nobody forges it.
        payload["response_url"] = payload["response_url"].rpartition("/")[0] + "/forged"
    return replace(sent, payload=payload)


def seen_in(tenant: Tenant) -> str:
    """Everything that the bot has sent to a workspace, and that its people see."""
    people = [tenant.act_as(user) for user in (SATO, TANAKA, MORI)]
    shown = [person.messages(place) for person in people for place in (person.dm_id, CHANNEL)]
    homes = [person.home() for person in people]
    return repr((tenant.calls, shown, [home.body if home else None for home in homes]))


def test_a_day_s_work_of_both_stays_where_it_was_done(grounds: Estate) -> None:
    for tenant in (grounds.first, grounds.second):
        work(grounds, tenant)
    grounds.clock.move(days=1)
    grounds.settle()
    for tenant, other in ((grounds.first, grounds.second), (grounds.second, grounds.first)):
        seen = seen_in(tenant)
        assert SECRET[tenant.team_id] in seen
        assert SECRET[other.team_id] not in seen


@pytest.mark.parametrize("team", [TEAM, OTHER_TEAM])
def test_every_payload_of_one_forged_to_come_from_the_other_changes_and_shows_nothing(
    grounds: Estate, team: str
) -> None:
    for tenant in (grounds.first, grounds.second):
        work(grounds, tenant)
    grounds.settle()
    other = OTHER_TEAM if team == TEAM else TEAM
    victim = grounds.first if team == TEAM else grounds.second
    attacker = grounds.second if team == TEAM else grounds.first
    before, sent = records(grounds.bot.store, team), sent_by(grounds, team)
    assert len(sent) > 20
    asked = len(victim.calls)
    acks = [grounds.sandbox.redeliver(forged(one, team, other)) for one in sent]
    grounds.settle()
    assert records(grounds.bot.store, team) == before
    called = victim.calls[asked:]
    assert {call.error for call in called if call.method == "response_url"} <= {"expired_url"}
    assert [call.method for call in called if call.method != "response_url"] == []
    assert SECRET[team] not in repr([ack.body for ack in acks])
    assert SECRET[team] not in seen_in(attacker)


def test_an_export_holds_one_workspace_only(grounds: Estate) -> None:
    for tenant in (grounds.first, grounds.second):
        work(grounds, tenant)
    with grounds.bot.store.read() as conn:
        for team, other in ((TEAM, OTHER_TEAM), (OTHER_TEAM, TEAM)):
            written = repr([(sheet.name, list(sheet.rows)) for sheet in export.sheets(conn, team)])
            assert SECRET[team] in written
            assert SECRET[other] not in written
            assert other not in written


def test_a_search_finds_one_s_own_namesake(grounds: Estate) -> None:
    found = {}
    for tenant in (grounds.first, grounds.second):
        sato = tenant.act_as(SATO)
        form = sato.command("/nps").view
        assert form
        options = sato.options(form, ids.FIND_CONTACT, "山田")
        found[tenant.team_id] = {one["value"] for one in options if YOSHINO in str(one)}
    assert all(found.values())
    assert not found[TEAM] & found[OTHER_TEAM]


def test_what_happens_in_another_company_s_part_of_a_shared_channel_is_told_to_who_installed_goen(
    grounds: Estate,
) -> None:
    event = grounds.first.event({"type": "app_home_opened", "user": SATO, "tab": "home"})
    elsewhere = replace(event, payload={**event.payload, "team_id": OTHER_TEAM})
    asked = len(grounds.second.calls)
    assert grounds.sandbox.redeliver(elsewhere).problem is None
    assert grounds.first.calls[-1].method == "views.publish"
    assert len(grounds.second.calls) == asked
