"""Logging a score in Slack: typed, by form, corrected, deleted."""

import pytest

from tests.house import SATO, TANAKA, Stage


def test_a_score_for_an_unknown_customer_opens_the_form_with_what_was_typed(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)

    view = sato.command("/nps", "山田製作所 吉野様 9 対応が早い").view
    assert view
    assert "山田製作所" in str(view.blocks)

    sato.submit(view)
    answer = sato.view()
    assert answer
    assert "*9*" in str(answer.blocks)


def test_a_score_of_a_known_customer_takes_one_line(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/nps", "山田製作所 吉野様 9").view
    assert view
    sato.submit(view)
    sato.close(view)

    reply = sato.command("/nps", "㈱山田製作所 ８ 少し遅い")

    assert reply.view is None
    assert "*8*" in reply.words


def test_a_rep_is_told_whose_customer_it_is(live: Stage) -> None:
    view = live.sandbox.act_as(SATO).command("/nps", "山田製作所 吉野様 9").view
    assert view
    live.sandbox.act_as(SATO).submit(view)

    reply = live.sandbox.act_as(TANAKA).command("/nps", "山田製作所 9")

    assert SATO in reply.words


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("知らない会社 9", "見つかりませんでした", id="an unknown customer"),
        pytest.param("山田製作所 大橋様 9", "まだ登録がありません", id="somebody new there"),
    ],
)
def test_what_is_unclear_about_a_name_is_said_above_the_form(
    live: Stage, line: str, said: str
) -> None:
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/nps", "山田製作所 吉野様 9").view
    assert view
    sato.submit(view)
    sato.close(view)

    asked = sato.command("/nps", line).view

    assert asked
    assert said in asked.words
