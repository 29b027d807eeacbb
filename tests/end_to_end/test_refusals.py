"""Who may not use Goen is told so kindly, in their language, by every door."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.playbook.terms import Role
from bot.sandbox import BOT_USER_ID, User
from storage import people
from storage.tables import nps
from tests.end_to_end.steps import give_role, promoter
from tests.house import (
    CHANNEL,
    EMMA,
    GONE,
    GUEST,
    MORI,
    OUTSIDER,
    SATO,
    STRANGER,
    TANAKA,
    TEAM,
    Stage,
)

WHY = {
    GUEST: "Guests can’t use Goen",
    GONE: "無効になっています",
    OUTSIDER: "チャンネルのメンバー",
}


@pytest.fixture
def set_up(live: Stage) -> Stage:
    live.sandbox.act_as(MORI).command("/goen")
    return live


@pytest.mark.parametrize("user_id", WHY, ids=["a guest", "deactivated", "not of the channel"])
@pytest.mark.parametrize("command", ["/goen", "/nps", "/result", "/referral", "/ask"])
def test_a_command_is_refused_with_its_reason_and_nothing_is_recorded(
    set_up: Stage, user_id: str, command: str
) -> None:
    reply = set_up.sandbox.act_as(user_id).command(command, "山田製作所 9")

    assert WHY[user_id] in reply.words
    assert reply.view is None


@pytest.mark.parametrize("user_id", [GUEST, OUTSIDER], ids=["a guest", "not of the channel"])
def test_home_says_why_it_is_closed(set_up: Stage, user_id: str) -> None:
    home = set_up.sandbox.act_as(user_id).home()

    assert home
    assert WHY[user_id] in str(home.blocks)


@pytest.mark.parametrize("user_id", [GUEST, OUTSIDER], ids=["a guest", "not of the channel"])
def test_a_global_shortcut_is_refused(set_up: Stage, user_id: str) -> None:
    person = set_up.sandbox.act_as(user_id)

    person.shortcut("whom_to_ask")

    view = person.view()
    assert view
    assert WHY[user_id] in str(view.blocks)


def test_somebody_from_another_company_in_a_shared_channel_is_refused(set_up: Stage) -> None:
    set_up.sandbox.add_user(
        User(STRANGER, "stranger", "Stranger", is_stranger=True, team_id="T0OTHER", locale="en-US")
    )
    stranger = set_up.sandbox.act_as(STRANGER)

    stranger.command("/nps", "山田製作所 9")
    stranger.shortcut("whom_to_ask")

    view = stranger.view()
    assert view
    assert "of this workspace only" in str(view.blocks)
    with set_up.bot.store.read() as conn:
        known = people.get(conn, TEAM, STRANGER)
    assert known is None or known.is_stranger


def test_a_bot_that_sends_a_command_is_refused(set_up: Stage) -> None:
    set_up.sandbox.act_as(SATO).command("/goen", "help")
    delivery, _ = set_up.sandbox.deliveries[-1]
    forged = {**delivery.payload, "user_id": BOT_USER_ID, "trigger_id": "1.2.bot"}

    ack = set_up.sandbox.redeliver(replace(delivery, payload=forged))

    assert "bots" in str(ack.body).lower() or "ボット" in str(ack.body)


def test_who_leaves_the_channel_is_out_and_who_joins_is_in(set_up: Stage) -> None:
    set_up.sandbox.act_as(SATO).command("/goen")
    set_up.sandbox.act_as(OUTSIDER).command("/goen")

    set_up.sandbox.leave(CHANNEL, SATO)
    set_up.sandbox.join(CHANNEL, OUTSIDER)

    assert WHY[OUTSIDER] in set_up.sandbox.act_as(SATO).command("/goen").words
    assert "Goenの使い方" in set_up.sandbox.act_as(OUTSIDER).command("/goen").words


def test_who_is_deactivated_is_out_within_a_day(set_up: Stage) -> None:
    set_up.sandbox.act_as(SATO).command("/goen")
    set_up.sandbox.change_user(SATO, deleted=True)
    set_up.clock.move(days=1, minutes=1)

    assert WHY[GONE] in set_up.sandbox.act_as(SATO).command("/goen").words


def test_an_admin_who_leaves_the_channel_can_still_mend_the_settings(set_up: Stage) -> None:
    set_up.sandbox.leave(CHANNEL, MORI)

    assert set_up.sandbox.act_as(MORI).command("/goen", "settings").view


@pytest.mark.parametrize(
    ("role", "word", "said"),
    [
        (Role.REP, "settings", "管理者のみ"),
        (Role.REP, "import", "マネージャーのみ"),
        (Role.MANAGER, "settings", None),
        (Role.MANAGER, "import", None),
    ],
)
def test_a_role_opens_what_it_may(set_up: Stage, role: Role, word: str, said: str | None) -> None:
    tanaka = set_up.sandbox.act_as(TANAKA)
    tanaka.command("/goen")
    give_role(set_up, TANAKA, role)

    reply = tanaka.command("/goen", word)

    assert (reply.view is None) == (said is not None)
    assert (said or "") in reply.words


def test_rights_come_from_who_clicks_and_not_from_the_button(set_up: Stage) -> None:
    promoter(set_up, SATO)
    sato = set_up.sandbox.act_as(SATO)
    logged = sato.command("/nps", "山田製作所 7")
    sato.click(logged, "correct_nps")
    delivery, _ = set_up.sandbox.deliveries[-1]
    (action,) = delivery.payload["actions"]
    forged = {
        **delivery.payload,
        "user": {"id": EMMA, "team_id": TEAM},
        "actions": [{**action, "action_id": "delete_nps"}],
        "trigger_id": "1.2.emma",
    }
    set_up.sandbox.act_as(EMMA).command("/goen")

    set_up.sandbox.redeliver(replace(delivery, payload=forged))

    with set_up.bot.store.read() as conn:
        scores = conn.execute(select(nps.c.deleted_at)).scalars().all()
    assert scores == [None, None]
