"""Asking for a referral: prepared, sent once, answered, taken back (A1 A2 A3 A6 A7 M3)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bot.playbook.terms import AskAnswer, AskState, FollowUpKind, FollowUpState, Role
from bot.sandbox.messages import Message
from bot.views import ids
from storage import customers, follow_ups, offers
from storage.follow_ups import Subject
from tests.end_to_end.steps import (
    LINE,
    YAMADA,
    click,
    contact,
    give_role,
    promoter,
    ready_ask,
    shown,
    the_asks,
    words,
)
from tests.house import EMMA, SATO, TANAKA, TEAM, Stage, stage


def follow_up_of(live: Stage, ask_id: int) -> list[FollowUpState]:
    with live.bot.store.read() as conn:
        rows = follow_ups.about(conn, TEAM, Subject(ask_id=ask_id))
    return [row.state for row in rows if row.kind is FollowUpKind.ASK_ANSWER]


def test_sent_is_one_click_and_the_answer_is_looked_after_in_two_weeks(live: Stage) -> None:
    message = ready_ask(live)

    after = click(live, live.sandbox.act_as(SATO), message, ids.SEND_ASK)

    assert "「送付済み」にしました" in words(after)
    assert "11月30日(月)" in words(after)
    [ask] = the_asks(live)
    assert ask.state is AskState.SENT
    assert ask.result_id
    assert ask.offer_id
    assert ask.template_id
    assert follow_up_of(live, ask.id) == [FollowUpState.OPEN]


def test_a_second_click_sends_nothing_and_says_when_it_is_possible_again(live: Stage) -> None:
    message = ready_ask(live)
    sato = live.sandbox.act_as(SATO)
    click(live, sato, message, ids.SEND_ASK)

    again = click(live, sato, message, ids.SEND_ASK)

    assert f"<@{SATO}>さんが11月16日(月)に依頼しています" in words(again)
    assert "*1月15日(金)*" in words(again)
    assert len(the_asks(live)) == 1


@pytest.mark.parametrize("by_socket", [True, False], ids=["socket", "http"])
def test_of_two_who_ask_at_once_one_does_and_the_other_hears_who_and_until_when(
    database_url: str, by_socket: bool
) -> None:
    with stage(database_url, by_socket=by_socket) as live:
        message = ready_ask(live)
        emma = live.sandbox.act_as(EMMA)
        emma.command("/ask")
        give_role(live, EMMA, Role.MANAGER)
        own = emma.command("/ask", YAMADA).message
        assert own
        start = threading.Barrier(2)

        def send(user: str, place: Message) -> None:
            start.wait()
            live.sandbox.act_as(user).click(place, ids.SEND_ASK)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(send, (SATO, EMMA), (message, own)))
        live.settle()

        [ask] = the_asks(live)
        loser = EMMA if ask.sent_by == SATO else SATO
        said = "\n".join(words(one) for one in live.sandbox.act_as(loser).dm())
        assert f"<@{ask.sent_by}>" in said
        assert ("1月15日" in said) or ("Jan 15" in said)
        assert live.sandbox.refusals == []


@pytest.mark.parametrize(
    ("action_id", "answer", "said"),
    [
        (ids.ASK_LATER, AskAnswer.LATER, "「また今度」を記録しました"),
        (ids.ASK_DECLINED, AskAnswer.DECLINED, "「見送り」を記録しました"),
    ],
)
def test_an_answer_is_one_click_and_can_be_taken_back(
    live: Stage, action_id: str, answer: AskAnswer, said: str
) -> None:
    sato = live.sandbox.act_as(SATO)
    sent = click(live, sato, ready_ask(live), ids.SEND_ASK)

    answered = click(live, sato, sent, action_id)

    assert said in words(answered)
    [ask] = the_asks(live)
    assert (ask.state, ask.answer) == (AskState.ANSWERED, answer)
    assert ask.answered_at
    assert follow_up_of(live, ask.id) == [FollowUpState.DONE]

    undone = click(live, sato, answered, ids.UNDO_ASK)

    assert "「送付済み」にしました" in words(undone)
    [ask] = the_asks(live)
    assert (ask.state, ask.answer, ask.answered_at) == (AskState.SENT, None, None)
    assert follow_up_of(live, ask.id) == [FollowUpState.DONE, FollowUpState.OPEN]


def test_a_cancelled_ask_frees_the_budget_and_can_be_restored(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    sent = click(live, sato, ready_ask(live), ids.SEND_ASK)

    cancelled = click(live, sato, sent, ids.CANCEL_ASK)

    assert "取り消しました" in words(cancelled)
    assert "いま紹介を依頼できます" in sato.command("/ask", YAMADA).words
    [ask] = the_asks(live)
    assert follow_up_of(live, ask.id) == [FollowUpState.CANCELLED]

    restored = click(live, sato, cancelled, ids.UNDO_ASK)

    assert "「送付済み」にしました" in words(restored)
    assert "いまは依頼できません" in sato.command("/ask", YAMADA).words


def test_a_cancelled_ask_does_not_come_back_once_somebody_asked_in_its_place(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    first = click(live, sato, ready_ask(live), ids.SEND_ASK)
    cancelled = click(live, sato, first, ids.CANCEL_ASK)
    again = sato.command("/ask", YAMADA).message
    assert again
    click(live, sato, again, ids.SEND_ASK)

    after = click(live, sato, cancelled, ids.UNDO_ASK)

    assert "依頼しています" in words(after)
    assert [one.state for one in the_asks(live)] == [AskState.SENT, AskState.CANCELLED]


def test_an_answer_that_is_clicked_twice_says_what_is_recorded(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    sent = click(live, sato, ready_ask(live), ids.SEND_ASK)
    click(live, sato, sent, ids.ASK_LATER)

    again = click(live, sato, sent, ids.ASK_LATER)

    assert "すでに「また今度」として記録されています" in words(again)


def test_the_ask_is_found_again_after_its_message_is_gone(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    click(live, sato, ready_ask(live), ids.SEND_ASK)

    reply = sato.command("/ask", YAMADA)

    assert "いまは依頼できません" in reply.words
    assert "紹介があった" in reply.words
    assert "また今度" in reply.words


def test_not_now_records_nothing_and_the_way_back_stays(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)

    after = click(live, sato, ready_ask(live), ids.PUT_OFF_ASK)

    assert "見送りました" in words(after)
    assert the_asks(live) == []
    assert "いま紹介を依頼できます" in words(click(live, sato, after, ids.PREPARE_ASK))


@pytest.mark.parametrize(
    ("score", "line", "said"),
    [
        pytest.param(5, LINE, "NPS 5 は基準の8に届きません", id="below the threshold"),
        pytest.param(9, None, "報告できる成果がまだありません", id="without a result"),
    ],
)
def test_who_cannot_be_asked_is_named_with_every_reason(
    live: Stage, score: int, line: str | None, said: str
) -> None:
    promoter(live, SATO, score=score)
    sato = live.sandbox.act_as(SATO)
    if line:
        sato.command("/result", line)

    assert said in sato.command("/ask", YAMADA).words


def test_without_an_offer_nothing_can_be_sent_not_even_from_an_old_button(live: Stage) -> None:
    message = ready_ask(live)
    sato = live.sandbox.act_as(SATO)
    with live.bot.store.write() as conn:
        for one in offers.catalogue(conn, TEAM):
            offers.change(conn, TEAM, one.id, deleted_at=live.clock())

    after = click(live, sato, message, ids.SEND_ASK)

    assert "特典が登録されていません" in words(after)
    assert the_asks(live) == []


def test_an_expired_offer_says_until_when_it_was(live: Stage) -> None:
    message = ready_ask(live)
    sato = live.sandbox.act_as(SATO)
    with live.bot.store.write() as conn:
        for one in offers.catalogue(conn, TEAM):
            offers.change(conn, TEAM, one.id, valid_until=date(2026, 11, 15))

    after = click(live, sato, message, ids.SEND_ASK)

    assert "特典の有効期限が切れています（11月15日(日)まで）" in words(after)


def test_a_complaint_or_an_opt_out_stops_every_ask_until_it_is_taken_back(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    message = ready_ask(live)
    sato.click(message, ids.EDIT_CONTACT)
    sato.submit(shown(sato), {ids.STANDING: ["complaint", "opted_out"]})
    assert "依頼は控えます" in words(shown(sato))
    sato.close(shown(sato))

    refused = click(live, sato, message, ids.SEND_ASK)
    assert "希望されていません" in words(refused)
    assert "未解決のご不満" in words(refused)
    assert "いま紹介を依頼できる相手はいません" in sato.command("/ask").words

    sato.click(refused, ids.EDIT_CONTACT)
    sato.submit(shown(sato), {ids.STANDING: None})
    assert "いま紹介を依頼できます" in sato.command("/ask", YAMADA).words


def test_a_button_a_year_old_is_judged_by_what_holds_now(live: Stage) -> None:
    message = ready_ask(live)
    live.clock.move(days=366)

    after = click(live, live.sandbox.act_as(SATO), message, ids.SEND_ASK)

    assert "古くなっています" in words(after)
    assert the_asks(live) == []


def test_a_click_on_somebody_elses_ask_is_refused_with_the_owner(live: Stage) -> None:
    channel = "C0REFERRALS"
    message = ready_ask(live)
    tanaka = live.sandbox.act_as(TANAKA)

    reply = tanaka.command("/ask", YAMADA, channel)

    assert f"<@{SATO}>" in reply.words
    assert message
    assert the_asks(live) == []


def test_a_contact_that_was_deleted_meanwhile_is_said_to_be_gone(live: Stage) -> None:
    message = ready_ask(live)
    with live.bot.store.write() as conn:
        customers.change_contact(conn, TEAM, contact(live).id, deleted_at=live.clock())

    after = click(live, live.sandbox.act_as(SATO), message, ids.SEND_ASK)

    assert "削除されています" in words(after)


def test_twenty_days_later_a_new_result_still_waits_and_after_sixty_it_is_asked_again(
    live: Stage,
) -> None:
    sato = live.sandbox.act_as(SATO)
    click(live, sato, ready_ask(live), ids.SEND_ASK)
    live.clock.move(days=20)

    early = sato.command("/result", f"{YAMADA} 受注率 20% 32%").words
    assert "11月16日(月)に依頼しています" in early
    assert "1月15日(金)" in early

    live.clock.move(days=41)
    again = sato.command("/result", f"{YAMADA} 残業時間 40h 25h").words
    assert "いま紹介を依頼できます" in again
    assert "残業時間が40時間から25時間（−38%）" in again
