"""Knowing the team when Slack can't be asked about it."""

import pytest

from tests.house import MORI, SATO, Stage


@pytest.fixture
def known(live: Stage) -> Stage:
    """Everybody was seen the day before yesterday, and has to be asked about again."""
    live.sandbox.act_as(MORI).command("/goen")
    live.sandbox.act_as(SATO).command("/goen")
    live.clock.move(days=2)
    return live


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        pytest.param("users.info", "500", id="Slack is broken"),
        pytest.param("users.info", "429", id="Slack is busy"),
        pytest.param("conversations.members", "reset", id="the connection breaks"),
        pytest.param("conversations.members", "error:channel_not_found", id="the channel is gone"),
        pytest.param("conversations.members", "error:missing_scope", id="the scope is gone"),
    ],
)
def test_a_known_member_goes_on_when_slack_cannot_be_asked(
    known: Stage, method: str, kind: str
) -> None:
    known.sandbox.faults.add(method, kind)

    answer = known.sandbox.act_as(SATO).command("/goen", "help")

    assert "/nps" in answer.words


def test_who_left_the_channel_is_refused_from_their_next_day_on(known: Stage) -> None:
    known.sandbox.leave("C0REFERRALS", SATO)

    answer = known.sandbox.act_as(SATO).command("/goen", "help")

    assert "チャンネルのメンバー" in answer.words
