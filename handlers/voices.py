"""Asking customers for their own words, and finding what they said (P3)."""

from dataclasses import replace

from slack_sdk.models.views import View

from bot.messages import voice_news
from bot.messages.voices import said
from bot.playbook.lines import parse_ask
from bot.playbook.rights import Action
from bot.playbook.terms import Purpose, VoiceKind, VoiceUse
from bot.playbook.voices import against_asking
from bot.texts.catalogue import language_of
from bot.texts.voice import Voice
from bot.views import ids
from bot.views import voices as views
from bot.views.asks import Letter
from bot.views.voices import LISTED, Desk, DeskFacts, Listed, Said
from handlers import finding
from handlers.answers import Answer, OpenView, UpdateView
from handlers.reading import record_id, word
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import contact_states, customers, page_links, voices
from storage.customers import Contact
from storage.voices import Told

PURPOSES = {VoiceKind.TESTIMONIAL: Purpose.VOICE, VoiceKind.WHY: Purpose.WHY}
"""The page on which each question is asked."""


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.MATERIAL_VOICE, open_pages)
    routes.add(Entry.ACTION, ids.OPEN_VOICE_PAGES, open_pages)
    routes.add(Entry.ACTION, ids.RENEW_VOICE_PAGE, renew)
    routes.add(Entry.ACTION, ids.DELETE_VOICE, delete)
    routes.add(Entry.ACTION, ids.SHOW_VOICES, show_customer, reads=True)
    routes.add(Entry.ACTION, ids.FILTER_VOICES, narrow, reads=True)


def from_line(turn: Turn) -> Answer:
    """`/goen voices 山田製作所`: what a customer said, or everybody when no single one is meant."""
    found = finding.readings(turn, parse_ask(turn.request.text).head)
    if len(found) != 1:
        return OpenView(_listing(turn, None, VoiceUse.INTERNAL))
    turn.allow(Action.VIEW, found[0].customer.owner_id)
    return OpenView(_listing(turn, found[0].customer.id, VoiceUse.INTERNAL))


def open_pages(turn: Turn) -> Answer:
    """What to send to a contact, with pages made for it, and what they have said."""
    contact = _contact(turn, record_id(turn.request.value), Action.VIEW)
    return OpenView(views.desk(turn.voice, _facts(turn, contact)))


def renew(turn: Turn) -> Answer:
    """The old address of a page leads nowhere from now on."""
    named, _, contact_id = turn.request.value.partition(":")
    kind = word(VoiceKind, named)
    contact = _contact(turn, record_id(contact_id), Action.ASK)
    page_links.renew(turn.conn, turn.team_id, PURPOSES[kind], contact.id, turn.now)
    turn.audit("renew_page", "contact", contact.id, page=PURPOSES[kind])
    return _again(turn, contact, "voices.renewed")


def delete(turn: Turn) -> Answer:
    """Take somebody's words off the record, and out of the message that told of them."""
    row = voices.get(turn.conn, turn.team_id, record_id(turn.request.value))
    if row is None or not row.stands:
        raise turn.sorry("voices.gone")
    contact = _contact(turn, row.contact_id, Action.DELETE)
    voices.delete(turn.conn, turn.team_id, row, turn.now)
    turn.audit(Action.DELETE, "voice", row.id, contact_id=contact.id)
    voice_news.reword(turn.conn, turn.workspace, row, turn.now, turn.key)
    return _again(turn, contact, "voices.deleted")


def show_customer(turn: Turn) -> Answer:
    """Everything that came from the customer of a contact."""
    contact = _contact(turn, record_id(turn.request.value), Action.VIEW)
    return OpenView(_listing(turn, contact.customer_id, VoiceUse.INTERNAL))


def narrow(turn: Turn) -> Answer:
    """The same list, of what may be used for one thing."""
    kept = turn.request.private_metadata
    use = word(VoiceUse, turn.request.value)
    return UpdateView(_listing(turn, record_id(kept) if kept else None, use))


def _again(turn: Turn, contact: Contact, done: str) -> Answer:
    return UpdateView(views.desk(turn.voice, replace(_facts(turn, contact), done=done)))


def _contact(turn: Turn, contact_id: int, action: Action) -> Contact:
    contact = customers.get_contact(turn.conn, turn.team_id, contact_id)
    if contact is None or contact.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(action, contact.owner_id)
    return contact


def _facts(turn: Turn, contact: Contact) -> DeskFacts:
    state = contact_states.get(turn.conn, turn.team_id, contact.id)
    against = against_asking(
        has_opted_out=contact.opted_out_at is not None,
        has_complaint=contact.complaint_at is not None,
        score=state.nps_score if state else None,
        policy=turn.policy,
    )
    may_send = turn.site.is_open and not against
    return DeskFacts(
        contact_id=contact.id,
        customer=contact.customer_name,
        contact=contact.name,
        email=contact.email,
        desks=[_desk(turn, contact, kind, may_send=may_send) for kind in VoiceKind],
        has_pages=turn.site.is_open,
        against=against,
    )


def _desk(turn: Turn, contact: Contact, kind: VoiceKind, *, may_send: bool) -> Desk:
    latest = voices.latest(turn.conn, turn.team_id, contact.id, kind)
    stands = latest is not None and latest.stands
    uses = voices.uses_of(turn.conn, turn.team_id, latest.id) if latest and stands else frozenset()
    return Desk(
        kind=kind,
        said=said(turn.workspace, latest, contact, uses) if latest and stands else None,
        withdrawn_at=latest.withdrawn_at if latest else None,
        invitation=_invitation(turn, contact, kind) if may_send else None,
    )


def _invitation(turn: Turn, contact: Contact, kind: VoiceKind) -> Letter:
    purpose = PURPOSES[kind]
    link = page_links.make(turn.conn, turn.team_id, purpose, contact.id, turn.now)
    language = language_of(contact.locale) or turn.workspace.locale
    return views.invitation(
        Voice(language, turn.workspace.timezone),
        kind,
        company=contact.customer_name,
        contact=contact.name,
        sender=turn.me.name,
        sender_company=turn.workspace.name,
        address=turn.site.address(purpose, link.token),
    )


def _listing(turn: Turn, customer_id: int | None, use: VoiceUse) -> View:
    conn, team_id, most = turn.conn, turn.team_id, LISTED + 1
    customer = customers.get(conn, team_id, customer_id) if customer_id else None
    if customer_id and (customer is None or customer.deleted_at):
        raise turn.sorry("who.gone")
    if customer:
        turn.allow(Action.VIEW, customer.owner_id)
        found = voices.permitted_by(conn, team_id, customer.id, use, most=most)
    else:
        seen_by = finding.seen_by(turn)
        found = voices.permitted(conn, team_id, use, seen_by=seen_by, most=most)
    uses = voices.uses(conn, team_id, [one.voice_id for one in found])
    return views.listing(
        turn.voice,
        Listed(
            voices=[_listed(turn, one, uses[one.voice_id]) for one in found[:LISTED]],
            use=use,
            customer=customer.name if customer else "",
            kept=str(customer.id) if customer else "",
            has_more=len(found) > LISTED,
        ),
    )


def _listed(turn: Turn, one: Told, uses: frozenset[VoiceUse]) -> Said:
    return Said(
        voice_id=one.voice_id,
        contact_id=one.contact_id,
        customer=one.customer_name,
        contact=one.contact_name,
        job_title=one.job_title or "",
        kind=one.kind,
        words=one.words,
        hesitation=one.hesitation,
        credit=one.credit,
        uses=uses,
        language=language_of(one.locale) or turn.workspace.locale,
        at=one.changed_at,
    )
