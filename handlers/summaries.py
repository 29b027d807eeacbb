"""The page that a contact hands to their superior: writing its texts, having it made (A5)."""

import hashlib
from datetime import date, timedelta

from bot.pictures.summary import title_of
from bot.playbook.rights import Action
from bot.playbook.summary_lines import MOST_PEOPLE, MOST_STEPS, read_people, read_steps
from bot.playbook.terms import Purpose
from bot.texts.catalogue import language_of
from bot.texts.voice import Voice
from bot.views import ids
from bot.views import summaries as views
from bot.views.blocks import Message
from handlers import summary_page
from handlers.answers import Answer, Invalid, OpenView, Say, Sorry
from handlers.reading import day, record_id
from handlers.request import Entry
from handlers.routes import Routes
from handlers.summary_page import Page, Typed
from handlers.turn import Turn
from storage import customers, errands, page_links, summaries
from storage.customers import Contact
from storage.states import ErrandKind

_TWICE = timedelta(minutes=1)
"""Within this time two clicks for the same page are one."""


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.MAKE_SUMMARY, make)
    routes.add(Entry.ACTION, ids.MATERIAL_SUMMARY, open_form, reads=True)
    routes.add(Entry.SUBMISSION, ids.SUMMARY_FORM, from_form)


def make(turn: Turn) -> Answer:
    """One click: the page with the texts that are kept, or with those that it writes by itself."""
    return Say(_have_made(turn, _contact(turn, record_id(turn.request.value))))


def open_form(turn: Turn) -> Answer:
    """The texts of the page, with everything that is known."""
    contact = _contact(turn, record_id(turn.request.value))
    shown = summary_page.shown_of(turn.conn, turn.workspace, contact.customer_id)
    if not shown.figures:
        raise _nothing_yet(turn, contact)
    language = language_of(contact.locale) or turn.workspace.locale
    typed = summary_page.typed_for(turn.conn, turn.workspace, contact, turn.me.name)
    known = views.Form(
        contact_id=contact.id,
        customer=contact.customer_name,
        contact=contact.name,
        language=language,
        written_title=title_of(shown, Voice(language, turn.workspace.timezone)),
        figures=[one.name for one in shown.bars],
        left_out=shown.left_out,
        has_link=turn.site.is_open,
        **vars(typed),
    )
    return OpenView(views.form(turn.voice, known))


def from_form(turn: Turn) -> Answer:
    """Keep the texts, and have the page made."""
    contact = _contact(turn, record_id(turn.request.private_metadata))
    typed = _typed(turn)
    said = summary_page.words_of(turn.conn, turn.workspace, contact)
    is_theirs = said is not None and typed.quote == said.words.strip()
    summary_id = summaries.keep(
        turn.conn,
        turn.team_id,
        contact.id,
        **vars(typed),
        voice_id=said.voice_id if said and is_theirs else None,
        changed_by=turn.me.user_id,
        changed_at=turn.now,
    )
    turn.audit("write_summary", "summary", summary_id, contact_id=contact.id)
    return Say(_have_made(turn, contact), turn.voice.plain("summary.form"))


def _have_made(turn: Turn, contact: Contact) -> Message:
    """Ask for the page; it comes as a direct message in a moment."""
    if turn.site.is_open:
        page_links.make(turn.conn, turn.team_id, Purpose.REFERRAL, contact.id, turn.now)
    page = summary_page.page_of(
        turn.conn, turn.workspace, contact, turn.site, turn.today, turn.me.name
    )
    if page is None:
        raise _nothing_yet(turn, contact)
    errands.add(
        turn.conn,
        turn.team_id,
        turn.now,
        kind=ErrandKind.SUMMARY,
        key=_key(turn, page),
        asked_by=turn.me.user_id,
        detail={"contact": contact.id, "day": turn.today.isoformat()},
    )
    turn.audit("make_summary", "contact", contact.id)
    return views.being_made(
        turn.voice,
        contact_id=contact.id,
        customer=contact.customer_name,
        contact=contact.name,
    )


def _key(turn: Turn, page: Page) -> str:
    """The same page for the same person is made once, however often they click."""
    digest = hashlib.sha256(repr(page).encode(errors="surrogatepass")).hexdigest()
    slot = int(turn.now.timestamp() // _TWICE.total_seconds())
    return f"summary:{page.contact.id}:{turn.me.user_id}:{slot}:{digest[:16]}"


def _typed(turn: Turn) -> Typed:
    """What the form says. Raises Invalid with each field's own complaint."""
    written = turn.request.written
    chosen = turn.request.answer(ids.SUMMARY_AGREED_ON)
    typed = Typed(
        title=" ".join(written(ids.SUMMARY_TITLE).split()),
        division=written(ids.SUMMARY_DIVISION),
        quote=written(ids.SUMMARY_QUOTE),
        quote_by=written(ids.SUMMARY_QUOTE_BY),
        agreed_on=day(chosen) if chosen else None,
        theirs=written(ids.SUMMARY_THEIRS),
        ours=written(ids.SUMMARY_OURS),
        steps=written(ids.SUMMARY_STEPS),
    )
    wrong = _wrong(typed, turn.today)
    if wrong:
        raise Invalid({block: turn.voice.plain(key, most=most) for block, key, most in wrong})
    return typed


def _wrong(typed: Typed, today: date) -> list[tuple[str, str, int]]:
    """Which block, which sentence, and the number in it."""
    wrong = []
    if typed.quote and not typed.quote_by:
        wrong.append((ids.SUMMARY_QUOTE_BY, "summary.wrong_quote_by", 0))
    if typed.quote and typed.agreed_on is None:
        wrong.append((ids.SUMMARY_AGREED_ON, "summary.wrong_agreed_on", 0))
    if typed.agreed_on and typed.agreed_on > today:
        wrong.append((ids.SUMMARY_AGREED_ON, "summary.wrong_agreed_ahead", 0))
    if len(read_people(typed.theirs)) + len(read_people(typed.ours)) > MOST_PEOPLE:
        wrong.append((ids.SUMMARY_OURS, "summary.wrong_people", MOST_PEOPLE))
    if len(read_steps(typed.steps)) > MOST_STEPS:
        wrong.append((ids.SUMMARY_STEPS, "summary.wrong_steps", MOST_STEPS))
    return wrong


def _contact(turn: Turn, contact_id: int) -> Contact:
    contact = customers.get_contact(turn.conn, turn.team_id, contact_id)
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(Action.ASK, contact.owner_id)
    return contact


def _nothing_yet(turn: Turn, contact: Contact) -> Sorry:
    return Sorry(
        views.nothing_yet(turn.voice, contact_id=contact.id, customer=contact.customer_name)
    )
