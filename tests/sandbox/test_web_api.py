"""The Web API, called by slack_sdk."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import BOT_USER_ID, Sandbox
from tests.sandbox.stand import APP_TOKEN, make_client, make_sandbox

DIVIDER = {"type": "divider"}
METADATA = {"event_type": "goen_delivery", "event_payload": {"key": "k1"}}


def refused(call: Any, **args: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    found: dict[str, Any] = caught.value.response.data
    return found


def test_the_bot_learns_who_it_is(client: WebClient) -> None:
    assert client.auth_test()["user_id"] == BOT_USER_ID


@pytest.mark.parametrize(
    ("token", "error"),
    [("xoxb-other", "invalid_auth"), (None, "not_authed"), (APP_TOKEN, "not_allowed_token_type")],
)
def test_a_wrong_token_is_refused(sandbox: Sandbox, token: str | None, error: str) -> None:
    assert refused(make_client(sandbox, token=token).auth_test)["error"] == error


def test_an_uninstalled_app_is_refused(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.uninstall()
    assert refused(client.auth_test)["error"] == "account_inactive"


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert refused(client.api_call, api_method="chat.shout")["error"] == "unknown_method"


def test_users_carry_locale_and_time_zone(client: WebClient) -> None:
    user = client.users_info(user="U2", include_locale=True)["user"]
    assert (user["locale"], user["tz"]) == ("en-US", "Europe/Berlin")
    assert "locale" not in client.users_info(user="U2")["user"]
    assert client.users_info(user="U3")["user"]["deleted"]
    assert client.users_lookupByEmail(email="SATO@example.com")["user"]["id"] == "U1"
    assert refused(client.users_info, user="U9")["error"] == "user_not_found"
    assert refused(client.users_lookupByEmail, email="x@y.z")["error"] == "users_not_found"


def test_members_come_in_pages(client: WebClient) -> None:
    first = client.conversations_members(channel="C1", limit=2)
    rest = client.conversations_members(
        channel="C1", limit=2, cursor=first["response_metadata"]["next_cursor"]
    )
    assert first["members"] + rest["members"] == ["U1", "U2", BOT_USER_ID]
    assert rest["response_metadata"]["next_cursor"] == ""


@pytest.mark.parametrize(
    ("users", "error"),
    [("U3", "user_disabled"), ("U9", "user_not_found"), (BOT_USER_ID, "cannot_dm_bot")],
)
def test_some_people_cannot_be_written_to(client: WebClient, users: str, error: str) -> None:
    assert refused(client.conversations_open, users=users)["error"] == error


def test_a_direct_message_arrives_by_user_id(sandbox: Sandbox, client: WebClient) -> None:
    channel = client.conversations_open(users="U1")["channel"]["id"]
    posted = client.chat_postMessage(channel="U1", text="こんにちは", blocks=[DIVIDER])
    assert posted["channel"] == channel
    (message,) = sandbox.act_as("U1").dm()
    assert (message.ts, message.text, message.user) == (posted["ts"], "こんにちは", BOT_USER_ID)
    assert sandbox.act_as("U2").dm() == []


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C9", "text": "a"}, "channel_not_found"),
        ({"channel": "C3", "text": "a"}, "channel_not_found"),
        ({"channel": "C1", "text": ""}, "no_text"),
        ({"channel": "C1", "text": "a", "blocks": [{"type": "x"}]}, "invalid_blocks"),
        ({"channel": "C1", "text": "a", "blocks": "no json"}, "invalid_blocks_format"),
        ({"channel": "C1", "text": "x" * 40_001}, "msg_too_long"),
        (
            {"channel": "C1", "text": "a", "metadata": {"event_type": "a"}},
            "invalid_metadata_format",
        ),
    ],
)
def test_a_bad_message_is_refused(client: WebClient, args: dict[str, Any], error: str) -> None:
    answer = refused(client.api_call, api_method="chat.postMessage", json=args)
    assert answer["error"] == error


def test_a_refusal_names_the_place_as_slack_does(sandbox: Sandbox, client: WebClient) -> None:
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    answer = refused(client.chat_postMessage, channel="C1", text="a", blocks=[header])
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert "chat.postMessage (invalid_blocks)" in str(sandbox.refusals[0])
    assert sandbox.act_as("U1").messages("C1") == []


def test_history_settles_a_doubt_by_metadata(client: WebClient) -> None:
    stamps = [
        client.chat_postMessage(channel="C1", text=str(n), metadata=METADATA)["ts"]
        for n in range(3)
    ]
    assert len(set(stamps)) == 3
    found = client.conversations_history(channel="C1", include_all_metadata=True)
    assert [message["ts"] for message in found["messages"]] == stamps[::-1]
    assert found["messages"][0]["metadata"] == METADATA
    assert "metadata" not in client.conversations_history(channel="C1")["messages"][0]


@pytest.mark.parametrize(
    ("inclusive", "expected"), [(False, ["1"]), (True, ["2", "1", "0"])], ids=["open", "inclusive"]
)
def test_history_has_a_window(client: WebClient, inclusive: bool, expected: list[str]) -> None:
    stamps = [client.chat_postMessage(channel="C1", text=str(n))["ts"] for n in range(3)]
    found = client.conversations_history(
        channel="C1", oldest=stamps[0], latest=stamps[2], inclusive=inclusive
    )
    assert [message["text"] for message in found["messages"]] == expected


def test_history_comes_in_pages_newest_first(client: WebClient) -> None:
    for number in range(3):
        client.chat_postMessage(channel="C1", text=str(number))
    pages = client.conversations_history(channel="C1", limit=2)
    texts = [message["text"] for page in pages for message in page["messages"]]
    assert texts == ["2", "1", "0"]


def test_history_leaves_out_the_replies_of_threads(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C1", text="root")["ts"]
    client.chat_postMessage(channel="C1", text="reply", thread_ts=ts)
    found = client.conversations_history(channel="C1")["messages"]
    assert [message["text"] for message in found] == ["root"]


def test_only_posting_takes_a_user_id_for_a_conversation(client: WebClient) -> None:
    client.chat_postMessage(channel="U1", text="a")
    assert refused(client.conversations_history, channel="U1")["error"] == "channel_not_found"
    assert refused(client.conversations_info, channel="#sales")["error"] == "channel_not_found"


def test_history_is_for_members(client: WebClient) -> None:
    assert refused(client.conversations_history, channel="C2")["error"] == "not_in_channel"
    client.conversations_join(channel="C2")
    assert client.conversations_history(channel="C2")["messages"] == []


def test_an_update_replaces_blocks_and_keeps_metadata(sandbox: Sandbox, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C1", text="a", blocks=[DIVIDER], metadata=METADATA)["ts"]
    client.chat_update(channel="C1", ts=ts, text="b", blocks=[DIVIDER, DIVIDER])
    (message,) = sandbox.act_as("U1").messages("C1")
    assert (len(message.blocks), message.edited, message.metadata) == (2, False, METADATA)
    client.chat_update(channel="C1", ts=ts, text="c")
    (message,) = sandbox.act_as("U1").messages("C1")
    assert (message.text, message.blocks, message.edited) == ("c", (), True)


def test_only_own_messages_are_changed(sandbox: Sandbox, client: WebClient) -> None:
    said = sandbox.act_as("U1").say("C1", "hello")
    own = client.chat_postMessage(channel="U1", text="a")["ts"]
    update, delete = client.chat_update, client.chat_delete
    assert refused(update, channel="C1", ts=said.ts, text="b")["error"] == "cant_update_message"
    assert refused(delete, channel="C1", ts=said.ts)["error"] == "cant_delete_message"
    assert refused(update, channel="C1", ts="1.2", text="b")["error"] == "message_not_found"
    assert refused(update, channel="U1", ts=own, text="b")["error"] == "channel_not_found"


def test_an_ephemeral_message_is_seen_once_and_kept_nowhere(
    sandbox: Sandbox, client: WebClient
) -> None:
    ts = client.chat_postEphemeral(channel="C1", user="U1", text="psst")["message_ts"]
    assert [m.ephemeral for m in sandbox.act_as("U1").messages("C1")] == [True]
    assert sandbox.act_as("U2").messages("C1") == []
    assert client.conversations_history(channel="C1")["messages"] == []
    assert refused(client.chat_delete, channel="C1", ts=ts)["error"] == "message_not_found"
    answer = refused(client.chat_postEphemeral, channel="C1", user="U4", text="a")
    assert answer["error"] == "user_not_in_channel"


def test_a_permalink_leads_to_a_message(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C1", text="a")["ts"]
    link = client.chat_getPermalink(channel="C1", message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/C1/p{ts.replace('.', '')}")


def test_a_file_is_uploaded_and_read_back(sandbox: Sandbox, client: WebClient) -> None:
    answer = client.files_upload_v2(
        channel="C1", filename="one-page.pdf", content=b"%PDF", initial_comment="要約です"
    )
    (message,) = sandbox.act_as("U1").messages("C1")
    assert (message.text, message.files[0]["name"]) == ("要約です", "one-page.pdf")
    file = client.files_info(file=answer["file"]["id"])["file"]
    request = urllib.request.Request(
        file["url_private_download"], headers={"Authorization": f"Bearer {client.token}"}
    )
    with urllib.request.urlopen(request) as content:
        assert content.read() == b"%PDF"


def uploaded(client: WebClient, **more: str) -> str:
    """A file that is not shared yet; its id."""
    place = client.files_getUploadURLExternal(filename="a.png", length=4, **more)
    request = urllib.request.Request(place["upload_url"], data=b"page", method="POST")
    urllib.request.urlopen(request).close()
    found: str = place["file_id"]
    return found


def test_an_upload_is_shared_once_and_slack_does_not_say_where(
    sandbox: Sandbox, client: WebClient
) -> None:
    files = [{"id": uploaded(client), "title": "A"}, {"id": uploaded(client)}]

    answer = client.files_completeUploadExternal(
        channel_id="C1", files=files, blocks=json.dumps([DIVIDER])
    )
    again = refused(client.files_completeUploadExternal, channel_id="C1", files=files)

    assert answer["files"] == [{**files[0]}, {**files[1], "title": "a.png"}]
    assert again["error"] == "file_not_found"
    (message,) = sandbox.act_as("U1").messages("C1")
    assert [file["id"] for file in message.files] == [one["id"] for one in files]
    assert message.blocks[0]["type"] == "divider"


def test_one_upload_that_never_came_keeps_the_others_back(
    sandbox: Sandbox, client: WebClient
) -> None:
    file = uploaded(client)
    files = [{"id": file}, {"id": "F0NEVER"}]
    complete = client.files_completeUploadExternal
    assert refused(complete, channel_id="C1", files=files)["error"] == "file_not_found"

    complete(channel_id="C1", files=[{"id": file}])

    assert len(sandbox.act_as("U1").messages("C1")) == 1


def test_blocks_are_not_looked_at_beside_a_comment(sandbox: Sandbox, client: WebClient) -> None:
    client.files_completeUploadExternal(
        channel_id="C1", files=[{"id": uploaded(client)}], initial_comment="見て", blocks="[]"
    )
    (message,) = sandbox.act_as("U1").messages("C1")
    assert (message.text, message.blocks) == ("見て", ())


def test_a_deleted_file_is_gone_from_its_message(sandbox: Sandbox, client: WebClient) -> None:
    file = uploaded(client, alt_txt="A page")
    client.files_completeUploadExternal(channel_id="C1", files=[{"id": file}])
    assert sandbox.act_as("U1").messages("C1")[0].files[0]["alt_txt"] == "A page"

    client.files_delete(file=file)

    assert sandbox.act_as("U1").messages("C1")[0].files == ()
    assert sandbox.file(file) is None
    assert refused(client.files_delete, file=file)["error"] == "file_not_found"


def test_files_are_for_the_token_only(sandbox: Sandbox, client: WebClient) -> None:
    file = sandbox.act_as("U1").upload("a.csv", b"a,b")
    address = client.files_info(file=file.id)["file"]["url_private"]
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(address)
    with caught.value as answer:
        assert answer.code == 403


def test_an_upload_of_another_length_is_not_taken(client: WebClient) -> None:
    place = client.files_getUploadURLExternal(filename="a.txt", length=5)
    request = urllib.request.Request(place["upload_url"], data=b"four", method="POST")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    caught.value.close()
    complete = client.files_completeUploadExternal
    assert refused(complete, files=[{"id": place["file_id"]}])["error"] == "file_not_found"


def test_scopes_of_the_manifest_are_needed() -> None:
    manifest = {
        "display_information": {"name": "Goen"},
        "oauth_config": {"scopes": {"bot": ["chat:write", "users:read"]}},
    }
    with make_sandbox(manifest=manifest) as sandbox:
        client = make_client(sandbox)
        answer = refused(client.conversations_history, channel="C1")
        assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
        assert refused(client.conversations_open, users="U1")["needed"] == "im:write"
        assert refused(client.chat_postMessage, channel="C2", text="a")["error"] == "not_in_channel"
        assert "email" not in client.users_info(user="U1")["user"]["profile"]


def test_arguments_may_come_as_a_form_with_json_inside(sandbox: Sandbox, client: WebClient) -> None:
    client.api_call(
        "chat.postMessage", data={"channel": "C1", "text": "a", "blocks": json.dumps([DIVIDER])}
    )
    assert sandbox.act_as("U1").messages("C1")[0].blocks[0]["type"] == "divider"


@pytest.mark.parametrize("body", [b"{", b"[]"], ids=["broken", "a list"])
def test_a_body_that_is_no_json_object_is_refused(sandbox: Sandbox, body: bytes) -> None:
    request = urllib.request.Request(
        f"{sandbox.api_url}api.test", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        assert json.loads(answer.read())["error"] == "invalid_json"


def test_messages_keep_their_order_when_the_clock_steps_back() -> None:
    now = [1_800_000_000.0]
    with make_sandbox(clock=lambda: now[0]) as sandbox:
        client = make_client(sandbox)
        first = client.chat_postMessage(channel="C1", text="1")["ts"]
        now[0] -= 3600
        second = client.chat_postMessage(channel="C1", text="2")["ts"]
    assert first == "1800000000.000000"
    assert second > first


def test_the_pace_of_a_channel_can_be_enforced() -> None:
    with make_sandbox(channel_pace=0.2) as sandbox:
        client = make_client(sandbox)
        client.chat_postMessage(channel="C1", text="1")
        client.chat_postMessage(channel="U1", text="another channel")
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel="C1", text="2")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "1"
        time.sleep(0.2)
        client.chat_postMessage(channel="C1", text="2")
        assert [m.text for m in sandbox.act_as("U1").messages("C1")] == ["1", "2"]
