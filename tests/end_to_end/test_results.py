"""Logging a result: one line in, the change and a ready ask out, in the same second (M1 A2)."""

import pytest

from bot.playbook.terms import FollowUpKind, FollowUpState
from bot.views import ids
from storage import customers, follow_ups, results, upkeep, workspaces
from storage.follow_ups import Subject
from tests.end_to_end.steps import LINE, YAMADA, click, contact, promoter, shown, words
from tests.house import EMMA, SATO, TANAKA, TEAM, Stage


def test_a_complete_line_is_answered_with_the_change_and_an_ask_ready_to_be_sent(
    live: Stage,
) -> None:
    promoter(live, SATO)

    reply = live.sandbox.act_as(SATO).command("/result", LINE)

    assert reply.view is None
    assert "4.2時間 → 2.2時間 *−48%*" in reply.words
    assert "いま紹介を依頼できます" in reply.words
    assert "見積作成時間が4.2時間から2.2時間（−48%）" in reply.words
    assert "送付済みにする" in reply.words


def test_hours_against_minutes_are_put_into_one_unit_and_it_says_so(live: Stage) -> None:
    promoter(live, SATO)

    reply = live.sandbox.act_as(SATO).command("/result", f"{YAMADA} 見積作成時間 4.2h 130分")

    assert "4時間12分 → 2時間10分 *−48%*" in reply.words
    assert "入力：4.2時間 と 130分" in reply.words


def test_from_zero_there_is_no_percentage_and_it_says_so(live: Stage) -> None:
    promoter(live, SATO)

    reply = live.sandbox.act_as(SATO).command("/result", f"{YAMADA} 新規問い合わせ 0件 12件")

    assert "0件 → 12件 *+12件*" in reply.words
    assert "増減率は計算できません" in reply.words
    assert "新規問い合わせが0件から12件（+12件）" in reply.words


def test_a_negative_kpi_keeps_its_sign(live: Stage) -> None:
    promoter(live, SATO)

    reply = live.sandbox.act_as(SATO).command("/result", f"{YAMADA} 営業利益 △100万円 50万円")

    assert "-1,000,000円 → 500,000円 *+150%*" in reply.words


def test_a_result_that_did_not_improve_is_recorded_and_no_reason_to_ask(live: Stage) -> None:
    promoter(live, SATO)

    reply = live.sandbox.act_as(SATO).command("/result", f"{YAMADA} 残業時間 10h 12h")

    assert "改善ではありません" in reply.words
    assert "依頼できます" not in reply.words


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{YAMADA} 見積作成時間 4.2h 3人", "「3人」は導入前の値と単位が異なり"),
        (f"{YAMADA} 見積作成時間 4.2h", "現在の値を入力してください"),
        (f"{YAMADA} 見積作成時間 速い 2.2h", "現在の値を入力してください"),
        (f"{YAMADA} 4.2h 2.2h", "指標名を200文字以内で入力してください"),
        (f"{YAMADA} {'あ' * 300} 4.2h 2.2h", "指標名は200文字までです"),
        (f"知らない会社 {'い' * 50} 4.2h 2.2h", "入力内容：知らない会社"),
    ],
    ids=["unlike units", "no value after", "no value before", "no kpi", "long kpi", "unknown"],
)
def test_what_is_missing_or_wrong_opens_the_form_with_everything_typed(
    live: Stage, line: str, said: str
) -> None:
    promoter(live, SATO)

    view = live.sandbox.act_as(SATO).command("/result", line).view

    assert view
    assert said in words(view)
    assert line in words(view)


def test_ten_thousand_hostile_characters_open_the_form_and_call_nobody(live: Stage) -> None:
    typed = "<!channel> =HYPERLINK() 😀\u202e" * 400

    view = live.sandbox.act_as(SATO).command("/result", typed).view

    assert view
    marked = [block for block in view.blocks if block["type"] in ("section", "context")]
    assert "&lt;!channel&gt; =HYPERLINK()" in str(marked)
    assert "<!channel>" not in str(marked)


def test_the_form_names_what_it_cannot_read_field_by_field(live: Stage) -> None:
    emma = live.sandbox.act_as(EMMA)
    view = emma.command("/result").view
    assert view
    [offered] = emma.options(view, ids.CUSTOMER, "Kobe Foods")

    answer = emma.submit(
        view,
        {
            ids.CUSTOMER: offered["value"],
            ids.KPI: "quote time",
            ids.BEFORE: "soon",
            ids.AFTER: "4:12",
        },
    )

    assert answer.errors[ids.BEFORE] == (
        "“soon” can’t be read as a number. Try 4.2h, 130 min or $12k."
    )
    assert ids.AFTER in answer.errors


def test_a_new_account_is_registered_by_its_first_result(live: Stage) -> None:
    emma = live.sandbox.act_as(EMMA)
    view = emma.command("/result", "“Kobe Foods” quote time 4.2h 2.2h").view
    assert view

    assert emma.submit(view).ok

    assert "4.2 h → 2.2 h  *−48%*" in words(shown(emma))
    assert "Nobody is registered there yet" in words(shown(emma))


def test_the_guessed_direction_can_be_changed_by_a_correction(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    reply = sato.command("/result", f"{YAMADA} 相談時間 2h 4h")
    assert "改善ではありません" in reply.words

    sato.click(reply, ids.CORRECT_RESULT)
    sato.submit(shown(sato), {ids.DIRECTION: "higher"})

    assert "成果を記録しました" in words(shown(sato))
    assert "2時間 → 4時間 *+100%*" in words(shown(sato))
    assert "いま紹介を依頼できます" in words(shown(sato))


def test_a_typo_is_corrected_and_the_ask_with_it(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    reply = sato.command("/result", f"{YAMADA} 見積作成時間 42h 2.2h")

    sato.click(reply, ids.CORRECT_RESULT)
    assert "42 h" in str(shown(sato).blocks)
    sato.submit(shown(sato), {ids.BEFORE: "４．２時間"})

    assert "4.2時間 → 2.2時間 *−48%*" in words(shown(sato))
    with live.bot.store.read() as conn:
        assert len(results.of_customer(conn, TEAM, contact(live).customer_id)) == 1


def test_a_deleted_result_is_gone_and_an_old_button_says_so(live: Stage) -> None:
    promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    reply = sato.command("/result", LINE)
    assert reply.message

    after = click(live, sato, reply.message, ids.DELETE_RESULT)
    assert "「見積作成時間」を削除しました" in words(after)

    sato.click(reply.message, ids.CORRECT_RESULT)
    live.settle()
    assert any("すでに削除されています" in one.text for one in sato.dm())
    assert "成果を記録してから" in sato.command("/ask", YAMADA).words


def test_logging_a_result_counts_as_the_monthly_report_and_deleting_it_does_not(
    live: Stage,
) -> None:
    yoshino = promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/result", LINE)
    live.clock.move(days=40)
    with live.bot.store.write() as conn:
        workspace = workspaces.get(conn, TEAM)
        assert workspace
        upkeep.customer_changed(conn, workspace, yoshino.customer_id, live.clock())
    assert _report(live, yoshino.customer_id) is FollowUpState.OPEN

    sato.command("/result", f"{YAMADA} 受注率 20% 32%")

    assert _report(live, yoshino.customer_id) is FollowUpState.DONE
    with live.bot.store.read() as conn:
        customer = customers.get(conn, TEAM, yoshino.customer_id)
    assert customer
    assert customer.reported_at
    assert customer.reported_at >= live.clock.now


def test_somebody_elses_customer_is_refused_with_the_owners_name_and_nothing_is_lost(
    live: Stage,
) -> None:
    promoter(live, SATO)

    reply = live.sandbox.act_as(TANAKA).command("/result", LINE)

    assert f"<@{SATO}>" in reply.words
    assert LINE in reply.words
    with live.bot.store.read() as conn:
        assert results.of_customer(conn, TEAM, contact(live).customer_id) == []


def test_with_two_people_of_one_account_the_one_who_may_be_asked_is_offered(live: Stage) -> None:
    promoter(live, SATO, person="吉野 真理", score=5)
    promoter(live, SATO, person="原 健", score=10)

    reply = live.sandbox.act_as(SATO).command("/result", LINE)

    assert "原 健さまに、いま紹介を依頼できます" in reply.words


def _report(live: Stage, customer_id: int) -> FollowUpState | None:
    with live.bot.store.read() as conn:
        rows = follow_ups.about(conn, TEAM, Subject(customer_id=customer_id))
    return next((row.state for row in rows if row.kind is FollowUpKind.RESULT_REPORT), None)
