"""Nobody acts outside of their rights, whatever is sent and whoever sends it (fault 12).

Every case is a signed request to the real web server. What it may change is said in the playbook's
words (`rights_case`); what it did change is read from every table before and after.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr

from bot.playbook.lines import Command
from bot.sandbox import User
from bot.sandbox.outbound import signature
from handlers.request import Entry
from handlers.slack import EVENTS
from handlers.table import routes
from tests.faults.conftest import Report, Scale
from tests.faults.rights_cases import CASES, WITH_PAGES
from tests.faults.rights_rows import Ledger
from tests.faults.rights_trial import Court, Errors, controls, every_trial, has_come, wrong
from tests.faults.rights_world import USERS, Who, settle_world
from tests.faults.signed import FORM, Signed
from tests.house import SATO, SIGNING_SECRET, TEAM, stage

ROUTES = {*routes().table, *((Entry.EVENT, name) for name in EVENTS)}


@contextmanager
def court(database_url: str, *, has_pages: bool = False) -> Iterator[Court]:
    """A bot behind its web server, with two workspaces on record."""
    errors = Errors()
    smtp = SecretStr("smtp://localhost:25")
    with stage(database_url, by_socket=False, has_pages=has_pages, smtp_url=smtp) as live:
        live.sandbox.add_user(
            User(USERS[Who.STRANGER], "stranger", "Stranger", is_stranger=True, team_id="T0OTHER")
        )
        world = settle_world(live.bot.store, live.clock())
        line = Signed(live.sandbox.events_url or "")
        logging.getLogger().addHandler(errors)
        try:
            yield Court(live, world, Ledger.of(live.bot.store), line, errors)
        finally:
            logging.getLogger().removeHandler(errors)
            line.close()


def test_every_route_has_a_case() -> None:
    assert {(case.entry, case.name) for case in CASES} == ROUTES


def test_every_sub_command_has_a_case() -> None:
    said = {case.value.split()[0] for case in CASES if case.name == "/goen" and case.value}

    assert said == set(Command)


@pytest.mark.timeout(600)
def test_whoever_may_gets_it_done(database_url: str, scale: Scale, report: Report) -> None:
    trials = list(controls(CASES))[:: scale(5, 1)]
    with court(database_url) as found:
        heard = [(trial, found.hear(trial)) for trial in trials]
        broken = [what for trial, came in heard for what in wrong(trial, came, found.world)]
    idle = [f"{trial}: {came.said[:300]}" for trial, came in heard if not has_come(trial, came)]

    report(cases=len(trials), broken=len(broken), idle=len(idle))
    assert (broken, idle) == ([], [])


@pytest.mark.timeout(900)
def test_nobody_gets_past_their_rights(database_url: str, scale: Scale, report: Report) -> None:
    every = list(enumerate(every_trial(CASES)))
    if scale.is_long:
        # Each is tried on one database at least, and two in three on this one.
        left_out = database_url.startswith("sqlite")
        trials = [trial for number, trial in every if number % 3 != left_out]
    else:
        trials = [trial for number, trial in every if number % 29 == 0]
    with court(database_url) as found:
        broken = [what for trial in trials for what in wrong(trial, found.hear(trial), found.world)]

    report(cases=len(trials), unauthorised=len(broken))
    assert broken == []


def test_nobody_opens_a_page_of_a_customer_beyond_their_rights(
    database_url: str, report: Report
) -> None:
    allowed, every = list(controls(WITH_PAGES)), list(every_trial(WITH_PAGES))
    with court(database_url, has_pages=True) as found:
        heard = [(trial, found.hear(trial)) for trial in allowed]
        broken = [what for trial in every for what in wrong(trial, found.hear(trial), found.world)]
    idle = [str(trial) for trial, came in heard if not has_come(trial, came)]

    report(cases=len(every), unauthorised=len(broken), idle=len(idle))
    assert (broken, idle) == ([], [])


_NOW = "the time"
_FORGERIES: Mapping[str, tuple[str | None, str | None]] = {
    "no headers": (None, None),
    "no signature": (_NOW, None),
    "no timestamp": (None, "v0=" + "a" * 64),
    "empty": ("", ""),
    "a signature of nothing": (_NOW, "v0="),
    "a signature that is guessed": (_NOW, "v0=" + "a" * 64),
    "another version": (_NOW, "v1=" + "a" * 64),
    "other letters": (_NOW, "v0=\xe9\xff"),
    "letters for a time": ("abc", "right"),
    "other digits": ("\xb2\xb3", "right"),
    "a fraction": ("1.5", "right"),
    "an exponent": ("1e9", "right"),
    "not a number": ("nan", "right"),
    "below zero": ("-1", "right"),
    "far ahead": ("9" * 40, "right"),
    "ten minutes old": ("-600", "right"),
    "ten minutes ahead": ("+600", "right"),
}


_BODIES = {
    "a command": urlencode(
        {"command": "/goen", "text": "help", "team_id": TEAM, "user_id": SATO}
    ).encode(),
    "no form": b"\xff\xfe%%%=&&&",
    "no JSON": b'payload={"type":',
    "nothing": b"",
}


def test_what_slack_did_not_sign_is_refused_and_changes_nothing(
    database_url: str, report: Report
) -> None:
    with court(database_url) as found:
        answers = {
            (how, what): found.line.send_as(body, _headers(body, *forged))[0]
            for how, forged in _FORGERIES.items()
            for what, body in _BODIES.items()
        }
        changed = found.ledger.changed(found.content)

    report(forgeries=len(answers))
    assert answers == dict.fromkeys(answers, 401)
    assert (changed, found.errors.found) == (frozenset(), [])


def test_whatever_is_signed_is_no_failure_of_the_server(database_url: str) -> None:
    with court(database_url) as found:
        answers = {what: found.line.send(body, FORM)[0] for what, body in _BODIES.items()}

    assert max(answers.values()) < 500, answers
    assert found.errors.found == []


def _headers(body: bytes, timestamp: str | None, signed: str | None) -> dict[str, str]:
    """A request's headers; a signature that is right for the time that is given."""
    if timestamp == _NOW:
        timestamp = str(int(time.time()))
    elif timestamp in ("-600", "+600"):
        timestamp = str(int(time.time()) + int(timestamp))
    if signed == "right":
        signed = signature(SIGNING_SECRET, timestamp or "", body)
    given = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signed}
    return {"Content-Type": FORM, **{name: it for name, it in given.items() if it is not None}}
