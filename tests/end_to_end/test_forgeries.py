"""What no screen of ours gives changes nothing, shows nothing, and is answered kindly."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.sandbox.outbound import Ack
from storage.tables import audit
from tests.end_to_end.steps import YAMADA, YOSHINO, contact, promoter
from tests.house import EMMA, MORI, SATO, TEAM, Stage


@pytest.fixture
def logged(live: Stage) -> Stage:
    """Sato has a customer with one contact and one score; Emma has only come in."""
    live.sandbox.act_as(MORI).command("/goen")
    promoter(live, SATO)
    live.sandbox.act_as(EMMA).command("/goen")
    return live


def forged(live: Stage, user_id: str, changes: Mapping[str, Any]) -> Ack:
    """Send the last click again as somebody else, with other contents."""
    sato = live.sandbox.act_as(SATO)
    reply = sato.command("/nps", f"{YAMADA} 7")
    sato.click(reply, "correct_nps")
    clicks = [one for one, _ in live.sandbox.deliveries if "actions" in one.payload]
    (action,) = clicks[-1].payload["actions"]
    payload = {
        **clicks[-1].payload,
        "user": {"id": user_id, "team_id": TEAM},
        "actions": [{**action, **changes}],
        "trigger_id": f"1.2.{user_id}",
    }
    return live.sandbox.redeliver(replace(clicks[-1], payload=payload))


def effects(live: Stage) -> int:
    with live.bot.store.read() as conn:
        return conn.execute(select(func.count()).select_from(audit)).scalar_one()


@pytest.mark.parametrize(
    "value",
    ["", "abc", "-1", "1:2:3", "1 OR 1=1", '{"$ne": 1}', "9" * 40, "２"],
    ids=["none", "letters", "negative", "parts", "sql", "json", "huge", "other digits"],
)
@pytest.mark.parametrize("action_id", ["delete_nps", "follow_up_done", "referral_reopen"])
def test_a_value_that_no_button_carries_is_called_outdated(
    logged: Stage, caplog: pytest.LogCaptureFixture, action_id: str, value: str
) -> None:
    before = effects(logged)

    forged(logged, SATO, {"action_id": action_id, "value": value})
    logged.settle()

    assert effects(logged) == before + 1, "only the score by which it was forged"
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]
    said = str([call.args for call in logged.sandbox.calls if call.method == "response_url"])
    assert "使えなくなりました" in said


def test_somebody_whom_slack_does_not_know_is_nobody_of_the_team(
    logged: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    ack = forged(logged, "U0NOBODY", {"action_id": "delete_nps"})

    assert ack.problem is None
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


@pytest.mark.parametrize("action_id", ["log_nps", "log_result", "log_moment"])
def test_a_form_about_somebody_elses_contact_does_not_open(logged: Stage, action_id: str) -> None:
    known = contact(logged)

    forged(logged, EMMA, {"action_id": action_id, "value": str(known.id)})

    shown = [call.args for call in logged.sandbox.calls if call.method.startswith("views.")]
    assert YOSHINO not in str(shown[-1])


@pytest.mark.parametrize("command", ["/nps", "/result", "/referral"])
def test_a_line_about_somebody_elses_customer_says_whose_it_is_and_names_nobody(
    logged: Stage, command: str
) -> None:
    reply = logged.sandbox.act_as(EMMA).command(command, YAMADA)

    assert reply.view is None
    assert f"<@{SATO}>" in reply.words
    assert YOSHINO not in reply.words
