"""The list of whom to ask now, and the form that names one (A1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, Option, StaticSelectElement
from slack_sdk.models.views import View

from bot.playbook.reasons import Reason
from bot.playbook.terms import MomentKind
from bot.texts.voice import Markup, Voice
from bot.views import ids, reasons, who
from bot.views.blocks import (
    Message,
    actions,
    button,
    clip,
    context,
    divider,
    field_input,
    modal,
    option,
    section,
)

REASONS_SHOWN = 3


@dataclass(frozen=True)
class Row:
    """One contact to ask, with what would go into the ask, or what still stands `against` it."""

    contact_id: int
    customer: str
    contact: str
    points: int
    why: tuple[Reason, ...]
    moment: MomentKind | None = None
    offer: str | None = None
    template: str | None = None
    against: tuple[Reason, ...] = ()


def ask_list(voice: Voice, rows: Sequence[Row], *, of_team: bool, threshold: int) -> Message:
    """Whom to ask now, best first, each with its reasons and one click to the ready ask."""
    if not rows:
        said = voice.markup("ask_list.empty", threshold=threshold)
        ways = actions(
            button(voice.plain("ask.way_log_result"), ids.LOG_RESULT),
        )
        return Message(said, [section(said), ways])
    heading = voice.markup("ask_list.of_team" if of_team else "ask_list.mine", n=len(rows))
    blocks: list[Block] = [section(heading)]
    for row in rows:
        blocks += [divider(), *item(voice, row)]
    return Message(voice.plain("ask_list.text", n=len(rows)), blocks)


def form(voice: Voice, *, initial: Option | None, said: Markup | None) -> View:
    """Whom do you want to ask?"""
    blocks: list[Block] = [context(said)] if said else []
    blocks.append(who.search_field(voice, ids.CONTACT, ids.FIND_CONTACT, initial=initial))
    return modal(
        ids.ASK_FORM,
        voice.plain("ask.title"),
        blocks,
        submit=voice.plain("ask.prepare"),
        close=voice.plain("form.cancel"),
    )


def item(voice: Voice, row: Row) -> list[Block]:
    """One contact to ask: why, with what, and the button that prepares the ask."""
    named = voice.markup(
        "ask_list.row", customer=row.customer, contact=row.contact, points=row.points
    )
    said = Markup(f"{named}\n{reasons.say_all(voice, row.why[:REASONS_SHOWN])}")
    prepare = button(voice.plain("ask.prepare"), ids.PREPARE_ASK, row.contact_id)
    blocks: list[Block] = [section(said, accessory=prepare)]
    if row.against:
        blocks.append(context(reasons.say_all(voice, row.against)))
    elif row.moment:
        with_what = voice.markup(
            "ask_list.with",
            moment=voice.plain(f"moment.{row.moment}"),
            offer=clip(row.offer or voice.plain("ask.none"), 200),
            template=row.template or voice.plain("ask.none"),
        )
        blocks.append(context(with_what))
    return blocks


@dataclass(frozen=True)
class Choices:
    """What can go into an ask: (id, label) of each, and which is taken now."""

    offers: Sequence[tuple[int, str]]
    templates: Sequence[tuple[int, str]]
    offer_id: int | None
    template_id: int | None


def choose_form(voice: Voice, choice: str, choices: Choices) -> View:
    """Another offer or another text for this ask."""
    blocks: list[Block] = []
    for block_id, known, taken in (
        (ids.OFFER, choices.offers, choices.offer_id),
        (ids.TEMPLATE, choices.templates, choices.template_id),
    ):
        if not known:
            blocks.append(section(voice.markup(f"ask_choose.no_{block_id}")))
            continue
        found = [option(label, record_id) for record_id, label in known[:100]]
        now = next((one for one in found if one.value == str(taken)), found[0])
        blocks.append(
            field_input(
                block_id,
                voice.plain(f"ask_choose.{block_id}"),
                StaticSelectElement(action_id=block_id, options=found, initial_option=now),
            )
        )
    return modal(
        ids.CHOOSE_ASK_FORM,
        voice.plain("ask_choose.title"),
        blocks,
        submit=voice.plain("ask.prepare"),
        close=voice.plain("form.cancel"),
        private_metadata=choice,
    )
