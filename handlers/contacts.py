"""A contact's own data: name, mail, language, an open complaint, an opt-out (A1 O2)."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.rewrite import rewrite
from bot.playbook.customer_file import MAX_EMAIL
from bot.playbook.names import without_honorific
from bot.playbook.rights import Action
from bot.playbook.terms import GiftPolicy
from bot.texts.catalogue import LANGUAGES, language_of
from bot.views import contacts as views
from bot.views import ids
from bot.views.contacts import COMPLAINT, OPTED_OUT, Known
from handlers.answers import Answer, Invalid, OpenView, Say
from handlers.reading import one_of, record_id, word
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers, tickets, upkeep
from storage.customers import Contact


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.EDIT_CONTACT, open_form, reads=True)
    routes.add(Entry.SUBMISSION, ids.CONTACT_FORM, from_form)


def open_form(turn: Turn) -> Answer:
    contact = _find(turn, record_id(turn.request.value))
    known = Known(
        contact_id=contact.id,
        name=contact.name,
        job_title=contact.job_title or "",
        email=contact.email or "",
        has_complaint=_has_complaint(turn, contact),
        has_opted_out=contact.opted_out_at is not None,
        language=language_of(contact.locale) or turn.workspace.locale,
        gift_policy=contact.gift_policy,
    )
    return OpenView(views.form(turn.voice, known))


def from_form(turn: Turn) -> Answer:
    contact = _find(turn, record_id(turn.request.private_metadata))
    name = without_honorific(turn.request.written(ids.NAME))
    if not name:
        raise Invalid({ids.NAME: turn.voice.plain("contact.name_missing")})
    email = turn.request.written(ids.EMAIL)
    if len(email) > MAX_EMAIL:
        raise Invalid({ids.EMAIL: turn.voice.plain("contact.email_too_long")})
    standing = turn.request.answer(ids.STANDING) or []
    customers.change_contact(
        turn.conn,
        turn.team_id,
        contact.id,
        name=name,
        job_title=turn.request.written(ids.JOB_TITLE) or None,
        email=email or None,
        complaint_at=_since(turn, contact.complaint_at, _is_noted(turn, contact, standing)),
        opted_out_at=_since(turn, contact.opted_out_at, OPTED_OUT in standing),
    )
    if COMPLAINT not in standing:
        _settle_complaints(turn, contact)
    customers.change(
        turn.conn,
        turn.team_id,
        contact.customer_id,
        locale=one_of(LANGUAGES, turn.request.answer(ids.LANGUAGE)),
        gift_policy=word(GiftPolicy, turn.request.answer(ids.GIFT_POLICY)),
    )
    turn.audit(Action.EDIT_CUSTOMER, "contact", contact.id, customer_id=contact.customer_id)
    kept = upkeep.contact_changed(turn.conn, turn.workspace, contact.id, turn.now)
    rewrite(turn.conn, turn.workspace, kept.changed, turn.now, turn.request.key)
    return Say(
        views.saved(
            turn.voice,
            customer=contact.customer_name,
            contact=name,
            may_be_asked=not standing,
        )
    )


def _has_complaint(turn: Turn, contact: Contact) -> bool:
    """Noted by somebody of the team, or open in a help desk."""
    return contact.complaint_at is not None or _is_told_of(turn, contact)


def _is_told_of(turn: Turn, contact: Contact) -> bool:
    """Whether a help desk has told of a complaint that is open."""
    return tickets.open_of(turn.conn, turn.team_id, contact.customer_id, contact.id).has_complaint


def _is_noted(turn: Turn, contact: Contact, standing: Sequence[str]) -> bool:
    """Whether a tick is the team's own: one that a help desk has set goes with its ticket."""
    is_own = contact.complaint_at is not None or not _is_told_of(turn, contact)
    return COMPLAINT in standing and is_own


def _settle_complaints(turn: Turn, contact: Contact) -> None:
    """Nothing is the matter any more, whatever a help desk has told. A complaint of the customer as
    a whole is settled for everybody there."""
    if tickets.close_complaints(turn.conn, turn.team_id, contact.customer_id, contact.id, turn.now):
        turn.audit("settle_complaint", "contact", contact.id, customer_id=contact.customer_id)
        changed = upkeep.customer_changed(turn.conn, turn.workspace, contact.customer_id, turn.now)
        rewrite(turn.conn, turn.workspace, changed, turn.now, turn.request.key)


def _since(turn: Turn, known: datetime | None, holds: bool) -> datetime | None:
    """Since when something holds: it began now unless it was known before."""
    return (known or turn.now) if holds else None


def _find(turn: Turn, contact_id: int) -> Contact:
    contact = customers.get_contact(turn.conn, turn.team_id, contact_id)
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(Action.EDIT_CUSTOMER, contact.owner_id)
    return contact
