"""Bolt on one side, the dispatcher on the other: one listener for each door.

After the commit only `views.*` is called here, which answers the person who is waiting. Everything
else that Goen says goes through the delivery table.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_sdk.models.views import View

from bot.views import ids
from bot.views.answers import as_modal, failure
from bot.views.as_json import as_json
from handlers import request as requests
from handlers.answers import OpenView, Replace, Say, ShowHome, Suggest, UpdateView
from handlers.departing import REVOKED, UNINSTALLED, Departures
from handlers.dispatch import Dispatcher, Outcome
from handlers.request import Request, Surface
from handlers.roster import CHANGED, JOINED, LEFT, UNREACHABLE, Roster
from handlers.tracing import serving
from storage.trouble import TROUBLE

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
_ANYTHING = re.compile(".*")
PERSON_EVENTS = (JOINED, LEFT, CHANGED)
DEPARTURE_EVENTS = (UNINSTALLED, REVOKED)
EVENTS = ("app_home_opened", *PERSON_EVENTS, *DEPARTURE_EVENTS)


def register(
    app: App, dispatcher: Dispatcher, roster: Roster, departures: Departures, clock: Clock
) -> None:
    """Connect every door of Slack with the dispatcher."""
    doors = _Doors(dispatcher, roster, departures, clock)
    app.error(_not_taken)
    app.command(_ANYTHING)(doors.on_command)
    app.action(_ANYTHING)(doors.on_action)
    app.view(_ANYTHING)(doors.on_submission)
    app.shortcut(_ANYTHING)(doors.on_shortcut)
    app.options(_ANYTHING)(doors.on_search)
    app.event("app_home_opened")(doors.on_event)
    for name in PERSON_EVENTS:
        app.event(name)(doors.on_person)
    for name in DEPARTURE_EVENTS:
        app.event(name)(doors.on_departure)


def _not_durable() -> BoltResponse:
    """What is acknowledged is on record, and this is not; whoever clicked was told so by a view."""
    return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)


def _not_taken(error: Exception) -> BoltResponse:
    """Not acknowledged: Slack sends an event again, and tells a person that it failed."""
    if isinstance(error, (*TROUBLE, *UNREACHABLE)):
        log.warning("not taken: %s", error)
        return _not_durable()
    log.error("a request failed", exc_info=error)
    return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)


@dataclass(frozen=True)
class _Doors:
    dispatcher: Dispatcher
    roster: Roster
    departures: Departures
    clock: Clock

    def on_command(self, ack: Ack, body: dict[str, Any]) -> None:
        request = requests.from_command(body, self.clock())
        outcome = self.dispatcher.handle(request)
        answer = outcome.answer
        if isinstance(answer, Say | Replace):
            ack(**answer.message.payload(), response_type="ephemeral")
            return
        if self._show(request, outcome):
            ack()
        else:
            # The form did not open: what was typed comes back to be copied.
            said = failure(outcome.voice, request.text)
            ack(**said.payload(), response_type="ephemeral")

    def on_action(self, ack: Ack, body: dict[str, Any]) -> BoltResponse | None:
        if body["actions"][0].get("url"):
            # A button that opens a page changes nothing here, and still wants its acknowledgement.
            ack()
            return None
        request = requests.from_action(body, self.clock())
        outcome = self.dispatcher.handle(request)
        self._show(request, outcome)
        if not outcome.is_owed:
            return _not_durable()
        ack()
        self._show_beneath(request, outcome)
        return None

    def on_shortcut(self, ack: Ack, body: dict[str, Any]) -> BoltResponse | None:
        request = requests.from_shortcut(body, self.clock())
        outcome = self.dispatcher.handle(request)
        self._show(request, outcome)
        if not outcome.is_owed:
            return _not_durable()
        ack()
        return None

    def on_submission(self, ack: Ack, body: dict[str, Any]) -> None:
        request = requests.from_submission(body, self.clock())
        outcome = self.dispatcher.handle(request)
        answer = outcome.answer
        if outcome.errors:
            ack(response_action="errors", errors=dict(outcome.errors))
        elif isinstance(answer, Say | Replace):
            title = answer.title if isinstance(answer, Say) else None
            view = as_modal(outcome.voice, answer.message, title)
            if outcome.is_done:
                _keep_place(request, view)
            ack(response_action="update" if outcome.is_done else "push", view=view)
        elif isinstance(answer, UpdateView | OpenView):
            ack(response_action="update", view=_keep_place(request, answer.view))
        else:
            self._show(request, outcome)
            ack()
        self._show_beneath(request, outcome)

    def on_search(self, ack: Ack, body: dict[str, Any]) -> None:
        outcome = self.dispatcher.handle(requests.from_search(body, self.clock()))
        found = outcome.answer.options if isinstance(outcome.answer, Suggest) else ()
        ack(options=[as_json(option) for option in found])

    def on_event(self, ack: Ack, body: dict[str, Any]) -> None:
        request = requests.from_event(body, self.clock())
        outcome = self.dispatcher.handle(request)
        if isinstance(outcome.answer, ShowHome):
            # Whatever else is answered has nowhere to be shown: nobody did anything.
            self._show(request, outcome)
        ack()

    def on_person(self, ack: Ack, body: dict[str, Any]) -> None:
        self.roster.note(requests.from_event(body, self.clock()))
        ack()

    def on_departure(self, ack: Ack, body: dict[str, Any]) -> None:
        self.departures.take(requests.from_event(body, self.clock()), body)
        ack()

    def _show(self, request: Request, outcome: Outcome) -> bool:
        """Show a view, if the answer is one; False when Slack did not take it."""
        view = _view_of(outcome)
        if view is None or _is_owed(outcome, request):
            return True
        in_form = request.surface is Surface.MODAL
        try:
            client = self.roster.client_of(request.team_id)
            match outcome.answer:
                case ShowHome():
                    client.views_publish(user_id=request.user_id, view=view)
                case OpenView() if in_form:
                    view.external_id = _place_above(request)
                    client.views_push(trigger_id=request.trigger_id or "", view=view)
                case Say() | Replace() | UpdateView() if in_form:
                    client.views_update(view_id=request.view_id, view=_keep_place(request, view))
                case _:
                    client.views_open(trigger_id=request.trigger_id or "", view=view)
        except UNREACHABLE as error:
            # The record is committed; only its picture is missing, and Home shows it when opened.
            with serving(request):
                log.warning("the view was not shown: %s", error)
            return False
        return True

    def _show_beneath(self, request: Request, outcome: Outcome) -> None:
        if outcome.beneath is None or request.previous_view_id is None:
            return
        try:
            client = self.roster.client_of(request.team_id)
            client.views_update(view_id=request.previous_view_id, view=outcome.beneath)
        except UNREACHABLE as error:
            # Somebody closed it meanwhile.
            with serving(request):
                log.info("the view beneath was not changed: %s", error)


def _place_above(request: Request) -> str | None:
    """The name of a view that is put on a card, by which its forms come to know of the card.

    Slack hands such a name back with every use of the view, and wants it to be one of its kind.
    """
    if request.callback_id != ids.CUSTOMER_CARD:
        return None
    return f"{request.callback_id}:{request.private_metadata}:{request.trigger_id}"


def _keep_place(request: Request, view: View) -> View:
    """A view in the place of the one that was used stands on the same card."""
    view.external_id = request.external_id or None
    return view


def _is_owed(outcome: Outcome, request: Request) -> bool:
    """Whether the delivery table carries the answer, see `dispatch`."""
    is_said = isinstance(outcome.answer, Say | Replace)
    return is_said and outcome.is_owed and request.response_url is not None


def _view_of(outcome: Outcome) -> View | None:
    match outcome.answer:
        case OpenView(view) | UpdateView(view) | ShowHome(view):
            return view
        case Say(message, title):
            return as_modal(outcome.voice, message, title)
        case Replace(message):
            return as_modal(outcome.voice, message)
    return None
