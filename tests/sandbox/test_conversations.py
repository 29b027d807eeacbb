"""A real Bolt app against the sandbox, by Socket Mode and by HTTP."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.sandbox import BOT_USER_ID, Sandbox
from tests.sandbox.stand import Transport, make_app, make_sandbox

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "nps",
    "title": {"type": "plain_text", "text": "NPS"},
    "submit": {"type": "plain_text", "text": "OK"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "customer",
            "label": {"type": "plain_text", "text": "顧客"},
            "element": {
                "type": "external_select",
                "action_id": "customer_pick",
                "min_query_length": 1,
            },
        },
        {
            "type": "input",
            "block_id": "score",
            "label": {"type": "plain_text", "text": "点数"},
            "element": {
                "type": "number_input",
                "action_id": "score_entry",
                "is_decimal_allowed": False,
                "min_value": "0",
                "max_value": "10",
            },
        },
        {
            "type": "input",
            "block_id": "comment",
            "optional": True,
            "label": {"type": "plain_text", "text": "コメント"},
            "element": {"type": "plain_text_input", "action_id": "comment_entry"},
        },
    ],
}
BUTTON = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {
            "type": "button",
            "action_id": "done",
            "value": "7",
            "text": {"type": "plain_text", "text": "完了"},
        }
    ],
}


def example_app(sandbox: Sandbox, seen: list[dict[str, Any]]) -> App:
    app = make_app(sandbox)

    @app.command("/nps")
    def nps(ack: Any, body: Any, client: Any) -> None:
        seen.append(body)
        if not body.get("text"):
            client.views_open(trigger_id=body["trigger_id"], view=MODAL)
            ack()
        else:
            ack(text=f"受付: {body['text']}", blocks=[BUTTON])

    @app.action("done")
    def done(ack: Any, body: Any, respond: Any) -> None:
        seen.append(body)
        respond(text="完了しました", replace_original=True)
        ack()

    @app.options("customer_pick")
    def pick(ack: Any, body: Any) -> None:
        seen.append(body)
        name = f"（株）{body['value']}製作所"
        ack(options=[{"text": {"type": "plain_text", "text": name}, "value": "c1"}])

    @app.view("nps")
    def submitted(ack: Any, body: Any, client: Any) -> None:
        seen.append(body)
        values = body["view"]["state"]["values"]
        if values["comment"]["comment_entry"]["value"] == "bad":
            ack(response_action="errors", errors={"comment": "別の言葉でお願いします"})
            return
        client.chat_postMessage(channel=body["user"]["id"], text="保存しました")
        ack()

    @app.view_closed("nps")
    def closed(ack: Any, body: Any) -> None:
        seen.append(body)
        ack()

    @app.event("app_home_opened")
    def home(event: Any, client: Any) -> None:
        client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]}
        )

    @app.shortcut("whom")
    def whom(ack: Any, body: Any, client: Any) -> None:
        seen.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        ack()

    return app


def test_a_command_is_answered_and_its_button_changes_the_answer(
    sandbox: Sandbox, transport: Transport
) -> None:
    seen: list[dict[str, Any]] = []
    with transport(sandbox, example_app(sandbox, seen)):
        sato = sandbox.act_as("U1")
        reply = sato.command("/nps", "山田製作所 9", channel="C1")
        assert reply.text == "受付: 山田製作所 9"
        assert [message.ts for message in reply.ephemeral] == [reply.message.ts]
        assert sandbox.act_as("U2").messages("C1") == []
        sato.click(reply, "done")
        assert [message.text for message in sato.messages("C1")] == ["完了しました"]
    assert seen[0]["team_id"] == "T1"
    assert seen[1]["actions"][0]["value"] == "7"
    assert seen[1]["container"]["is_ephemeral"]
    assert "message" not in seen[1]
    assert sandbox.refusals == []


def test_a_modal_is_filled_corrected_and_saved(sandbox: Sandbox, transport: Transport) -> None:
    seen: list[dict[str, Any]] = []
    with transport(sandbox, example_app(sandbox, seen)):
        sato = sandbox.act_as("U1")
        modal = sato.command("/nps").view
        assert [o["value"] for o in sato.options(modal, "customer", "山田")] == ["c1"]
        missing = sato.submit(modal, {"score": "11"})
        assert set(missing.errors) == {"customer", "score"}
        refused = sato.submit(modal, {"customer": "c1", "score": 9, "comment": "bad"})
        assert refused.errors == {"comment": "別の言葉でお願いします"}
        assert sato.submit(modal, {"comment": {"comment_entry": "good"}}).ok
        assert sato.view() is None
        assert sato.dm()[-1].text == "保存しました"
        assert sato.dm()[-1].user == BOT_USER_ID
    assert sandbox.refusals == []


def test_closing_a_modal_tells_the_bot(sandbox: Sandbox, transport: Transport) -> None:
    seen: list[dict[str, Any]] = []
    with transport(sandbox, example_app(sandbox, seen)):
        sato = sandbox.act_as("U1")
        sato.close(sato.command("/nps").view)
        assert sato.view() is None
    assert (seen[-1]["type"], seen[-1]["is_cleared"]) == ("view_closed", False)


def test_home_and_shortcuts_reach_the_bot(sandbox: Sandbox, transport: Transport) -> None:
    seen: list[dict[str, Any]] = []
    with transport(sandbox, example_app(sandbox, seen)):
        sato = sandbox.act_as("U1")
        assert [block["type"] for block in sato.home().blocks] == ["divider"]
        assert sato.shortcut("whom").view.callback_id == "nps"


def test_a_command_nobody_answers_shows_a_notice(transport: Transport) -> None:
    with make_sandbox(patience=0.3) as sandbox, transport(sandbox, example_app(sandbox, [])):
        assert "/unheard" in (sandbox.act_as("U1").command("/unheard").notice or "")
