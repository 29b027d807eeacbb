"""The catalogue of the programme: offers, the texts to ask with, the ideal customer (O1 A4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.playbook.offers import ANY_MOMENT
from bot.playbook.terms import CustomerKind, MomentKind, OfferKind
from bot.texts.catalogue import LANGUAGES
from bot.texts.templates import Mistake, MistakeCode, Placeholder
from bot.texts.voice import Markup, Voice
from bot.views import ids
from bot.views.blocks import (
    VIEW_BLOCKS,
    actions,
    button,
    clip,
    context,
    destroying,
    divider,
    field_input,
    header,
    modal,
    option,
    section,
    text_field,
)
from bot.views.forms import save_form

MAX_TITLE, MAX_SUBJECT, MAX_BODY, MAX_SHORT, MAX_IDEAL = 200, 200, 3000, 1500, 300
EVERYBODY = "everybody"
TEMPLATE_NAMES = (ANY_MOMENT, *MomentKind)
_MOST_OFFERS = 40


@dataclass(frozen=True)
class OfferFacts:
    """One offer; `offer_id` None while it is being added."""

    kind: OfferKind = OfferKind.INFORMATION
    title_ja: str = ""
    title_en: str = ""
    audience: CustomerKind | None = None
    valid_until: date | None = None
    involves_money: bool = False
    offer_id: int | None = None
    has_expired: bool = False

    def title(self, language: str) -> str:
        own, other = (
            (self.title_ja, self.title_en) if language == "ja" else (self.title_en, self.title_ja)
        )
        return own or other


@dataclass(frozen=True)
class TemplateFacts:
    """The current version of one text; `template_id` None while it is being added."""

    name: str
    language: str
    version: int = 0
    subject: str = ""
    body: str = ""
    short: str = ""
    template_id: int | None = None


@dataclass(frozen=True)
class CatalogueFacts:
    """Everything on the catalogue's page."""

    offers: Sequence[OfferFacts]
    templates: Sequence[TemplateFacts]
    ideal_customer: Mapping[str, str]
    reviewed_at: datetime | None
    may_edit: bool


def catalogue(voice: Voice, facts: CatalogueFacts) -> View:
    """What the team offers and says, each with its button to change it."""
    edit = facts.may_edit
    blocks: list[Block] = [header(voice.plain("catalogue.offers")), _reviewed(voice, facts)]
    shown = facts.offers[:_MOST_OFFERS]
    blocks += [_offer(voice, one, may_edit=edit) for one in shown]
    if edit:
        ways = [button(voice.plain("catalogue.add_offer"), ids.ADD_OFFER)]
        if facts.offers:
            ways.append(button(voice.plain("catalogue.review"), ids.REVIEW_OFFERS))
        blocks.append(actions(*ways))
    blocks += [divider(), header(voice.plain("catalogue.templates"))]
    blocks += [_template(voice, one, may_edit=edit) for one in facts.templates]
    if edit:
        blocks.append(actions(button(voice.plain("catalogue.add_template"), ids.ADD_TEMPLATE)))
    blocks += [divider(), header(voice.plain("catalogue.ideal_customer"))]
    blocks.append(section(_ideal(voice, facts.ideal_customer)))
    if edit:
        blocks.append(actions(button(voice.plain("catalogue.edit_ideal"), ids.EDIT_IDEAL_CUSTOMER)))
    return modal(
        ids.MESSAGE_VIEW,
        voice.plain("catalogue.title"),
        blocks[:VIEW_BLOCKS],
        close=voice.plain("answer.close"),
    )


def offer_form(voice: Voice, known: OfferFacts, *, language: str) -> View:
    """Add or edit an offer; its title in the team's own `language` is the one that is needed."""
    kinds = [option(voice.plain(f"offer_kind.{kind}"), kind) for kind in OfferKind]
    audiences = [
        option(voice.plain("catalogue.everybody"), EVERYBODY),
        *(option(voice.plain(f"customer_kind.{kind}"), kind) for kind in CustomerKind),
    ]
    money = option(voice.plain("catalogue.money"), ids.MONEY, voice.plain("catalogue.money_hint"))
    until = known.valid_until.isoformat() if known.valid_until else None
    blocks: list[Block] = [
        _back(voice, ids.DELETE_OFFER, known.offer_id),
        _select(voice, ids.OFFER_KIND, kinds, known.kind),
        _text(voice, ids.TITLE_JA, known.title_ja, MAX_TITLE, optional=language != "ja"),
        _text(voice, ids.TITLE_EN, known.title_en, MAX_TITLE, optional=language != "en"),
        _select(voice, ids.AUDIENCE, audiences, known.audience or EVERYBODY),
        field_input(
            ids.VALID_UNTIL,
            voice.plain("catalogue.valid_until"),
            DatePickerElement(action_id=ids.VALID_UNTIL, initial_date=until),
            hint=voice.plain("catalogue.valid_until_hint"),
            optional=True,
        ),
        field_input(
            ids.MONEY,
            voice.plain("catalogue.value"),
            CheckboxesElement(
                action_id=ids.MONEY,
                options=[money],
                initial_options=[money] if known.involves_money else None,
            ),
            optional=True,
        ),
    ]
    return _form(voice, ids.OFFER_FORM, "catalogue.offer_title", blocks, known.offer_id)


def template_form(voice: Voice, known: TemplateFacts) -> View:
    """Add or edit a text; saving it makes a new version."""
    blocks: list[Block] = [
        _back(voice, ids.DELETE_TEMPLATE, known.template_id),
        context(_placeholders(voice)),
    ]
    if known.template_id is None:
        names = [option(voice.plain(f"template_name.{one}"), one) for one in TEMPLATE_NAMES]
        languages = [option(voice.plain(f"catalogue.language_{one}"), one) for one in LANGUAGES]
        blocks.append(_select(voice, ids.TEMPLATE_NAME, names, known.name))
        blocks.append(_select(voice, ids.LANGUAGE, languages, known.language))
    else:
        blocks.append(section(_name(voice, known)))
    blocks += [
        _text(voice, ids.SUBJECT, known.subject, MAX_SUBJECT),
        _text(voice, ids.BODY, known.body, MAX_BODY, multiline=True),
        _text(voice, ids.SHORT, known.short, MAX_SHORT, multiline=True),
    ]
    return _form(voice, ids.TEMPLATE_FORM, "catalogue.template_title", blocks, known.template_id)


def ideal_customer_form(voice: Voice, known: Mapping[str, str]) -> View:
    """Who has the problem that we solve: the words that stand in the letter."""
    block_ids = {"ja": ids.IDEAL_CUSTOMER_JA, "en": ids.IDEAL_CUSTOMER_EN}
    blocks: list[Block] = [
        _back(voice, "", None),
        section(voice.markup("catalogue.ideal_hint")),
        *(_text(voice, block_ids[one], known[one], MAX_IDEAL, optional=True) for one in LANGUAGES),
    ]
    return _form(voice, ids.IDEAL_CUSTOMER_FORM, "catalogue.ideal_title", blocks, None)


def say_mistakes(voice: Voice, found: Sequence[Mistake]) -> str:
    """What to mend in a text, kindly: the misspelt placeholder next to the one that was meant."""
    return "\n".join(_mistake(voice, one) for one in found[:5])


def _mistake(voice: Voice, one: Mistake) -> str:
    if one.code is MistakeCode.MISSPELT:
        return voice.plain("placeholder.is_misspelt", text=one.text, meant=f"{{{one.meant}}}")
    return voice.plain(f"placeholder.is_{one.code}", text=one.text)


def _placeholders(voice: Voice) -> Markup:
    """What can be filled in, each with its meaning."""
    lines = (f"`{{{one}}}` {voice.markup(f'placeholder.{one}')}" for one in Placeholder)
    return Markup(f"{voice.markup('placeholder.explained')}\n{'　'.join(lines)}")


def _reviewed(voice: Voice, facts: CatalogueFacts) -> Block:
    if facts.reviewed_at is None:
        return context(voice.markup("catalogue.never_reviewed"))
    return context(voice.markup("catalogue.reviewed", day=voice.day_of(facts.reviewed_at)))


def _offer(voice: Voice, one: OfferFacts, *, may_edit: bool) -> Block:
    about = [voice.markup(f"offer_kind.{one.kind}")]
    about.append(
        voice.markup(f"customer_kind.{one.audience}")
        if one.audience
        else voice.markup("catalogue.everybody")
    )
    if one.involves_money:
        about.append(voice.markup("catalogue.money"))
    if one.valid_until:
        key = "catalogue.expired" if one.has_expired else "catalogue.until"
        about.append(voice.markup(key, day=voice.day(one.valid_until)))
    title = voice.markup("catalogue.offer", title=clip(one.title(voice.language), MAX_TITLE))
    said = Markup(f"{title}\n{voice.plain('catalogue.between').join(about)}")
    edit = button(voice.plain("catalogue.edit_offer"), ids.EDIT_OFFER, one.offer_id or "")
    return section(said, accessory=edit if may_edit else None)


def _template(voice: Voice, one: TemplateFacts, *, may_edit: bool) -> Block:
    subject = voice.markup("catalogue.subject_line", text=clip(one.subject, MAX_SUBJECT))
    said = Markup(f"{_name(voice, one)}\n{subject}")
    edit = button(voice.plain("catalogue.edit_template"), ids.EDIT_TEMPLATE, one.template_id or "")
    return section(said, accessory=edit if may_edit else None)


def _name(voice: Voice, one: TemplateFacts) -> Markup:
    return voice.markup(
        "catalogue.template",
        name=voice.plain(f"template_name.{one.name}"),
        language=voice.plain(f"catalogue.language_{one.language}"),
        version=one.version,
    )


def _ideal(voice: Voice, known: Mapping[str, str]) -> Markup:
    lines = (
        voice.markup(
            "catalogue.ideal_line",
            language=voice.plain(f"catalogue.language_{one}"),
            text=known[one] or voice.plain("catalogue.ideal_default"),
        )
        for one in LANGUAGES
    )
    return Markup("\n".join(lines))


def _back(voice: Voice, delete: str, record_id: int | None) -> ActionsBlock:
    ways: list[ButtonElement] = [button(voice.plain("catalogue.back"), ids.BACK_TO_CATALOGUE)]
    if record_id is not None:
        ways.append(
            destroying(
                voice.plain(f"catalogue.{delete}"),
                delete,
                record_id,
                title=voice.plain(f"catalogue.{delete}_title"),
                text=voice.plain(f"catalogue.{delete}_text"),
                keep=voice.plain("form.keep"),
                style="danger",
            )
        )
    return actions(*ways)


def _select(voice: Voice, block_id: str, choices: list[Option], chosen: str) -> InputBlock:
    return field_input(
        block_id,
        voice.plain(f"catalogue.{block_id}"),
        StaticSelectElement(
            action_id=block_id,
            options=choices,
            initial_option=next(one for one in choices if one.value == chosen),
        ),
    )


def _text(
    voice: Voice,
    block_id: str,
    known: str,
    most: int,
    *,
    multiline: bool = False,
    optional: bool = False,
) -> InputBlock:
    return text_field(
        block_id,
        voice.plain(f"catalogue.{block_id}"),
        known,
        most,
        multiline=multiline,
        optional=optional,
    )


def _form(
    voice: Voice, callback_id: str, title: str, blocks: Sequence[Block], record_id: int | None
) -> View:
    return save_form(voice, callback_id, voice.plain(title), blocks, record_id or "")
