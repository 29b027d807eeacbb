"""Handing a contact their referral page, and closing it (P1)."""

from dataclasses import replace

from bot.playbook.rights import Action
from bot.playbook.terms import Purpose
from bot.texts.catalogue import language_of
from bot.texts.voice import Voice
from bot.views import ids
from bot.views import referral_pages as views
from bot.views.referral_pages import PageFacts
from handlers.answers import Answer, OpenView, UpdateView
from handlers.asks import the_contact
from handlers.reading import record_id
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import page_links
from storage.customers import Contact
from storage.page_links import PageLink

_CODE = "/qr.png"


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.MATERIAL_PAGE, open_page)
    routes.add(Entry.ACTION, ids.RENEW_PAGE, renew)
    routes.add(Entry.ACTION, ids.REVOKE_PAGE, revoke)


def open_page(turn: Turn) -> Answer:
    """The page of a contact, made when there never was one; one that was closed stays closed."""
    contact = _contact(turn)
    link = page_links.current(turn.conn, turn.team_id, Purpose.REFERRAL, contact.id)
    if link is None and not page_links.was_closed(
        turn.conn, turn.team_id, Purpose.REFERRAL, contact.id
    ):
        link = page_links.make(turn.conn, turn.team_id, Purpose.REFERRAL, contact.id, turn.now)
        turn.audit("make_page", "contact", contact.id, page=Purpose.REFERRAL)
    return OpenView(views.desk(turn.voice, _facts(turn, contact, link)))


def renew(turn: Turn) -> Answer:
    """Another address; the old one leads nowhere from now on."""
    contact = _contact(turn)
    link = page_links.renew(turn.conn, turn.team_id, Purpose.REFERRAL, contact.id, turn.now)
    turn.audit("renew_page", "contact", contact.id, page=Purpose.REFERRAL)
    return _again(turn, _facts(turn, contact, link), "referral_link.renewed")


def revoke(turn: Turn) -> Answer:
    """Nobody comes in by it any more."""
    contact = _contact(turn)
    if page_links.revoke(turn.conn, turn.team_id, Purpose.REFERRAL, contact.id, turn.now):
        turn.audit("revoke_page", "contact", contact.id, page=Purpose.REFERRAL)
    return _again(turn, _facts(turn, contact, None), "referral_link.revoked")


def _again(turn: Turn, facts: PageFacts, done: str) -> Answer:
    return UpdateView(views.desk(turn.voice, replace(facts, done=done)))


def _contact(turn: Turn) -> Contact:
    """Raises Sorry or Refused."""
    if not turn.site.is_open:
        raise turn.sorry("referral_link.no_site")
    return the_contact(turn, record_id(turn.request.value), Action.ASK)


def _facts(turn: Turn, contact: Contact, link: PageLink | None) -> PageFacts:
    facts = PageFacts(contact.id, contact.customer_name, contact.name)
    if link is None:
        return facts
    address = turn.site.address(Purpose.REFERRAL, link.token)
    theirs = Voice(language_of(contact.locale) or turn.workspace.locale, turn.workspace.timezone)
    invitation = theirs.plain(
        "referral_link.invitation",
        contact=contact.name,
        sender=turn.me.name,
        company=turn.workspace.name,
        address=address,
    )
    return replace(facts, address=address, code=address + _CODE, invitation=invitation)
