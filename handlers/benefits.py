"""What a referred person is handed from Slack: their own page, and a benefit (P2 P4)."""

from datetime import date

from bot.messages.referred import address, voice_for
from bot.playbook.benefits import standing
from bot.playbook.rights import Action
from bot.playbook.terms import Consent, ConsentTo, Purpose
from bot.texts.consents import words
from bot.views import benefits as views
from bot.views import ids
from bot.views.benefits import BenefitFacts, OfferChoice, PagesFacts
from handlers import consents
from handlers.answers import Answer, Invalid, OpenView, UpdateView
from handlers.reading import Outdated, day, one_of, record_id
from handlers.referral_record import find, keep, the_card
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import asks, benefits, offers, page_links
from storage import consents as records
from storage.benefits import Benefit
from storage.offers import Offer
from storage.referrals import Referral


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.REFERRED_PAGES, open_pages)
    routes.add(Entry.ACTION, ids.RENEW_OWN_DATA, renew_own_data)
    routes.add(Entry.ACTION, ids.EDIT_BENEFIT, open_form, reads=True)
    routes.add(Entry.SUBMISSION, ids.BENEFIT_FORM, save)
    routes.add(Entry.ACTION, ids.USE_BENEFIT, use)
    routes.add(Entry.ACTION, ids.UNUSE_BENEFIT, take_back)
    routes.add(Entry.ACTION, ids.WITHDRAW_BENEFIT, withdraw)


def open_pages(turn: Turn) -> Answer:
    """The links of a referral; its own page is made with the first look at them."""
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    return OpenView(views.pages(turn.voice, the_card(turn, row.id), _pages(turn, row)))


def renew_own_data(turn: Turn) -> Answer:
    """Another link to the same page, when the one that is known went to the wrong person."""
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    page_links.renew(turn.conn, turn.team_id, Purpose.OPT_OUT, row.id, turn.now)
    turn.audit("renew_page", "referral", row.id, purpose=Purpose.OPT_OUT)
    return _shown(turn, row, "referred_page.renewed")


def open_form(turn: Turn) -> Answer:
    """The benefit there is; a new one starts as the team's last, with the offer of the ask."""
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    language = voice_for(turn.conn, turn.workspace, row).language
    choices = [OfferChoice(one.id, one.title(language)) for one in _catalogue(turn)]
    said = words(turn.voice, ConsentTo.NAMING, turn.workspace.name)
    known = _known(turn, row)
    return UpdateView(views.form(turn.voice, the_card(turn, row.id), known, choices, said))


def save(turn: Turn) -> Answer:
    """Give a benefit or change the one there is; its code stays."""
    row = find(turn, turn.request.private_metadata, Action.MOVE_REFERRAL)
    offer = _offer(turn)
    language = voice_for(turn.conn, turn.workspace, row).language
    title = turn.request.written(ids.BENEFIT_TITLE) or (offer.title(language) if offer else "")
    if not title:
        raise Invalid({ids.BENEFIT_TITLE: turn.voice.plain("benefit.title_missing")})
    values = {
        "offer_id": offer.id if offer else None,
        "title": title,
        "note": turn.request.written(ids.BENEFIT_NOTE),
        "valid_until": _valid_until(turn),
        "names_referrer": _is_named(turn, row),
    }
    found = benefits.of_referral(turn.conn, turn.team_id, row.id)
    if found:
        benefits.change(turn.conn, turn.team_id, found.id, **values)
        benefit_id = found.id
    else:
        benefit_id = benefits.give(turn.conn, turn.team_id, row.id, turn.by, turn.now, **values)
    turn.audit("give_benefit", "benefit", benefit_id, referral_id=row.id)
    keep(turn, row.id)
    return _shown(turn, row, "benefit.said_saved")


def use(turn: Turn) -> Answer:
    """They came with the code."""
    found, row = _benefit(turn)
    if found.used_at is None:
        benefits.change(turn.conn, turn.team_id, found.id, used_at=turn.now, used_by=turn.by)
        turn.audit("use_benefit", "benefit", found.id, referral_id=row.id)
        keep(turn, row.id)
    return _shown(turn, row, "benefit.said_used")


def take_back(turn: Turn) -> Answer:
    found, row = _benefit(turn)
    benefits.change(turn.conn, turn.team_id, found.id, used_at=None, used_by=None)
    turn.audit("take_back_benefit_use", "benefit", found.id, referral_id=row.id)
    keep(turn, row.id)
    return _shown(turn, row, "benefit.said_unused")


def withdraw(turn: Turn) -> Answer:
    """It is no longer given: neither its page nor its code leads anywhere."""
    found, row = _benefit(turn)
    benefits.change(turn.conn, turn.team_id, found.id, deleted_at=turn.now)
    page_links.revoke(turn.conn, turn.team_id, Purpose.BENEFIT, row.id, turn.now)
    turn.audit("withdraw_benefit", "benefit", found.id, referral_id=row.id)
    keep(turn, row.id)
    return _shown(turn, row, "benefit.said_withdrawn")


def _shown(turn: Turn, row: Referral, key: str) -> Answer:
    card, said = the_card(turn, row.id), turn.voice.markup(key)
    return UpdateView(views.pages(turn.voice, card, _pages(turn, row), said))


def _pages(turn: Turn, row: Referral) -> PagesFacts:
    found = benefits.of_referral(turn.conn, turn.team_id, row.id)
    return PagesFacts(
        own_data=_address(turn, Purpose.OPT_OUT, row),
        benefit=_facts(turn, found, "") if found else None,
        benefit_address=_address(turn, Purpose.BENEFIT, row) if found else "",
    )


def _address(turn: Turn, purpose: Purpose, row: Referral) -> str:
    return address(turn.conn, turn.workspace, turn.site, purpose, row.id, turn.now)


def _known(turn: Turn, row: Referral) -> BenefitFacts:
    found = benefits.of_referral(turn.conn, turn.team_id, row.id)
    if found:
        given = records.latest(turn.conn, turn.team_id, row.id, ConsentTo.NAMING)
        return _facts(turn, found, given.how if given else "")
    last = benefits.newest(turn.conn, turn.team_id)
    ask = asks.get(turn.conn, turn.team_id, row.ask_id) if row.ask_id else None
    return BenefitFacts(
        title=last.title if last else "",
        note=last.note if last else "",
        offer_id=ask.offer_id if ask and last is None else None,
    )


def _facts(turn: Turn, found: Benefit, naming_how: str) -> BenefitFacts:
    return BenefitFacts(
        id=found.id,
        title=found.title,
        note=found.note,
        code=found.code,
        valid_until=found.valid_until,
        names_referrer=found.names_referrer,
        naming_how=naming_how,
        offer_id=found.offer_id,
        standing=standing(
            is_used=found.used_at is not None, valid_until=found.valid_until, today=turn.today
        ),
        used_at=found.used_at,
        used_by=found.used_by,
    )


def _benefit(turn: Turn) -> tuple[Benefit, Referral]:
    """The benefit that a button names, which has not been withdrawn meanwhile."""
    found = benefits.get(turn.conn, turn.team_id, record_id(turn.request.value))
    if found is None:
        raise turn.sorry("benefit.gone")
    row = find(turn, found.referral_id, Action.MOVE_REFERRAL)
    if found.deleted_at:
        raise turn.sorry("benefit.gone")
    return found, row


def _catalogue(turn: Turn) -> list[Offer]:
    """What has not run out."""
    return [
        one
        for one in offers.catalogue(turn.conn, turn.team_id)
        if one.valid_until is None or one.valid_until >= turn.today
    ]


def _offer(turn: Turn) -> Offer | None:
    chosen = turn.request.answer(ids.OFFER)
    if not chosen or chosen == views.NO_OFFER:
        return None
    found = offers.get(turn.conn, turn.team_id, record_id(chosen))
    if found is None:
        raise Outdated("no offer")
    return found


def _valid_until(turn: Turn) -> date | None:
    chosen = turn.request.answer(ids.VALID_UNTIL)
    if not chosen:
        return None
    until = day(chosen)
    if until < turn.today:
        raise Invalid({ids.VALID_UNTIL: turn.voice.plain("benefit.day_past")})
    return until


def _is_named(turn: Turn, row: Referral) -> bool:
    """Whether the page names the referrer: only with their agreement, which is recorded.

    Raises:
        Invalid: nobody says how they agreed.
    """
    choice = one_of((views.NAMED, views.NOT_NAMED), turn.request.answer(ids.NAMING))
    if choice == views.NOT_NAMED:
        return False
    how = turn.request.written(ids.NAMING_HOW)
    if not how:
        raise Invalid({ids.NAMING_HOW: turn.voice.plain("benefit.naming_how_missing")})
    given = records.latest(turn.conn, turn.team_id, row.id, ConsentTo.NAMING)
    text = consents.text_of(turn, ConsentTo.NAMING, turn.voice)
    if given is None or (given.how, given.consent_text_id) != (how, text.id):
        records.record(
            turn.conn,
            turn.team_id,
            row.id,
            ConsentTo.NAMING,
            Consent.AGREED,
            turn.by,
            turn.now,
            text_id=text.id,
            how=how,
            given_on=turn.today,
        )
    return True
