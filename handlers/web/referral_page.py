"""The referral page of a contact (P1 P5): a form for a phone, which ends in the same record as
`/referral` does.

The customer is never asked about doubles: who else was referred, and by whom, is nobody's business
on a page. Their word is kept in any case, and the rep is told what is known (`arrivals`).
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from markupsafe import Markup

from bot.messages import arrivals
from bot.pages import referral as pages
from bot.pages.referral import (
    AGREED,
    COMPANY,
    EMAIL,
    MOST_NOTE,
    NOTE,
    PERSON,
    NextSteps,
    Numbers,
    ReferralFacts,
)
from bot.pages.sharing import share
from bot.pictures.qr import qr_png, qr_svg
from bot.playbook import referrals as rules
from bot.playbook.duplicates import SameReferral, SelfReferral
from bot.playbook.names import MAX_NAME, company_key, person_key, without_honorific
from bot.playbook.reasons import Refusal
from bot.playbook.referral_facts import OPEN_STAGES
from bot.playbook.terms import Consent, ConsentTo, FollowUpKind, Purpose
from bot.playbook.working_time import local_date, zone
from bot.texts.consents import words
from bot.texts.public_numbers import as_of, say
from bot.texts.voice import Voice
from bot.views.drafts import DraftFacts, draft
from handlers import consents
from handlers.consents import Given
from handlers.referral_care import is_email
from handlers.referral_record import keep
from handlers.referral_taking import Typed, add, add_what_was_told, matched, note_ask
from handlers.web.guard import Answer, NotThere, PublicPage, SeeOther, Shown, Visit
from storage import asks, customers, page_links, people, public_numbers, referrals
from storage.clocks import person_time
from storage.customers import Contact

_DONE = "/thanks"
_TICKED = "yes"
_LINE_BREAK = re.compile(r"\s+")


def show(visit: Visit) -> Shown:
    """The form with what was typed so far, if anything was."""
    return Shown(_page(visit, _contact(visit), {}))


def take(visit: Visit) -> Answer:
    """One referral; what can't be read is asked for again, with everything else still there."""
    contact = _contact(visit)
    errors = dict(_errors(visit))
    typed = _typed(visit, contact)
    match = matched(visit, contact, typed) if not errors else None
    if isinstance(match, SelfReferral):
        errors[COMPANY] = visit.voice.plain("referral_page.own_company")
    if errors:
        return Shown(_page(visit, contact, errors), 422)
    if isinstance(match, SameReferral) and match.same_person:
        referral_id = _told_again(visit, contact, typed, match.referral_id)
    else:
        referral_id = add(visit, contact, typed, _owner(visit, contact))
    _note_consent(visit, referral_id)
    arrivals.tell(visit.conn, visit.workspace, referral_id, visit.now, visit.key)
    return SeeOther(visit.here + _DONE)


def thanks(visit: Visit) -> Shown:
    """What happens next, and when; nothing of what was sent."""
    policy = visit.workspace.policy
    steps = NextSteps(
        sender=_sender(visit, _contact(visit)),
        hours=int(policy.first_contact_within / timedelta(hours=1)),
        days=int(policy.progress_every / timedelta(days=1)),
        again=visit.frame.link(visit.here),
    )
    return Shown(pages.thanks(visit.frame, steps))


def code_svg(visit: Visit) -> Shown:
    return Shown(qr_svg(visit.address), media_type="image/svg+xml")


def code_png(visit: Visit) -> Shown:
    return Shown(qr_png(visit.address), media_type="image/png")


PAGES = (
    PublicPage("/r/{token}", Purpose.REFERRAL, show, take, done=_DONE),
    PublicPage(f"/r/{{token}}{_DONE}", Purpose.REFERRAL, thanks),
    PublicPage("/r/{token}/qr.svg", Purpose.REFERRAL, code_svg),
    PublicPage("/r/{token}/qr.png", Purpose.REFERRAL, code_png),
)


def _contact(visit: Visit) -> Contact:
    """Whose page it is. Raises NotThere."""
    contact = customers.get_contact(visit.conn, visit.team_id, visit.link.subject_id)
    if contact is None or contact.deleted_at or not contact.name:
        raise NotThere
    return contact


def _page(visit: Visit, contact: Contact, errors: dict[str, str]) -> str:
    sender = _sender(visit, contact)
    handbook = page_links.current(visit.conn, visit.team_id, Purpose.HANDBOOK, 0)
    facts = ReferralFacts(
        customer=contact.customer_name,
        contact=contact.name,
        sender=sender,
        letter=_letter(visit.voice, contact, sender, visit.workspace.name),
        words=words(visit.voice, ConsentTo.PASSED_ON, visit.workspace.name),
        share=share(visit.voice, visit.address, visit.workspace.name),
        code=Markup(qr_svg(visit.address)),
        numbers=_numbers(visit),
        handbook=visit.site.address(Purpose.HANDBOOK, handbook.token) if handbook else "",
    )
    return pages.page(visit.frame, facts, pages.Typed(visit.form, errors))


def _numbers(visit: Visit) -> Numbers:
    """What an admin chose to publish (S6)."""
    figures = public_numbers.published(visit.conn, visit.workspace)
    return Numbers(say(figures, visit.voice), as_of(figures, visit.voice))


def _letter(voice: Voice, contact: Contact, sender: str, company: str) -> list[str]:
    """The first contact as the rep finds it ready, but for its first line and its signature."""
    facts = DraftFacts(
        sender=sender,
        sender_company=company,
        company=contact.customer_name,
        contact=contact.name,
        referred_company=voice.plain("referral_page.their_company"),
        referred_person=voice.plain("referral_page.their_name"),
    )
    _to_whom, *said, _signature = draft(voice, FollowUpKind.FIRST_CONTACT, facts).body.split("\n\n")
    return said


def _errors(visit: Visit) -> Iterator[tuple[str, str]]:
    """What is wrong, in the order of the form."""
    for name, key_of in ((COMPANY, company_key), (PERSON, person_key)):
        typed = visit.typed(name)
        if not key_of(typed):
            yield name, visit.voice.plain(f"referral_page.{name}_missing")
        elif len(typed) > MAX_NAME:
            yield name, visit.voice.plain("referral_page.too_long", n=MAX_NAME)
    email = visit.typed(EMAIL)
    if email and not is_email(email):
        yield EMAIL, visit.voice.plain("referral_page.email_unclear")
    if len(visit.typed(NOTE)) > MOST_NOTE:
        yield NOTE, visit.voice.plain("referral_page.too_long", n=MOST_NOTE)


def _typed(visit: Visit, contact: Contact) -> Typed:
    return Typed(
        contact_id=contact.id,
        company=_one_line(visit.typed(COMPANY)),
        person=without_honorific(_one_line(visit.typed(PERSON))),
        email=_one_line(visit.typed(EMAIL)) or None,
        need=visit.typed(NOTE),
    )


def _one_line(text: str) -> str:
    return _LINE_BREAK.sub(" ", text).strip()


def _told_again(visit: Visit, contact: Contact, typed: Typed, referral_id: int) -> int:
    """The same contact names the same person once more: what is new is added to the record, and
    one that had ended is taken up again."""
    row = referrals.get(visit.conn, visit.team_id, referral_id)
    if row is None:
        raise LookupError(f"no referral {referral_id}")
    add_what_was_told(visit, row, typed)
    note_ask(visit, contact, None)
    changed: tuple[int, ...] = ()
    if row.stage not in OPEN_STAGES:
        facts = referrals.facts(visit.conn, visit.team_id, row.id)
        person = person_time(visit.conn, visit.workspace, facts.owner_id)
        moved = rules.reopen(facts, visit.now, visit.workspace.policy, person)
        if isinstance(moved, Refusal):
            raise LookupError(f"referral {row.id} can't be taken up again")
        changed = referrals.save_moved(
            visit.conn, visit.workspace, row.id, moved, visit.now, visit.by
        )
    visit.audit("tell_again", "referral", row.id, contact_id=contact.id)
    keep(visit, row.id, changed)
    return row.id


def _note_consent(visit: Visit, referral_id: int) -> None:
    """The tick, with the words that stood beside it (P2). What the person themselves has said
    stays: a no is not undone by somebody else's yes."""
    row = referrals.get(visit.conn, visit.team_id, referral_id)
    if visit.typed(AGREED) != _TICKED or row is None or row.consent is not Consent.UNKNOWN:
        return
    here = Voice(visit.workspace.locale, visit.workspace.timezone)
    given = Given(
        text=consents.text_of(visit, ConsentTo.PASSED_ON, visit.voice),
        how=here.plain("referral_page.consent_how"),
        on=local_date(visit.now, zone(visit.workspace.timezone)),
        about=ConsentTo.PASSED_ON,
    )
    consents.record(visit, row, Consent.AGREED, given)


def _sender(visit: Visit, contact: Contact) -> str:
    """Who will get in touch, as customers know them."""
    person = people.get(visit.conn, visit.team_id, contact.owner_id) if contact.owner_id else None
    if person and person.may_own and person.name:
        return person.name
    return visit.voice.plain("referral_page.somebody")


def _owner(visit: Visit, contact: Contact) -> str:
    """Whose referral it is: the account's owner; of a shared account whoever asked the contact
    last, or else a manager. Goen itself stands in while there is nobody, and managers are told."""
    if contact.owner_id:
        return contact.owner_id
    known = asks.of_contact(visit.conn, visit.team_id, contact.id)
    team = {one.user_id for one in people.team(visit.conn, visit.team_id)}
    asked = (one.sent_by for one in known if one.sent_by in team)
    managers = (one.user_id for one in people.managers(visit.conn, visit.team_id))
    return next(asked, None) or next(managers, None) or visit.workspace.bot_user_id
