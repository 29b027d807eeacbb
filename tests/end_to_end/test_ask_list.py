"""Preparing an ask: the list, the letter, other offers and texts, an override (A1 A3 A4)."""

import pytest

from bot.playbook.terms import GiftPolicy, Role
from bot.views import ids
from storage import customers, offers, templates
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
from tests.house import EMMA, SATO, TEAM, Stage


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


@pytest.mark.parametrize(
    ("body", "short", "carried", "said"),
    [
        ("{offer}", "{offer}", True, "送ったら「送付済みにする」"),
        ("{offer}" + "あ" * 900, "{offer}", True, "短い文面で開きます"),
        ("{offer}" + "あ" * 900, "{offer}" + "い" * 900, False, "本文は長いため"),
    ],
    ids=["whole", "its short version", "pasted"],
)
def test_a_link_carries_as_much_of_a_letter_as_mail_programs_take(
    live: Stage, body: str, short: str, carried: bool, said: str
) -> None:
    sato = live.sandbox.act_as(SATO)
    message = ready_ask(live)
    sato.click(message, ids.EDIT_CONTACT)
    sato.submit(shown(sato), {ids.EMAIL: "yoshino@yamada.example"})
    words_of_house = {"subject": "ご相談", "body": body, "short": short}
    with live.bot.store.write() as conn:
        templates.add_version(
            conn, TEAM, live.clock(), name="default", locale="ja", created_by=SATO, **words_of_house
        )

    read = sato.command("/ask", YAMADA).words

    assert "mailto:yoshino@yamada.example?subject=" in read
    assert ("&amp;body=" in read) is carried
    assert said in read


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
