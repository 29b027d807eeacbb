"""The team's offers, the texts to ask with, and its ideal customer: shown to all, edited by
managers (O1 A4)."""

from datetime import date

from slack_sdk.models.views import View

from bot.playbook.offers import ANY_MOMENT
from bot.playbook.rights import Action
from bot.playbook.terms import CustomerKind, OfferKind
from bot.texts.catalogue import LANGUAGES, language_of
from bot.texts.templates import Placeholder, mistakes, used
from bot.views import catalogue as views
from bot.views import ids
from bot.views.catalogue import (
    EVERYBODY,
    TEMPLATE_NAMES,
    CatalogueFacts,
    OfferFacts,
    TemplateFacts,
)
from handlers.answers import Answer, Invalid, OpenView, UpdateView
from handlers.asking import may
from handlers.reading import day, record_id, word
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import offers, templates, workspaces
from storage.offers import Offer
from storage.templates import Template

_RESULT = frozenset({Placeholder.KPI, Placeholder.BEFORE, Placeholder.AFTER, Placeholder.CHANGE})


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.OPEN_CATALOGUE, open_catalogue, reads=True)
    routes.add(Entry.ACTION, ids.BACK_TO_CATALOGUE, back, reads=True)
    routes.add(Entry.ACTION, ids.REVIEW_OFFERS, review)
    routes.add(Entry.ACTION, ids.ADD_OFFER, add_offer, reads=True)
    routes.add(Entry.ACTION, ids.EDIT_OFFER, edit_offer, reads=True)
    routes.add(Entry.ACTION, ids.DELETE_OFFER, delete_offer)
    routes.add(Entry.SUBMISSION, ids.OFFER_FORM, save_offer)
    routes.add(Entry.ACTION, ids.ADD_TEMPLATE, add_template, reads=True)
    routes.add(Entry.ACTION, ids.EDIT_TEMPLATE, edit_template, reads=True)
    routes.add(Entry.ACTION, ids.DELETE_TEMPLATE, delete_template)
    routes.add(Entry.SUBMISSION, ids.TEMPLATE_FORM, save_template)
    routes.add(Entry.ACTION, ids.EDIT_IDEAL_CUSTOMER, edit_ideal_customer, reads=True)
    routes.add(Entry.SUBMISSION, ids.IDEAL_CUSTOMER_FORM, save_ideal_customer)


def open_catalogue(turn: Turn) -> Answer:
    """Everything on one page, on top of what is open."""
    turn.allow(Action.VIEW)
    return OpenView(views.catalogue(turn.voice, _facts(turn)))


def back(turn: Turn) -> Answer:
    """The page again, in the place of a form that was not saved."""
    turn.allow(Action.VIEW)
    return UpdateView(views.catalogue(turn.voice, _facts(turn)))


def review(turn: Turn) -> Answer:
    """Somebody looked through the offers and found them good for another month."""
    turn.allow(Action.EDIT_CATALOGUE)
    return _saved(turn, "offer", "all")


def add_offer(turn: Turn) -> Answer:
    turn.allow(Action.EDIT_CATALOGUE)
    return UpdateView(_offer_form(turn, OfferFacts()))


def edit_offer(turn: Turn) -> Answer:
    return UpdateView(_offer_form(turn, _offer_facts(turn, _offer(turn, turn.request.value))))


def delete_offer(turn: Turn) -> Answer:
    found = _offer(turn, turn.request.value)
    offers.change(turn.conn, turn.team_id, found.id, deleted_at=turn.now)
    return _saved(turn, "offer", found.id)


def save_offer(turn: Turn) -> Answer:
    """Add an offer or change it; either way the catalogue was looked after today."""
    turn.allow(Action.EDIT_CATALOGUE)
    titles = {
        language: turn.request.written(block_id)
        for language, block_id in (("ja", ids.TITLE_JA), ("en", ids.TITLE_EN))
    }
    own = turn.workspace.locale
    if not titles[own]:
        block_id = ids.TITLE_JA if own == "ja" else ids.TITLE_EN
        raise Invalid({block_id: turn.voice.plain("catalogue.title_missing")})
    kind = word(OfferKind, turn.request.answer(ids.OFFER_KIND))
    audience = turn.request.answer(ids.AUDIENCE)
    values = {
        "kind": kind,
        "title_ja": titles["ja"] or titles["en"],
        "title_en": titles["en"] or titles["ja"],
        "audience": None if audience == EVERYBODY else word(CustomerKind, audience),
        "valid_until": _valid_until(turn),
        "involves_money": bool(turn.request.answer(ids.MONEY)) or kind is OfferKind.POINTS,
    }
    if turn.request.private_metadata:
        offer_id = _offer(turn, turn.request.private_metadata).id
        offers.change(turn.conn, turn.team_id, offer_id, **values)
    else:
        offer_id = offers.add(
            turn.conn,
            turn.team_id,
            created_by=turn.me.user_id,
            created_at=turn.now,
            **values,
        )
    return _saved(turn, "offer", offer_id)


def add_template(turn: Turn) -> Answer:
    """A new text starts from the team's standard one."""
    turn.allow(Action.EDIT_CATALOGUE)
    own = turn.workspace.locale
    standard = next(
        (
            one
            for one in templates.current(turn.conn, turn.team_id)
            if one.name == ANY_MOMENT and one.locale == own
        ),
        None,
    )
    known = TemplateFacts(
        name=ANY_MOMENT,
        language=own,
        subject=standard.subject if standard else "",
        body=standard.body if standard else "",
        short=standard.short if standard else "",
    )
    return UpdateView(views.template_form(turn.voice, known))


def edit_template(turn: Turn) -> Answer:
    found = _template(turn, turn.request.value)
    return UpdateView(views.template_form(turn.voice, _template_facts(found)))


def delete_template(turn: Turn) -> Answer:
    found = _template(turn, turn.request.value)
    templates.delete(turn.conn, turn.team_id, found.name, found.locale, turn.now)
    return _saved(turn, "template", found.id)


def save_template(turn: Turn) -> Answer:
    """Write a text anew: asks that used an earlier version keep it."""
    turn.allow(Action.EDIT_CATALOGUE)
    if turn.request.private_metadata:
        known = _template(turn, turn.request.private_metadata)
        name, locale = known.name, known.locale
    else:
        name, locale = turn.request.answer(ids.TEMPLATE_NAME), turn.request.answer(ids.LANGUAGE)
        if name not in TEMPLATE_NAMES or locale not in LANGUAGES:
            raise turn.sorry("answer.outdated")
    template_id = templates.add_version(
        turn.conn,
        turn.team_id,
        turn.now,
        name=name,
        locale=locale,
        created_by=turn.me.user_id,
        **_texts(turn),
    )
    return _saved(turn, "template", template_id)


def edit_ideal_customer(turn: Turn) -> Answer:
    turn.allow(Action.EDIT_CATALOGUE)
    known = {one: turn.workspace.ideal_customer_in(one) for one in LANGUAGES}
    return UpdateView(views.ideal_customer_form(turn.voice, known))


def save_ideal_customer(turn: Turn) -> Answer:
    turn.allow(Action.EDIT_CATALOGUE)
    written = {
        "ja": turn.request.written(ids.IDEAL_CUSTOMER_JA),
        "en": turn.request.written(ids.IDEAL_CUSTOMER_EN),
    }
    own = turn.workspace.locale
    other = next(one for one in LANGUAGES if one != own)
    workspaces.change(
        turn.conn,
        turn.team_id,
        ideal_customer=written[own],
        ideal_customer_other=written[other],
    )
    return _saved(turn, "ideal_customer", turn.team_id)


def _saved(turn: Turn, record: str, record_id: int | str) -> Answer:
    """Note the change and show the page as it is now."""
    turn.audit(Action.EDIT_CATALOGUE, record, record_id)
    if record == "offer":
        workspaces.change(turn.conn, turn.team_id, offers_reviewed_at=turn.now)
    return UpdateView(views.catalogue(turn.voice, _facts(turn)))


def _facts(turn: Turn) -> CatalogueFacts:
    workspace = workspaces.get(turn.conn, turn.team_id) or turn.workspace
    order = {name: position for position, name in enumerate(TEMPLATE_NAMES)}
    texts = sorted(
        templates.current(turn.conn, turn.team_id),
        key=lambda one: (one.locale != workspace.locale, order.get(one.name, len(order))),
    )
    return CatalogueFacts(
        offers=[_offer_facts(turn, one) for one in offers.catalogue(turn.conn, turn.team_id)],
        templates=[_template_facts(one) for one in texts],
        ideal_customer={one: workspace.ideal_customer_in(one) for one in LANGUAGES},
        reviewed_at=workspace.offers_reviewed_at,
        may_edit=may(turn, Action.EDIT_CATALOGUE),
    )


def _offer_form(turn: Turn, known: OfferFacts) -> View:
    return views.offer_form(turn.voice, known, language=turn.workspace.locale)


def _offer_facts(turn: Turn, one: Offer) -> OfferFacts:
    return OfferFacts(
        kind=one.kind,
        title_ja=one.title_ja,
        title_en=one.title_en,
        audience=one.audience,
        valid_until=one.valid_until,
        involves_money=one.involves_money,
        offer_id=one.id,
        has_expired=one.valid_until is not None and one.valid_until < turn.today,
    )


def _template_facts(one: Template) -> TemplateFacts:
    return TemplateFacts(
        name=one.name,
        language=language_of(one.locale) or one.locale,
        version=one.version,
        subject=one.subject,
        body=one.body,
        short=one.short,
        template_id=one.id,
    )


def _offer(turn: Turn, value: str) -> Offer:
    turn.allow(Action.EDIT_CATALOGUE)
    found = offers.get(turn.conn, turn.team_id, record_id(value))
    if found is None or found.deleted_at:
        raise turn.sorry("catalogue.offer_gone")
    return found


def _template(turn: Turn, value: str) -> Template:
    turn.allow(Action.EDIT_CATALOGUE)
    found = templates.get(turn.conn, turn.team_id, record_id(value))
    if found is None or found.deleted_at:
        raise turn.sorry("catalogue.template_gone")
    return found


def _valid_until(turn: Turn) -> date | None:
    chosen = turn.request.answer(ids.VALID_UNTIL)
    if not chosen:
        return None
    until = day(chosen)
    if until < turn.today:
        raise Invalid({ids.VALID_UNTIL: turn.voice.plain("catalogue.valid_until_past")})
    return until


def _texts(turn: Turn) -> dict[str, str]:
    """The three texts of the form. Raises Invalid with what to mend, field by field."""
    written = {
        "subject": turn.request.written(ids.SUBJECT),
        "body": turn.request.written(ids.BODY),
        "short": turn.request.written(ids.SHORT),
    }
    wrong = {
        name: views.say_mistakes(turn.voice, found)
        for name, text in written.items()
        if (found := mistakes(text))
    }
    wrong |= {
        name: turn.voice.plain("catalogue.text_missing")
        for name, text in written.items()
        if not text
    }
    needed = used(written["body"])
    if ids.BODY not in wrong and Placeholder.OFFER not in needed:
        wrong[ids.BODY] = turn.voice.plain("catalogue.needs_offer")
    elif ids.BODY not in wrong and not needed & _RESULT:
        wrong[ids.BODY] = turn.voice.plain("catalogue.needs_result")
    if wrong:
        raise Invalid(wrong)
    return written
