"""Asking for a referral: prepared, sent once, answered, taken back (A1 A2 A3 A6 A7 M3)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bot.playbook.terms import AskAnswer, AskState, FollowUpKind, FollowUpState, GiftPolicy, Role
from bot.sandbox.messages import Message
from bot.views import ids
from storage import asks, customers, follow_ups, offers, templates
from storage.asks import Ask
from storage.follow_ups import Subject
from tests.end_to_end.steps import (
    YAMADA,
    click,
    contact,
    give_role,
    promoter,
    shown,
    words,
)
from tests.house import EMMA, SATO, TANAKA, TEAM, Stage, stage

LINE = f"{YAMADA} 見積作成時間 4.2h 2.2h"


def ready_ask(live: Stage, user: str = SATO) -> Message:
    """The answer to a result, with the ready ask in it."""
    promoter(live, user)
    reply = live.sandbox.act_as(user).command("/result", LINE)
    assert reply.message
    return reply.message


def the_asks(live: Stage) -> list[Ask]:
    with live.bot.store.read() as conn:
        return asks.of_contact(conn, TEAM, contact(live).id)


def follow_up_of(live: Stage, ask_id: int) -> list[FollowUpState]:
    with live.bot.store.read() as conn:
        rows = follow_ups.about(conn, TEAM, Subject(ask_id=ask_id))
    return [row.state for row in rows if row.kind is FollowUpKind.ASK_ANSWER]


def test_a_ready_ask_says_why_now_and_holds_a_letter_that_can_be_copied(live: Stage) -> None:
    message = ready_ask(live)

    said = words(message)
    assert "見積作成時間 −48%" in said
    assert "NPS 9" in said
    assert "業界の最新動向をまとめた四半期レポート" in said
    boxes = [part for block in message.blocks for part in block.get("elements", ())]
    letter = "".join(
        leaf["text"]
        for part in boxes
        if part["type"] == "rich_text_preformatted"
        for leaf in part["elements"]
    )
    assert "吉野 真理様" in letter
    assert "{" not in letter


def test_with_a_mail_address_one_click_opens_the_mail(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    message = ready_ask(live)
    sato.click(message, ids.EDIT_CONTACT)
    sato.submit(shown(sato), {ids.EMAIL: "yoshino@yamada.example"})

    said = sato.command("/ask", YAMADA).words

    assert "<mailto:yoshino@yamada.example?subject=%E8" in said
    assert "&amp;body=" in said


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


def test_the_short_version_opens_beside_the_letter(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)

    sato.click(ready_ask(live), ids.SHORT_ASK)

    assert "見積作成時間が4.2時間から2.2時間（−48%）、見事な成果ですね" in words(shown(sato))


def test_another_offer_and_another_text_are_chosen_and_recorded(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    message = ready_ask(live)
    with live.bot.store.read() as conn:
        donation = offers.catalogue(conn, TEAM)[4]
        renewal = next(
            one
            for one in templates.current(conn, TEAM)
            if (one.name, one.locale) == ("renewal", "ja")
        )

    sato.click(message, ids.CHOOSE_ASK)
    sato.submit(shown(sato), {ids.OFFER: str(donation.id), ids.TEMPLATE: str(renewal.id)})
    assert donation.title_ja in words(shown(sato))
    assert "ご契約を更新していただき" in words(shown(sato))

    sato.click(shown(sato), ids.CHOOSE_ASK)
    sato.submit(shown(sato))
    sato.click(shown(sato), ids.SEND_ASK)

    assert "「送付済み」にしました" in words(shown(sato))
    [ask] = the_asks(live)
    assert (ask.offer_id, ask.template_id) == (donation.id, renewal.id)


def test_points_are_not_offered_before_the_employer_is_known_to_allow_them(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    message = ready_ask(live)
    sato.click(message, ids.CHOOSE_ASK)
    assert "特典と交換できるポイント" not in str(shown(sato).blocks)
    sato.close(shown(sato))

    with live.bot.store.write() as conn:
        customers.change(conn, TEAM, contact(live).customer_id, gift_policy=GiftPolicy.ALLOWED)

    sato.click(message, ids.CHOOSE_ASK)
    assert "特典と交換できるポイント" in str(shown(sato).blocks)


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


def test_only_a_manager_sets_a_missing_result_aside_and_only_with_a_reason(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    assert "理由を付けて依頼する" not in sato.command("/ask", YAMADA).words
    give_role(live, SATO, Role.MANAGER)
    reply = sato.command("/ask", YAMADA)

    sato.click(reply, ids.OVERRIDE_ASK)
    blank = sato.submit(shown(sato), {ids.OVERRIDE_REASON: "　"})
    assert ids.OVERRIDE_REASON in blank.errors
    sato.submit(shown(sato), {ids.OVERRIDE_REASON: "社長同士で話が済んでいるため"})
    assert "［指標］" in words(shown(sato))
    assert "ご自身の言葉で埋めてください" in words(shown(sato))
    sato.submit(shown(sato))

    assert "「送付済み」にしました" in words(shown(sato))
    [ask] = the_asks(live)
    assert ask.override_reason == "社長同士で話が済んでいるため"
    assert ask.result_id is None


def test_nobody_overrides_a_low_score(live: Stage) -> None:
    promoter(live, SATO, score=5)
    give_role(live, SATO, Role.ADMIN)

    reply = live.sandbox.act_as(SATO).command("/ask", YAMADA)

    assert "理由を付けて依頼する" not in reply.words


def test_the_list_is_mine_and_the_teams_is_the_managers(live: Stage) -> None:
    ready_ask(live)
    promoter(live, EMMA, "Kobe Foods", "Jane Smith")
    emma = live.sandbox.act_as(EMMA)
    emma.command("/result", "“Kobe Foods” quote time 4.2h 2.2h")

    mine = emma.command("/ask").words
    assert "Jane Smith" in mine
    assert "吉野" not in mine
    give_role(live, EMMA, Role.MANAGER)
    teams = emma.command("/ask").words
    assert "Jane Smith" in teams
    assert "吉野" in teams
    assert "Whom the team can ask" in teams


def test_the_shortcut_opens_the_list_and_an_ask_is_sent_from_there(live: Stage) -> None:
    ready_ask(live)
    sato = live.sandbox.act_as(SATO)

    sato.shortcut("whom_to_ask")
    assert "きっかけ：成果の報告" in words(shown(sato))
    sato.click(shown(sato), ids.PREPARE_ASK)
    sato.click(shown(sato), ids.SHORT_ASK)
    sato.close(shown(sato))
    sato.click(shown(sato), ids.SEND_ASK)

    assert "「送付済み」にしました" in words(shown(sato))
    sato.click(shown(sato), ids.ASK_LATER)
    assert "「また今度」を記録しました" in words(shown(sato))


@pytest.mark.parametrize(
    "typed", ["知らない会社", "吉野", "い" * 10_000, "<!channel> 😀 \u202eabc"]
)
def test_a_line_that_names_nobody_opens_the_form_and_keeps_what_was_typed(
    live: Stage, typed: str
) -> None:
    ready_ask(live)

    view = live.sandbox.act_as(SATO).command("/ask", typed).view

    assert view
    assert typed[:20].replace("<", "&lt;").replace(">", "&gt;") in words(view)


def test_the_form_prepares_the_ask_of_whom_it_names(live: Stage) -> None:
    ready_ask(live)
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/ask", "知らない会社").view
    assert view
    offered = sato.options(view, ids.CONTACT, "山田")

    sato.submit(view, {ids.CONTACT: offered[0]["value"]})

    assert "いま紹介を依頼できます" in words(shown(sato))


def test_a_customer_is_written_to_in_their_own_language(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    message = ready_ask(live)
    sato.click(message, ids.EDIT_CONTACT)
    sato.submit(shown(sato), {ids.LANGUAGE: "en"})

    said = sato.command("/ask", YAMADA).words

    assert "いま紹介を依頼できます" in said
    assert "from 4.2 hours to 2.2 hours (−48%)" in said
    assert "our quarterly briefing on what is moving in your industry" in said


def test_without_a_text_in_their_language_the_rep_uses_their_own_words(live: Stage) -> None:
    message = ready_ask(live)
    sato = live.sandbox.act_as(SATO)
    with live.bot.store.write() as conn:
        for one in templates.current(conn, TEAM):
            templates.delete(conn, TEAM, one.name, one.locale, live.clock())

    assert "ご自身の言葉でお送りください" in sato.command("/ask", YAMADA).words
    assert "「送付済み」にしました" in words(click(live, sato, message, ids.SEND_ASK))


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


def test_a_letter_too_long_for_a_link_is_pasted(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    message = ready_ask(live)
    sato.click(message, ids.EDIT_CONTACT)
    sato.submit(shown(sato), {ids.EMAIL: "yoshino@yamada.example"})
    words_of_house = {"subject": "ご相談", "body": "{offer}" + "あ" * 900, "short": "{offer}"}
    with live.bot.store.write() as conn:
        templates.add_version(
            conn, TEAM, live.clock(), name="default", locale="ja", created_by=SATO, **words_of_house
        )

    said = sato.command("/ask", YAMADA).words

    assert "mailto:yoshino@yamada.example?subject=" in said
    assert "&amp;body=" not in said
    assert "本文は長いため" in said


def test_of_two_accounts_of_one_name_none_is_guessed(live: Stage) -> None:
    ready_ask(live)
    with live.bot.store.write() as conn:
        customers.create(
            conn, TEAM, live.clock(), name="㈱山田製作所", owner_id=SATO, created_by=SATO
        )
    sato = live.sandbox.act_as(SATO)

    result = sato.command("/result", LINE).view
    assert result
    assert "「山田製作所」という顧客が複数あります" in words(result)
    asked = sato.command("/ask", YAMADA).view
    assert asked
    assert "一覧から選んでください" in words(asked)
