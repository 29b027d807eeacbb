"""Preparing an ask: what may be asked of whom now, and the text for it (A1 A2 A3 A4 M3)."""

from dataclasses import replace

from slack_sdk.models.blocks import Block

from bot.mail.letter import is_address
from bot.playbook import asking as rules
from bot.playbook import contact_facts
from bot.playbook.asking import (
    AtOnce,
    NotNow,
    Override,
    ReadyAsk,
    RecordedOnly,
    RepairFirst,
)
from bot.playbook.contact_facts import ContactRecords, ResultRecord
from bot.playbook.contact_state import ContactState, fold
from bot.playbook.measures import Measure, compare
from bot.playbook.offers import Audience
from bot.playbook.reasons import ReasonCode, Refused
from bot.playbook.rights import Action
from bot.playbook.terms import Purpose
from bot.texts.catalogue import language_of
from bot.texts.measures import before_and_after, headline
from bot.texts.templates import Placeholder, fill, used, without_lines
from bot.texts.voice import Voice
from bot.views import asks as views
from bot.views import summaries
from bot.views.ask_choice import AskChoice
from bot.views.asks import Draft, Hurdle, Letter
from handlers.shelf import Shelf, shelf_of
from handlers.turn import Turn
from storage import contact_states, customers, page_links, results, templates
from storage.customers import Contact, Customer
from storage.results import Result
from storage.templates import Template

_MOST_CONTACTS = 20
"""How many people of one account are looked at for the one to ask."""


def at_once(turn: Turn, contact: Contact, known: ContactState | None = None) -> list[Block]:
    """The blocks that follow the confirmation of what was logged about this contact, whose state
    may be known from the logging."""
    shelf = shelf_of(turn)
    return _shown(turn, contact, _decide(turn, contact, shelf, known), shelf)


def after_result(
    turn: Turn, customer: Customer, contact: Contact | None, record: ResultRecord
) -> list[Block]:
    """The same after a result: for the one who reported it, or whom the account knows best."""
    if not record.improved:
        return []
    if contact is None:
        contact = whom_at(turn, customer)
    if contact is None:
        return views.nobody_to_ask(turn.voice, customer.name)
    shelf = shelf_of(turn)
    decision = _decide(turn, contact, shelf)
    blocks = _shown(turn, contact, decision, shelf)
    # A ready ask offers the page for their superior itself.
    is_ready = isinstance(decision, ReadyAsk)
    return blocks if is_ready else [*blocks, summaries.ways(turn.voice, contact.id)]


def whom_at(turn: Turn, customer: Customer) -> Contact | None:
    """Whom at this account to ask first: somebody who may be asked, then by score."""
    people = customers.contacts_at(turn.conn, turn.team_id, customer.id)[:_MOST_CONTACTS]
    shelf = shelf_of(turn)

    def suitability(contact: Contact) -> tuple[bool, int]:
        state = state_of(turn, contact)
        ready = prepare(turn, contact, known=state, shelf=shelf)
        return isinstance(ready, ReadyAsk), state.rank_key

    return max(people, key=suitability, default=None)


def state_of(turn: Turn, contact: Contact) -> ContactState:
    """What the rules know of a contact; without a row nothing was ever recorded about it."""
    known = contact_states.get(turn.conn, turn.team_id, contact.id)
    if known:
        return known
    facts = contact_facts.Contact(
        contact_id=contact.id,
        customer_id=contact.customer_id,
        owner_id=contact.owner_id,
        opted_out=contact.opted_out_at is not None,
        open_complaint=contact.complaint_at is not None,
    )
    return fold(facts, ContactRecords(), turn.policy)


def language_for(turn: Turn, contact: Contact) -> str:
    """The language in which this contact is written to."""
    return language_of(contact.locale) or turn.workspace.locale


def audience_of(turn: Turn, contact: Contact) -> Audience:
    return Audience(contact.kind, contact.gift_policy, language_for(turn, contact))


def prepare(
    turn: Turn,
    contact: Contact,
    choice: AskChoice | None = None,
    override: Override | None = None,
    *,
    known: ContactState | None = None,
    shelf: Shelf | None = None,
) -> ReadyAsk | NotNow:
    """The ask with the offer and the template of `choice`, or the ones that fit best.

    A chosen offer has to pass the same rules as any other; a chosen template is the rep's taste.
    The contact's state and the catalogue are read unless they are known.
    """
    state = known or state_of(turn, contact)
    shelf = shelf or shelf_of(turn)
    kit = shelf.kit((choice.offer_id or None) if choice else None)
    audience = audience_of(turn, contact)
    ready = rules.prepare_ask(state, turn.now, turn.policy, kit, audience, turn.today, override)
    if isinstance(ready, NotNow):
        return ready
    if choice and choice.template_id:
        chosen = templates.get(turn.conn, turn.team_id, choice.template_id)
        if chosen:
            return replace(ready, template=chosen.facts())
    return shelf.worded(ready, audience.locale)


def draft_of(
    turn: Turn,
    contact: Contact,
    ready: ReadyAsk,
    choice: AskChoice | None = None,
    *,
    shelf: Shelf | None = None,
) -> Draft:
    """A prepared ask as it is shown."""
    result = _result_of(turn, contact, ready, choice)
    shelf = shelf or shelf_of(turn)
    offer, template = shelf.offer(ready), shelf.text(ready)
    title = offer.title(language_for(turn, contact)) if offer else None
    return Draft(
        choice=AskChoice(
            contact_id=contact.id,
            result_id=result.id if result else None,
            offer_id=offer.id if offer else None,
            template_id=template.id if template else None,
        ),
        customer=contact.customer_name,
        contact=contact.name,
        email=contact.email,
        moment=ready.moment.kind,
        moment_at=ready.moment.at,
        offer=title,
        letter=_letter(turn, contact, template, result, title) if template else None,
        why=ready.score.reasons,
        overridden=ready.overridden,
        may_mail=may_mail(turn, contact),
    )


def may_mail(turn: Turn, contact: Contact) -> bool:
    """Whether I can write to this contact from here."""
    addresses = (contact.email or "", turn.me.email or "")
    return turn.has_mail and all(is_address(one) for one in addresses)


def hurdle_of(turn: Turn, contact: Contact, decision: NotNow | RecordedOnly) -> Hurdle:
    """A refusal as it is shown, with what this person may do about it."""
    is_overridable = isinstance(decision, NotNow) and decision.is_overridable
    return Hurdle(
        contact_id=contact.id,
        customer=contact.customer_name,
        contact=contact.name,
        reasons=decision.reasons,
        until=decision.until,
        may_override=is_overridable and may(turn, Action.OVERRIDE_ASK, contact.owner_id),
        may_edit_catalogue=may(turn, Action.EDIT_CATALOGUE),
    )


def may(turn: Turn, action: Action, owner_id: str | None = None) -> bool:
    """Whether to show me the button for this; the click is checked again."""
    try:
        turn.allow(action, owner_id)
    except Refused:
        return False
    return True


def _decide(
    turn: Turn, contact: Contact, shelf: Shelf, known: ContactState | None = None
) -> AtOnce:
    audience = audience_of(turn, contact)
    decision = rules.at_once(
        known or state_of(turn, contact),
        turn.now,
        turn.policy,
        shelf.kit(),
        audience,
        turn.today,
    )
    return shelf.worded(decision, audience.locale) if isinstance(decision, ReadyAsk) else decision


def _shown(turn: Turn, contact: Contact, decision: AtOnce, shelf: Shelf) -> list[Block]:
    match decision:
        case ReadyAsk():
            return views.ready(turn.voice, draft_of(turn, contact, decision, shelf=shelf))
        case RepairFirst(reasons):
            low = tuple(one for one in reasons if one.code is ReasonCode.BELOW_THRESHOLD)
            hurdle = hurdle_of(turn, contact, RecordedOnly(low))
            return views.not_now(turn.voice, hurdle, heading="ask.repair_first")
        case RecordedOnly():
            return views.not_now(turn.voice, hurdle_of(turn, contact, decision))


def _result_of(
    turn: Turn, contact: Contact, ready: ReadyAsk, choice: AskChoice | None
) -> Result | None:
    """The result that was shown, as long as it stands; otherwise the latest that improved."""
    for result_id in (choice.result_id if choice else None, ready.result_id):
        found = results.get(turn.conn, turn.team_id, result_id) if result_id else None
        is_theirs = found is not None and found.customer_id == contact.customer_id
        if found and is_theirs and found.improved and found.deleted_at is None:
            return found
    return None


def _letter(
    turn: Turn, contact: Contact, template: Template, result: Result | None, offer: str | None
) -> Letter:
    voice = Voice(language_of(template.locale) or turn.workspace.locale, turn.me.timezone)
    values = _values(turn, contact, voice, result, offer)
    texts = [template.subject, template.body, template.short]
    if any(Placeholder.LINK in used(text) for text in texts):
        page = _page_of(turn, contact)
        values |= {Placeholder.LINK: page} if page else {}
    missing = {name for name in Placeholder if name not in values}
    if Placeholder.LINK in missing:
        # Nobody can write an address that there is not.
        texts = [without_lines(text, Placeholder.LINK) for text in texts]
        missing.remove(Placeholder.LINK)
    gaps = {name: voice.plain(f"ask_gap.{name}") for name in missing}
    subject, body, short = (fill(text, values | gaps) for text in texts)
    has_gaps = any(used(text) & missing for text in texts)
    return Letter(" ".join(subject.split()), body, short, has_gaps)


def _page_of(turn: Turn, contact: Contact) -> str | None:
    """The address of the contact's referral page (P1); None where customers can't reach Goen."""
    if not turn.site.is_open:
        return None
    of = (turn.conn, turn.team_id, Purpose.REFERRAL, contact.id)
    page = page_links.current(*of) if turn.reads else page_links.make(*of, turn.now)
    return turn.site.address(Purpose.REFERRAL, page.token) if page else None


def _values(
    turn: Turn, contact: Contact, voice: Voice, result: Result | None, offer: str | None
) -> dict[Placeholder, str]:
    values = {
        Placeholder.CONTACT: contact.name,
        Placeholder.CUSTOMER: contact.customer_name,
        Placeholder.IDEAL_CUSTOMER: turn.workspace.ideal_customer_in(voice.language)
        or voice.plain("template_default.ideal_customer"),
        Placeholder.SENDER: turn.me.name,
        Placeholder.COMPANY: turn.workspace.name,
    }
    if offer:
        values[Placeholder.OFFER] = offer
    if result:
        before = Measure(result.before.normalize() + 0, result.before_unit)
        after = Measure(result.after.normalize() + 0, result.after_unit)
        change = compare(before, after, result.direction)
        said = before_and_after(voice, before, after, change, in_full=True)
        values |= {
            Placeholder.KPI: result.kpi,
            Placeholder.BEFORE: said[0],
            Placeholder.AFTER: said[1],
            Placeholder.CHANGE: headline(voice, change),
        }
    return values
