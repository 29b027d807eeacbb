"""Sending one case as one person, and seeing what came of it."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playbook.reasons import ReasonCode, reason
from bot.sandbox.state import Call
from bot.texts.voice import Voice
from bot.views import reasons
from handlers.request import Entry
from tests.faults.rights_case import (
    JUNK,
    Case,
    Right,
    Whose,
    book_of,
    filled,
    forgeable,
    forgery,
    may,
    secrets_hidden_from,
)
from tests.faults.rights_rows import Content, Ledger, Row
from tests.faults.rights_world import INSIDERS, TEAM_OF, USERS, Who, World
from tests.faults.signed import Signed
from tests.house import CHANNEL, Stage

Json = dict[str, Any]
TOO_SLOW = "the transaction took too long"
"""What is logged when nothing is recorded because Slack has given up: no fault of the request."""
_PATIENCE = 5
_SURFACES = ("ephemeral", "message", "modal", "home")
"""Where a button is clicked, in turn."""


@dataclass(frozen=True)
class Trial:
    """A case, tried by a person, with one kind of id in it.

    `names` is a `Whose`, a name of `JUNK`, or nothing for a case about no record. `forged` is the
    question of a form whose menu, picker or list of people gives what it never offered.
    """

    case: Case
    who: Who
    names: str
    forged: str = ""

    def __str__(self) -> str:
        forged = f", {self.forged} forged" if self.forged else ""
        return f"{self.who}: {self.case} ({self.names or 'no record'}{forged})"

    @property
    def whose(self) -> Whose | None:
        return Whose(self.names) if self.names in set(Whose) else None

    @property
    def is_allowed(self) -> bool:
        """Whether it may change anything at all."""
        if self.forged:
            return False
        if self.names in JUNK and self.case.about:
            is_new = self.names == "missing" and self.case.blank_is_new
            return is_new and may(self.who, self.case, None)
        return may(self.who, self.case, self.whose)

    def id_in(self, world: World) -> str:
        if self.names in JUNK:
            return JUNK[self.names]
        book = book_of(world, self.whose or Whose.SATO)
        return str(getattr(book, self.case.about)) if self.case.about else ""

    def answers(self, world: World) -> Json:
        book = book_of(world, self.whose or Whose.SATO)
        found = filled(self.case.answers, self.id_in(world), book)
        if self.forged:
            found[self.forged] = forgery(found[self.forged])
        return {block: {block: one} for block, one in found.items()}


@dataclass(frozen=True)
class Came:
    """What came of a trial: the answer, the rows that differ, and what was logged as an error."""

    status: int
    changed: frozenset[Row]
    said: str
    errors: tuple[str, ...]


class Errors(logging.Handler):
    """Keeps what anybody logs as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(f"{record.name}: {record.getMessage()} {record.exc_info or ''}")


@dataclass
class Court:
    """A running bot, the worlds' records, and a way to it for everybody."""

    live: Stage
    world: World
    ledger: Ledger
    line: Signed
    errors: Errors
    content: Content = field(init=False)
    _calls: int = 0
    _tried: int = 0

    def __post_init__(self) -> None:
        self.content = self.ledger.content()

    def hear(self, trial: Trial) -> Came:
        """Try it, and put everything back; again where the machine was too busy to take it."""
        came = self._hear(trial)
        for _ in range(_PATIENCE):
            if not any(TOO_SLOW in said for said in came.errors):
                break
            came = self._hear(trial)
        return came

    def _hear(self, trial: Trial) -> Came:
        self.errors.found.clear()
        status, body = self._send(trial)
        changed = self.ledger.changed(self.content)
        said = "\n".join([body, *self.ledger.new_answers(), *map(str, self._new_calls())])
        if changed:
            self.ledger.put_back(changed)
        self._tried += 1
        return Came(status, changed, said, tuple(self.errors.found))

    def _new_calls(self) -> list[Call]:
        calls = self.live.sandbox.calls
        found, self._calls = calls[self._calls :], len(calls)
        return found

    def _send(self, trial: Trial) -> tuple[int, str]:
        case, who = trial.case, trial.who
        book = book_of(self.world, trial.whose or Whose.SATO)
        named = trial.id_in(self.world)
        value = filled(case.value, named, book)
        team, user = TEAM_OF[who], USERS[who]
        values = trial.answers(self.world)
        match case.entry:
            case Entry.COMMAND:
                return self.line.command(team, user, case.name, value)
            case Entry.EVENT:
                event = {"type": case.name, "user": user, "channel": CHANNEL, "tab": "home"}
                return self.line.event(team, event)
            case Entry.ACTION:
                on = case.on or _SURFACES[self._tried % len(_SURFACES)]
                payload = self._click(case.name, value, values, on)
            case Entry.SUBMISSION:
                view = self._view(case.name, filled(case.kept, named, book), values)
                payload = {"type": "view_submission", "view": view}
            case Entry.SEARCH:
                payload = {"type": "block_suggestion", "action_id": case.name, "value": value}
                payload |= {"block_id": "b", "view": self._view("", "", {})}
            case Entry.SHORTCUT:
                payload = self._shortcut(case.name)
        return self.line.interact(team, user, payload)

    def _click(self, name: str, value: str, values: Json, on: str) -> Json:
        action = {"action_id": name, "block_id": "b", "type": "button", "value": value}
        payload: Json = {"type": "block_actions", "actions": [action]}
        if on in ("modal", "home"):
            view = self._view("", "", values) | {"type": on}
            return payload | {"container": {"type": "view"}, "view": view}
        container = {"type": "message", "message_ts": "1.1", "channel_id": CHANNEL}
        return payload | {
            "container": container | {"is_ephemeral": on == "ephemeral"},
            "channel": {"id": CHANNEL, "name": "referrals"},
            "state": {"values": values},
            "response_url": f"{self.live.sandbox.url}/respond/forged",
        }

    def _view(self, callback: str, kept: str, values: Json) -> Json:
        return {
            "id": f"V{self._tried}",
            "type": "modal",
            "hash": "1",
            "callback_id": callback,
            "private_metadata": kept,
            "state": {"values": values},
            "blocks": [],
        }

    def _shortcut(self, name: str) -> Json:
        kind = "shortcut" if name == "whom_to_ask" else "message_action"
        return {
            "type": kind,
            "callback_id": name,
            "message": {"ts": "1.1", "text": "ご紹介します"},
            "channel": {"id": CHANNEL, "name": "referrals"},
        }


def wrong(trial: Trial, came: Came, world: World) -> list[str]:
    """What is wrong with what came of it; nothing, if nobody got past their rights."""
    found = []
    # Without a token of that workspace nobody can be asked: Slack is told to come back.
    is_elsewhere = trial.case.right is Right.SLACK and trial.who is Who.OTHER_WORKSPACE
    if came.status != 200 and not (is_elsewhere and came.status == 503):
        found.append(f"answered {came.status}")
    if came.errors:
        found.append(f"logged {came.errors[0]}")
    if came.changed and not trial.is_allowed:
        found.append(f"changed {_told(came.changed)}")
    elsewhere = {row for row in came.changed if row.team_id not in ("", TEAM_OF[trial.who])}
    if elsewhere:
        found.append(f"changed another workspace: {_told(elsewhere)}")
    if trial.case.only_shows and came.changed:
        found.append(f"only shows, and changed {_told(came.changed)}")
    if trial.case.touches and {row.table for row in came.changed} - {trial.case.touches}:
        found.append(f"changed more than {trial.case.touches}: {_told(came.changed)}")
    leaked = {word for word in secrets_hidden_from(trial.who, world) if word in came.said}
    if leaked:
        found.append(f"showed {leaked}")
    return [f"{trial}: {what}" for what in found]


def _told(rows: Iterable[Row]) -> str:
    return "; ".join(f"{row.table} {row.values[:120]}" for row in sorted(rows)[:4])


def every_trial(cases: Iterable[Case]) -> Iterator[Trial]:
    """Everybody, with every kind of id that makes a difference to them."""
    for case in cases:
        for who in Who:
            for names in _named(case, who):
                yield Trial(case, who, names)
        for block in forgeable(case):
            for who in (Who.OWNER, Who.ADMIN):
                yield Trial(case, who, Whose.SATO if case.about else "", block)


def _named(case: Case, who: Who) -> list[str]:
    if not case.about:
        return ["", "sql"] if who in (Who.OWNER, Who.ADMIN) else [""]
    if who is Who.OWNER:
        return [*Whose, *JUNK]
    if who in INSIDERS:
        return [*Whose, "letters"] + ["huge"] * (who is Who.ADMIN)
    if who is Who.OTHER_WORKSPACE:
        return [*Whose, "missing"]
    # Who is refused at the door is so whatever is named.
    return [Whose.SATO, "letters"]


def controls(cases: Iterable[Case]) -> Iterator[Trial]:
    """Each case by those who may: where nothing would come of it a refusal would say nothing."""
    for case in cases:
        names = Whose.SATO if case.about else ""
        yield Trial(case, Who.ADMIN, names)
        if may(Who.OWNER, case, Whose.SATO if case.about else None):
            yield Trial(case, Who.OWNER, names)


def has_come(trial: Trial, came: Came) -> bool:
    """Whether it was done and noted who did it, or whether something was shown."""
    if trial.case.right is Right.SLACK:
        return True
    if trial.case.only_shows:
        is_refused = any(said in came.said for said in _REFUSALS)
        return not is_refused and any(sign in came.said for sign in _SHOWN)
    by = USERS[trial.who]
    return any(row.table == "audit" and by in row.values for row in came.changed)


_SHOWN = ("views.", "blocks", "options")
_REFUSALS = tuple(
    reasons.say(Voice("ja", "Asia/Tokyo"), reason(code))
    for code in (ReasonCode.MANAGERS_ONLY, ReasonCode.ADMINS_ONLY, ReasonCode.NOT_IN_TEAM)
) + tuple(Voice("ja", "Asia/Tokyo").plain(key) for key in ("answer.outdated", "who.gone"))
