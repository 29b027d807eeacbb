"""App Home: three steps for a newcomer, then today's list, whom to ask, what is under way."""

import pytest

from bot.sandbox.messages import words_in
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from storage import follow_ups
from tests.end_to_end.steps import promoter
from tests.house import EMMA, MORI, SATO, TANAKA, TEAM, Stage


def home(person: Person) -> View:
    found = person.home()
    assert found
    return found


def words(person: Person) -> str:
    return "\n".join(words_in(home(person).blocks))


def test_a_newcomer_is_led_in_three_steps(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)

    shown = words(sato)

    for step in ("1. 顧客を登録する", "2. NPSと成果を記録する", "3. 紹介をお願いする"):
        assert step in shown
    sato.click(home(sato), "goen_nps")
    assert sato.view()


def test_home_is_in_each_persons_language(live: Stage) -> None:
    live.sandbox.act_as(MORI).command("/goen")
    promoter(live, SATO)

    assert "To do today" in words(live.sandbox.act_as(EMMA))
    assert "今日やること" in words(live.sandbox.act_as(SATO))


def test_home_greets_by_the_hour_of_the_person(live: Stage) -> None:
    promoter(live, SATO)
    assert "おはようございます" in words(live.sandbox.act_as(SATO))
    live.clock.move(hours=9)
    assert "お疲れさまです" in words(live.sandbox.act_as(SATO))
    assert "Good morning" in words(live.sandbox.act_as(EMMA))


def test_whom_to_ask_appears_with_its_reasons_and_opens_the_ask(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/result", "山田製作所 見積作成時間 4.2h 2.2h")

    shown = home(sato)
    assert "吉野" in "\n".join(words_in(shown.blocks))
    sato.click(shown, ids.PREPARE_ASK)
    assert sato.view()


def test_what_is_owed_is_ticked_off_on_home_which_changes_in_place(live: Stage) -> None:
    promoter(live, SATO, score=3)
    live.clock.move(days=5)
    sato = live.sandbox.act_as(SATO)
    shown = home(sato)

    sato.click(shown, ids.FOLLOW_UP_DONE)

    with live.bot.store.read() as conn:
        assert follow_ups.of_person(conn, TEAM, SATO) == []
    assert "今日の約束はすべて果たしました" in words(sato)


def test_a_referral_under_way_names_what_is_still_owed(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/referral", "山田製作所 > 鈴木商事 鈴木様")

    shown = home(sato)
    said = "\n".join(words_in(shown.blocks))
    assert "*鈴木商事*" in said
    assert "未完了" in said
    sato.click(shown, ids.OPEN_REFERRAL)
    assert sato.view()


def test_a_rep_sees_nothing_of_anothers_customers(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/result", "山田製作所 見積作成時間 4.2h 2.2h")
    sato.command("/referral", "山田製作所 > 鈴木商事 鈴木様")

    shown = words(live.sandbox.act_as(TANAKA))

    assert "山田" not in shown
    assert "鈴木" not in shown


def test_a_message_that_cannot_be_delivered_is_shown_to_whoever_answers_for_the_team(
    live: Stage,
) -> None:
    mori = live.sandbox.act_as(MORI)
    mori.command("/goen")
    promoter(live, SATO)
    live.sandbox.act_as(SATO).command("/referral", "山田製作所 > 鈴木商事 鈴木様")
    live.sandbox.faults.add("chat.postMessage", "error:is_archived", times=50)
    live.clock.move(days=1)
    live.settle()

    assert "is_archived" in words(mori)
    assert "is_archived" not in words(live.sandbox.act_as(SATO))


@pytest.mark.parametrize("name", ["<!channel>", "x" * 95, "🎉" * 90, "\u202e山田"], ids=repr)
def test_no_name_breaks_home(live: Stage, name: str) -> None:
    promoter(live, SATO, company=name, person="吉野")
    sato = live.sandbox.act_as(SATO)
    sato.command("/result", f"「{name}」 「吉野」 見積 4h 2h")
    sato.command("/referral", f"「{name}」 > 「{name}商事」 「{name[:80]}」様")

    shown = words(sato)

    assert "<!channel>" not in shown
