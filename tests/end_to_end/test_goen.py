"""`/goen`: the first admin, help, and every command behind one name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playbook.terms import Role
from storage import people
from tests.house import CHANNEL, EMMA, GUEST, OUTSIDER, SATO, TANAKA, TEAM, Stage, stage


@pytest.fixture
def unset(tmp_path: Path) -> Iterator[Stage]:
    """A bot whose workspace has no team channel yet."""
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=True, channel=None) as found:
        yield found
        assert found.sandbox.refusals == []


def role_of(found: Stage, user_id: str) -> Role | None:
    with found.bot.store.read() as conn:
        person = people.get(conn, TEAM, user_id)
    return person.role if person else None


def test_the_first_to_run_goen_becomes_admin_and_is_shown_what_comes_next(live: Stage) -> None:
    reply = live.sandbox.act_as(SATO).command("/goen")

    assert "管理者になりました" in reply.words
    assert role_of(live, SATO) is Role.ADMIN


def test_who_becomes_admin_by_another_word_is_told_so_as_well(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)

    answer = sato.command("/goen", "dashboard")
    live.settle()

    assert "紹介プログラムの数字" in answer.words
    assert "管理者になりました" in str(sato.dm()[-1].blocks)


def test_the_second_gets_help_and_no_power(live: Stage) -> None:
    live.sandbox.act_as(SATO).command("/goen")

    reply = live.sandbox.act_as(EMMA).command("/goen")

    assert "How to use Goen" in reply.words
    assert "Change settings" not in reply.words
    assert role_of(live, EMMA) is Role.REP


def test_without_a_channel_any_full_member_may_start_and_chooses_it(unset: Stage) -> None:
    outsider = unset.sandbox.act_as(OUTSIDER)

    reply = outsider.command("/goen")
    outsider.click(reply, "set_up")
    view = outsider.view()
    assert view
    outsider.submit(view, {"channel": CHANNEL})
    unset.settle()

    assert role_of(unset, OUTSIDER) is Role.ADMIN
    assert "確認しました" in outsider.dm()[-1].text
    assert "Goenの使い方" in unset.sandbox.act_as(TANAKA).command("/goen", "help").words


def test_home_tells_the_first_visitor_how_to_begin(unset: Stage) -> None:
    home = unset.sandbox.act_as(TANAKA).home()
    assert home
    assert "`/goen`" in str(home.blocks)

    closed = unset.sandbox.act_as(GUEST).home()
    assert closed
    assert "Guests" in str(closed.blocks)


def test_without_a_channel_nobody_but_the_admin_gets_in(unset: Stage) -> None:
    unset.sandbox.act_as(SATO).command("/goen")

    reply = unset.sandbox.act_as(TANAKA).command("/goen")

    assert "チャンネルのメンバー" in reply.words


@pytest.mark.parametrize("user_id", [GUEST, OUTSIDER], ids=["a guest", "not of the channel"])
def test_whoever_may_not_use_goen_does_not_become_its_admin(live: Stage, user_id: str) -> None:
    live.sandbox.act_as(user_id).command("/goen")

    assert role_of(live, user_id) is Role.REP
    assert "管理者になりました" in live.sandbox.act_as(SATO).command("/goen").words


def test_a_command_behind_goen_is_the_command(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/goen", "nps 山田製作所 吉野様 9 対応が早い").view
    assert view
    sato.submit(view)
    sato.close(view)

    reply = sato.command("/goen", "NPS 山田製作所 ８")

    assert reply.view is None
    assert "*8*" in reply.words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hlep", "/goen help"),
        ("imprt", "/goen import"),
        ("設定する", "/goen settings"),
        ("followup-s", "/goen followups"),
    ],
)
def test_a_mistyped_word_is_answered_with_the_nearest(live: Stage, typed: str, meant: str) -> None:
    live.sandbox.act_as(SATO).command("/goen")

    reply = live.sandbox.act_as(TANAKA).command("/goen", f"{typed} と続き")

    assert meant in reply.words
    assert "と続き" in reply.words


@pytest.mark.parametrize(
    "typed", ["<!channel>", "=HYPERLINK(1)", "😀" * 50, "\u202eabc", "x" * 10_000], ids=repr
)
def test_nothing_that_can_be_typed_breaks_the_answer(live: Stage, typed: str) -> None:
    live.sandbox.act_as(SATO).command("/goen")

    reply = live.sandbox.act_as(TANAKA).command("/goen", typed)

    assert reply.notice is None
    assert "<!channel>" not in reply.words


def test_each_button_of_the_help_opens_its_screen(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    sato.command("/goen")
    help_message = sato.command("/goen", "help")

    for command in ("nps", "result", "referral", "settings", "import"):
        assert sato.click(help_message, f"goen_{command}").view, command
        sato.close(sato.views()[-1], everything=True)


def test_the_figures_are_there_from_the_first_day(live: Stage) -> None:
    live.sandbox.act_as(SATO).command("/goen")

    reply = live.sandbox.act_as(EMMA).command("/goen", "dashboard")

    assert "0 wins" in reply.words
    assert "Received: 0" in reply.words
