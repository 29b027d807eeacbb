"""What people owe, from the reminder to the tick, and back (F1 R2 R4 A7 M1)."""

from datetime import timedelta

import pytest

from bot.playbook.terms import FollowUpKind, FollowUpState, Stage
from bot.sandbox.messages import Message
from bot.sandbox.person import Person
from bot.views import ids
from handlers.answers import Say
from storage import customers, follow_ups
from storage.follow_ups import Row
from tests.end_to_end.follow_up_steps import again, buttons, do, reminded, row_of
from tests.end_to_end.referral_steps import (
    agreed,
    fresh_card,
    opened,
    received,
    request,
    the_row,
)
from tests.end_to_end.steps import click, promoter, ready_ask, shown, words
from tests.house import MORI, SATO, TANAKA, TEAM
from tests.house import Stage as Live


def test_a_referral_reminds_its_owner_in_one_message_that_changes_with_each_tick(
    live: Live, sato: Person
) -> None:
    received(sato)
    message = reminded(live, sato)
    assert "新しいフォローが2件あります。" in words(message)
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    assert len(buttons(message, ids.FOLLOW_UP_DONE)) == 2

    message = do(live, sato, message, ids.FOLLOW_UP_DONE, f"{thanks.id}:alone")
    assert f"<@{SATO}>さんが11月16日(月) 10:00に完了しました。" in words(message)
    assert len(buttons(message, ids.FOLLOW_UP_DONE)) == 1
    assert row_of(live, FollowUpKind.THANKS_REFERRAL).state is FollowUpState.DONE

    message = do(live, sato, message, ids.FOLLOW_UP_UNDO)
    assert len(buttons(message, ids.FOLLOW_UP_DONE)) == 2
    assert row_of(live, FollowUpKind.THANKS_REFERRAL).state is FollowUpState.OPEN


def test_the_first_contact_ticked_off_is_the_stage_contacted_and_back(
    live: Live, sato: Person
) -> None:
    agreed(sato, received(sato))
    message = reminded(live, sato)
    contact = row_of(live, FollowUpKind.FIRST_CONTACT)

    message = do(live, sato, message, ids.FOLLOW_UP_DONE, f"{contact.id}:alone")
    assert the_row(live).stage is Stage.CONTACTED
    do(live, sato, message, ids.FOLLOW_UP_UNDO)
    assert the_row(live).stage is Stage.RECEIVED
    back = row_of(live, FollowUpKind.FIRST_CONTACT)
    assert (back.state, back.announce_at) == (
        FollowUpState.OPEN,
        contact.due_at - timedelta(hours=4),
    )


@pytest.mark.parametrize(
    ("choice", "said", "hours"),
    [
        pytest.param("hour", "11月16日(月) 11:00まで後に回しました", 1, id="an hour"),
        pytest.param("tomorrow", "11月17日(火) 9:00まで後に回しました", 23, id="tomorrow morning"),
        pytest.param(
            "monday", "11月24日(火) 9:00まで後に回しました", 191, id="Monday is a holiday"
        ),
    ],
)
def test_what_is_put_off_says_until_when_and_comes_back(
    live: Live, sato: Person, choice: str, said: str, hours: int
) -> None:
    received(sato)
    message = reminded(live, sato)
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    count = len(sato.dm())

    sato.click(
        message,
        ids.FOLLOW_UP_LATER,
        value=f"{choice}:{thanks.id}:alone",
        block_id=_menu(message, thanks),
    )
    live.settle()
    assert said in words(again(sato, message))
    assert len(sato.dm()) == count

    live.clock.move(hours=hours, minutes=1)
    live.settle()
    news = sato.dm()[count:]
    assert any(f"{thanks.id}:alone" in buttons(one, ids.FOLLOW_UP_DONE) for one in news)


def _menu(message: Message, row: Row) -> str:
    """The block with the menu of this follow-up."""
    return next(
        block["block_id"]
        for block in message.blocks
        if block["type"] == "actions"
        and f"{row.id}:alone" in str(block["elements"][0].get("value"))
    )


def test_a_snooze_can_be_taken_back(live: Live, sato: Person) -> None:
    received(sato)
    message = reminded(live, sato)
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    sato.click(
        message,
        ids.FOLLOW_UP_LATER,
        value=f"monday:{thanks.id}:alone",
        block_id=_menu(message, thanks),
    )
    live.settle()

    message = do(live, sato, again(sato, message), ids.FOLLOW_UP_UNDO)

    assert len(buttons(message, ids.FOLLOW_UP_DONE)) == 2
    assert row_of(live, FollowUpKind.THANKS_REFERRAL).remind_at is None


def test_a_date_is_asked_for_and_checked(live: Live, sato: Person) -> None:
    received(sato)
    message = reminded(live, sato)
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    sato.click(
        message,
        ids.FOLLOW_UP_LATER,
        value=f"date:{thanks.id}:alone",
        block_id=_menu(message, thanks),
    )

    wrong = sato.submit(shown(sato), {ids.SNOOZE_DAY: "2026-11-16"})
    assert wrong.errors == {
        ids.SNOOZE_DAY: "11月16日(月)は選べません。明日以降の日付を選んでください。"
    }
    assert sato.submit(shown(sato), {ids.SNOOZE_DAY: "2026-12-05"}).ok
    assert sato.view() is None

    live.settle()
    assert "12月7日(月) 9:00まで後に回しました" in words(again(sato, message))


def test_the_menu_strikes_off_only_what_the_rule_allows(live: Live, sato: Person) -> None:
    received(sato)
    menu = next(
        element
        for block in reminded(live, sato).blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "overflow"
    )
    assert "strike_off" not in str(menu)

    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    outcome = live.bot.dispatcher.handle(
        request(live, SATO, ids.FOLLOW_UP_LATER, f"strike_off:{thanks.id}:alone")
    )
    assert isinstance(outcome.answer, Say) or "取り消せません" in str(outcome.answer)
    assert row_of(live, FollowUpKind.THANKS_REFERRAL).state is FollowUpState.OPEN


def test_a_second_click_hears_who_was_first_and_sees_it_in_place(live: Live, sato: Person) -> None:
    received(sato)
    old = reminded(live, sato)
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    do(live, sato, old, ids.FOLLOW_UP_DONE, f"{thanks.id}:alone")

    sato.click(old, ids.FOLLOW_UP_DONE, value=f"{thanks.id}:alone")
    live.settle()

    assert sato.dm()[-1].text == f"<@{SATO}>さんが11月16日(月)に完了しています。"
    assert len(buttons(again(sato, old), ids.FOLLOW_UP_DONE)) == 1


def test_somebody_elses_follow_up_is_refused_with_the_owners_name(live: Live, sato: Person) -> None:
    received(sato)
    live.settle()
    live.sandbox.act_as(MORI).command("/goen")
    live.sandbox.act_as(TANAKA).command("/goen")
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)

    for action in (ids.FOLLOW_UP_DONE, ids.FOLLOW_UP_UNDO, ids.FOLLOW_UP_DRAFT):
        outcome = live.bot.dispatcher.handle(request(live, TANAKA, action, f"{thanks.id}:alone"))
        assert isinstance(outcome.answer, Say)
        assert SATO in outcome.answer.message.text

    assert row_of(live, FollowUpKind.THANKS_REFERRAL).state is FollowUpState.OPEN


@pytest.mark.parametrize(
    ("action", "value", "said"),
    [
        pytest.param(ids.FOLLOW_UP_DONE, "{id}:alone", "に完了しています", id="done again"),
        pytest.param(ids.FOLLOW_UP_UNDO, "{id}:alone", "まででした", id="undone too late"),
        pytest.param(ids.FOLLOW_UP_LATER, "hour:{id}:alone", "に完了しています", id="put off"),
    ],
)
def test_a_year_later_a_button_says_what_is_true(
    live: Live, sato: Person, action: str, value: str, said: str
) -> None:
    received(sato)
    message = reminded(live, sato)
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    do(live, sato, message, ids.FOLLOW_UP_DONE, f"{thanks.id}:alone")
    live.clock.move(days=365)

    outcome = live.bot.dispatcher.handle(request(live, SATO, action, value.format(id=thanks.id)))

    assert said in str(outcome.answer)


def test_what_never_was_is_said_to_be_gone(live: Live, sato: Person) -> None:
    sato.command("/goen")
    outcome = live.bot.dispatcher.handle(request(live, SATO, ids.FOLLOW_UP_DONE, "999:alone"))
    assert isinstance(outcome.answer, Say)
    assert "見つかりません" in outcome.answer.message.text


def test_the_draft_is_shown_to_be_copied_and_ticked_off_there(live: Live, sato: Person) -> None:
    received(sato, "山田製作所 > 鈴木商事 鈴木様 <!channel> *急ぎ*")
    message = reminded(live, sato)
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)

    sato.click(message, ids.FOLLOW_UP_DRAFT, value=f"{thanks.id}:alone")
    view = shown(sato)
    boxes = [block for block in view.blocks if block["type"] == "rich_text"]
    assert "吉野様" in str(boxes)
    assert "佐藤 美咲" in str(boxes)

    sato.click(view, ids.FOLLOW_UP_DONE)
    assert "完了しました" in words(shown(sato))
    live.settle()
    assert len(buttons(again(sato, message), ids.FOLLOW_UP_DONE)) == 1


def test_a_report_ticked_off_counts_for_a_month(live: Live) -> None:
    sato = live.sandbox.act_as(SATO)
    ready_ask(live)
    live.clock.move(days=31)
    live.settle()
    live.clock.move(days=1)
    digest = reminded(live, sato)
    report = row_of(live, FollowUpKind.RESULT_REPORT)

    digest = do(live, sato, digest, ids.FOLLOW_UP_DONE, f"{report.id}:alone")
    assert _reported(live, report) == live.clock.now.replace(microsecond=0)
    digest = do(live, sato, digest, ids.FOLLOW_UP_UNDO, f"{report.id}:alone")
    assert _reported(live, report) == live.clock.now - timedelta(days=32)
    assert row_of(live, FollowUpKind.RESULT_REPORT).state is FollowUpState.OPEN


def _reported(live: Live, row: Row) -> object:
    with live.bot.store.read() as conn:
        customer = customers.get(conn, TEAM, row.customer_id or 0)
    assert customer
    assert customer.reported_at
    return customer.reported_at.replace(microsecond=0)


def test_a_button_of_a_deleted_referral_says_that_it_is_no_longer_owed(
    live: Live, sato: Person
) -> None:
    received(sato)
    old = reminded(live, sato)
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    form = opened(sato.click(card, ids.REFERRAL_MENU, value=f"delete:{the_row(live).id}"))
    assert sato.submit(form).ok
    live.settle()

    assert words(again(sato, old)).count("に不要になりました") == 2
    sato.click(old, ids.FOLLOW_UP_DONE, value=f"{thanks.id}:alone")
    live.settle()
    assert "に取り消されています" in sato.dm()[-1].text


def test_a_tick_is_not_taken_back_once_the_same_is_owed_anew(live: Live, sato: Person) -> None:
    promoter(live, SATO, "大川商店", "大川", score=4)
    ticked = click(live, sato, sato.command("/goen", "followups"), ids.FOLLOW_UP_DONE)
    first = row_of(live, FollowUpKind.REPAIR_PLAN)
    live.clock.move(minutes=5)
    sato.command("/nps", "大川商店 3")

    sato.click(ticked, ids.FOLLOW_UP_UNDO)
    live.settle()

    with live.bot.store.read() as conn:
        owed = [one for one in follow_ups.of_team(conn, TEAM) if one.kind is first.kind]
    assert [one.id for one in owed] != [first.id]
    assert len(owed) == 1
