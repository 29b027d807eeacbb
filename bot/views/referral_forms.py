"""The forms of a referral: logging it, deciding on a double, its outcomes, consent, corrections.

The private metadata of each names the record it is about; what else travels there is only what a
person typed and has not sent off yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    EmailInputElement,
    InputBlock,
    Option,
    RadioButtonsElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.playbook.duplicate_choices import Choice
from bot.playbook.names import MAX_NAME
from bot.playbook.problems import MAX_NOTE
from bot.playbook.terms import Consent
from bot.texts.voice import Markup, Voice
from bot.views import ids, who
from bot.views.blocks import (
    context,
    field_input,
    modal,
    option,
    section,
    text_field,
)
from bot.views.forms import save_form
from bot.views.referrals import CardFacts, title

MAX_AMOUNT = 40
_MAX_HOW = 300


@dataclass(frozen=True)
class Prefill:
    """What is known already when a referral is logged. `metadata` comes back with the form."""

    referrer: Option | None = None
    new_contact: str | None = None
    company: str = ""
    person: str = ""
    email: str = ""
    need: str = ""
    said: Markup | None = None
    metadata: str = ""


def log_form(voice: Voice, known: Prefill) -> View:
    """Who introduces whom."""
    return _form(
        voice,
        ids.REFERRAL_FORM,
        "log",
        [
            *([context(known.said)] if known.said else []),
            who.search_field(voice, ids.CONTACT, ids.FIND_CONTACT, initial=known.referrer),
            who.new_contact_field(voice, known.new_contact),
            *_referred(voice, known.company, known.person, known.email),
            _note(voice, ids.NEED, known.need, optional=True),
        ],
        known.metadata,
    )


def known_form(
    voice: Voice, said: Markup, choices: Sequence[Choice], need: str, metadata: str
) -> View:
    """The company is on record already: what to do, the proposal chosen (P5)."""
    options = [option(voice.plain(f"referral.choice_{choice}"), choice) for choice in choices]
    decision = field_input(
        ids.DECISION,
        voice.plain("referral.decision"),
        RadioButtonsElement(action_id=ids.DECISION, options=options, initial_option=options[0]),
    )
    return _form(
        voice,
        ids.KNOWN_REFERRAL_FORM,
        "known",
        [section(said), decision, _note(voice, ids.NEED, need, optional=True)],
        metadata,
    )


def won_form(voice: Voice, card: CardFacts, why: str, amount: str, currency: str) -> View:
    """Why it was won, which the referrer hears too, and for how much (F5)."""
    money = text_field(
        ids.AMOUNT,
        voice.plain("referral.amount_in", currency=currency),
        amount,
        MAX_AMOUNT,
        hint=voice.plain("referral.amount_hint"),
        optional=True,
    )
    reason = _note(voice, ids.WHY, why, key="won_why", hint="told_hint")
    return _about(voice, card, ids.WON_FORM, "won", [reason, money])


def lost_form(voice: Voice, card: CardFacts, why: str) -> View:
    """Why it was lost, which the referrer hears (F5)."""
    reason = _note(voice, ids.WHY, why, key="lost_why", hint="told_hint")
    return _about(voice, card, ids.LOST_FORM, "lost", [reason])


def not_a_fit_form(voice: Voice, card: CardFacts, why: str, who_would_fit: str) -> View:
    """Why it does not fit the ideal customer, and who would (F4)."""
    reason = _note(voice, ids.WHY, why, key="not_a_fit_why", hint="told_hint")
    fit = _note(voice, ids.WOULD_FIT, who_would_fit, key="would_fit", hint="would_fit_hint")
    return _about(voice, card, ids.NOT_A_FIT_FORM, "not_a_fit", [reason, fit])


def edit_form(voice: Voice, card: CardFacts) -> View:
    """Mend a typo."""
    return _about(
        voice,
        card,
        ids.EDIT_REFERRAL_FORM,
        "edit",
        [
            *_referred(voice, card.referred.company, card.referred.person, card.email or ""),
            _note(voice, ids.NEED, card.need, optional=True),
        ],
    )


def consent_form(voice: Voice, card: CardFacts, today: date, words: str) -> View:
    """What the referred person said to being contacted: when and how, and to which words (P2)."""
    options = [
        option(voice.plain(f"referral.consent_{consent}"), consent)
        for consent in (Consent.AGREED, Consent.UNKNOWN, Consent.REFUSED, Consent.OPTED_OUT)
    ]
    known = card.consent if card.consent is not Consent.UNKNOWN else Consent.AGREED
    chosen = next(one for one in options if one.value == known)
    return _about(
        voice,
        card,
        ids.CONSENT_FORM,
        "consent",
        [
            field_input(
                ids.CONSENT,
                voice.plain("referral.consent"),
                RadioButtonsElement(action_id=ids.CONSENT, options=options, initial_option=chosen),
            ),
            text_field(
                ids.CONSENT_HOW,
                voice.plain("referral.consent_how"),
                card.consent_how,
                _MAX_HOW,
                example=voice.plain("referral.consent_how_example"),
                hint=voice.plain("referral.consent_how_hint"),
                optional=True,
            ),
            context(voice.markup("consent.words", words=words)),
            field_input(
                ids.DAY,
                voice.plain("referral.consent_on"),
                DatePickerElement(
                    action_id=ids.DAY, initial_date=(card.consent_on or today).isoformat()
                ),
            ),
        ],
    )


def news_form(voice: Voice, card: CardFacts) -> View:
    """What is new, for the next update to the referrer (F3)."""
    news = _note(voice, ids.NEWS, card.news, key="news", hint="told_hint")
    return _about(voice, card, ids.NEWS_FORM, "news", [news])


def reassign_form(voice: Voice, card: CardFacts) -> View:
    """Who looks after it from now on (F1)."""
    owner = field_input(
        ids.OWNER,
        voice.plain("referral.new_owner"),
        UserSelectElement(action_id=ids.OWNER, initial_user=card.owner_id),
        hint=voice.plain("referral.new_owner_hint"),
    )
    return _about(voice, card, ids.REASSIGN_FORM, "reassign", [owner])


def cancel_form(voice: Voice, card: CardFacts) -> View:
    """Entered by mistake or withdrawn."""
    return _ask_first(voice, card, ids.CANCEL_REFERRAL_FORM, "cancel")


def delete_form(voice: Voice, card: CardFacts) -> View:
    """Away with the record."""
    return _ask_first(voice, card, ids.DELETE_REFERRAL_FORM, "delete")


def erase_form(voice: Voice, card: CardFacts) -> View:
    """Away with what is known of the person, for ever (P2)."""
    return _ask_first(voice, card, ids.ERASE_PERSON_FORM, "erase")


def _ask_first(voice: Voice, card: CardFacts, callback_id: str, name: str) -> View:
    said = section(voice.markup(f"referral.{name}_text", title=title(voice, card)))
    return modal(
        callback_id,
        voice.plain(f"referral.{name}_title"),
        [said],
        submit=voice.plain(f"referral.{name}_yes"),
        close=voice.plain("form.keep"),
        private_metadata=str(card.referral_id),
    )


def _about(
    voice: Voice, card: CardFacts, callback_id: str, name: str, blocks: Sequence[Block]
) -> View:
    """A form about one referral, which it names on top."""
    heading = context(voice.markup("referral.about", title=title(voice, card)))
    return _form(voice, callback_id, name, [heading, *blocks], str(card.referral_id))


def _form(
    voice: Voice, callback_id: str, name: str, blocks: Sequence[Block], metadata: str
) -> View:
    return save_form(voice, callback_id, voice.plain(f"referral.{name}_title"), blocks, metadata)


def _referred(voice: Voice, company: str, person: str, email: str) -> list[Block]:
    return [
        _line(voice, ids.COMPANY, company),
        _line(voice, ids.PERSON, person, optional=True),
        field_input(
            ids.EMAIL,
            voice.plain("referral.email"),
            EmailInputElement(action_id=ids.EMAIL, initial_value=email or None),
            optional=True,
        ),
    ]


def _line(voice: Voice, block_id: str, known: str, *, optional: bool = False) -> InputBlock:
    return text_field(
        block_id,
        voice.plain(f"referral.{block_id}"),
        known,
        MAX_NAME,
        example=voice.plain(f"referral.{block_id}_example"),
        optional=optional,
    )


def _note(
    voice: Voice,
    block_id: str,
    known: str,
    *,
    key: str | None = None,
    hint: str | None = None,
    optional: bool = False,
) -> InputBlock:
    return text_field(
        block_id,
        voice.plain(f"referral.{key or block_id}"),
        known,
        MAX_NOTE,
        multiline=True,
        hint=voice.plain(f"referral.{hint}") if hint else None,
        optional=optional,
    )
