"""What a referred person is handed: the page with their data, and a benefit that names whoever
introduced them (P2 P4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DatePickerElement,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.playbook.benefits import Standing, spelled
from bot.playbook.problems import MAX_NOTE
from bot.playbook.terms import Consent
from bot.texts.voice import Markup, Voice, mention
from bot.views import ids
from bot.views.blocks import (
    actions,
    button,
    context,
    destroying,
    divider,
    field_input,
    modal,
    option,
    section,
    text_field,
)
from bot.views.copyable import copyable
from bot.views.forms import save_form
from bot.views.referrals import CardFacts, title

NAMED, NOT_NAMED = "named", "not_named"
NO_OFFER = "none"
MAX_TITLE = 200
_MAX_HOW = 300
_MOST_OFFERS = 99


@dataclass(frozen=True, kw_only=True)
class BenefitFacts:
    """A benefit as it stands; what is new has id 0 and no code."""

    id: int = 0
    title: str = ""
    note: str = ""
    code: str = ""
    valid_until: date | None = None
    names_referrer: bool = False
    naming_how: str = ""
    """How we know that the referrer agreed to be named."""
    offer_id: int | None = None
    standing: Standing = Standing.OPEN
    used_at: datetime | None = None
    used_by: str | None = None


@dataclass(frozen=True)
class OfferChoice:
    """One entry of the catalogue to start from."""

    id: int
    title: str


@dataclass(frozen=True)
class PagesFacts:
    """Both pages of a referral. An address is empty while customers can't reach Goen."""

    own_data: str
    benefit: BenefitFacts | None = None
    benefit_address: str = ""


def pages(voice: Voice, card: CardFacts, facts: PagesFacts, said: Markup | None = None) -> View:
    """The links to send, and what may be done to what they show."""
    blocks: list[Block] = [context(voice.markup("referral.about", title=title(voice, card)))]
    if said:
        blocks.append(section(said))
    if not facts.own_data:
        blocks.append(section(voice.markup("referred_page.closed")))
    else:
        blocks.append(section(voice.markup("referred_page.own_data")))
        blocks.append(copyable([("", facts.own_data)]))
        blocks.append(actions(*_of_page(voice, card, facts.own_data)))
    blocks.append(divider())
    blocks += _benefit(voice, card, facts)
    return modal(
        ids.MESSAGE_VIEW,
        voice.plain("referred_page.title"),
        blocks,
        close=voice.plain("answer.close"),
    )


def form(
    voice: Voice,
    card: CardFacts,
    known: BenefitFacts,
    offers: Sequence[OfferChoice],
    naming_words: str,
) -> View:
    """What they get, how it is used, until when, and whether its page names the referrer."""
    blocks: list[Block] = [context(voice.markup("referral.about", title=title(voice, card)))]
    if offers:
        blocks.append(_offers(voice, known, offers))
    blocks += [
        text_field(
            ids.BENEFIT_TITLE,
            voice.plain("benefit.title"),
            known.title,
            MAX_TITLE,
            example=voice.plain("benefit.title_example"),
            optional=True,
        ),
        text_field(
            ids.BENEFIT_NOTE,
            voice.plain("benefit.note"),
            known.note,
            MAX_NOTE,
            multiline=True,
            example=voice.plain("benefit.note_example"),
            optional=True,
        ),
        field_input(
            ids.VALID_UNTIL,
            voice.plain("benefit.valid_until"),
            DatePickerElement(
                action_id=ids.VALID_UNTIL,
                initial_date=known.valid_until.isoformat() if known.valid_until else None,
            ),
            optional=True,
        ),
        *_naming(voice, known, naming_words),
    ]
    name = voice.plain("benefit.form_title")
    return save_form(voice, ids.BENEFIT_FORM, name, blocks, card.referral_id)


def _of_page(voice: Voice, card: CardFacts, address: str) -> Iterator[ButtonElement]:
    yield button(voice.plain("referred_page.open"), ids.OPEN_PAGE, url=address)
    yield destroying(
        voice.plain("referred_page.renew"),
        ids.RENEW_OWN_DATA,
        card.referral_id,
        title=voice.plain("referred_page.renew_title"),
        text=voice.plain("referred_page.renew_text"),
        keep=voice.plain("form.keep"),
    )


def _benefit(voice: Voice, card: CardFacts, facts: PagesFacts) -> Iterator[Block]:
    yield section(voice.markup("benefit.heading"))
    benefit = facts.benefit
    if benefit is None:
        yield section(voice.markup("benefit.none"))
        give = voice.plain("benefit.give")
        yield actions(button(give, ids.EDIT_BENEFIT, card.referral_id, style="primary"))
        return
    yield section(voice.markup("benefit.summary", title=benefit.title, code=spelled(benefit.code)))
    named = "benefit.names" if benefit.names_referrer else "benefit.names_nobody"
    yield context(_standing(voice, benefit), voice.markup(named))
    if facts.benefit_address:
        yield copyable([("", facts.benefit_address)])
    if card.consent is not Consent.AGREED:
        yield context(voice.markup("benefit.needs_consent"))
    yield actions(*_of_benefit(voice, card, benefit, facts.benefit_address))


def _of_benefit(
    voice: Voice, card: CardFacts, benefit: BenefitFacts, address: str
) -> Iterator[ButtonElement]:
    if benefit.standing is Standing.USED:
        yield button(voice.plain("benefit.mark_unused"), ids.UNUSE_BENEFIT, benefit.id)
    else:
        yield button(voice.plain("benefit.mark_used"), ids.USE_BENEFIT, benefit.id, style="primary")
    if address:
        yield button(voice.plain("referred_page.open"), ids.OPEN_BENEFIT_PAGE, url=address)
    yield button(voice.plain("benefit.edit"), ids.EDIT_BENEFIT, card.referral_id)
    yield destroying(
        voice.plain("benefit.withdraw"),
        ids.WITHDRAW_BENEFIT,
        benefit.id,
        title=voice.plain("benefit.withdraw_title"),
        text=voice.plain("benefit.withdraw_text"),
        keep=voice.plain("form.keep"),
        style="danger",
    )


def _standing(voice: Voice, benefit: BenefitFacts) -> Markup:
    if benefit.standing is Standing.USED and benefit.used_at:
        day, who = voice.day_of(benefit.used_at), mention(benefit.used_by or "")
        return voice.markup("benefit.standing_used", day=day, who=who)
    if benefit.valid_until is None:
        return voice.markup("benefit.standing_open")
    is_over = benefit.standing is Standing.OVER
    key = "benefit.standing_over" if is_over else "benefit.standing_open_until"
    return voice.markup(key, day=voice.full_day(benefit.valid_until))


def _offers(voice: Voice, known: BenefitFacts, offers: Sequence[OfferChoice]) -> Block:
    nothing = option(voice.plain("benefit.nothing_chosen"), NO_OFFER)
    options = [nothing, *(option(one.title, one.id) for one in offers[:_MOST_OFFERS])]
    chosen = next((one for one in options if one.value == str(known.offer_id)), nothing)
    return field_input(
        ids.OFFER,
        voice.plain("benefit.from_catalogue"),
        StaticSelectElement(action_id=ids.OFFER, options=options, initial_option=chosen),
        hint=voice.plain("benefit.from_catalogue_hint"),
        optional=True,
    )


def _naming(voice: Voice, known: BenefitFacts, words: str) -> Iterator[Block]:
    options = [
        option(voice.plain("benefit.naming_no"), NOT_NAMED),
        option(voice.plain("benefit.naming_yes"), NAMED),
    ]
    yield field_input(
        ids.NAMING,
        voice.plain("benefit.naming"),
        RadioButtonsElement(
            action_id=ids.NAMING,
            options=options,
            initial_option=options[1 if known.names_referrer else 0],
        ),
    )
    yield text_field(
        ids.NAMING_HOW,
        voice.plain("benefit.naming_how"),
        known.naming_how,
        _MAX_HOW,
        example=voice.plain("referral.consent_how_example"),
        hint=voice.plain("benefit.naming_how_hint", words=words),
        optional=True,
    )
