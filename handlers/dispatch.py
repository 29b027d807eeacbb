"""Carrying a request through: who it is, one transaction, the handler's answer.

The order never changes: the person is known → one transaction opens → the inbox key is claimed →
rights, facts, rule, record and the messages to send → commit. Only then does Slack hear anything.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from slack_sdk.models.views import View
from sqlalchemy import Connection

from bot.pages.site import CLOSED, Site
from bot.playbook.reasons import ReasonCode, Refused, reason
from bot.playbook.rights import Actor, check_person
from bot.playbook.terms import Role
from bot.telemetry.about import about
from bot.texts.voice import Voice
from bot.views.answers import failure, notice, refusal, unsure
from bot.views.blocks import Message
from handlers import customer_card
from handlers.answers import ANSWERS_WITHIN, Answer, Invalid, Nothing, Replace, Say, Sorry
from handlers.reading import Outdated
from handlers.request import Entry, Request, Surface
from handlers.roster import has_to_be_met
from handlers.routes import Route, Routes
from handlers.tracing import serving
from handlers.turn import Turn
from storage import caller, deliveries, inbox
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.people import Person
from storage.states import Method
from storage.trouble import TROUBLE, Unsure, until_it_passes
from storage.workspaces import Workspace

log = logging.getLogger(__name__)

_RESPONSE_URL_LIVES = timedelta(minutes=30)
_TELLS_WITHIN = 0.5


class Ending(StrEnum):
    """How a request ended, for whoever operates Goen."""

    DONE = "done"
    AGAIN = "again"
    """It had taken effect before."""
    INVALID = "invalid"
    REFUSED = "refused"
    SORRY = "sorry"
    OUTDATED = "outdated"
    TROUBLE = "trouble"
    """The database did not let it."""
    FAILED = "failed"


OnHandled = Callable[[str, str, str, float], object]
"""Told of every request: its door, its route, its ending, and how many seconds it took."""
_NO_ROUTE = "none"


@dataclass(frozen=True)
class Outcome:
    """What Slack is to be told, after the commit."""

    answer: Answer
    voice: Voice
    errors: Mapping[str, str] = field(default_factory=dict)
    beneath: View | None = None
    """The view below the form that was used, when what it shows has changed."""
    is_done: bool = True
    """False when nothing was recorded: a form stays below the answer with all that was typed."""
    is_owed: bool = True
    """False when the delivery table could not take the answer either: a view has to show it."""
    ending: Ending = Ending.DONE


@dataclass
class _Attempt:
    """A request on its way: `voice` is the person's as soon as it is known who they are, and
    `until` the instant after which nothing is recorded any more."""

    request: Request
    until: float
    voice: Voice
    has_met: bool = False


class _NotMet(Exception):
    """Slack has to be asked about the person first."""


@dataclass(frozen=True)
class Dispatcher:
    """Everything between a request that was read and an answer that can be shown.

    `meet` makes sure that the person behind a request is known, asking Slack where they are not,
    outside any transaction. `wake` tells the delivery loop that something may be due.
    """

    store: Store
    routes: Routes
    meet: Callable[[Request, float], None]
    wake: Callable[[], None]
    fallback: Voice
    site: Site = CLOSED
    has_mail: bool = False
    on_handled: OnHandled = lambda *_: None

    def handle(self, request: Request) -> Outcome:
        """A failure is logged and answered kindly.

        Raises:
            Exception: an event failed. Nobody waits for an answer, and Slack sends it again.
        """
        route = request.name if self.routes.find(request) else _NO_ROUTE
        begun, ending = time.monotonic(), Ending.FAILED
        with serving(request), about(route=route):
            try:
                outcome = self._answer(request)
                ending = outcome.ending
                return outcome
            finally:
                seconds = time.monotonic() - begun
                self.on_handled(request.entry, route, ending, seconds)
                level = logging.DEBUG if request.entry is Entry.SEARCH else logging.INFO
                log.log(level, "handled", extra={"outcome": ending, "seconds": seconds})

    def _answer(self, request: Request) -> Outcome:
        attempt = _Attempt(request, time.monotonic() + ANSWERS_WITHIN, self.fallback)
        try:
            answer, beneath, ending = until_it_passes(lambda: self._met(attempt), attempt.until)
            return Outcome(answer, attempt.voice, beneath=beneath, ending=ending)
        except Invalid as invalid:
            return Outcome(
                Nothing(), attempt.voice, invalid.errors, is_done=False, ending=Ending.INVALID
            )
        except Refused as refused:
            said = refusal(attempt.voice, refused.reason, request.text)
            return self._told(attempt, said, Ending.REFUSED)
        except Sorry as sorry:
            return self._told(attempt, sorry.message, Ending.SORRY)
        except Outdated:
            log.info("a value or a name that no view of ours carries")
            return self._told(attempt, notice(attempt.voice, "answer.outdated"), Ending.OUTDATED)
        except TROUBLE as trouble:
            log.error("the database is in trouble: %s", trouble)
            if request.entry is Entry.EVENT:
                raise
            told = unsure if isinstance(trouble, Unsure) else failure
            return Outcome(
                Say(told(attempt.voice, request.text)),
                attempt.voice,
                is_done=False,
                is_owed=False,
                ending=Ending.TROUBLE,
            )
        except Exception:  # the last line of defence: whoever acted gets an answer
            log.exception("a request failed")
            if request.entry is Entry.EVENT:
                raise
            return self._told(attempt, failure(attempt.voice, request.text), Ending.FAILED)

    def _met(self, attempt: _Attempt) -> tuple[Answer, View | None, Ending]:
        """What came of it, by somebody whom we know or are told of by Slack on the way."""
        try:
            return self._take(attempt)
        except _NotMet:
            # The transaction is over by now: Slack is never asked inside of one.
            self.meet(attempt.request, attempt.until)
            attempt.has_met = True
            return self._take(attempt)

    def _take(self, attempt: _Attempt) -> tuple[Answer, View | None, Ending]:
        request = attempt.request
        route = self.routes.find(request) or _OUTDATED
        with self.store.read() if route.reads else self.store.write(attempt.until) as conn:
            turn = _turn(conn, attempt, route, self.site, has_mail=self.has_mail)
            if not route.reads and not inbox.claim(conn, turn.team_id, request.key, request.now):
                return _again(turn), None, Ending.AGAIN
            answer = route.handler(turn)
            beneath = None if route.reads else customer_card.beneath(turn)
            if not route.reads:
                _send_answer(conn, request, answer)
        if not route.reads:
            self.wake()
        return answer, beneath, Ending.DONE

    def _told(self, attempt: _Attempt, said: Message, ending: Ending) -> Outcome:
        """An answer after the transaction was rolled back, which still may need the outbox."""
        request, voice, answer = attempt.request, attempt.voice, Say(said)
        if not _goes_by_response_url(request):
            return Outcome(answer, voice, is_done=False, ending=ending)
        try:
            with self.store.write(time.monotonic() + _TELLS_WITHIN) as conn:
                _send_answer(conn, request, answer, is_done=False)
        except TROUBLE as trouble:
            log.error("the answer is not owed: %s", trouble)
            return Outcome(answer, voice, is_done=False, is_owed=False, ending=ending)
        self.wake()
        return Outcome(answer, voice, is_done=False, ending=ending)


def _turn(conn: Connection, attempt: _Attempt, route: Route, site: Site, *, has_mail: bool) -> Turn:
    request = attempt.request
    workspace, me = caller.get(conn, request.team_id, request.user_id)
    if not attempt.has_met and has_to_be_met(request, workspace, me):
        raise _NotMet
    known = me or workspace
    if known:
        attempt.voice = Voice(known.locale, known.timezone)
    if workspace is None or request.user_team_id != request.team_id:
        raise Refused(reason(ReasonCode.OTHER_WORKSPACE))
    if me is None:
        raise Refused(reason(ReasonCode.NOT_IN_TEAM))
    actor = _actor(me, workspace)
    if request.entry is not Entry.EVENT and not route.open_to_newcomers:
        check_person(actor, workspace.team_id)
    return Turn(
        conn,
        request,
        workspace,
        me,
        actor,
        attempt.voice,
        site,
        has_mail=has_mail,
        reads=route.reads,
    )


def _say_outdated(_: Turn) -> Answer:
    raise Outdated("a name that nothing answers to")


_OUTDATED = Route(_say_outdated, reads=True, open_to_newcomers=True)


def _actor(me: Person, workspace: Workspace) -> Actor:
    return Actor(
        user_id=me.user_id,
        # A stranger's own workspace is not known to us, only that it is another one.
        team_id="" if me.is_stranger else workspace.team_id,
        role=me.role,
        is_active=me.is_active,
        is_guest=me.is_guest,
        is_bot=me.is_bot,
        # Whoever sets Goen up belongs to the team before it has a channel, and when they leave it.
        is_member=me.is_member or me.role is Role.ADMIN,
    )


def _again(turn: Turn) -> Answer:
    """The same request came twice; it took effect once, and the second is told so."""
    if turn.request.entry is Entry.COMMAND:
        return Say(notice(turn.voice, "answer.again"))
    return Nothing()


def _goes_by_response_url(request: Request) -> bool:
    """Clicks in messages and message shortcuts have no other way to an answer only they see."""
    return request.response_url is not None and (
        request.entry in {Entry.ACTION, Entry.SHORTCUT}
        and request.surface in {Surface.MESSAGE, Surface.EPHEMERAL, Surface.NOWHERE}
    )


def _send_answer(
    conn: Connection, request: Request, answer: Answer, *, is_done: bool = True
) -> None:
    """What came of it, once; that nothing came of it does not stand in the way of a later try."""
    if not isinstance(answer, Say | Replace) or not _goes_by_response_url(request):
        return
    replaces = isinstance(answer, Replace)
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=request.team_id,
            dedup_key=f"{'answer' if is_done else 'sorry'}:{request.key}",
            kind="answer",
            channel=request.channel_id or request.user_id,
            method=Method.RESPOND,
            response_url=request.response_url,
            payload=answer.message.payload()
            | {"replace_original": replaces, "response_type": "ephemeral"},
            due_at=request.now,
            expires_at=request.now + _RESPONSE_URL_LIVES,
        ),
    )
