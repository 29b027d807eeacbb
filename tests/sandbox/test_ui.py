"""What the browser page asks for, over plain HTTP."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.sandbox import BOT_USER_ID, Sandbox
from tests.sandbox.stand import by_http, make_client, make_sandbox
from tests.sandbox.test_conversations import example_app
from tests.sandbox.test_interactions import MANIFEST

Json = dict[str, Any]


class Page:
    """A page of one person; `send` is what its fetch would do."""

    def __init__(self, sandbox: Sandbox, user: str = "U1") -> None:
        self.place = sandbox.url.removeprefix("http://")
        self.user = user

    def send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        line = http.client.HTTPConnection(self.place, timeout=5)
        try:
            content = None if body is None else json.dumps(body).encode()
            given = {"Content-Type": "application/json", **(headers or {})}
            line.request(method, path, content, given)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            line.close()

    def get(self, path: str) -> Any:
        code, found = self.send("GET", f"{path}{'&' if '?' in path else '?'}user={self.user}")
        assert code == 200, found
        return found

    def post(self, path: str, **body: Any) -> Any:
        return self.send("POST", path, {"user": self.user, **body})[1]


@pytest.fixture
def bot(sandbox: Sandbox) -> Iterator[list[Json]]:
    seen: list[Json] = []
    with by_http(sandbox, example_app(sandbox, seen)):
        yield seen


def test_the_page_learns_its_workspace() -> None:
    with make_sandbox(manifest=MANIFEST) as sandbox:
        make_client(sandbox).chat_postMessage(channel="U1", text="hello")
        found = Page(sandbox).get("/ui/state")
    assert found["workspace"] == {"team_id": "T1", "name": "Example", "domain": "example"}
    assert found["bot"] == {"id": BOT_USER_ID, "name": "Goen"}
    assert [c["command"] for c in found["commands"]] == ["/go", "/raw"]
    assert [s["type"] for s in found["shortcuts"]] == ["global", "message"]
    assert [(c["id"], c["is_im"], c["is_private"], c["unread"]) for c in found["channels"]] == [
        ("C1", False, False, 0),
        ("C2", False, False, 0),
        ("D1", True, True, 1),
    ]
    assert (found["me"]["id"], found["connected"], found["can_jump"]) == ("U1", False, False)


def test_history_holds_own_ephemerals_at_their_place(sandbox: Sandbox, client: WebClient) -> None:
    client.chat_postMessage(channel="C1", text="1")
    client.chat_postEphemeral(channel="C1", user="U1", text="2")
    client.chat_postMessage(channel="C1", text="3")
    texts = [m["text"] for m in Page(sandbox).get("/ui/history?channel=C1")["messages"]]
    assert texts == ["1", "2", "3"]
    texts = [m["text"] for m in Page(sandbox, "U2").get("/ui/history?channel=C1")["messages"]]
    assert texts == ["1", "3"]
    assert Page(sandbox).send("GET", "/ui/history?channel=C3&user=U1")[0] == 404


def test_a_person_goes_through_a_modal(sandbox: Sandbox, bot: list[Json]) -> None:
    page = Page(sandbox)
    assert page.post("/ui/command", channel="D1", command="/nps", text="") == {"ok": True}
    view_id = sandbox.act_as("U1").view().id
    place = {"type": "view", "view_id": view_id}
    picked = page.post(
        "/ui/options",
        container=place,
        block_id="customer",
        action_id="customer_pick",
        value="山田",
    )
    option = picked["options"][0]
    state: Json = {
        "customer": {"customer_pick": {"type": "external_select", "selected_option": option}},
        "score": {"score_entry": {"type": "number_input", "value": "11"}},
        "comment": {"comment_entry": {"type": "plain_text_input", "value": "good"}},
    }
    found = page.post("/ui/submit", view_id=view_id, state=state)
    assert set(found["errors"]) == {"score"}
    state["score"]["score_entry"]["value"] = "9"
    assert page.post("/ui/submit", view_id=view_id, state=state) == {"ok": True}
    gone = page.post("/ui/submit", view_id=view_id, state=state)
    assert gone == {"ok": False, "notice": "この画面はすでに閉じられています。"}
    assert bot[-1]["view"]["state"]["values"]["comment"]["comment_entry"]["value"] == "good"


def test_a_button_is_clicked_and_home_is_opened(sandbox: Sandbox, bot: list[Json]) -> None:
    page = Page(sandbox)
    page.post("/ui/command", channel="C1", command="/nps", text="x 9")
    (message,) = page.get("/ui/history?channel=C1")["messages"]
    assert message["ephemeral"]
    done = page.post(
        "/ui/action",
        container={"type": "message", "channel": "C1", "ts": message["ts"]},
        block_id="row",
        action_id="done",
        type="button",
        value="7",
    )
    assert done == {"ok": True}
    assert page.get("/ui/history?channel=C1")["messages"][0]["text"] == "完了しました"
    assert page.post("/ui/home")["view"]["blocks"][0]["type"] == "divider"
    assert page.post("/ui/shortcut", callback_id="whom") == {"ok": True}
    view_id = sandbox.act_as("U1").view().id
    assert page.post("/ui/close", view_id=view_id) == {"ok": True}
    assert bot[-1]["type"] == "view_closed"


def test_the_ephemeral_of_another_cannot_be_clicked(sandbox: Sandbox, client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel="C1", user="U1", text="a")["message_ts"]
    place = {"type": "message", "channel": "C1", "ts": ts}
    found = Page(sandbox, "U2").post("/ui/action", container=place, block_id="b", action_id="a")
    assert found == {"ok": False, "notice": "This message is gone."}


def test_a_file_of_a_message_is_for_those_who_see_the_message(
    sandbox: Sandbox, client: WebClient
) -> None:
    client.files_upload_v2(channel="D1", filename="一覧.csv", content="a,b\n")
    (message,) = Page(sandbox).get("/ui/history?channel=D1")["messages"]
    (file,) = message["files"]
    line = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    line.request("GET", f"{file['url']}?user=U1")
    answer = line.getresponse()
    assert (answer.status, answer.read()) == (200, b"a,b\n")
    assert answer.getheader("Content-Disposition", "").startswith("attachment;")
    line.close()
    for user in ("U2", "U9"):
        code, refused = Page(sandbox).send("GET", f"{file['url']}?user={user}")
        assert (code, refused["notice"]) == (404, "This message is gone.")
    elsewhere = client.chat_postMessage(channel="D1", text="no file")["ts"]
    code, refused = Page(sandbox).send("GET", f"/ui/file/D1/{elsewhere}/{file['id']}?user=U1")
    assert (code, refused["notice"]) == (404, "このファイルはもうありません。")


def test_a_file_is_uploaded_by_form(sandbox: Sandbox) -> None:
    content = (
        b"--x\r\nContent-Disposition: form-data; name=user\r\n\r\nU1\r\n--x\r\n"
        b'Content-Disposition: form-data; name=file; filename="a.csv"\r\n\r\na,b\r\n--x--\r\n'
    )
    line = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    line.request("POST", "/ui/upload", content, {"Content-Type": "multipart/form-data; boundary=x"})
    found = json.loads(line.getresponse().read())["file"]
    line.close()
    assert (found["name"], found["size"]) == ("a.csv", 3)


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
    ids=["rebound name", "other site", "sandboxed frame"],
)
def test_other_sites_are_refused(sandbox: Sandbox, headers: dict[str, str]) -> None:
    body = {"user": "U1", "channel": "C1", "text": "spam"}
    assert Page(sandbox).send("POST", "/ui/message", body, headers)[0] == 403
    assert Page(sandbox).send("GET", "/ui/state?user=U1", headers=headers)[0] == 403
    assert sandbox.act_as("U1").messages("C1") == []


def test_the_clock_jumps_when_the_demo_lets_it() -> None:
    now = [1_800_000_000.0]

    def jump(target: str, _zone: str) -> str:
        now[0] += 3600
        return f"jumped to {target}"

    with make_sandbox(clock=lambda: now[0], on_jump=jump) as sandbox:
        page = Page(sandbox)
        assert page.get("/ui/state")["can_jump"]
        found = page.post("/ui/clock", to="one_hour")
        assert found == {"now": 1_800_003_600.0, "notice": "jumped to one_hour"}
        assert page.send("POST", "/ui/clock", {"user": "U1", "to": "never"})[0] == 400


def test_a_long_jump_shows_how_far_it_has_come_and_is_not_begun_twice() -> None:
    now = [1_800_000_000.0]
    arrived = threading.Event()

    def jump(target: str, _zone: str) -> str:
        now[0] += 60
        make_client(sandbox).chat_postMessage(channel="U1", text=target)
        assert arrived.wait(5)
        return "done"

    with make_sandbox(clock=lambda: now[0], on_jump=jump) as sandbox, ThreadPoolExecutor() as pool:
        page, events = Page(sandbox), Events(sandbox)
        jumping = pool.submit(page.post, "/ui/clock", to="next_morning")
        assert events.until("message")["message"]["text"] == "next_morning"
        assert events.until("clock")["now"] == 1_800_000_060.0
        again = page.send("POST", "/ui/clock", {"user": "U2", "to": "one_hour"})
        assert again == (404, {"ok": False, "notice": "The clock is being moved already."})
        arrived.set()
        assert jumping.result() == {"now": 1_800_000_060.0, "notice": "done"}
        events.close()


class Events:
    """The stream of events of one person's page."""

    def __init__(self, sandbox: Sandbox, user: str = "U1") -> None:
        self._line = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
        self._line.request("GET", f"/ui/events?user={user}")
        self._stream = self._line.getresponse()
        assert self._stream.getheader("Content-Type", "").startswith("text/event-stream")

    def told(self) -> Json:
        """The next event."""
        while not (said := self._stream.readline()).startswith(b"data: "):
            continue
        found: Json = json.loads(said.removeprefix(b"data: "))
        return found

    def until(self, kind: str) -> Json:
        """The next event of this type."""
        while (found := self.told())["type"] != kind:
            continue
        return found

    def close(self) -> None:
        self._line.close()
        self._stream.close()


@pytest.fixture
def events(sandbox: Sandbox) -> Iterator[Events]:
    """Of U1, after the greeting."""
    found = Events(sandbox)
    assert found.told() == {"type": "view", "stack": []}
    yield found
    found.close()


def test_the_page_is_told_of_every_change(
    sandbox: Sandbox, client: WebClient, events: Events
) -> None:
    ts = client.chat_postMessage(channel="C1", text="a")["ts"]
    assert events.told()["message"]["ts"] == ts
    assert events.told() == {"type": "unread", "channel": "C1", "unread": 1}
    client.chat_postEphemeral(channel="C1", user="U2", text="not for U1")
    client.chat_update(channel="C1", ts=ts, text="b")
    assert events.told()["message"]["text"] == "b"
    client.chat_delete(channel="C1", ts=ts)
    assert events.told()["type"] == "message_deleted"
    assert events.told() == {"type": "unread", "channel": "C1", "unread": 0}
    client.views_publish(user_id="U1", view={"type": "home", "blocks": []})
    assert events.told()["type"] == "home"
    sandbox.act_as("U1").command("/nobody")
    text = "/nobody はエラー「dispatch_failed」により失敗しました"
    assert events.told() == {"type": "notice", "text": text}


@pytest.mark.usefixtures("bot")
def test_a_page_that_is_loaded_again_is_told_which_modal_is_open(sandbox: Sandbox) -> None:
    Page(sandbox).post("/ui/command", channel="D1", command="/nps", text="")
    opened = sandbox.act_as("U1").view()
    for user, expected in (("U1", [opened.id]), ("U2", [])):
        events = Events(sandbox, user)
        assert [view["id"] for view in events.told()["stack"]] == expected
        events.close()


def test_unread_is_what_others_wrote_since_it_was_read(
    sandbox: Sandbox, client: WebClient, events: Events
) -> None:
    page = Page(sandbox)

    def unread() -> int:
        count: int = page.get("/ui/state")["channels"][0]["unread"]
        assert count == events.until("unread")["unread"]
        return count

    first = client.chat_postMessage(channel="C1", text="1")["ts"]
    assert unread() == 1
    page.post("/ui/read", channel="C1")
    assert unread() == 0
    client.chat_delete(channel="C1", ts=first)
    assert unread() == 0
    client.chat_postEphemeral(channel="C1", user="U1", text="2")
    assert unread() == 1
    page.post("/ui/message", channel="C1", text="my own")
    assert unread() == 1
    page.get("/ui/history?channel=C1")
    assert page.get("/ui/state")["channels"][0]["unread"] == 1


@pytest.mark.parametrize(
    ("user", "text"),
    [
        ("U1", "アプリが接続されていないため、応答がありませんでした。"),
        ("U2", "The app did not respond: it is not connected."),
    ],
    ids=["ja", "en"],
)
def test_slack_warns_in_the_language_of_who_acts(sandbox: Sandbox, user: str, text: str) -> None:
    assert Page(sandbox, user).post("/ui/shortcut", callback_id="x") == {
        "ok": False,
        "notice": text,
    }


@pytest.mark.parametrize("path", ["/page/", "/page/none.js", "/page/..", "/page/..%2Fui.py"])
def test_only_the_files_of_the_page_are_served(sandbox: Sandbox, path: str) -> None:
    line = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    line.request("GET", path)
    assert line.getresponse().status == 404
    line.close()


@pytest.mark.parametrize("path", ["/", "/page/index.html", "/page/app.js"])
def test_the_page_itself_is_served_and_never_old(sandbox: Sandbox, path: str) -> None:
    line = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    line.request("GET", path)
    answer = line.getresponse()
    assert (answer.status, answer.getheader("Cache-Control")) == (200, "no-cache")
    assert answer.read()
    line.request("GET", path, headers={"If-None-Match": answer.getheader("ETag", "")})
    again = line.getresponse()
    assert (again.status, again.read()) == (304, b"")
    line.close()
