"""Editing, handing over and deleting a customer and its people, and the way back."""

from bot.messages.rewrite import rewrite
from bot.playbook.customer_file import MAX_EMAIL
from bot.playbook.names import company_key, person_key, without_honorific
from bot.playbook.rights import Action
from bot.playbook.terms import CustomerKind
from bot.views import customer_forms as forms
from bot.views import ids
from bot.views.customer_forms import Known
from handlers import customer_card, finding
from handlers.answers import Answer, Invalid, OpenView, Replace, Say, UpdateView
from handlers.reading import day, record_id, word
from handlers.request import Entry, Surface
from handlers.routes import Routes
from handlers.turn import Turn
from storage import account_history, accounts, customers, follow_ups, people
from storage.customers import Contact, Customer
from storage.referrals import Referral


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.EDIT_CUSTOMER, open_edit, reads=True)
    routes.add(Entry.SUBMISSION, ids.CUSTOMER_FORM, edit)
    routes.add(Entry.ACTION, ids.DELETE_CUSTOMER, delete)
    routes.add(Entry.ACTION, ids.RESTORE_CUSTOMER, restore)
    routes.add(Entry.ACTION, ids.ADD_CONTACT, open_new_contact, reads=True)
    routes.add(Entry.SUBMISSION, ids.NEW_CONTACT_FORM, add_contact)
    routes.add(Entry.SUBMISSION, ids.DELETE_CONTACT_FORM, delete_contact)
    routes.add(Entry.ACTION, ids.RESTORE_CONTACT, restore_contact)


def open_edit(turn: Turn) -> Answer:
    found = customer_card.find(turn, record_id(turn.request.value), Action.EDIT_CUSTOMER)
    known = Known(found.id, found.name, found.kind, found.owner_id, found.contract_date)
    return OpenView(forms.edit_form(turn.voice, known))


def edit(turn: Turn) -> Answer:
    """Save the form; with a new owner go the open follow-ups of the old one."""
    found = customer_card.find(turn, record_id(turn.request.private_metadata), Action.EDIT_CUSTOMER)
    name, owner_id = _name(turn, found), _owner(turn, found)
    since = turn.request.answer(ids.CONTRACT_DATE)
    customers.change(
        turn.conn,
        turn.team_id,
        found.id,
        name=name,
        kind=word(CustomerKind, turn.request.answer(ids.KIND)),
        contract_date=day(since) if since else None,
    )
    turn.audit(Action.EDIT_CUSTOMER, "customer", found.id)
    named_in = follow_ups.open_at(turn.conn, turn.team_id, found.id)
    changed = tuple(row.id for row in named_in)
    if owner_id != found.owner_id:
        turn.allow(Action.REASSIGN, found.owner_id)
        changed += accounts.hand_over(turn.conn, turn.workspace, found, owner_id, turn.now)
        turn.audit(Action.REASSIGN, "customer", found.id, to=owner_id)
    _rewrite(turn, changed)
    has_new_owner = owner_id != found.owner_id
    return Say(forms.saved(turn.voice, name, owner_id, has_new_owner=has_new_owner))


def delete(turn: Turn) -> Answer:
    """Delete a customer, unless a referral of theirs is under way."""
    found = customer_card.find(turn, record_id(turn.request.value), Action.DELETE)
    open_ones = account_history.open_of_customer(turn.conn, turn.team_id, found.id)
    if open_ones:
        return _not_yet(turn, found.name, open_ones)
    _rewrite(turn, accounts.delete(turn.conn, turn.workspace, found, turn.now))
    turn.audit(Action.DELETE, "customer", found.id)
    return Replace(forms.deleted(turn.voice, found))


def restore(turn: Turn) -> Answer:
    """Undo: the card is back with everything that was on it."""
    found = customers.get(turn.conn, turn.team_id, record_id(turn.request.value))
    if found is None:
        raise turn.sorry("who.gone")
    turn.allow(Action.DELETE, found.owner_id)
    if found.deleted_at:
        _rewrite(turn, accounts.restore(turn.conn, turn.workspace, found, turn.now))
        turn.audit("restore", "customer", found.id)
    said = forms.restored(turn.voice, found)
    if turn.request.surface is not Surface.MODAL:
        return Replace(said)
    now_is = customer_card.find(turn, found.id, Action.VIEW)
    return UpdateView(customer_card.view(turn, now_is, said))


def open_new_contact(turn: Turn) -> Answer:
    found = customer_card.find(turn, record_id(turn.request.value), Action.EDIT_CUSTOMER)
    return OpenView(forms.contact_form(turn.voice, found.id))


def add_contact(turn: Turn) -> Answer:
    found = customer_card.find(turn, record_id(turn.request.private_metadata), Action.EDIT_CUSTOMER)
    name = without_honorific(turn.request.written(ids.NAME))
    if not name:
        raise Invalid({ids.NAME: turn.voice.plain("contact.name_missing")})
    email = turn.request.written(ids.EMAIL)
    if len(email) > MAX_EMAIL:
        raise Invalid({ids.EMAIL: turn.voice.plain("contact.email_too_long")})
    known = customers.contacts_at(turn.conn, turn.team_id, found.id)
    if person_key(name) in {person_key(one.name) for one in known}:
        raise Invalid({ids.NAME: turn.voice.plain("customer.contact_exists")})
    added = finding.add_contact(turn, found, name)
    customers.change_contact(
        turn.conn,
        turn.team_id,
        added.id,
        job_title=turn.request.written(ids.JOB_TITLE) or None,
        email=email or None,
    )
    return Say(forms.contact_added(turn.voice, added))


def ask_to_delete_contact(turn: Turn) -> Answer:
    """Deleting is confirmed first; a referral under way is in its way."""
    contact = _contact(turn, record_id(turn.request.value))
    open_ones = account_history.open_of_contact(turn.conn, turn.team_id, contact.id)
    if open_ones:
        return _not_yet(turn, contact.name, open_ones)
    return OpenView(forms.delete_contact_form(turn.voice, contact))


def delete_contact(turn: Turn) -> Answer:
    contact = _contact(turn, record_id(turn.request.private_metadata))
    open_ones = account_history.open_of_contact(turn.conn, turn.team_id, contact.id)
    if open_ones:
        return _not_yet(turn, contact.name, open_ones)
    _rewrite(turn, accounts.delete_contact(turn.conn, turn.workspace, contact, turn.now))
    turn.audit(Action.DELETE, "contact", contact.id, customer_id=contact.customer_id)
    return Say(forms.contact_deleted(turn.voice, contact))


def restore_contact(turn: Turn) -> Answer:
    found = customers.get_contact(turn.conn, turn.team_id, record_id(turn.request.value))
    if found is None:
        raise turn.sorry("who.gone")
    customer_card.find(turn, found.customer_id, Action.DELETE)
    if not found.name:
        raise turn.sorry("erase.gone")
    if found.deleted_at:
        _rewrite(turn, accounts.restore_contact(turn.conn, turn.workspace, found, turn.now))
        turn.audit("restore", "contact", found.id, customer_id=found.customer_id)
    return Replace(forms.contact_restored(turn.voice, found))


def _name(turn: Turn, found: Customer) -> str:
    """The name in the form, which no other customer has. Raises Invalid."""
    name = turn.request.written(ids.NAME)
    if not company_key(name):
        raise Invalid({ids.NAME: turn.voice.plain("customer.name_missing")})
    is_same = company_key(name) == company_key(found.name)
    others = [one for one in customers.named(turn.conn, turn.team_id, name) if one.id != found.id]
    if others and not is_same:
        raise Invalid({ids.NAME: turn.voice.plain("customer.name_taken", name=others[0].name)})
    return name


def _owner(turn: Turn, found: Customer) -> str | None:
    """Who looks after the customer from now on; None for the team. Raises Invalid."""
    chosen: str | None = turn.request.answer(ids.OWNER)
    if turn.request.answer(ids.SHARED):
        if chosen not in (None, found.owner_id):
            raise Invalid({ids.OWNER: turn.voice.plain("customer.owner_or_shared")})
        return None
    team = {one.user_id for one in people.team(turn.conn, turn.team_id)}
    if chosen and chosen != found.owner_id and chosen not in team:
        raise Invalid({ids.OWNER: turn.voice.plain("customer.owner_not_in_team")})
    return chosen or None


def _contact(turn: Turn, contact_id: int) -> Contact:
    contact = customers.get_contact(turn.conn, turn.team_id, contact_id)
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(Action.DELETE, contact.owner_id)
    return contact


def _not_yet(turn: Turn, name: str, open_ones: list[Referral]) -> Answer:
    listed = [customer_card.listed(turn, one) for one in open_ones]
    said = forms.not_yet(turn.voice, name, listed)
    if turn.request.entry is Entry.SUBMISSION:
        return Say(said)
    # Not on top: a referral's own forms find room above its card, Slack stacks no more than three.
    return customer_card.in_place(turn, said)


def _rewrite(turn: Turn, changed: tuple[int, ...]) -> None:
    rewrite(turn.conn, turn.workspace, changed, turn.now, turn.request.key)
