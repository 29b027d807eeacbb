"""The page of a referred person: they agree, decline, opt out or are forgotten with one click (P2).

What they choose counts at once, is written down with the words that they saw, and is told to the
rep who looks after them.
"""

from datetime import date
from zoneinfo import ZoneInfo

from bot.messages import consent_news
from bot.messages.consent_news import News
from bot.messages.referred import known_as
from bot.pages import own_data as views
from bot.pages.own_data import OwnData
from bot.playbook.own_data import ANSWERS, Wish, goes_at_once, wishes
from bot.playbook.terms import Consent, ConsentTo, Purpose
from bot.playbook.working_time import local_date
from bot.texts.consents import words
from handlers import consents, forgetting
from handlers.consents import Given
from handlers.web.guard import Answer, NotThere, PublicPage, SeeOther, Shown, Visit
from storage import consents as records
from storage import customers, erasing, referrals
from storage.referrals import Referral


def show(visit: Visit) -> Shown:
    """What is kept, and what may be chosen now."""
    return Shown(views.page(visit.frame, _facts(visit, _row(visit))))


def take(visit: Visit) -> Answer:
    """One of the buttons. What is no longer offered changes nothing: the page says what is true."""
    row = _row(visit)
    if row.erased_at:
        return SeeOther(visit.here)
    wish = visit.typed(views.WISH)
    if wish == Wish.ERASE:
        return _erase(visit, row)
    if wish in wishes(row.consent):
        _answer(visit, row, ANSWERS[Wish(wish)])
    return SeeOther(visit.here)


PAGE = PublicPage("/o/{token}", Purpose.OPT_OUT, show, take)


def _answer(visit: Visit, row: Referral, consent: Consent) -> None:
    text = consents.text_of(visit, ConsentTo.CONTACT, visit.voice)
    consents.record(visit, row, consent, Given(text=text, on=_today(visit)))
    _tell(visit, row, News(consent))


def _erase(visit: Visit, row: Referral) -> Answer:
    if not visit.typed(views.ERASE_SURE):
        errors = {views.ERASE_SURE: visit.voice.plain("own_data.erase_unsure")}
        return Shown(views.page(visit.frame, _facts(visit, row), errors), 422)
    who = erasing.of_referral(visit.conn, visit.team_id, row)
    if goes_at_once(is_contact=bool(who.contacts)):
        forgetting.forget(visit, who, told=row.owner_id)
        _tell(visit, row, News.ERASED)
    elif not row.erasure_asked_at:
        consents.ask_for_erasure(visit, row, Given(on=_today(visit)))
        _tell(visit, row, News.ERASURE_ASKED)
    return SeeOther(visit.here)


def _tell(visit: Visit, row: Referral, news: News) -> None:
    consent_news.tell(visit.conn, visit.workspace, row.id, news, visit.now, visit.key)


def _row(visit: Visit) -> Referral:
    """Deleted or not: what a rep has put away is still kept of the person."""
    row = referrals.get(visit.conn, visit.team_id, visit.link.subject_id)
    if row is None:
        raise NotThere
    return row


def _facts(visit: Visit, row: Referral) -> OwnData:
    conn, team_id = visit.conn, visit.team_id
    referrer = customers.get_contact(conn, team_id, row.referrer_id)
    given = records.latest(conn, team_id, row.id, ConsentTo.CONTACT, ConsentTo.PASSED_ON)
    agreed = None
    if given and given.consent is Consent.AGREED and given.consent_text_id:
        agreed = records.text(conn, team_id, given.consent_text_id)
    who = erasing.of_referral(conn, team_id, row)
    return OwnData(
        company=row.company,
        person=row.person,
        email=row.email or "",
        need=row.need,
        has_note=bool(row.source_link and row.need),
        referrer_company=referrer.customer_name if referrer else "",
        referrer=referrer.name if referrer else "",
        owner=known_as(conn, visit.workspace, row.owner_id),
        received_at=row.received_at,
        consent=row.consent,
        answered_at=row.consent_at,
        words=words(visit.voice, ConsentTo.CONTACT, visit.workspace.name),
        agreed_words=agreed.words if agreed else "",
        agreed_version=agreed.version if agreed else 0,
        is_contact=bool(who.contacts),
        erasure_asked_at=row.erasure_asked_at,
        erased_at=row.erased_at,
    )


def _today(visit: Visit) -> date:
    return local_date(visit.now, ZoneInfo(visit.workspace.timezone))
