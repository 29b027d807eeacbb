"""`/goen customer`: finding a customer and opening its card, where everything can be put right."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.playbook.lines import parse_ask
from bot.playbook.problems import Field, Problem, ProblemCode
from bot.playbook.rights import Action
from bot.playbook.words import Head
from bot.texts.voice import Markup
from bot.views import customer_forms as forms
from bot.views import customers as views
from bot.views import ids, who
from bot.views.problems import say_problems
from handlers import (
    ask_list,
    customer_card,
    customer_changes,
    finding,
    moments,
    nps,
    results,
)
from handlers.answers import Answer, Invalid, OpenView, UpdateView
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers, people
from storage.customers import Customer

_SHOWN = 20


def register(routes: Routes) -> None:
    routes.add(Entry.SEARCH, ids.OPEN_CUSTOMER, search, reads=True)
    routes.add(Entry.ACTION, ids.OPEN_CUSTOMER, choose)
    routes.add(Entry.SUBMISSION, ids.OPEN_CUSTOMER_FORM, from_form)
    routes.add(Entry.ACTION, ids.CONTACT_MENU, menu)
    customer_changes.register(routes)


def from_line(turn: Turn) -> Answer:
    """`/goen customer 山田製作所`: its card, or the search when nothing or no single one is
    meant."""
    line = parse_ask(turn.request.text)
    if not line.head.words:
        return OpenView(forms.search(turn.voice))
    meant = _meant(turn, line.head)
    if len(meant) == 1:
        customer = customer_card.find(turn, meant[0].id, Action.VIEW)
        return OpenView(customer_card.view(turn, customer))
    return OpenView(forms.search(turn.voice, _why(turn, meant, line.typed)))


def choose(turn: Turn) -> Answer:
    """The card of what was chosen in the search, in its place."""
    try:
        return _open_chosen(turn)
    except Invalid:
        # A click has no field to say it at: it was deleted since it was found, or taken off again.
        raise turn.sorry("who.gone" if turn.request.value else "who.missing") from None


def from_form(turn: Turn) -> Answer:
    if who.read(turn.request.answer(ids.CUSTOMER)) is None:
        raise Invalid({ids.CUSTOMER: turn.voice.plain("who.missing")})
    return _open_chosen(turn)


def search(turn: Turn) -> Answer:
    """The type-ahead: customers by name with their owners, then people by their own names."""
    conn, team_id, typed = turn.conn, turn.team_id, turn.request.text
    names = {one.user_id: one.name for one in people.team(conn, team_id)}
    seen_by = finding.seen_by(turn)
    accounts = customers.search(conn, team_id, typed, seen_by=seen_by, most=_SHOWN)
    options = [
        forms.found(turn.voice, one, names.get(one.owner_id or "", one.owner_email))
        for one in accounts
    ]
    if typed:
        persons = customers.search_contacts(conn, team_id, typed, seen_by=seen_by, most=_SHOWN)
        options += [who.of_contact(turn.voice, one) for one in persons]
    return finding.suggest(turn, options)


def menu(turn: Turn) -> Answer:
    """The menu of a contact: each entry does what its own button does elsewhere."""
    verb, _, contact_id = turn.request.value.partition(":")
    act = _MENU.get(verb)
    if act is None:
        raise turn.sorry("answer.outdated")
    return act(replace(turn, request=replace(turn.request, value=contact_id)))


_MENU: Mapping[str, Callable[[Turn], Answer]] = {
    views.LOG_NPS: nps.open_form,
    views.LOG_RESULT: results.open_form,
    views.LOG_MOMENT: moments.open_form,
    views.PREPARE_ASK: ask_list.prepare,
    views.DELETE: customer_changes.ask_to_delete_contact,
}


def _open_chosen(turn: Turn) -> Answer:
    """What was typed and stands for nobody yet is registered, as in every form."""
    customer = finding.chosen_customer(turn, Action.VIEW)
    return UpdateView(customer_card.view(turn, customer))


def _meant(turn: Turn, head: Head) -> list[Customer]:
    """The customers of that name that I may see; then those whose name contains it.

    One that is somebody else's alone is returned too: opening it says whose it is.
    """
    named = [reading.customer for reading in finding.readings(turn, head)]
    mine = [one for one in named if turn.sees_all or one.owner_id in (None, turn.me.user_id)]
    if mine or named:
        return mine or named[:1]
    return customers.search(
        turn.conn, turn.team_id, head.text, seen_by=finding.seen_by(turn), most=_SHOWN
    )


def _why(turn: Turn, meant: list[Customer], typed: str) -> Markup | None:
    if meant:
        problem = Problem(Field.CUSTOMER, ProblemCode.AMBIGUOUS, typed)
        return say_problems(turn.voice, [problem], typed)
    said = turn.voice.markup("customer.not_found")
    return Markup(f"{said}\n{turn.voice.markup('answer.typed', typed=typed)}")
