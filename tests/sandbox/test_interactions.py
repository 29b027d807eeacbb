"""Triggers, response urls, the modal stack, stateful blocks, events: over signed HTTP, which is
the quickest way to a real Bolt app."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Person, Sandbox, User
from tests.sandbox.stand import by_http, by_socket, make_app, make_client, make_sandbox

Json = dict[str, Any]
_ANY = re.compile(".*")


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def button(name: str, value: str = "1") -> Json:
    return {"type": "button", "action_id": name, "value": value, "text": plain(name)}


def modal(name: str, *blocks: Json, **more: Any) -> Json:
    row = {"type": "actions", "block_id": "row", "elements": [button("more")]}
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(name),
        "submit": plain("OK"),
        "blocks": [row, *blocks],
        **more,
    }


class Bench:
    """A sandbox, a Bolt app that hands every payload to `react`, and a person."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.seen: list[Json] = []
        self.react: Callable[[Json, Any, WebClient], None] = lambda body, ack, client: ack()  # noqa: ARG005
        self.app: App = make_app(sandbox)
        self.sato: Person = sandbox.act_as("U1")
        self.client = make_client(sandbox)

        def everything(body: Json, ack: Any, client: WebClient) -> None:
            self.seen.append(body)
            self.react(body, ack, client)

        self.app.command("/go")(everything)
        for register in (self.app.action, self.app.view, self.app.view_closed, self.app.options):
            register({"action_id": _ANY} if register == self.app.action else _ANY)(everything)
        self.app.shortcut(_ANY)(everything)
        for event in ("app_home_opened", "member_joined_channel", "message", "app_uninstalled"):
            self.app.event(event)(everything)

    def opens(self, view: Json) -> None:
        """React to the next payloads by opening this modal."""

        def react(body: Json, ack: Any, client: WebClient) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=view)
            ack()

        self.react = react


@pytest.fixture
def bench(sandbox: Sandbox) -> Iterator[Bench]:
    found = Bench(sandbox)
    with by_http(sandbox, found.app):
        yield found


def error_of(call: Any, **args: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return str(caught.value.response["error"])


# -- triggers ---------------------------------------------------------------------------------


def test_a_trigger_opens_one_view_only(bench: Bench) -> None:
    bench.opens(modal("first"))
    bench.sato.command("/go")
    trigger = bench.seen[0]["trigger_id"]
    again = error_of(bench.client.views_open, trigger_id=trigger, view=modal("second"))
    assert again == "exchanged_trigger_id"
    assert bench.sato.view().callback_id == "first"


def test_a_refused_view_leaves_its_trigger_alive(bench: Bench) -> None:
    bench.sato.command("/go")
    trigger = bench.seen[0]["trigger_id"]
    bad = modal("x" * 25)
    assert error_of(bench.client.views_open, trigger_id=trigger, view=bad) == "invalid_arguments"
    assert bench.client.views_open(trigger_id=trigger, view=modal("good"))["ok"]


def test_a_trigger_dies_after_its_time() -> None:
    with make_sandbox(patience=0.2) as sandbox:
        bench = Bench(sandbox)
        with by_http(sandbox, bench.app):
            bench.sato.command("/go")
            time.sleep(0.25)
            trigger = bench.seen[0]["trigger_id"]
            late = error_of(bench.client.views_open, trigger_id=trigger, view=modal("late"))
    assert late == "expired_trigger_id"


def test_an_invented_trigger_opens_nothing(client: WebClient) -> None:
    found = error_of(client.views_open, trigger_id="1.2.3", view=modal("x"))
    assert found == "invalid_trigger_id"


# -- views ------------------------------------------------------------------------------------


def test_modals_stack_up_to_three(bench: Bench) -> None:
    bench.opens(modal("one"))
    bench.sato.command("/go")

    def push(body: Json, ack: Any, client: WebClient) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=modal("next"))
        ack()

    bench.react = push
    for _ in range(2):
        bench.sato.click(bench.sato.view(), "more")
    one, two, three = bench.sato.views()
    assert (three.root_id, three.previous_id) == (one.id, two.id)
    bench.react = lambda body, ack, client: ack()  # noqa: ARG005
    bench.sato.click(three, "more")
    trigger = bench.seen[-1]["trigger_id"]
    found = error_of(bench.client.views_push, trigger_id=trigger, view=modal("four"))
    assert found == "push_limit_reached"
    bench.sato.submit(three)
    assert bench.sato.view().id == two.id


@pytest.mark.parametrize(
    ("ack_body", "open_after"),
    [
        ({}, []),
        ({"response_action": "clear"}, []),
        ({"response_action": "update", "view": modal("new")}, ["new"]),
        ({"response_action": "push", "view": modal("new")}, ["one", "new"]),
    ],
    ids=["nothing", "clear", "update", "push"],
)
def test_the_ack_of_a_submission_decides_what_is_open(
    bench: Bench, ack_body: Json, open_after: list[str]
) -> None:
    bench.opens(modal("one"))
    bench.sato.command("/go")
    bench.react = lambda body, ack, client: ack(**ack_body)  # noqa: ARG005
    assert bench.sato.submit(bench.sato.view()).ok
    assert [view.callback_id for view in bench.sato.views()] == open_after


def test_a_refused_ack_shows_trouble_and_is_kept(bench: Bench) -> None:
    bench.opens(modal("one"))
    bench.sato.command("/go")
    bench.react = lambda body, ack, client: ack(response_action="errors", errors={"row": "no"})  # noqa: ARG005
    assert "接続に問題" in (bench.sato.submit(bench.sato.view()).notice or "")
    assert "no input block" in str(bench.sandbox.refusals[0])
    assert bench.sato.view() is not None


def test_a_view_is_updated_by_hash_and_keeps_what_was_entered(bench: Bench) -> None:
    entry = {"type": "plain_text_input", "action_id": "text"}
    asks = {"type": "input", "block_id": "asks", "label": plain("a"), "element": entry}
    bench.opens(modal("one", asks))
    view = bench.sato.command("/go").view
    bench.sato.fill(view, {"asks": "typed"})
    update = bench.client.views_update
    update(view_id=view.id, hash=view.hash, view=modal("two", asks))
    assert bench.sato.view().values["asks"]["text"]["value"] == "typed"
    stale = error_of(update, view_id=view.id, hash=view.hash, view=modal("three"))
    assert stale == "hash_conflict"
    assert error_of(update, view_id="V0", view=modal("three")) == "not_found"
    assert bench.sato.submit(view).ok
    assert bench.seen[-1]["view"]["state"]["values"]["asks"]["text"]["value"] == "typed"


def test_closing_the_whole_stack_tells_of_each_view_that_asked(bench: Bench) -> None:
    bench.opens(modal("one", notify_on_close=True))
    bench.sato.command("/go")

    def push(body: Json, ack: Any, client: WebClient) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=modal("two", notify_on_close=True))
        ack()

    bench.react = push
    bench.sato.click(bench.sato.view(), "more")
    bench.react = lambda body, ack, client: ack()  # noqa: ARG005
    bench.sato.close(bench.sato.view(), everything=True)
    closed = [(body["view"]["callback_id"], body["is_cleared"]) for body in bench.seen[-2:]]
    assert closed == [("two", True), ("one", True)]


def test_external_ids_are_unique_and_lead_to_their_view(bench: Bench) -> None:
    bench.opens(modal("one", external_id="e1"))
    bench.sato.command("/go")
    bench.client.views_update(external_id="e1", view=modal("two", external_id="e1"))
    assert bench.sato.view().callback_id == "two"
    bench.react = lambda body, ack, client: ack()  # noqa: ARG005
    bench.sato.command("/go")
    trigger = bench.seen[-1]["trigger_id"]
    twice = modal("three", external_id="e1")
    found = error_of(bench.client.views_open, trigger_id=trigger, view=twice)
    assert found == "duplicate_external_id"


def test_a_home_tab_is_published_and_clicked(bench: Bench) -> None:
    row = {"type": "actions", "elements": [button("again")]}
    home = {"type": "home", "blocks": [row]}
    bench.client.views_publish(user_id="U1", view=home)
    view = bench.sato.home()
    bench.sato.click(view, "again")
    assert [body.get("type") for body in bench.seen] == ["event_callback", "block_actions"]
    assert bench.seen[0]["event"]["view"]["id"] == view.id
    assert bench.seen[1]["view"]["type"] == "home"
    assert "response_url" not in bench.seen[1]


# -- blocks with state ------------------------------------------------------------------------


def _option(value: str) -> Json:
    return {"text": plain(value.upper()), "value": value}


ELEMENTS: dict[str, tuple[Json, Any, str, Any]] = {
    "static_select": (
        {"type": "static_select", "options": [_option("a"), _option("b")]},
        "b",
        "selected_option",
        _option("b"),
    ),
    "checkboxes": (
        {"type": "checkboxes", "options": [_option("a"), _option("b")]},
        ["a"],
        "selected_options",
        [_option("a")],
    ),
    "radio_buttons": (
        {"type": "radio_buttons", "options": [_option("a")]},
        "A",
        "selected_option",
        _option("a"),
    ),
    "datepicker": ({"type": "datepicker"}, "2026-11-24", "selected_date", "2026-11-24"),
    "timepicker": ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
    "users_select": ({"type": "users_select"}, "U2", "selected_user", "U2"),
    "multi_users_select": ({"type": "multi_users_select"}, ["U2"], "selected_users", ["U2"]),
    "channels_select": ({"type": "channels_select"}, "C1", "selected_channel", "C1"),
    "conversations_select": (
        {"type": "conversations_select"},
        "C1",
        "selected_conversation",
        "C1",
    ),
}


@pytest.mark.parametrize("kind", ELEMENTS)
def test_a_choice_in_a_message_tells_the_bot_what_was_chosen(bench: Bench, kind: str) -> None:
    element, value, key, expected = ELEMENTS[kind]
    row = {"type": "actions", "block_id": "b", "elements": [{**element, "action_id": "a"}]}
    bench.client.chat_postMessage(channel="U1", text="choose", blocks=[row])
    bench.sato.select(bench.sato.dm()[-1], "a", value)
    body = bench.seen[-1]
    assert body["actions"][0][key] == expected
    assert body["state"]["values"]["b"]["a"] == {"type": kind, key: expected}
    assert body["message"]["text"] == "choose"
    assert body["channel"] == {"id": bench.sato.dm_id, "name": "directmessage"}


@pytest.mark.parametrize("kind", ELEMENTS)
def test_a_choice_in_a_modal_waits_for_the_submission(bench: Bench, kind: str) -> None:
    element, value, key, expected = ELEMENTS[kind]
    asks = {
        "type": "input",
        "block_id": "b",
        "label": plain("l"),
        "element": {**element, "action_id": "a"},
    }
    bench.opens(modal("one", asks))
    view = bench.sato.command("/go").view
    assert set(bench.sato.submit(view).errors) == {"b"}
    before = len(bench.seen)
    bench.sato.select(view, "a", value)
    assert len(bench.seen) == before
    bench.react = lambda body, ack, client: ack()  # noqa: ARG005
    assert bench.sato.submit(view).ok
    assert bench.seen[-1]["view"]["state"]["values"]["b"]["a"][key] == expected


def test_an_overflow_menu_gives_its_entry(bench: Bench) -> None:
    menu = {"type": "overflow", "action_id": "menu", "options": [_option("a"), _option("b")]}
    block = {"type": "section", "text": plain("t"), "accessory": menu}
    bench.client.chat_postMessage(channel="U1", text="t", blocks=[block])
    bench.sato.click(bench.sato.dm()[-1], "menu", value="b")
    assert bench.seen[-1]["actions"][0]["selected_option"]["value"] == "b"


def test_a_file_is_handed_over_in_a_modal(bench: Bench) -> None:
    entry = {"type": "file_input", "action_id": "file"}
    asks = {"type": "input", "block_id": "b", "label": plain("l"), "element": entry}
    bench.opens(modal("one", asks))
    view = bench.sato.command("/go").view
    bench.react = lambda body, ack, client: ack()  # noqa: ARG005
    assert bench.sato.submit(view, {"b": [bench.sato.upload("c.csv", b"x,y")]}).ok
    (file,) = bench.seen[-1]["view"]["state"]["values"]["b"]["file"]["files"]
    assert (file["name"], file["size"], file["filetype"]) == ("c.csv", 3, "csv")


def test_a_modal_answers_into_the_conversation_that_was_chosen(bench: Bench) -> None:
    pick = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    asks = {"type": "input", "block_id": "b", "label": plain("l"), "element": pick}
    bench.opens(modal("one", asks))
    view = bench.sato.command("/go").view
    bench.react = lambda body, ack, client: ack()  # noqa: ARG005
    assert bench.sato.submit(view, {"b": "C1"}).ok
    (place,) = bench.seen[-1]["response_urls"]
    assert (place["block_id"], place["channel_id"]) == ("b", "C1")
    respond(place["response_url"], {"text": "shared", "response_type": "in_channel"})
    assert bench.sandbox.act_as("U2").messages("C1")[-1].text == "shared"


def test_options_that_slack_refuses_are_not_shown(bench: Bench) -> None:
    pick = {"type": "external_select", "action_id": "pick", "min_query_length": 2}
    row = {"type": "actions", "block_id": "b", "elements": [pick]}
    bench.client.chat_postMessage(channel="U1", text="t", blocks=[row])
    message = bench.sato.dm()[-1]
    assert bench.sato.options(message, "pick", "a") == []
    assert bench.seen == []
    many = [_option(str(number)) for number in range(101)]
    bench.react = lambda body, ack, client: ack(options=many)  # noqa: ARG005
    with pytest.raises(LookupError):
        bench.sato.options(message, "pick", "ab")
    assert "no more than 100" in str(bench.sandbox.refusals[0])


def test_what_is_not_on_the_screen_cannot_be_clicked(bench: Bench) -> None:
    ts = bench.client.chat_postMessage(
        channel="U1", text="t", blocks=[{"type": "actions", "elements": [button("go")]}]
    )["ts"]
    old = bench.sato.dm()[-1]
    with pytest.raises(LookupError, match="no stop here"):
        bench.sato.click(old, "stop")
    bench.client.chat_update(channel=bench.sato.dm_id, ts=ts, text="done")
    bench.sato.click(old, "go")
    assert bench.seen[-1]["message"]["text"] == "t"
    bench.client.chat_delete(channel=bench.sato.dm_id, ts=ts)
    with pytest.raises(LookupError, match="gone"):
        bench.sato.click(old, "go")


# -- response urls ----------------------------------------------------------------------------


def respond(url: str, body: Any) -> tuple[int, str]:
    request = urllib.request.Request(
        url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_response_url_is_used_five_times(bench: Bench) -> None:
    bench.sato.command("/go", channel="C1")
    url = bench.seen[0]["response_url"]
    for number in range(5):
        assert respond(url, {"text": str(number)}) == (200, "ok")
    code, said = respond(url, {"text": "6"})
    assert (code, json.loads(said)["error"]) == (404, "used_url")
    assert len(bench.sato.messages("C1")) == 5


def test_a_response_is_private_unless_it_says_otherwise(bench: Bench) -> None:
    bench.sato.command("/go", channel="C1")
    url = bench.seen[0]["response_url"]
    respond(url, {"text": "for one"})
    respond(url, {"text": "for all", "response_type": "in_channel"})
    assert [m.text for m in bench.sandbox.act_as("U2").messages("C1")] == ["for all"]
    assert [m.text for m in bench.sato.messages("C1")] == ["for one", "for all"]


def test_a_response_replaces_and_deletes_its_original(bench: Bench) -> None:
    row = {"type": "actions", "elements": [button("go")]}
    bench.client.chat_postMessage(channel="C1", text="first", blocks=[row])
    bench.sato.click(bench.sato.messages("C1")[0], "go")
    url = bench.seen[0]["response_url"]
    respond(url, {"text": "second", "replace_original": True})
    (message,) = bench.sandbox.act_as("U2").messages("C1")
    assert (message.text, message.blocks) == ("second", ())
    respond(url, {"delete_original": True})
    assert bench.sato.messages("C1") == []


@pytest.mark.parametrize(
    ("body", "error"),
    [({"text": "a", "blocks": [{}]}, "invalid_blocks"), ({"txt": "a"}, "invalid_payload")],
)
def test_a_bad_response_is_refused(bench: Bench, body: Json, error: str) -> None:
    bench.sato.command("/go")
    code, said = respond(bench.seen[0]["response_url"], body)
    assert (code, json.loads(said)["error"]) == (400, error)
    assert len(bench.sandbox.refusals) == 1


# -- commands, shortcuts, events ----------------------------------------------------------------

MANIFEST: Json = {
    "display_information": {"name": "Goen"},
    "features": {
        "bot_user": {"display_name": "Goen"},
        "slash_commands": [
            {"command": "/go", "description": "Go", "should_escape": True},
            {"command": "/raw", "description": "Raw", "should_escape": False},
        ],
        "shortcuts": [
            {"name": "Whom", "callback_id": "whom", "type": "global", "description": "d"},
            {"name": "Log", "callback_id": "log", "type": "message", "description": "d"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}


@pytest.fixture
def declared() -> Iterator[Bench]:
    with make_sandbox(manifest=MANIFEST) as sandbox:
        found = Bench(sandbox)
        found.app.command("/raw")(lambda body, ack: (found.seen.append(body), ack()))
        with by_http(sandbox, found.app):
            yield found


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/go", "A &amp; B &gt; <@U2|smith> <#C1|sales> <https://x.example>"),
        ("/raw", "A & B > @smith #sales https://x.example"),
    ],
)
def test_a_command_is_escaped_as_its_manifest_says(
    declared: Bench, command: str, expected: str
) -> None:
    declared.sato.command(command, "A & B > @smith #sales https://x.example")
    assert declared.seen[0]["text"] == expected


def test_only_declared_commands_and_shortcuts_exist(declared: Bench) -> None:
    assert declared.sato.command("/nope").notice == "/nope というコマンドはありません。"
    with pytest.raises(LookupError):
        declared.sato.shortcut("log")
    said = declared.sato.say("C1", "ご紹介 <!channel>")
    declared.sato.shortcut("log", said)
    body = declared.seen[-1]
    assert (body["type"], body["message"]["text"]) == (
        "message_action",
        "ご紹介 &lt;!channel&gt;",
    )


def test_only_subscribed_events_are_sent(declared: Bench) -> None:
    declared.sato.say("C1", "in the channel")
    declared.sandbox.join("C2", "U2")
    assert declared.seen == []
    declared.sato.say(declared.sato.dm_id, "to the bot")
    assert declared.seen[0]["event"]["channel_type"] == "im"


def test_people_come_and_go(bench: Bench) -> None:
    bench.sandbox.join("C2", "U2")
    event = bench.seen[-1]["event"]
    assert (event["type"], event["user"], event["channel"]) == ("member_joined_channel", "U2", "C2")
    bench.sandbox.leave("C1", "U2")
    assert "U2" not in bench.client.conversations_members(channel="C1")["members"]
    bench.sandbox.add_user(User("U8", "new", "New"))
    bench.sandbox.change_user("U8", locale="en-US")
    user = bench.client.users_info(user="U8", include_locale=True)["user"]
    assert (user["name"], user["locale"]) == ("new", "en-US")


def test_an_event_nobody_took_comes_again(sandbox: Sandbox) -> None:
    with make_sandbox(retry_delays=(0.0, 0.05)) as sandbox:
        bench = Bench(sandbox)
        tries: list[int] = []

        def fail(body: Json, ack: Any, client: WebClient) -> None:  # noqa: ARG001
            tries.append(1)
            if len(tries) < 3:
                raise RuntimeError("not now")

        bench.react = fail
        with by_http(sandbox, bench.app):
            sandbox.join("C2", "U2")
            sandbox.wait_for(lambda: len(tries) == 3)
            time.sleep(0.1)
    assert len(tries) == 3
    assert len({body["event_id"] for body in bench.seen}) == 1


def test_the_same_click_can_be_delivered_twice(bench: Bench) -> None:
    row = {"type": "actions", "elements": [button("go")]}
    bench.client.chat_postMessage(channel="C1", text="t", blocks=[row])
    bench.sato.click(bench.sato.messages("C1")[0], "go")
    delivery, ack = bench.sandbox.deliveries[-1]
    assert ack.problem is None
    bench.sandbox.redeliver(delivery)
    assert bench.seen[0] == bench.seen[1]


def test_a_message_action_and_a_dead_bot_show_a_notice(sandbox: Sandbox) -> None:
    sato = sandbox.act_as("U1")
    assert "dispatch_failed" in (sato.command("/go").notice or "")
    sandbox.events_url = "http://127.0.0.1:9/slack/events"
    assert "応答がありません" in (sato.shortcut("any").notice or "")


def test_a_forged_signature_is_not_what_the_sandbox_sends(bench: Bench) -> None:
    with make_sandbox(signing_secret="another") as other:
        other.events_url = bench.sandbox.events_url
        assert "dispatch_failed" in (other.act_as("U1").command("/go").notice or "")
    assert bench.seen == []


def test_the_bot_is_asked_to_connect_again(sandbox: Sandbox) -> None:
    bench = Bench(sandbox)
    with by_socket(sandbox, bench.app):
        sandbox.ask_to_reconnect()

        def opened() -> int:
            return sum(call.method == "apps.connections.open" for call in sandbox.calls)

        sandbox.wait_for(lambda: opened() == 2)
        sandbox.wait_for(lambda: sandbox.connected)
        assert bench.sato.command("/go").notice is None
    assert len(bench.seen) == 1
