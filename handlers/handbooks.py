"""Handing out the programme's handbook: its link, a letter to send it with, its print (O3)."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.playbook.lines import parse_ask
from bot.playbook.rights import Action
from bot.playbook.terms import Purpose
from bot.texts.catalogue import LANGUAGES, language_of
from bot.texts.voice import Voice
from bot.views import handbook as views
from bot.views import ids
from bot.views.handbook import HandbookFacts
from handlers import finding
from handlers.answers import Answer, Nothing, OpenView, UpdateView
from handlers.asking import may
from handlers.asks import the_contact
from handlers.reading import record_id
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import errands, page_links
from storage.customers import Contact
from storage.page_links import PageLink
from storage.states import ErrandKind

THE_WORKSPACE = 0
"""Whose page it is: there is one handbook for all."""
_TWICE = timedelta(minutes=1)
"""Within this time two clicks for the same print are one."""


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.MATERIAL_HANDBOOK, open_desk)
    routes.add(Entry.ACTION, ids.RENEW_HANDBOOK, renew)
    routes.add(Entry.ACTION, ids.REVOKE_HANDBOOK, revoke)
    routes.add(Entry.ACTION, ids.OPEN_HANDBOOK, opened, reads=True)
    for language in LANGUAGES:
        name = f"{ids.PRINT_HANDBOOK}{language}"
        routes.add(Entry.ACTION, name, partial(have_printed, language=language))


def from_line(turn: Turn) -> Answer:
    """`/goen handbook [山田製作所]`: for a customer when one is named, else for anybody."""
    turn.allow(Action.VIEW)
    head = parse_ask(turn.request.text).head
    contact = finding.the_contact(turn, head) if head.text else None
    if contact:
        turn.allow(Action.ASK, contact.owner_id)
    return OpenView(views.desk(turn.voice, _facts(turn, contact)))


def open_desk(turn: Turn) -> Answer:
    """The handbook for one contact."""
    contact = the_contact(turn, record_id(turn.request.value), Action.ASK)
    return OpenView(views.desk(turn.voice, _facts(turn, contact)))


def renew(turn: Turn) -> Answer:
    """Another address; the old one leads nowhere from now on."""
    turn.allow(Action.EDIT_CATALOGUE)
    if not turn.site.is_open:
        raise turn.sorry("handbook_desk.no_site")
    page_links.renew(turn.conn, turn.team_id, Purpose.HANDBOOK, THE_WORKSPACE, turn.now)
    turn.audit("renew_page", "workspace", turn.team_id, page=Purpose.HANDBOOK)
    return _again(turn, "handbook_desk.renewed")


def revoke(turn: Turn) -> Answer:
    """Nobody opens it any more until a manager opens it again."""
    turn.allow(Action.EDIT_CATALOGUE)
    if page_links.revoke(turn.conn, turn.team_id, Purpose.HANDBOOK, THE_WORKSPACE, turn.now):
        turn.audit("revoke_page", "workspace", turn.team_id, page=Purpose.HANDBOOK)
    return _again(turn, "handbook_desk.revoked")


def opened(_: Turn) -> Answer:
    """The browser opens the page; there is nothing for us to do."""
    return Nothing()


def have_printed(turn: Turn, language: str) -> Answer:
    """Ask for the print; it comes as a direct message in a moment."""
    turn.allow(Action.VIEW)
    slot = int(turn.now.timestamp() // _TWICE.total_seconds())
    errands.add(
        turn.conn,
        turn.team_id,
        turn.now,
        kind=ErrandKind.HANDBOOK,
        key=f"handbook:{turn.me.user_id}:{language}:{slot}",
        asked_by=turn.me.user_id,
        detail={"language": language},
    )
    turn.audit("print_handbook", "workspace", turn.team_id, language=language)
    return _again(turn, "handbook_desk.printing")


def _again(turn: Turn, done: str) -> Answer:
    """The same desk after a click on it."""
    kept = turn.request.private_metadata
    contact = the_contact(turn, record_id(kept), Action.ASK) if kept else None
    return UpdateView(views.desk(turn.voice, replace(_facts(turn, contact), done=done)))


def _facts(turn: Turn, contact: Contact | None) -> HandbookFacts:
    link = _current(turn)
    facts = HandbookFacts(
        is_closed=turn.site.is_open and link is None,
        may_edit=may(turn, Action.EDIT_CATALOGUE),
    )
    if contact:
        facts = replace(
            facts,
            contact_id=contact.id,
            customer=contact.customer_name,
            contact=contact.name,
            email=contact.email,
        )
    return _with_address(turn, facts, link, contact) if link else facts


def _with_address(
    turn: Turn, facts: HandbookFacts, link: PageLink, contact: Contact | None
) -> HandbookFacts:
    address = turn.site.address(Purpose.HANDBOOK, link.token)
    if contact is None:
        return replace(facts, address=address)
    language = language_of(contact.locale) or turn.workspace.locale
    if language != turn.workspace.locale:
        # The page does not know who reads it, and speaks the team's language by itself.
        address = f"{address}?lang={language}"
    letter = views.letter(
        Voice(language, turn.workspace.timezone),
        customer=contact.customer_name,
        contact=contact.name,
        sender=turn.me.name,
        sender_company=turn.workspace.name,
        address=address,
    )
    return replace(facts, address=address, letter=letter)


def _current(turn: Turn) -> PageLink | None:
    """The link, made when there never was one; one that was closed stays closed."""
    which = (turn.conn, turn.team_id, Purpose.HANDBOOK, THE_WORKSPACE)
    if not turn.site.is_open or page_links.was_closed(*which):
        return None
    found = page_links.current(*which)
    if found is None:
        found = page_links.make(*which, turn.now)
        turn.audit("make_page", "workspace", turn.team_id, page=Purpose.HANDBOOK)
    return found
