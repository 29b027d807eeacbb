"""A whole conversation, with handlers, databases and Slacks that fail: nothing of it is logged."""

import io
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from bot.playbook.terms import Role
from bot.sandbox.person import Person
from bot.telemetry.logs import LogFormat, LogLevel, logging_to
from bot.views import ids
from handlers.answers import Answer
from handlers.request import Entry
from handlers.routes import Route
from handlers.turn import Turn
from tests.end_to_end.steps import give_role
from tests.house import (
    APP_TOKEN,
    BOT_TOKEN,
    EMMA,
    MORI,
    SATO,
    SIGNING_SECRET,
    Stage,
    people,
    stage,
)

COMPANY, CONTACT, COMMENT = "山田製作所", "吉野 真理", "対応が早いとのこと"
METRIC, REFERRED, PERSON = "見積作成時間", "鈴木商事", "鈴木 一郎"
TYPED = (COMPANY, CONTACT, COMMENT, METRIC, REFERRED, PERSON, "吉野", "鈴木")
SECRETS = (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, "/respond/", "Bearer")
_TRIGGER = re.compile(r"\d{6,}\.\d{6,}\.[0-9a-f]{8,}")
MODES = pytest.mark.parametrize(
    ("database_url", "by_socket"),
    [("sqlite", True), ("postgresql", False)],
    ids=["socket mode, sqlite", "http, postgresql"],
    indirect=["database_url"],
)


@contextmanager
def recorded() -> Iterator[io.StringIO]:
    """Everything: our own lines from DEBUG on, those of libraries from INFO on."""
    stream = io.StringIO()
    with logging_to(stream, LogLevel.DEBUG, LogFormat.JSON):
        for chatty in ("alembic", "apscheduler", "sqlalchemy.engine"):
            logging.getLogger(chatty).setLevel(logging.INFO)
        try:
            yield stream
        finally:
            logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)


@contextmanager
def live(database_url: str, by_socket: bool) -> Iterator[tuple[Stage, io.StringIO]]:
    with recorded() as stream, stage(database_url, by_socket=by_socket) as found:
        yield found, stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def leaks(stream: io.StringIO) -> list[str]:
    """Lines that hold something personal or secret."""
    users = people().users
    personal = [*TYPED, *SECRETS, *(user.email for user in users), *(u.real_name for u in users)]
    written = stream.getvalue().splitlines()
    spelled = [*written, *(json.dumps(json.loads(line)) for line in written)]
    escaped = [*personal, *(json.dumps(one)[1:-1] for one in personal)]
    return [
        line for line in spelled if _TRIGGER.search(line) or any(one in line for one in escaped)
    ]


def talk(found: Stage) -> None:
    """What people do in a day, by command, form, click and message, until all is delivered."""
    mori, sato = found.sandbox.act_as(MORI), found.sandbox.act_as(SATO)
    mori.command("/goen")
    _submit(sato, sato.command("/nps", f"「{COMPANY}」 「{CONTACT}」様 9 {COMMENT}").view)
    asked = sato.command("/result", f"{COMPANY} {METRIC} 4.2h 2.2h").message
    assert asked
    sato.click(asked, ids.SEND_ASK)
    found.settle()
    _submit(sato, sato.command("/referral", f"{COMPANY} > {REFERRED} {PERSON}様").view)
    for command in ("/ask", "/goen followups", "/goen dashboard", "/goen team", "/nps"):
        sato.command(*command.split(" ", 1))
    found.settle()
    found.clock.move(days=1)
    found.settle()
    sato.home()
    mori.home()


def _submit(who: Person, view: Any) -> None:
    if view:
        who.submit(view)
        shown = who.view()
        if shown:
            who.close(shown)


@MODES
def test_a_days_conversation_leaves_only_ids_in_the_log_which_tie_its_lines_together(
    database_url: str, by_socket: bool
) -> None:
    with live(database_url, by_socket) as (found, stream):
        talk(found)

    assert leaks(stream) == []
    said = lines(stream)
    sent = [line for line in said if line["message"] == "delivery"]
    for line in sent:
        assert line["team_id"] == "T0HARUKAZE"
        assert {"request", "delivery_id", "kind", "method", "outcome", "seconds"} <= set(line)
    handled = {line["route"]: line for line in said if line["message"] == "handled"}
    assert handled["/result"]["outcome"] == "done"
    assert handled[ids.SEND_ASK]["request"] in {line["request"] for line in sent}


def test_a_slack_that_fails_in_every_way_is_logged_by_codes(tmp_path: Any) -> None:
    kinds = ("error:invalid_arguments", "500", "429", "reset", "truncated", "accept_then_500")
    with live(f"sqlite:///{tmp_path}/goen.db", by_socket=True) as (found, stream):
        found.sandbox.act_as(MORI).command("/goen")
        sato = found.sandbox.act_as(SATO)
        sato.command("/goen")
        for kind in kinds:
            for method in ("views.open", "chat.postMessage", "response_url"):
                if not (method == "response_url" and kind.startswith("error")):
                    found.sandbox.faults.add(method, kind)
            sato.command("/nps", f"「{COMPANY}」 「{CONTACT}」様 9 {COMMENT}")
            found.clock.move(days=1)
            found.settle()
        found.sandbox.faults.clear()

    assert leaks(stream) == []
    logged = [line for line in lines(stream) if line["message"].startswith("the view was not")]
    assert any("SlackApiError invalid_arguments" in line["message"] for line in logged)


@MODES
def test_a_handler_that_fails_is_logged_with_its_places_and_without_its_words(
    database_url: str, by_socket: bool
) -> None:
    def fail(turn: Turn) -> Answer:
        raise ValueError(f"{turn.request.text} {turn.me.name} {turn.request.response_url}")

    with live(database_url, by_socket) as (found, stream):
        found.sandbox.act_as(MORI).command("/goen")
        table = found.bot.dispatcher.routes.table
        table[Entry.COMMAND, "/nps"] = Route(fail)
        table[Entry.EVENT, "app_home_opened"] = Route(fail, reads=True)
        sato = found.sandbox.act_as(SATO)
        sato.command("/nps", f"{COMPANY} 9 {COMMENT}")
        sato.home()

    assert leaks(stream) == []
    failed = next(line for line in lines(stream) if line["message"] == "a request failed")
    assert failed["exception"][0] == "ValueError"
    assert failed["traceback"][-1].endswith(" fail")
    assert (failed["route"], failed["user_id"]) == ("/nps", SATO)


@MODES
def test_a_database_that_fails_is_logged_without_the_values(
    database_url: str, by_socket: bool
) -> None:
    with live(database_url, by_socket) as (found, stream):
        found.sandbox.act_as(MORI).command("/goen")
        sato, emma = found.sandbox.act_as(SATO), found.sandbox.act_as(EMMA)
        give_role(found, MORI, Role.ADMIN)
        _submit(sato, sato.command("/nps", f"「{COMPANY}」 「{CONTACT}」様 9 {COMMENT}").view)
        with found.bot.store.write() as conn:
            conn.execute(text("CREATE UNIQUE INDEX only_once ON nps (comment)"))
        sato.command("/nps", f"{COMPANY} 10 {COMMENT}")
        with found.bot.store.write() as conn:
            conn.execute(text("ALTER TABLE nps RENAME TO elsewhere"))
        sato.command("/nps", f"{COMPANY} 10 {COMMENT}")
        emma.home()
        found.settle()

    assert leaks(stream) == []
    failed = [line for line in lines(stream) if line["level"] == "error"]
    named = " ".join(f"{line['message']} {line.get('exception', '')}" for line in failed)
    assert "IntegrityError" in named
    assert "no such table" not in named
