"""HTTP mode takes what Slack signed a moment ago, and nothing else."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from bot.sandbox.outbound import signature
from storage.tables import inbox
from tests.house import SATO, SIGNING_SECRET, TEAM, Stage, stage

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def http(tmp_path: Path) -> Iterator[Stage]:
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=False) as found:
        yield found


def body(text: str = "help", trigger: str = "1.2.abc") -> bytes:
    return urlencode(
        {
            "command": "/goen",
            "text": text,
            "team_id": TEAM,
            "user_id": SATO,
            "channel_id": "C0GENERAL",
            "trigger_id": trigger,
        }
    ).encode()


def send(found: Stage, content: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer to a request."""
    request = urllib.request.Request(
        found.sandbox.events_url or "", content, {"Content-Type": FORM, **headers}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            status: int = answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    return status


def signed(
    content: bytes, *, at: float | None = None, secret: str = SIGNING_SECRET
) -> dict[str, str]:
    timestamp = str(int(time.time() if at is None else at))
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, content),
    }


def taken(found: Stage) -> int:
    """How many requests took effect."""
    with found.bot.store.read() as conn:
        return conn.execute(select(func.count()).select_from(inbox)).scalar_one()


def test_what_slack_signed_is_taken(http: Stage) -> None:
    assert send(http, body(), signed(body())) == 200
    assert taken(http) == 1


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"X-Slack-Signature": "", "X-Slack-Request-Timestamp": ""}, id="no signature"),
        pytest.param({"X-Slack-Signature": "v0=abc"}, id="a short signature"),
        pytest.param({"X-Slack-Signature": "v0=\xe9"}, id="a signature of other letters"),
        pytest.param({"X-Slack-Request-Timestamp": "abc"}, id="a timestamp of letters"),
        pytest.param({"X-Slack-Request-Timestamp": ""}, id="an empty timestamp"),
        pytest.param({"X-Slack-Request-Timestamp": "-1"}, id="a negative timestamp"),
        pytest.param({"X-Slack-Request-Timestamp": "9" * 40}, id="a timestamp far ahead"),
        pytest.param({"X-Slack-Request-Timestamp": "\xb2\xb3"}, id="a timestamp of other digits"),
    ],
)
def test_a_forgery_is_refused_and_takes_no_effect(http: Stage, changed: dict[str, str]) -> None:
    assert send(http, body(), signed(body()) | changed) == 401
    assert taken(http) == 0


def test_a_signature_by_another_secret_is_refused(http: Stage) -> None:
    assert send(http, body(), signed(body(), secret="guessed")) == 401
    assert taken(http) == 0


def test_the_signature_of_another_body_is_refused(http: Stage) -> None:
    assert send(http, body(), signed(body("settings"))) == 401
    assert taken(http) == 0


@pytest.mark.parametrize("minutes", [-6, 6], ids=["six minutes old", "six minutes ahead"])
def test_a_request_of_another_time_is_refused(http: Stage, minutes: int) -> None:
    at = time.time() + minutes * 60

    assert send(http, body(), signed(body(), at=at)) == 401
    assert taken(http) == 0


def test_a_request_that_is_sent_again_takes_effect_once(http: Stage) -> None:
    headers = signed(body())

    assert send(http, body(), headers) == send(http, body(), headers) == 200
    assert taken(http) == 1


def test_a_request_larger_than_slack_sends_is_not_read(http: Stage) -> None:
    content = body("x" * 1_100_000)

    assert send(http, content, signed(content)) == 413


@pytest.mark.parametrize(
    ("path", "status"), [("/slack/events", 405), ("/", 404), ("/slack", 404)], ids=repr
)
def test_other_addresses_and_methods_are_not_served(http: Stage, path: str, status: int) -> None:
    address = (http.sandbox.events_url or "").removesuffix("/slack/events")

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}{path}", timeout=5)
    refused.value.close()
    assert refused.value.code == status
