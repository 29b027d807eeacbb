"""Whatever Slack delivers twice takes effect once."""

import pytest
from sqlalchemy import func, select

from storage import people, tables
from tests.house import SATO, TANAKA, TEAM, Stage


def scores(stage: Stage) -> int:
    with stage.bot.store.read() as conn:
        return conn.execute(select(func.count()).select_from(tables.nps)).scalar_one()


def logged_once(stage: Stage) -> None:
    sato = stage.sandbox.act_as(SATO)
    view = sato.command("/nps", "山田製作所 吉野様 9").view
    assert view
    sato.submit(view)


def test_a_form_that_is_sent_twice_is_recorded_once(live: Stage) -> None:
    logged_once(live)
    submission = next(d for d, _ in reversed(live.sandbox.deliveries))

    live.sandbox.redeliver(submission)

    assert scores(live) == 1


def test_a_command_that_is_delivered_twice_is_recorded_once_and_says_so(live: Stage) -> None:
    logged_once(live)
    live.sandbox.act_as(SATO).command("/nps", "山田製作所 8")
    command = next(d for d, _ in reversed(live.sandbox.deliveries))

    again = live.sandbox.redeliver(command)

    assert scores(live) == 2
    assert "記録済み" in str(again)


@pytest.mark.parametrize(
    "typed", ["<!channel> 9", "=HYPERLINK(1) 9", "\u202e山田 9", "🎉 9", "x" * 10_000]
)
def test_hostile_lines_come_back_as_they_were_typed(live: Stage, typed: str) -> None:
    view = live.sandbox.act_as(SATO).command("/nps", typed).view
    assert view


def test_a_form_that_is_refused_stays_below_the_reason_with_all_that_was_typed(live: Stage) -> None:
    logged_once(live)
    view = live.sandbox.act_as(TANAKA).command("/nps", "鈴木商事 8").view
    assert view
    tanaka = live.sandbox.act_as(TANAKA)

    with live.bot.store.write() as conn:
        people.set_membership(conn, TEAM, TANAKA, is_member=False)
    tanaka.submit(view, {"new_contact": "鈴木 一郎", "comment": "長いコメント"})

    form, reason = tanaka.views()
    assert "チャンネルのメンバー" in reason.words
    assert "長いコメント" in str(form.values)


@pytest.mark.parametrize("kind", ["error:expired_trigger_id", "500", "reset"])
def test_what_was_typed_comes_back_when_its_form_does_not_open(live: Stage, kind: str) -> None:
    live.sandbox.faults.add("views.open", kind)

    answer = live.sandbox.act_as(SATO).command("/nps", "知らない会社 9 長いコメント")

    assert "知らない会社 9 長いコメント" in answer.words
