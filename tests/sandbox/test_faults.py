"""Faults: what the bot's client meets, and whether the call took effect."""

from __future__ import annotations

import http.client
import time
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Sandbox
from tests.sandbox.stand import make_client

CASES: dict[str, tuple[type[Exception], int]] = {
    "reset": (OSError, 0),
    "timeout": (TimeoutError, 0),
    "500": (Exception, 0),
    "429": (SlackApiError, 0),
    "error:channel_not_found": (SlackApiError, 0),
    "accept_then_drop": (http.client.RemoteDisconnected, 1),
    "accept_then_reset": (OSError, 1),
    "accept_then_500": (Exception, 1),
    "accept_then_timeout": (TimeoutError, 1),
    "truncated": (http.client.IncompleteRead, 1),
}


@pytest.mark.parametrize(
    ("kind", "error", "stored"), [(k, *v) for k, v in CASES.items()], ids=CASES
)
def test_a_fault_strikes_once_and_stores_what_it_says(
    sandbox: Sandbox, kind: str, error: type[Exception], stored: int
) -> None:
    client = make_client(sandbox, timeout=0.5)
    sandbox.faults.add("chat.postMessage", kind)
    with pytest.raises(error):
        client.chat_postMessage(channel="C1", text="struck")
    person = sandbox.act_as("U1")
    assert len(person.messages("C1")) == stored
    client.chat_postMessage(channel="C1", text="through")
    assert len(person.messages("C1")) == stored + 1


def test_a_silence_ends_after_its_delay(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.add("auth.test", "timeout", delay=0.1)
    begin = time.monotonic()
    with pytest.raises(OSError):
        client.auth_test()
    assert 0.1 <= time.monotonic() - begin < 2


def test_a_slow_answer_comes_late_and_whole(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.add("chat.postMessage", "slow", delay=0.2)
    begin = time.monotonic()
    assert client.chat_postMessage(channel="C1", text="late")["ok"]
    assert 0.2 <= time.monotonic() - begin < 2
    assert [one.text for one in sandbox.act_as("U1").messages("C1")] == ["late"]


def test_a_busy_slack_says_when_to_come_back(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.add("*", "429", retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            client.auth_test()
        assert caught.value.response.headers["Retry-After"] == "7"
    assert client.auth_test()["ok"]
    assert [call.error for call in sandbox.calls] == ["429", "429", None]


def test_a_fault_can_pick_its_call(sandbox: Sandbox, client: WebClient) -> None:
    def is_second(args: Any) -> bool:
        return bool(args.get("text") == "2")

    sandbox.faults.add("chat.postMessage", "error:fatal_error", when=is_second)
    client.chat_postMessage(channel="C1", text="1")
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C1", text="2")


def test_a_fault_that_does_not_exist_is_told(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="no such fault"):
        sandbox.faults.add("auth.test", "earthquake")


def test_the_sandbox_stops_at_once_while_a_call_is_kept_waiting(sandbox: Sandbox) -> None:
    sandbox.faults.add("auth.test", "timeout", delay=60)
    connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    connection.request("POST", "/api/auth.test")
    time.sleep(0.1)
    begin = time.monotonic()
    sandbox.stop()
    assert time.monotonic() - begin < 2
    connection.close()
