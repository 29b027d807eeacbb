"""The screens of a result: a KPI before and after (M1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from bot.playbook.measures import Change, Measure
from bot.playbook.names import MAX_NAME
from bot.playbook.problems import MAX_NOTE
from bot.playbook.terms import Direction
from bot.texts.measures import before_and_after, headline, measure
from bot.texts.voice import Markup, Voice
from bot.views import ids, who
from bot.views.blocks import (
    PLACEHOLDER,
    Message,
    actions,
    button,
    clip,
    context,
    destroying,
    field_input,
    option,
    plain,
    section,
    text_field,
)
from bot.views.forms import save_form

GUESS = "guess"
"""The direction that Goen finds out from the KPI's name and unit."""
MAX_VALUE = 60
MAX_PERIOD = 64


@dataclass(frozen=True)
class Prefill:
    """What is known already when the form opens."""

    account: Option | None = None
    new_contact: str | None = None
    kpi: str = ""
    before: str = ""
    after: str = ""
    direction: Direction | None = None
    period: str = ""
    note: str = ""
    said: Markup | None = None
    result_id: int | None = None
    """The result that is corrected; None for a new one."""


@dataclass(frozen=True)
class Logged:
    """A result as the answer shows it; the measures are in the units that were typed."""

    result_id: int
    customer: str
    contact: str | None
    kpi: str
    typed: tuple[Measure, Measure]
    change: Change
    period: str = ""


def form(voice: Voice, known: Prefill) -> View:
    """Log or correct a result."""
    blocks: list[Block] = [context(known.said)] if known.said else []
    if known.result_id is None:
        blocks.append(_account_field(voice, known.account))
        blocks.append(who.new_contact_field(voice, known.new_contact))
    blocks += [
        _text_field(voice, ids.KPI, known.kpi, MAX_NAME),
        _text_field(voice, ids.BEFORE, known.before, MAX_VALUE),
        _text_field(voice, ids.AFTER, known.after, MAX_VALUE),
        _direction_field(voice, known.direction),
        _text_field(voice, ids.PERIOD, known.period, MAX_PERIOD, optional=True),
        text_field(
            ids.NOTE,
            voice.plain("result.note"),
            known.note,
            MAX_NOTE,
            multiline=True,
            optional=True,
        ),
    ]
    return save_form(
        voice, ids.RESULT_FORM, voice.plain("result.title"), blocks, known.result_id or ""
    )


def logged(voice: Voice, found: Logged, at_once: Sequence[Block]) -> Message:
    """The answer to a logged result: the change, how it was computed, and what to do now."""
    change = found.change
    before, after = before_and_after(voice, *found.typed, change)
    values = {
        "customer": _whom(voice, found),
        "kpi": found.kpi,
        "before": before,
        "after": after,
        "change": headline(voice, change),
    }
    key = {True: "result.improved", False: "result.worsened", None: "result.unchanged"}
    said = voice.markup(key[change.improved], **values)
    if found.period:
        said = Markup(f"{said}\n{voice.markup('result.of_period', period=found.period)}")
    return Message(
        voice.plain("result.logged_text", **values),
        [
            section(said),
            context(*_how(voice, found)),
            *at_once,
            mend(voice, found.result_id, found.customer, found.kpi),
        ],
    )


def deleted(voice: Voice, *, customer: str, kpi: str) -> Message:
    said = voice.markup("result.deleted", customer=customer, kpi=kpi)
    return Message(said, [section(said)])


def _account_field(voice: Voice, initial: Option | None) -> InputBlock:
    """A result belongs to an account; choosing one of its people says who reported it."""
    return field_input(
        ids.CUSTOMER,
        voice.plain("result.account"),
        ExternalDataSelectElement(
            action_id=ids.FIND_CONTACT,
            placeholder=plain(voice.plain("who.placeholder"), PLACEHOLDER),
            min_query_length=0,
            initial_option=initial,
        ),
    )


def _text_field(
    voice: Voice, block_id: str, known: str, most: int, *, optional: bool = False
) -> InputBlock:
    return text_field(
        block_id,
        voice.plain(f"result.{block_id}"),
        known,
        most,
        example=voice.plain(f"result.{block_id}_example"),
        optional=optional,
    )


def _direction_field(voice: Voice, known: Direction | None) -> InputBlock:
    choices = [
        option(voice.plain(f"result.direction_{value}"), value) for value in (GUESS, *Direction)
    ]
    chosen = next((one for one in choices if one.value == str(known or GUESS)), choices[0])
    return field_input(
        ids.DIRECTION,
        voice.plain("result.direction"),
        RadioButtonsElement(action_id=ids.DIRECTION, options=choices, initial_option=chosen),
    )


def _how(voice: Voice, found: Logged) -> list[Markup]:
    """How the figure came about: what a rep needs to see whether it was understood."""
    change = found.change
    said = [voice.markup(f"result.taken_as_{change.direction}")]
    before, after = (measure(voice, one) for one in found.typed)
    if found.typed[0].unit != found.typed[1].unit and all(one.unit for one in found.typed):
        said.append(voice.markup("result.aligned", before=before, after=after))
    if change.percent is None and change.points is None:
        said.append(voice.markup("result.from_zero"))
    return said


def mend(voice: Voice, result_id: int, customer: str, kpi: str) -> ActionsBlock:
    """Correct a result that is on record, or delete it."""
    return actions(
        button(voice.plain("result.correct"), ids.CORRECT_RESULT, result_id),
        destroying(
            voice.plain("result.delete"),
            ids.DELETE_RESULT,
            result_id,
            title=voice.plain("result.delete_title"),
            text=voice.plain("result.delete_text", customer=clip(customer, 60), kpi=clip(kpi, 100)),
            keep=voice.plain("form.keep"),
        ),
    )


def _whom(voice: Voice, found: Logged) -> str:
    if found.contact is None:
        return found.customer
    return voice.plain("who.contact", customer=found.customer, contact=found.contact)
