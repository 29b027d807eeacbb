"""The screens of a moment: thanks, an upsell, a renewal, a contract (M5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DatePickerElement,
    Option,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from bot.playbook.problems import MAX_NOTE
from bot.playbook.terms import MomentKind
from bot.texts.voice import Markup, Voice, link
from bot.views import ids, who
from bot.views.blocks import (
    Message,
    actions,
    button,
    clip,
    context,
    destroying,
    field_input,
    option,
    section,
    text_field,
)
from bot.views.forms import save_form

LOGGED_BY_HAND = (
    MomentKind.THANKS,
    MomentKind.UPSELL,
    MomentKind.RENEWAL,
    MomentKind.CONTRACT,
)
"""The others come from results and scores by themselves."""


@dataclass(frozen=True)
class Prefill:
    """What is known already when the form opens."""

    day: date
    contact: Option | None = None
    new_contact: str | None = None
    kind: MomentKind = MomentKind.THANKS
    note: str = ""
    said: Markup | None = None
    asks_who: bool = True
    """False for a correction: whose moment it is stays."""


def form(voice: Voice, known: Prefill, kept: str = "") -> View:
    """Log or correct a moment; `kept` comes back with the submission."""
    kinds = [option(voice.plain(f"moment.{kind}"), kind) for kind in LOGGED_BY_HAND]
    blocks: list[Block] = [context(known.said)] if known.said else []
    if known.asks_who:
        blocks.append(who.search_field(voice, ids.CONTACT, ids.FIND_CONTACT, initial=known.contact))
        blocks.append(who.new_contact_field(voice, known.new_contact))
    blocks += [
        field_input(
            ids.MOMENT,
            voice.plain("moment_form.kind"),
            RadioButtonsElement(
                action_id=ids.MOMENT,
                options=kinds,
                initial_option=next(one for one in kinds if one.value == known.kind),
            ),
        ),
        field_input(
            ids.DAY,
            voice.plain("moment_form.day"),
            DatePickerElement(action_id=ids.DAY, initial_date=known.day.isoformat()),
        ),
        text_field(
            ids.NOTE,
            voice.plain("moment_form.note"),
            known.note,
            MAX_NOTE,
            multiline=True,
            optional=True,
        ),
    ]
    return save_form(voice, ids.MOMENT_FORM, voice.plain("moment_form.title"), blocks, kept)


def logged(
    voice: Voice,
    *,
    moment_id: int,
    contact_id: int,
    customer: str,
    contact: str,
    kind: MomentKind,
    source_link: str | None,
    at_once: Sequence[Block],
) -> Message:
    """The answer to a logged moment, with the ask that it makes natural."""
    values = {
        "customer": customer,
        "contact": contact,
        "moment": voice.plain(f"moment.{kind}"),
    }
    said = voice.markup("moment_form.logged", **values)
    if source_link:
        source = link(source_link, voice.plain("moment_form.source"))
        said = Markup(f"{said}\n{source}")
    return Message(
        voice.plain("moment_form.logged_text", **values),
        [
            section(said),
            *at_once,
            *(_welcome(voice, contact_id) if kind is MomentKind.CONTRACT else ()),
            mend(voice, moment_id, customer, kind),
        ],
    )


def _welcome(voice: Voice, contact_id: int) -> Iterator[Block]:
    """A new customer is shown the programme (O3), and asked while they still know why (P3)."""
    yield section(
        voice.markup("handbook_desk.onboarding"),
        accessory=button(voice.plain("goen.do_handbook"), ids.MATERIAL_HANDBOOK, contact_id),
    )
    yield section(
        voice.markup("voices.after_contract"),
        accessory=button(voice.plain("voices.ask_them"), ids.OPEN_VOICE_PAGES, contact_id),
    )


def mend(voice: Voice, moment_id: int, customer: str, kind: MomentKind) -> ActionsBlock:
    """Correct a moment that is on record, or delete it."""
    moment = voice.plain(f"moment.{kind}")
    return actions(
        button(voice.plain("moment_form.correct"), ids.CORRECT_MOMENT, moment_id),
        destroying(
            voice.plain("moment_form.delete"),
            ids.DELETE_MOMENT,
            moment_id,
            title=voice.plain("moment_form.delete_title"),
            text=voice.plain("moment_form.delete_text", customer=clip(customer, 60), moment=moment),
            keep=voice.plain("form.keep"),
        ),
    )


def deleted(voice: Voice, *, customer: str, kind: MomentKind) -> Message:
    moment = voice.plain(f"moment.{kind}")
    said = voice.markup("moment_form.deleted", customer=customer, moment=moment)
    return Message(said, [section(said)])
