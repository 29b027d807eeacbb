"""A small Bolt app that shows the page everything a bot of the sandbox may send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

Json = dict[str, Any]
Say = Callable[..., Any]

CUSTOMERS = ("（株）山田製作所", "山田商店", "鈴木商事", "Acme Inc.")

MANIFEST: Json = {
    "display_information": {"name": "Goen"},
    "features": {
        "bot_user": {"display_name": "Goen"},
        "slash_commands": [
            {
                "command": "/goen",
                "description": "Goen の使い方",
                "usage_hint": "[followups | settings]",
            },
            {"command": "/nps", "description": "NPS を記録する", "usage_hint": "顧客名 0–10"},
            {
                "command": "/result",
                "description": "成果を記録する",
                "usage_hint": "顧客名 KPI 前 後",
            },
        ],
        "shortcuts": [
            {
                "name": "誰にお願いするか",
                "callback_id": "whom",
                "type": "global",
                "description": "お願いできる方を理由つきで表示",
            },
            {
                "name": "紹介を記録する",
                "callback_id": "refer",
                "type": "message",
                "description": "このメッセージから記録する",
            },
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "files:write",
                "im:write",
                "users:read",
                "im:history",
            ]
        }
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action: str, text: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action, "text": plain(text), "value": "1", **more}


def reminder() -> list[Json]:
    """A reminder with buttons, one of which asks first."""
    sure = {
        "title": plain("取り消しますか？"),
        "text": plain("鈴木商事の紹介を取り消します。"),
        "confirm": plain("取り消す"),
        "deny": plain("戻る"),
        "style": "danger",
    }
    return [
        {"type": "header", "text": plain("今日のフォロー")},
        section(
            "*鈴木商事* の鈴木様へ初回連絡 :alarm_clock:\n期限 <!date^1795147200^{time}|9:00>",
            accessory={
                "type": "overflow",
                "action_id": "more",
                "options": [{"text": plain("担当を変更"), "value": "reassign"}],
            },
        ),
        {
            "type": "section",
            "fields": [
                {"type": "mrkdwn", "text": "*成果*\n見積作成時間 *−48 %*"},
                {"type": "mrkdwn", "text": "*NPS*\n9"},
            ],
        },
        {
            "type": "actions",
            "elements": [
                button("done", "連絡した", style="primary"),
                button("drop", "やめる", style="danger", confirm=sure),
            ],
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "なぜ今： *3日前* に成果"}]},
    ]


def result_modal() -> Json:
    """A modal with most of the inputs."""
    lower = {"text": plain("小さいほど良い"), "value": "lower"}
    return {
        "type": "modal",
        "callback_id": "result",
        "title": plain("成果を記録"),
        "submit": plain("記録する"),
        "close": plain("やめる"),
        "blocks": [
            _input(
                "customer",
                "顧客",
                {"type": "external_select", "min_query_length": 1, "placeholder": plain("会社名")},
                hint=plain("（株）や全角・半角の違いは気にしなくて大丈夫です"),
            ),
            _input("kpi", "KPI", {"type": "plain_text_input", "max_length": 60}),
            _input("day", "報告日", {"type": "datepicker", "initial_date": "2026-11-20"}),
            _input(
                "direction",
                "方向",
                {
                    "type": "radio_buttons",
                    "options": [lower, {"text": plain("大きいほど良い"), "value": "higher"}],
                    "initial_option": lower,
                },
            ),
            _input(
                "offers",
                "特典",
                {
                    "type": "multi_static_select",
                    "options": [
                        {"text": plain(offer), "value": offer} for offer in ("情報提供", "寄付")
                    ],
                },
                optional=True,
            ),
            _input("owner", "担当", {"type": "users_select"}, optional=True),
            _input("file", "資料", {"type": "file_input", "filetypes": ["csv"]}, optional=True),
        ],
    }


def _input(block_id: str, label: str, element: Json, **more: Any) -> Json:
    element = {**element, "action_id": f"{block_id}_entry"}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        **more,
    }


def register(app: App) -> None:
    """Let the app answer as Goen would."""
    _commands(app)
    _buttons(app)
    _modal(app)
    _shortcuts(app)


def _commands(app: App) -> None:
    @app.command("/nps")
    def nps(ack: Say, body: Json) -> None:
        ack(
            text="NPS を記録しました",
            blocks=[
                section(f":white_check_mark: *{body['text']}* を記録しました。"),
                {"type": "actions", "elements": [button("undo", "元に戻す")]},
            ],
        )

    @app.command("/result")
    def result(ack: Say, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=result_modal())
        ack()

    @app.event("app_home_opened")
    def home(event: Json, client: WebClient) -> None:
        blocks = [
            {"type": "header", "text": plain("今日のリスト")},
            {"type": "actions", "elements": [button("open_result", "成果を記録")]},
        ]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def _place(body: Json) -> Json:
    return {"channel": body["container"]["channel_id"], "ts": body["container"]["message_ts"]}


def _buttons(app: App) -> None:
    @app.action("done")
    def done(ack: Say, body: Json, client: WebClient) -> None:
        blocks = [section(":white_check_mark: *完了しました*")]
        client.chat_update(**_place(body), text="完了", blocks=blocks)
        ack()

    @app.action("drop")
    def drop(ack: Say, body: Json, client: WebClient) -> None:
        client.chat_delete(**_place(body))
        ack()

    @app.action("undo")
    def undo(ack: Say, respond: Say) -> None:
        respond(text="元に戻しました。", replace_original=True)
        ack()

    @app.action("open_result")
    def open_result(ack: Say, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=result_modal())
        ack()


def _modal(app: App) -> None:
    @app.options("customer_entry")
    def customers(ack: Say, payload: Json) -> None:
        found = [name for name in CUSTOMERS if payload["value"] in name]
        ack(options=[{"text": plain(name), "value": name} for name in found])

    @app.view("result")
    def submitted(ack: Say, body: Json, client: WebClient) -> None:
        values = body["view"]["state"]["values"]
        kpi = values["kpi"]["kpi_entry"]["value"]
        if kpi == "？":
            ack(response_action="errors", errors={"kpi": "KPI の名前を入力してください。"})
            return
        customer = values["customer"]["customer_entry"]["selected_option"]["value"]
        client.chat_postMessage(
            channel=body["user"]["id"], text=f"{customer}：{kpi} を記録しました"
        )
        ack()


def _shortcuts(app: App) -> None:
    @app.shortcut("whom")
    def whom(ack: Say, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=result_modal())
        ack()

    @app.shortcut("refer")
    def refer(ack: Say, body: Json, client: WebClient) -> None:
        client.chat_postEphemeral(
            channel=body["channel"]["id"],
            user=body["user"]["id"],
            text=f"紹介として記録しました：{body['message']['text']}",
        )
        ack()
