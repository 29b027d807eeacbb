"""Starting and stopping: ports, threads, several sandboxes side by side."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from bot.sandbox import BOT_USER_ID
from tests.sandbox.stand import by_http, by_socket, make_app, make_client, make_sandbox
from tests.sandbox.test_ui import Page


def sandbox_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith(("sandbox", "AnyIO"))]


def test_nothing_is_left_running_after_a_stop() -> None:
    with make_sandbox(patience=0.3) as sandbox:
        with by_http(sandbox, make_app(sandbox)):
            Page(sandbox).post("/ui/home")
        with by_socket(sandbox, make_app(sandbox)):
            Page(sandbox).post("/ui/home")
        begin = time.monotonic()
    assert time.monotonic() - begin < 2
    deadline = time.monotonic() + 1
    while sandbox_threads() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert sandbox_threads() == []


def test_a_stop_is_quick_while_the_bot_is_still_connected() -> None:
    sandbox = make_sandbox().start()
    app = make_app(sandbox)
    with by_socket(sandbox, app):
        begin = time.monotonic()
        sandbox.stop()
        assert time.monotonic() - begin < 2


def test_two_sandboxes_do_not_meet() -> None:
    with make_sandbox() as one, make_sandbox() as other:
        make_client(one).chat_postMessage(channel="C1", text="one")
        assert other.act_as("U1").messages("C1") == []


def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        sandbox = make_sandbox()
        with pytest.raises(OSError, match="in use"):
            sandbox.start(taken.getsockname()[1])
        sandbox.stop()


def test_the_bot_is_a_member_where_the_workspace_says() -> None:
    with make_sandbox() as sandbox:
        members = make_client(sandbox).conversations_members
        assert BOT_USER_ID in members(channel="C1")["members"]
        assert BOT_USER_ID not in members(channel="C2")["members"]
