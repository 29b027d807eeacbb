"""The pages of a customer's own words: a testimonial, and why they chose us (P3).

What is permitted is written down with the sentence that stood beside the box. The same page shows
it again, and takes it back.
"""

from bot.messages import voice_news
from bot.pages import voices as views
from bot.pages.voices import CREDIT, HESITATION, NOTHING, TICKED, WITHDRAW, WORDS, VoiceFacts
from bot.playbook.terms import Credit, Purpose, VoiceKind, VoiceUse
from bot.playbook.voices import (
    CONSENTS,
    MOST_WORDS,
    PUBLIC,
    Given,
    VoiceChange,
    change_of,
    granted_uses,
    tidied,
    withdrawn_uses,
)
from bot.texts.consents import words
from handlers import consents
from handlers.web.guard import Answer, NotThere, PublicPage, SeeOther, Shown, Visit
from storage import customers, voices
from storage.customers import Contact
from storage.voices import Voice

_KINDS = {Purpose.VOICE: VoiceKind.TESTIMONIAL, Purpose.WHY: VoiceKind.WHY}


def show(visit: Visit) -> Shown:
    """What was said so far, or the form; with what was just typed when it has to be sent again."""
    return _page(visit, _contact(visit), {})


def take(visit: Visit) -> Answer:
    """Words, with what they permit, or that they are taken back."""
    contact = _contact(visit)
    if visit.typed(WITHDRAW):
        _withdraw(visit, contact)
        return SeeOther(visit.here)
    given = _typed(visit)
    problems = given.problems
    if problems:
        say = visit.voice.plain
        errors: dict[str, str] = {
            name: say(f"voice_page.{problem}", most=visit.voice.number(MOST_WORDS))
            for name, problem in problems.items()
        }
        return _page(visit, contact, errors)
    _keep(visit, contact, given)
    return SeeOther(visit.here)


PAGES = (
    PublicPage("/v/{token}", Purpose.VOICE, show, take),
    PublicPage("/w/{token}", Purpose.WHY, show, take),
)


def _contact(visit: Visit) -> Contact:
    contact = customers.get_contact(visit.conn, visit.team_id, visit.link.subject_id)
    if contact is None or contact.deleted_at or not contact.name:
        raise NotThere
    return contact


def _kind(visit: Visit) -> VoiceKind:
    return _KINDS[visit.link.purpose]


def _typed(visit: Visit) -> Given:
    """The form as it was sent. A field that is not there permits nothing."""
    uses = {use for use in PUBLIC if visit.typed(use) == TICKED}
    credit = visit.typed(CREDIT)
    return Given(
        words=tidied(visit.typed(WORDS)),
        hesitation=tidied(visit.typed(HESITATION)) if _kind(visit) is VoiceKind.WHY else "",
        credit=Credit(credit) if credit in set(Credit) else Credit.NOBODY,
        uses=frozenset({VoiceUse.INTERNAL, *uses}),
    )


def _given(visit: Visit, row: Voice) -> Given:
    uses = voices.uses_of(visit.conn, visit.team_id, row.id)
    return Given(row.words, row.hesitation, row.credit, uses)


def _page(visit: Visit, contact: Contact, errors: dict[str, str]) -> Shown:
    row = voices.latest(visit.conn, visit.team_id, contact.id, _kind(visit))
    kept = _given(visit, row) if row and row.stands else None
    day = visit.voice.full_day_of
    facts = VoiceFacts(
        kind=_kind(visit),
        customer=contact.customer_name,
        contact=contact.name,
        terms={
            use: words(visit.voice, about, visit.workspace.name) for use, about in CONSENTS.items()
        },
        kept=kept,
        kept_on=day(row.changed_at) if row and kept else "",
        withdrawn_on=day(row.withdrawn_at) if row and row.withdrawn_at else "",
    )
    shown = _typed(visit) if visit.form else kept or NOTHING
    html = views.page(visit.frame, facts, views.Typed(shown, errors))
    return Shown(html, 422 if errors else 200)


def _keep(visit: Visit, contact: Contact, given: Given) -> None:
    """Record what is new about an answer, and tell the team. The same again changes nothing."""
    kind = _kind(visit)
    row = voices.current(visit.conn, visit.team_id, contact.id, kind)
    if row is None:
        language = visit.voice.language
        added = voices.add(visit.conn, visit.team_id, contact.id, kind, given, language, visit.now)
        if added:
            _permit(visit, added, given, None)
            _tell(visit, added, VoiceChange.GIVEN)
            return
        # Somebody else with the same link was first.
        row = voices.current(visit.conn, visit.team_id, contact.id, kind)
        if row is None:
            raise LookupError(f"no voice of contact {contact.id}")
    before = _given(visit, row)
    change = change_of(before, given)
    if change:
        voices.change(visit.conn, visit.team_id, row, given, visit.voice.language, visit.now)
        ended = withdrawn_uses(before, given)
        voices.end(visit.conn, visit.team_id, row.id, ended, visit.now)
        _permit(visit, row.id, given, before)
        _tell(visit, row.id, change)


def _permit(visit: Visit, voice_id: int, given: Given, before: Given | None) -> None:
    texts = {
        use: consents.text_of(visit, CONSENTS[use], visit.voice).id
        for use in granted_uses(before, given)
    }
    voices.grant(visit.conn, visit.team_id, voice_id, texts, visit.now)


def _withdraw(visit: Visit, contact: Contact) -> None:
    row = voices.current(visit.conn, visit.team_id, contact.id, _kind(visit))
    if row:
        voices.withdraw(visit.conn, visit.team_id, row, visit.now)
        _tell(visit, row.id, VoiceChange.WITHDRAWN)


def _tell(visit: Visit, voice_id: int, change: VoiceChange) -> None:
    visit.audit(f"voice_{change}", "voice", voice_id, contact_id=visit.link.subject_id)
    voice_news.tell(visit.conn, visit.workspace, voice_id, change, visit.now, visit.key)
