"""Thanks, upsells, renewals, contracts: logged in one step, and answered with an ask (M5 A2)."""

from datetime import date

from bot.playbook.terms import MomentKind
from bot.sandbox.person import Person
from bot.views import ids
from storage import moments
from tests.end_to_end.steps import LINE, YOSHINO, contact, promoter, shown, words
from tests.house import CHANNEL, EMMA, SATO, TEAM, Stage


def log_thanks(sato: Person, said: str) -> None:
    """The shortcut on a message, sent off as it opens with the one customer chosen."""
    sato.shortcut("log_thanks", sato.say(CHANNEL, said))
    view = shown(sato)
    offered = sato.options(view, ids.CONTACT, "山田")
    sato.submit(view, {ids.CONTACT: offered[0]["value"]})


def test_thanks_in_a_message_become_a_moment_that_leads_back_to_it(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/result", LINE)

    log_thanks(sato, "吉野様：おかげさまで助かっています！ <!here> R&D")

    said = words(shown(sato))
    assert "「お礼の言葉」を記録しました" in said
    assert "元のメッセージを見る" in said
    assert "いま紹介を依頼できます" in said
    assert "先日は温かいお言葉をありがとうございました" in said
    with live.bot.store.read() as conn:
        found = moments.get(conn, TEAM, 1)
    assert found
    assert "おかげさまで助かっています！" in found.note
    assert "R&D" in found.note
    assert found.source_link
    assert found.source_link.startswith("https://harukaze.slack.com/archives/C0REFERRALS/p")


def test_thanks_without_a_result_say_what_is_missing(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)

    log_thanks(sato, "ありがとうございます")

    assert "報告できる成果がまだありません" in words(shown(sato))
    sato.click(shown(sato), ids.LOG_RESULT)
    assert YOSHINO in str(shown(sato).blocks)


def test_a_moment_is_corrected_and_deleted(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    log_thanks(sato, "追加でお願いします")

    sato.click(shown(sato), ids.CORRECT_MOMENT)
    sato.submit(shown(sato), {ids.MOMENT: "upsell", ids.DAY: date(2026, 11, 10)})
    assert "「追加のご契約」を記録しました" in words(shown(sato))
    with live.bot.store.read() as conn:
        found = moments.get(conn, TEAM, 1)
    assert found
    assert found.kind is MomentKind.UPSELL
    assert found.happened_at.isoformat() == "2026-11-10T03:00:00+00:00"

    sato.click(shown(sato), ids.DELETE_MOMENT)
    assert "「追加のご契約」の記録を削除しました" in words(shown(sato))
    with live.bot.store.read() as conn:
        gone = moments.get(conn, TEAM, 1)
    assert gone
    assert gone.deleted_at


def test_a_day_ahead_is_refused_at_its_field(live: Stage) -> None:
    promoter(live, EMMA, "Kobe Foods", "Jane Smith")
    emma = live.sandbox.act_as(EMMA)
    emma.shortcut("log_thanks", emma.say(CHANNEL, "thanks!"))
    view = shown(emma)
    offered = emma.options(view, ids.CONTACT, "Kobe")

    answer = emma.submit(view, {ids.CONTACT: offered[0]["value"], ids.DAY: date(2026, 11, 17)})

    assert answer.errors == {ids.DAY: "Please choose today or an earlier date."}


def test_a_form_sent_without_a_customer_says_so_and_keeps_the_note(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.shortcut("log_thanks", sato.say(CHANNEL, "助かりました"))

    answer = sato.submit(shown(sato))

    assert ids.CONTACT in answer.errors
    assert "助かりました" in str(shown(sato).blocks)


def test_a_contacts_typo_is_corrected_and_the_honorific_is_not_kept(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    reply = sato.command("/result", LINE)
    assert reply.message
    sato.click(reply.message, ids.EDIT_CONTACT)

    blank = sato.submit(shown(sato), {ids.NAME: "　"})
    sato.submit(shown(sato), {ids.NAME: "吉野 眞理様", ids.JOB_TITLE: "部長"})

    assert blank.errors == {ids.NAME: "お名前を入力してください。"}
    assert contact(live, person="吉野 眞理").job_title == "部長"
