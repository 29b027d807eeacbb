"""Keeping a referral right: typos, consent, news, its owner, deletion, personal data (P2 F1 F3)."""

import re
from datetime import date

from bot.messages.referred import voice_for
from bot.playbook import referrals as rules
from bot.playbook.duplicates import (
    NewReferral,
    SameReferral,
    SecondReferrer,
    SelfReferral,
    match_duplicate,
)
from bot.playbook.names import company_key, person_key, without_honorific
from bot.playbook.referral_removal import remove, restore
from bot.playbook.rights import Action
from bot.playbook.terms import Consent, ConsentTo
from bot.texts.consents import words
from bot.texts.voice import Voice, mention
from bot.views import ids
from bot.views import referral_forms as forms
from handlers import consents, erasing
from handlers.answers import Answer, Invalid, OpenView
from handlers.consents import Given
from handlers.reading import day, record_id, word
from handlers.referral_record import find, keep, move, show, the_card
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers, newcomers, people, referrals
from storage.clocks import person_time
from storage.erasing import of_referral
from storage.referrals import Referral

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MAX_EMAIL = 320


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.REFERRAL_EDIT, open_edit, reads=True)
    routes.add(Entry.SUBMISSION, ids.EDIT_REFERRAL_FORM, edit)
    routes.add(Entry.ACTION, ids.REFERRAL_CONSENT, open_consent, reads=True)
    routes.add(Entry.SUBMISSION, ids.CONSENT_FORM, record_consent)
    routes.add(Entry.ACTION, ids.REFERRAL_NEWS, open_news, reads=True)
    routes.add(Entry.SUBMISSION, ids.NEWS_FORM, note_news)
    routes.add(Entry.ACTION, ids.REFERRAL_REASSIGN, open_reassign, reads=True)
    routes.add(Entry.SUBMISSION, ids.REASSIGN_FORM, reassign)
    routes.add(Entry.SUBMISSION, ids.DELETE_REFERRAL_FORM, delete)
    routes.add(Entry.ACTION, ids.REFERRAL_RESTORE, bring_back)
    routes.add(Entry.ACTION, ids.ERASE_REFERRED, open_erase, reads=True)
    routes.add(Entry.SUBMISSION, ids.ERASE_PERSON_FORM, erase_person)


def company_of(turn: Turn) -> str:
    """The company that a form names. Raises Invalid."""
    company = turn.request.written(ids.COMPANY)
    if not company_key(company):
        raise Invalid({ids.COMPANY: turn.voice.plain("problem.company.missing")})
    return company


def is_email(text: str) -> bool:
    """Whether it looks like one address."""
    return len(text) <= _MAX_EMAIL and _EMAIL.fullmatch(text) is not None


def email_of(turn: Turn) -> str | None:
    """The address that a form gives, if any. Raises Invalid."""
    email = turn.request.written(ids.EMAIL)
    if email and not is_email(email):
        raise Invalid({ids.EMAIL: turn.voice.plain("referral.email_unclear")})
    return email or None


def open_edit(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.CORRECT)
    return OpenView(forms.edit_form(turn.voice, the_card(turn, row.id)))


def edit(turn: Turn) -> Answer:
    row = find(turn, turn.request.private_metadata, Action.CORRECT)
    company, email = company_of(turn), email_of(turn)
    person = without_honorific(turn.request.written(ids.PERSON))
    _check_not_another(turn, row, company, person)
    referrals.change(
        turn.conn,
        turn.team_id,
        row.id,
        company=company,
        person=person,
        email=email,
        need=turn.request.written(ids.NEED),
    )
    changed = newcomers.rename(turn.conn, turn.workspace, row, company, person, turn.now)
    turn.audit(Action.CORRECT, "referral", row.id)
    keep(turn, row.id, changed)
    return show(turn, row.id, "referral.said_edited")


def open_consent(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    today = turn.voice.local(turn.now).date()
    said = words(_their_voice(turn, row), ConsentTo.CONTACT, turn.workspace.name)
    return OpenView(forms.consent_form(turn.voice, the_card(turn, row.id), today, said))


def record_consent(turn: Turn) -> Answer:
    """The first word starts the clock; saying the same again only mends when and how."""
    row = find(turn, turn.request.private_metadata, Action.MOVE_REFERRAL)
    consent = word(Consent, turn.request.answer(ids.CONSENT) or Consent.UNKNOWN)
    how, on = turn.request.written(ids.CONSENT_HOW), _day(turn)
    if consent is Consent.AGREED and not how:
        raise Invalid({ids.CONSENT_HOW: turn.voice.plain("referral.consent_how_missing")})
    text = None
    if consent is Consent.AGREED:
        text = consents.text_of(turn, ConsentTo.CONTACT, _their_voice(turn, row))
    consents.record(turn, row, consent, Given(text, how, on))
    return show(turn, row.id, f"referral.said_consent_{consent}")


def open_news(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    return OpenView(forms.news_form(turn.voice, the_card(turn, row.id)))


def note_news(turn: Turn) -> Answer:
    row = find(turn, turn.request.private_metadata, Action.MOVE_REFERRAL)
    news = turn.request.written(ids.NEWS)
    referrals.change(turn.conn, turn.team_id, row.id, news=news, news_at=turn.now)
    turn.audit("note_news", "referral", row.id)
    keep(turn, row.id)
    return show(turn, row.id, "referral.said_news")


def open_reassign(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.REASSIGN)
    return OpenView(forms.reassign_form(turn.voice, the_card(turn, row.id)))


def reassign(turn: Turn) -> Answer:
    row = find(turn, turn.request.private_metadata, Action.REASSIGN)
    owner_id = turn.request.answer(ids.OWNER)
    if owner_id not in {one.user_id for one in people.team(turn.conn, turn.team_id)}:
        raise Invalid({ids.OWNER: turn.voice.plain("referral.new_owner_unknown")})
    if owner_id != row.owner_id:
        move(
            turn,
            row,
            lambda facts, now, policy, person: rules.reassign(facts, owner_id, now, policy, person),
            owner_id=owner_id,
        )
        turn.audit(Action.REASSIGN, "referral", row.id, to=owner_id)
    return show(turn, row.id, "referral.said_reassigned", owner=mention(owner_id))


def delete(turn: Turn) -> Answer:
    row = find(turn, turn.request.private_metadata, Action.DELETE)
    take_away(turn, row)
    return show(turn, row.id, "referral.said_deleted")


def take_away(turn: Turn, row: Referral) -> None:
    """Delete a referral that I may delete; it can be restored."""
    facts = referrals.facts(turn.conn, turn.team_id, row.id)
    referrals.change(turn.conn, turn.team_id, row.id, deleted_at=turn.now)
    changed = referrals.save_moved(
        turn.conn, turn.workspace, row.id, remove(facts), turn.now, turn.me.user_id
    )
    turn.audit(Action.DELETE, "referral", row.id)
    keep(turn, row.id, changed)


def bring_back(turn: Turn) -> Answer:
    row = referrals.get(turn.conn, turn.team_id, record_id(turn.request.value))
    if row is None:
        raise turn.sorry("referral.gone")
    turn.allow(Action.DELETE, row.owner_id)
    if row.deleted_at:
        facts = referrals.facts(turn.conn, turn.team_id, row.id)
        person = person_time(turn.conn, turn.workspace, row.owner_id)
        referrals.change(turn.conn, turn.team_id, row.id, deleted_at=None)
        moved = restore(facts, turn.now, turn.policy, person)
        changed = referrals.save_moved(
            turn.conn, turn.workspace, row.id, moved, turn.now, turn.me.user_id
        )
        turn.audit("restore", "referral", row.id)
        keep(turn, row.id, changed)
    return show(turn, row.id, "referral.said_restored")


def open_erase(turn: Turn) -> Answer:
    """From where we are told that the person asked for it."""
    row = find(turn, turn.request.value, Action.ERASE)
    return OpenView(forms.erase_form(turn.voice, the_card(turn, row.id)))


def erase_person(turn: Turn) -> Answer:
    """What is known of the referred person goes for ever, and nobody contacts them again (P2)."""
    row = find(turn, turn.request.private_metadata, Action.ERASE)
    erasing.forget(turn, of_referral(turn.conn, turn.team_id, row))
    keep(turn, row.id)
    return show(turn, row.id, "referral.said_erased")


def _their_voice(turn: Turn, row: Referral) -> Voice:
    return voice_for(turn.conn, turn.workspace, row)


def _day(turn: Turn) -> date:
    """The day in the form, today at the latest. Raises Invalid."""
    today = turn.voice.local(turn.now).date()
    given = turn.request.answer(ids.DAY)
    on = day(given) if given else today
    if on > today:
        raise Invalid({ids.DAY: turn.voice.plain("referral.consent_day_ahead")})
    return on


def _check_not_another(turn: Turn, row: Referral, company: str, person: str) -> None:
    """A corrected name must not make one referral out of two. Raises Invalid."""
    if (company_key(company), person_key(person)) == (row.company_key, row.person_key):
        return
    referrer = customers.get_contact(turn.conn, turn.team_id, row.referrer_id)
    if referrer is None:
        raise LookupError(f"no contact {row.referrer_id}")
    new = NewReferral(
        company_key=company_key(company),
        person_key=person_key(person),
        referrer_contact_id=referrer.id,
        referrer_company_key=company_key(referrer.customer_name),
        referrer_person_key=person_key(referrer.name),
    )
    others = [
        one
        for one in referrals.known(turn.conn, turn.team_id, new.company_key)
        if one.referral_id != row.id
    ]
    match match_duplicate(new, others, ()):
        case SelfReferral():
            raise Invalid({ids.COMPANY: turn.voice.plain("referral.self")})
        case SameReferral(same_person=True) | SecondReferrer(same_person=True):
            raise Invalid({ids.COMPANY: turn.voice.plain("referral.another_exists")})
