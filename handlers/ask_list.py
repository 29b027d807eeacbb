"""Whom to ask now, and preparing one ask: chosen, shortened, or by a manager's decision (A1 A3)."""

import json

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.playbook.asking import NotNow, Override, ReadyAsk
from bot.playbook.contact_state import ContactState, ask_window
from bot.playbook.lines import parse_ask
from bot.playbook.offers import Offer, choose_offer
from bot.playbook.rights import Action
from bot.playbook.score import explain
from bot.playbook.words import Head
from bot.texts.catalogue import language_of
from bot.texts.voice import Markup
from bot.views import ask_list as views
from bot.views import asks as ask_views
from bot.views import ids, who
from bot.views.answers import as_modal
from bot.views.ask_choice import AskChoice, read_choice
from bot.views.ask_list import Choices, Row
from bot.views.blocks import Message
from bot.views.problems import say_problems
from handlers import asking, finding
from handlers.answers import Answer, Invalid, OpenView, Say, UpdateView
from handlers.asks import mark_sent, sent_view, show, the_choice, the_contact, waiting_ask
from handlers.reading import carried, record_id
from handlers.request import Entry, Surface
from handlers.routes import Routes
from handlers.shelf import Shelf, shelf_of
from handlers.turn import Turn
from storage import contact_states, customers, offers, templates
from storage.customers import Contact

_LISTED = 10
_LONGEST_REASON = 500


def register(routes: Routes) -> None:
    routes.add(Entry.COMMAND, ids.ASK_COMMAND, from_line)
    routes.add(Entry.SHORTCUT, ids.WHOM_TO_ASK_SHORTCUT, open_list, reads=True)
    routes.add(Entry.ACTION, ids.SHOW_ASK_LIST, open_list, reads=True)
    routes.add(Entry.SUBMISSION, ids.ASK_FORM, from_form)
    routes.add(Entry.ACTION, ids.PREPARE_ASK, prepare)
    routes.add(Entry.ACTION, ids.SHORT_ASK, show_short, reads=True)
    routes.add(Entry.ACTION, ids.CHOOSE_ASK, open_choices, reads=True)
    routes.add(Entry.SUBMISSION, ids.CHOOSE_ASK_FORM, choose)
    routes.add(Entry.ACTION, ids.OVERRIDE_ASK, open_override, reads=True)
    routes.add(Entry.SUBMISSION, ids.OVERRIDE_ASK_FORM, override)
    routes.add(Entry.SUBMISSION, ids.SEND_OVERRIDDEN_ASK, send_overridden)


def from_line(turn: Turn) -> Answer:
    """`/ask` lists whom to ask; `/ask 山田製作所` prepares one, or says every reason why not."""
    line = parse_ask(turn.request.text)
    if not line.head.words:
        return Say(the_list(turn))
    contact = _meant(turn, line.head)
    if contact:
        return Say(_prepared(turn, contact))
    option = finding.understood(turn, line.head).option
    chosen = who.read(option.value) if option else None
    said = say_problems(turn.voice, line.problems, line.typed)
    if said and not line.problems:
        said = Markup(f"{turn.voice.markup('ask.which')}\n{said}")
    # Somebody unknown can't be asked; the search starts empty, below what was typed.
    known = option if chosen and chosen.new_name is None else None
    return OpenView(views.form(turn.voice, initial=known, said=said))


def open_list(turn: Turn) -> Answer:
    return OpenView(as_modal(turn.voice, the_list(turn), turn.voice.plain("ask_list.title")))


def from_form(turn: Turn) -> Answer:
    chosen = who.read(turn.request.answer(ids.CONTACT))
    if chosen and chosen.contact_id:
        contact = customers.get_contact(turn.conn, turn.team_id, chosen.contact_id)
    else:
        account = chosen.customer_id if chosen else None
        customer = customers.get(turn.conn, turn.team_id, account) if account else None
        contact = asking.whom_at(turn, customer) if customer else None
    if contact is None or contact.deleted_at:
        raise Invalid({ids.CONTACT: turn.voice.plain("ask.nobody_chosen")})
    return Say(_prepared(turn, contact), turn.voice.plain("ask.title"))


def prepare(turn: Turn) -> Answer:
    """Show the ready ask of one contact, or why not now."""
    choice = the_choice(turn)
    contact = the_contact(turn, choice.contact_id, Action.ASK)
    message = _prepared(turn, contact, choice)
    if turn.request.surface is Surface.MODAL:
        return OpenView(as_modal(turn.voice, message, turn.voice.plain("ask.title")))
    return Say(message, turn.voice.plain("ask.title"))


def show_short(turn: Turn) -> Answer:
    """The version for a chat, on top."""
    choice = the_choice(turn)
    contact = the_contact(turn, choice.contact_id, Action.ASK)
    ready = asking.prepare(turn, contact, choice)
    if isinstance(ready, NotNow):
        blocks = ask_views.not_now(turn.voice, asking.hurdle_of(turn, contact, ready))
    else:
        draft = asking.draft_of(turn, contact, ready, choice)
        blocks = ask_views.short_text(turn.voice, draft)
    return OpenView(_modal(turn, blocks))


def open_choices(turn: Turn) -> Answer:
    """Other offers that may be made to this contact, and the team's texts in their language."""
    choice = the_choice(turn)
    contact = the_contact(turn, choice.contact_id, Action.ASK)
    audience = asking.audience_of(turn, contact)
    language = asking.language_for(turn, contact)
    possible = [
        (one.id, one.title(turn.voice.language))
        for one in offers.catalogue(turn.conn, turn.team_id)
        if isinstance(choose_offer([one.facts()], audience, turn.today), Offer)
    ]
    texts = [
        (one.id, turn.voice.plain(f"template_name.{one.name}"))
        for one in templates.current(turn.conn, turn.team_id)
        if language_of(one.locale) == language
    ]
    known = Choices(possible, texts, choice.offer_id, choice.template_id)
    view = views.choose_form(turn.voice, str(choice), known)
    return UpdateView(view) if turn.request.surface is Surface.MODAL else OpenView(view)


def choose(turn: Turn) -> Answer:
    choice = read_choice(turn.request.private_metadata)
    if choice is None:
        raise turn.sorry("answer.outdated")
    contact = the_contact(turn, choice.contact_id, Action.ASK)
    offer, template = turn.request.answer(ids.OFFER), turn.request.answer(ids.TEMPLATE)
    chosen = AskChoice(
        contact_id=contact.id,
        result_id=choice.result_id,
        offer_id=record_id(offer) if offer else choice.offer_id,
        template_id=record_id(template) if template else choice.template_id,
    )
    return Say(_prepared(turn, contact, chosen), turn.voice.plain("ask.title"))


def open_override(turn: Turn) -> Answer:
    """A manager asks all the same; a reason is what it takes."""
    choice = the_choice(turn)
    contact = the_contact(turn, choice.contact_id, Action.OVERRIDE_ASK)
    decision = asking.prepare(turn, contact)
    reasons = decision.reasons if isinstance(decision, NotNow) else ()
    return OpenView(
        ask_views.override_form(
            turn.voice,
            str(choice),
            customer=contact.customer_name,
            contact=contact.name,
            against=reasons,
            most=_LONGEST_REASON,
        )
    )


def override(turn: Turn) -> Answer:
    """The ask with what is missing set aside; it is recorded when it is marked as sent."""
    choice = read_choice(turn.request.private_metadata)
    if choice is None:
        raise turn.sorry("answer.outdated")
    contact = the_contact(turn, choice.contact_id, Action.OVERRIDE_ASK)
    why = turn.request.written(ids.OVERRIDE_REASON)
    ready = asking.prepare(turn, contact, choice, Override(turn.me.user_id, why))
    if isinstance(ready, NotNow):
        if not why:
            raise Invalid({ids.OVERRIDE_REASON: turn.voice.plain("reason.override_needs_reason")})
        hurdle = asking.hurdle_of(turn, contact, ready)
        return Say(Message(turn.voice.plain("ask.title"), ask_views.not_now(turn.voice, hurdle)))
    draft = asking.draft_of(turn, contact, ready, choice)
    kept = json.dumps({"choice": str(draft.choice), "reason": why}, ensure_ascii=False)
    return UpdateView(ask_views.overridden_form(turn.voice, draft, kept))


def send_overridden(turn: Turn) -> Answer:
    kept = carried(turn.request.private_metadata)
    choice = read_choice(str(kept.get("choice", "")))
    if choice is None:
        raise turn.sorry("answer.outdated")
    contact = the_contact(turn, choice.contact_id, Action.OVERRIDE_ASK)
    decision = mark_sent(
        turn, contact, choice, Override(turn.me.user_id, str(kept.get("reason", "")))
    )
    if isinstance(decision, NotNow):
        hurdle = asking.hurdle_of(turn, contact, decision)
        return Say(Message(turn.voice.plain("ask.title"), ask_views.not_now(turn.voice, hurdle)))
    return show(turn, decision)


def the_list(turn: Turn) -> Message:
    """Whom to ask now, as a message."""
    return views.ask_list(
        turn.voice,
        rows(turn, _LISTED),
        of_team=turn.sees_all,
        threshold=turn.policy.promoter_threshold,
    )


def rows(turn: Turn, most: int) -> list[Row]:
    """Whom to ask now: of a rep's own accounts and the shared ones, or of a manager's team."""
    found = contact_states.to_ask(
        turn.conn,
        turn.team_id,
        ask_window(turn.now, turn.policy),
        most,
        owner_id=None if turn.sees_all else turn.me.user_id,
    )
    ids_found = [state.contact_id for state in found]
    contacts = customers.some_contacts(turn.conn, turn.team_id, ids_found)
    shelf = shelf_of(turn)
    return [_row(turn, state, contacts[state.contact_id], shelf) for state in found]


def _row(turn: Turn, state: ContactState, contact: Contact, shelf: Shelf) -> Row:
    score = explain(state, turn.now, turn.policy)
    decision = asking.prepare(turn, contact, known=state, shelf=shelf)
    if isinstance(decision, NotNow):
        return Row(
            contact_id=contact.id,
            customer=contact.customer_name,
            contact=contact.name,
            points=score.points,
            why=score.reasons,
            against=decision.reasons,
        )
    offer = shelf.offer(decision)
    template = decision.template
    return Row(
        contact_id=contact.id,
        customer=contact.customer_name,
        contact=contact.name,
        points=score.points,
        why=score.reasons,
        moment=decision.moment.kind,
        offer=offer.title(turn.voice.language) if offer else None,
        template=turn.voice.plain(f"template_name.{template.name}") if template else None,
    )


def _prepared(turn: Turn, contact: Contact, choice: AskChoice | None = None) -> Message:
    """The ready ask, or every reason why not and until when."""
    turn.allow(Action.ASK, contact.owner_id)
    decision = asking.prepare(turn, contact, choice)
    values = {"customer": contact.customer_name, "contact": contact.name}
    if isinstance(decision, ReadyAsk):
        draft = asking.draft_of(turn, contact, decision, choice)
        return Message(
            turn.voice.plain("ask.ready_text", **values), ask_views.ready(turn.voice, draft)
        )
    hurdle = asking.hurdle_of(turn, contact, decision)
    blocks = ask_views.not_now(turn.voice, hurdle)
    waiting = waiting_ask(turn, contact)
    if waiting:
        blocks += ask_views.sent(turn.voice, sent_view(turn, waiting)).blocks
    return Message(turn.voice.plain("ask.not_now_text", **values), blocks)


def _meant(turn: Turn, head: Head) -> Contact | None:
    """The contact that a line means; of an account alone, the one to ask first."""
    contact = finding.the_contact(turn, head)
    if contact:
        return contact
    found = finding.readings(turn, head)
    if len(found) != 1 or found[0].remainder:
        return None
    return asking.whom_at(turn, found[0].customer)


def _modal(turn: Turn, blocks: list[Block]) -> View:
    return as_modal(turn.voice, Message("", blocks), turn.voice.plain("ask.title"))
