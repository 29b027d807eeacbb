"""From what a rep typed or chose to the record that is meant.

Names are not unique and hold spaces; only the customers that exist tell where one ends. What is not
certain is never guessed: the form opens with the likely reading filled in.
"""

from dataclasses import dataclass

from slack_sdk.models.blocks import Option

from bot.playbook.names import MAX_NAME, without_honorific
from bot.playbook.rights import Action
from bot.playbook.words import Head
from bot.texts.voice import Markup
from bot.views import ids, who
from bot.views.who import Chosen
from handlers.answers import Answer, Invalid, Suggest
from handlers.turn import Turn
from storage import customers
from storage.contact_states import refresh
from storage.customers import Contact, Customer

_SHOWN = 20


@dataclass(frozen=True)
class Reading:
    """One way to read a line: a customer that exists, and what follows its name."""

    customer: Customer
    remainder: str | None


@dataclass(frozen=True)
class Understood:
    """How far a line was understood: `option` for the search field, a person to be registered, and
    a sentence on what is `unclear`."""

    option: Option | None = None
    new_contact: str | None = None
    unclear: Markup | None = None


def readings(turn: Turn, head: Head) -> list[Reading]:
    """Customers that the head may mean, of the longest name that exists. Several share a name."""
    for name, remainder in head.splits():
        found = customers.named(turn.conn, turn.team_id, name)
        if found:
            return [Reading(customer, remainder) for customer in found]
    return []


def contacts_meant(turn: Turn, reading: Reading) -> list[Contact]:
    """The contacts that a reading may mean; all of the account's when it names nobody."""
    if reading.remainder:
        return customers.contacts_named(
            turn.conn, turn.team_id, reading.customer.id, reading.remainder
        )
    return customers.contacts_at(turn.conn, turn.team_id, reading.customer.id)


def the_contact(turn: Turn, head: Head) -> Contact | None:
    """The one contact that a line can mean; None when there is none or more than one."""
    found = readings(turn, head)
    if len(found) != 1:
        return None
    meant = contacts_meant(turn, found[0])
    return meant[0] if len(meant) == 1 else None


def understood(turn: Turn, head: Head, *, needs_person: bool = True) -> Understood:
    """What a form opens with when a line was not certain, and what it asks its reader to settle.

    Raises:
        Refused: the account is somebody else's, and so are the names of its people.
    """
    found = readings(turn, head)
    if not found:
        name, contact = head.likely()
        if not name:
            return Understood()
        return Understood(
            who.of_new(turn.voice, name), contact, turn.voice.markup("who.unknown", name=name)
        )
    name = found[0].customer.name
    if len(found) > 1:
        return Understood(unclear=turn.voice.markup("problem.customer.ambiguous", text=name))
    turn.allow(Action.VIEW, found[0].customer.owner_id)
    meant = contacts_meant(turn, found[0])
    if len(meant) == 1:
        return Understood(who.of_contact(turn.voice, meant[0]))
    if meant:
        return Understood(unclear=turn.voice.markup("who.several_people", name=name))
    new_contact = found[0].remainder
    return Understood(
        who.of_customer(found[0].customer),
        new_contact,
        _newcomer(turn, name, new_contact) if needs_person or new_contact else None,
    )


def _newcomer(turn: Turn, customer: str, contact: str | None) -> Markup:
    """Who will be registered on saving, or that a name is still wanted."""
    if contact:
        return turn.voice.markup("who.new_person", name=customer, contact=contact)
    return turn.voice.markup("who.nobody_yet", name=customer)


def option_of(turn: Turn, contact: Contact) -> Option:
    return who.of_contact(turn.voice, contact)


def find_contact(turn: Turn) -> Answer:
    """The type-ahead search for a person: by their own name and by their customer's."""
    typed = turn.request.text
    found = customers.search(turn.conn, turn.team_id, typed, seen_by=seen_by(turn), most=_SHOWN)
    people = customers.contacts_of(turn.conn, turn.team_id, [c.id for c in found])
    by_customer: dict[int, list[Option]] = {customer.id: [] for customer in found}
    for person in people:
        by_customer[person.customer_id].append(who.of_contact(turn.voice, person))
    options = [
        shown
        for customer in found
        for shown in by_customer[customer.id] or [who.of_customer(customer)]
    ]
    known = {shown.value for shown in options}
    for person in customers.search_contacts(
        turn.conn, turn.team_id, typed, seen_by=seen_by(turn), most=_SHOWN
    ):
        shown = who.of_contact(turn.voice, person)
        if shown.value not in known:
            options.append(shown)
    return suggest(turn, options)


def find_customer(turn: Turn) -> Answer:
    """The type-ahead search for an account."""
    found = customers.search(
        turn.conn, turn.team_id, turn.request.text, seen_by=seen_by(turn), most=_SHOWN
    )
    return suggest(turn, [who.of_customer(one) for one in found])


def chosen_contact(turn: Turn, action: Action) -> Contact:
    """The contact that a form names, registered first where it is new.

    Raises:
        Invalid: nobody was chosen, or an account without saying whom there.
        Refused: the account is somebody else's.
    """
    chosen = who.read(turn.request.answer(ids.CONTACT))
    new_name = turn.request.written(ids.NEW_CONTACT)
    if chosen and chosen.contact_id and not new_name:
        contact = customers.get_contact(turn.conn, turn.team_id, chosen.contact_id)
        if contact is None or contact.deleted_at:
            raise Invalid({ids.CONTACT: turn.voice.plain("who.gone")})
        turn.allow(action, contact.owner_id)
        return contact
    customer = _account(turn, chosen, action, ids.CONTACT)
    if not new_name:
        raise Invalid({ids.NEW_CONTACT: turn.voice.plain("who.contact_missing")})
    known = customers.contacts_named(turn.conn, turn.team_id, customer.id, new_name)
    if len(known) == 1:
        return known[0]
    return add_contact(turn, customer, new_name)


def chosen_customer(turn: Turn, action: Action) -> Customer:
    """The account that a form names, registered first where it is new. Raises as above."""
    chosen = who.read(turn.request.answer(ids.CUSTOMER))
    return _account(turn, chosen, action, ids.CUSTOMER)


def add_contact(turn: Turn, customer: Customer, name: str) -> Contact:
    """Register a person at an account, by their name without 様 or Mr."""
    contact_id = customers.add_contact(
        turn.conn,
        turn.team_id,
        turn.now,
        customer_id=customer.id,
        name=without_honorific(name),
        created_by=turn.me.user_id,
    )
    turn.audit("add_contact", "contact", contact_id, customer_id=customer.id)
    refresh(turn.conn, turn.team_id, contact_id, turn.policy)
    added = customers.get_contact(turn.conn, turn.team_id, contact_id)
    if added is None:
        raise LookupError(f"contact {contact_id} was just added")
    return added


def _account(turn: Turn, chosen: Chosen | None, action: Action, block_id: str) -> Customer:
    if chosen is None:
        raise Invalid({block_id: turn.voice.plain("who.missing")})
    customer: Customer | None
    if chosen.new_name is not None:
        return _register(turn, chosen.new_name, action)
    if chosen.contact_id is not None:
        contact = customers.get_contact(turn.conn, turn.team_id, chosen.contact_id)
        customer_id = contact.customer_id if contact else 0
    else:
        customer_id = chosen.customer_id or 0
    customer = customers.get(turn.conn, turn.team_id, customer_id)
    if customer is None or customer.deleted_at:
        raise Invalid({block_id: turn.voice.plain("who.gone")})
    turn.allow(action, customer.owner_id)
    return customer


def _register(turn: Turn, name: str, action: Action) -> Customer:
    """A new account of mine; one of that name that exists already is used instead."""
    known = customers.named(turn.conn, turn.team_id, name)
    if known:
        turn.allow(action, known[0].owner_id)
        return known[0]
    turn.allow(Action.ADD_CUSTOMER)
    customer_id = customers.create(
        turn.conn,
        turn.team_id,
        turn.now,
        name=name[:MAX_NAME],
        owner_id=turn.me.user_id,
        created_by=turn.me.user_id,
    )
    turn.audit("add_customer", "customer", customer_id)
    created = customers.get(turn.conn, turn.team_id, customer_id)
    if created is None:
        raise LookupError(f"customer {customer_id} was just created")
    return created


def suggest(turn: Turn, options: list[Option]) -> Suggest:
    """What was found, and registering what was typed when no customer is called so."""
    typed = turn.request.text
    if typed and not customers.named(turn.conn, turn.team_id, typed):
        options = [*options[:99], who.of_new(turn.voice, typed)]
    return Suggest(options[:100])


def seen_by(turn: Turn) -> str | None:
    """Whose customers a search is narrowed to; None when I see all."""
    return None if turn.sees_all else turn.me.user_id
