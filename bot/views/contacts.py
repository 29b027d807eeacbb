"""The screen of a contact's own data: how they are reached, and whether they may be asked (A1)."""

from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    EmailInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.playbook.names import MAX_NAME
from bot.playbook.terms import GiftPolicy
from bot.texts.catalogue import LANGUAGES
from bot.texts.voice import Voice
from bot.views import ids
from bot.views.blocks import (
    Message,
    field_input,
    option,
    section,
    text_field,
)
from bot.views.forms import save_form

COMPLAINT = "complaint"
OPTED_OUT = "opted_out"
STANDINGS = (COMPLAINT, OPTED_OUT)


@dataclass(frozen=True)
class Known:
    """A contact as the form shows it; language and gifts are the account's."""

    contact_id: int
    name: str
    job_title: str
    email: str
    has_complaint: bool
    has_opted_out: bool
    language: str
    gift_policy: GiftPolicy


def form(voice: Voice, known: Known) -> View:
    """Edit a contact."""
    blocks: list[Block] = [
        text_field(
            ids.NAME,
            voice.plain("contact.name"),
            known.name,
            MAX_NAME,
        ),
        text_field(
            ids.JOB_TITLE,
            voice.plain("contact.job_title"),
            known.job_title,
            MAX_NAME,
            optional=True,
        ),
        field_input(
            ids.EMAIL,
            voice.plain("contact.email"),
            EmailInputElement(action_id=ids.EMAIL, initial_value=known.email or None),
            optional=True,
        ),
        _standing(voice, known),
        _select(
            voice,
            ids.LANGUAGE,
            {one: voice.plain(f"contact.language_{one}") for one in LANGUAGES},
            known.language,
        ),
        _select(
            voice,
            ids.GIFT_POLICY,
            {one: voice.plain(f"gift_policy.{one}") for one in GiftPolicy},
            known.gift_policy,
        ),
    ]
    return save_form(
        voice, ids.CONTACT_FORM, voice.plain("contact.title"), blocks, known.contact_id
    )


def saved(voice: Voice, *, customer: str, contact: str, may_be_asked: bool) -> Message:
    """What the change means for asking."""
    key = "contact.saved" if may_be_asked else "contact.saved_no_asks"
    said = voice.markup(key, customer=customer, contact=contact)
    return Message(said, [section(said)])


def _standing(voice: Voice, known: Known) -> Block:
    choices = [
        option(voice.plain(f"contact.{one}"), one, voice.plain(f"contact.{one}_hint"))
        for one in STANDINGS
    ]
    ticked = {COMPLAINT: known.has_complaint, OPTED_OUT: known.has_opted_out}
    return field_input(
        ids.STANDING,
        voice.plain("contact.standing"),
        CheckboxesElement(
            action_id=ids.STANDING,
            options=choices,
            initial_options=[one for one in choices if ticked[str(one.value)]] or None,
        ),
        optional=True,
    )


def _select(voice: Voice, block_id: str, labels: dict[str, str], chosen: str) -> Block:
    choices = [option(label, value) for value, label in labels.items()]
    return field_input(
        block_id,
        voice.plain(f"contact.{block_id}"),
        StaticSelectElement(
            action_id=block_id,
            options=choices,
            initial_option=next(one for one in choices if one.value == chosen),
        ),
    )
