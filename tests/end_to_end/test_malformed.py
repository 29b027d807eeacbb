"""What Slack did not make is answered with 4xx, and leaves no trace in the database or the log."""

import copy
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.sandbox.outbound import Delivery
from bot.views import ids
from storage.tables import inbox
from tests.faults.signed import FORM, JSON, Signed
from tests.faults.traffic import Piece
from tests.house import CHANNEL, SATO, Stage, stage

NOT_THERE = object()
WRONG = (NOT_THERE, None, 5, [])


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("malformed")
    with stage(f"sqlite:///{folder}/goen.db", by_socket=False) as found:
        yield found


@pytest.fixture(scope="module")
def slack(http: Stage) -> Iterator[Signed]:
    line = Signed(http.sandbox.events_url or "")
    yield line
    line.close()


@pytest.fixture(scope="module")
def deliveries(http: Stage) -> dict[str, Delivery]:
    """One of each kind, as they really come."""
    sato = http.sandbox.act_as(SATO)
    view = sato.command("/nps", "山田製作所 吉野様 9").view
    assert view
    sato.submit(view)
    while view := sato.view():
        sato.close(view)
    sato.click(sato.command("/nps", "山田製作所 8"), ids.CORRECT_NPS)
    sato.home()
    http.sandbox.leave(CHANNEL, SATO)
    http.sandbox.join(CHANNEL, SATO)
    found: dict[str, Delivery] = {}
    for delivery, _ in http.sandbox.deliveries:
        payload = delivery.payload
        event: dict[str, Any] = payload.get("event") or {}
        found[event.get("type") or payload.get("type") or payload["command"]] = delivery
    return found


def taken(http: Stage) -> int:
    with http.bot.store.read() as conn:
        return conn.execute(select(func.count()).select_from(inbox)).scalar_one()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(b"", FORM, id="nothing"),
        pytest.param(b"", JSON, id="no JSON"),
        pytest.param(b"{", JSON, id="half of JSON"),
        pytest.param(b"{", FORM, id="JSON as a form"),
        pytest.param(b"[]", JSON, id="a list"),
        pytest.param(b'"event_callback"', JSON, id="a text"),
        pytest.param(b"7", JSON, id="a number"),
        pytest.param(b"null", JSON, id="null"),
        pytest.param(b"NaN", JSON, id="no number"),
        pytest.param(b"[" * 100_000, JSON, id="very deep"),
        pytest.param(b"{}", JSON, id="an empty object"),
        pytest.param(b'{"type": 5}', JSON, id="a type that is none"),
        pytest.param(b'{"type": ["event_callback"]}', JSON, id="a type in a list"),
        pytest.param(b'{"type": "event_callback"}', JSON, id="an event without an event"),
        pytest.param(b'{"type": "event_callback", "event": []}', JSON, id="an event in a list"),
        pytest.param(b'{"authorizations": 5}', JSON, id="authorizations that are none"),
        pytest.param(b"payload=", FORM, id="an empty payload"),
        pytest.param(b"payload=%7B", FORM, id="half a payload"),
        pytest.param(b"payload=%5B%5D", FORM, id="a list as payload"),
        pytest.param(b"command=%2Fnps", FORM, id="a command from nobody"),
        pytest.param(b"<command>/nps</command>", "text/xml", id="XML"),
        pytest.param(b"\x00\x01\x02", "application/octet-stream", id="bytes"),
        pytest.param(b"command=/nps", "multipart/form-data; boundary=x", id="another form"),
    ],
)
def test_what_is_signed_and_no_payload_of_slack_is_a_bad_request(
    http: Stage, slack: Signed, caplog: pytest.LogCaptureFixture, body: bytes, kind: str
) -> None:
    before = taken(http)

    status, _ = slack.send(body, kind)

    assert status == 400
    assert taken(http) == before
    assert [record for record in caplog.records if record.exc_info] == []


def test_a_forger_is_not_told_what_is_wrong_with_the_payload(http: Stage) -> None:
    forger = Signed(http.sandbox.events_url or "", secret="guessed")
    for body, kind in ((b"{", JSON), (b"[]", JSON), (b"payload=%7B", FORM)):
        assert forger.send(body, kind)[0] == 401
    forger.close()


@pytest.mark.parametrize(
    "name",
    [
        "/nps",
        "block_actions",
        "view_submission",
        "app_home_opened",
        "member_left_channel",
        "member_joined_channel",
    ],
)
def test_no_missing_or_strange_field_makes_the_bot_stumble(
    slack: Signed, deliveries: dict[str, Delivery], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.WARNING)
    delivery = deliveries[name]

    stumbled = [
        (path, wrong)
        for path in _outer_paths(delivery.payload)
        for wrong in WRONG
        if slack.send(*_packed(delivery, path, wrong))[0] >= 500
    ]

    assert stumbled == []


def _outer_paths(payload: dict[str, Any]) -> Iterator[tuple[str | int, ...]]:
    """The fields of a payload and those of its people, places and actions."""
    for key, value in payload.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, inner) for inner in value)
    yield from (("actions", 0, inner) for inner in (payload.get("actions") or [{}])[0])


def _packed(delivery: Delivery, path: tuple[str | int, ...], wrong: object) -> tuple[bytes, str]:
    payload = copy.deepcopy(delivery.payload)
    place: Any = payload
    for step in path[:-1]:
        place = place[step]
    if wrong is NOT_THERE:
        del place[path[-1]]
    else:
        place[path[-1]] = wrong
    return Piece(delivery.kind, replace(delivery, payload=payload), lambda _: 0).packed
