"""Knowing the team when Slack can't be asked about it."""

from dataclasses import replace

import pytest

from storage import people
from storage.people import Person
from tests.house import CHANNEL, MORI, SATO, TEAM, Stage


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


def test_whoever_lands_in_another_zone_has_their_mornings_there(live: Stage) -> None:
    live.sandbox.act_as(SATO).command("/goen")

    live.sandbox.change_user(SATO, tz="Pacific/Honolulu")

    assert person(live, SATO).timezone == "Pacific/Honolulu"
    assert person(live, SATO).is_member


def test_whoever_is_deactivated_may_do_nothing_from_that_moment_on(live: Stage) -> None:
    sato = live.sandbox.act_as(SATO)
    sato.command("/goen")

    live.sandbox.change_user(SATO, deleted=True)

    assert not person(live, SATO).is_active


def test_an_event_that_comes_late_does_not_bring_back_who_has_left(live: Stage) -> None:
    live.sandbox.act_as(SATO).command("/goen")
    live.sandbox.leave(CHANNEL, SATO)
    live.sandbox.join(CHANNEL, SATO)
    joined, _ = live.sandbox.deliveries[-1]
    late = replace(joined, payload=joined.payload | {"event_id": "Ev0LATE"})
    live.sandbox.leave(CHANNEL, SATO)
    assert not person(live, SATO).is_member

    live.sandbox.redeliver(joined)
    live.sandbox.redeliver(late)

    assert not person(live, SATO).is_member


def test_what_slack_could_not_be_asked_is_not_acknowledged(live: Stage) -> None:
    live.sandbox.act_as(SATO).command("/goen")
    live.sandbox.faults.add("users.info", "500")
    live.sandbox.leave(CHANNEL, SATO)
    assert person(live, SATO).is_member

    live.sandbox.wait_for(lambda: not person(live, SATO).is_member)


def person(live: Stage, user_id: str) -> Person:
    """What is on record of somebody."""
    with live.bot.store.read() as conn:
        found = people.get(conn, TEAM, user_id)
    assert found
    return found
