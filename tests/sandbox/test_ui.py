"""What the browser page asks for, over plain HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
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
    assert [(c["id"], c["is_im"], c["unread"]) for c in found["channels"]] == [
        ("C1", False, 0),
        ("C2", False, 0),
        ("D1", True, 1),
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
    assert gone == {"ok": False, "notice": "the view is closed"}
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
    assert found == {"ok": False, "notice": "the message is gone"}


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

    def jump(target: str) -> str:
        now[0] += 3600
        return f"jumped to {target}"

    with make_sandbox(clock=lambda: now[0], on_jump=jump) as sandbox:
        page = Page(sandbox)
        assert page.get("/ui/state")["can_jump"]
        found = page.post("/ui/clock", to="one_hour")
        assert found == {"now": 1_800_003_600.0, "notice": "jumped to one_hour"}


def test_the_page_is_told_of_every_change(sandbox: Sandbox, client: WebClient) -> None:
    line = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    line.request("GET", "/ui/events?user=U1")
    stream = line.getresponse()
    assert stream.getheader("Content-Type", "").startswith("text/event-stream")
    stream.readline()

    def told() -> Json:
        while not (said := stream.readline()).startswith(b"data: "):
            continue
        found: Json = json.loads(said.removeprefix(b"data: "))
        return found

    ts = client.chat_postMessage(channel="C1", text="a")["ts"]
    assert (told()["type"], ts) == ("message", ts)
    client.chat_postEphemeral(channel="C1", user="U2", text="not for U1")
    client.chat_update(channel="C1", ts=ts, text="b")
    assert told()["message"]["text"] == "b"
    client.chat_delete(channel="C1", ts=ts)
    assert told()["type"] == "message_deleted"
    client.views_publish(user_id="U1", view={"type": "home", "blocks": []})
    assert told()["type"] == "home"
    sandbox.act_as("U1").command("/nobody")
    assert told() == {"type": "notice", "text": '/nobody failed with the error "dispatch_failed"'}
    line.close()
    stream.close()


def test_the_page_itself_is_served(sandbox: Sandbox) -> None:
    line = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    for path, kind in (("/", "text/html"), ("/page/index.html", "text/html")):
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        assert (answer.status, answer.getheader("Content-Type", "")[:9]) == (200, kind)
    line.close()
