"""The screens of the NPS question (M2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.playbook.contact_state import TagChange
from bot.texts.voice import Markup, Voice
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

SCORES = range(11)
_COMMENT = 3000


@dataclass(frozen=True)
class Prefill:
    """What is known already when the form opens."""

    contact: Option | None = None
    new_contact: str | None = None
    score: int | None = None
    comment: str = ""
    note: Markup | None = None
    nps_id: int | None = None
    """The answer that is corrected; None for a new one."""


def form(voice: Voice, known: Prefill) -> View:
    """Log or correct a score."""
    scores = [option(voice.plain(f"nps.score_{_band(n)}", score=n), n) for n in reversed(SCORES)]
    chosen = next((one for one in scores if one.value == str(known.score)), None)
    blocks: list[Block] = [context(known.note)] if known.note else []
    if known.nps_id is None:
        blocks.append(who.search_field(voice, ids.CONTACT, ids.FIND_CONTACT, initial=known.contact))
        blocks.append(who.new_contact_field(voice, known.new_contact))
    blocks += [
        field_input(
            ids.SCORE,
            voice.plain("nps.score"),
            StaticSelectElement(action_id=ids.SCORE, options=scores, initial_option=chosen),
            hint=voice.plain("nps.score_hint"),
        ),
        text_field(
            ids.COMMENT,
            voice.plain("nps.comment"),
            known.comment,
            _COMMENT,
            multiline=True,
            optional=True,
        ),
    ]
    return save_form(voice, ids.NPS_FORM, voice.plain("nps.title"), blocks, known.nps_id or "")


def logged(
    voice: Voice,
    *,
    nps_id: int,
    customer: str,
    contact: str,
    score: int,
    tag: TagChange,
    at_once: Sequence[Block],
) -> Message:
    """The answer to a logged score: what it was, what it changed, what to do now."""
    said = voice.markup("nps.logged", customer=customer, contact=contact, score=score)
    if tag is not TagChange.UNCHANGED:
        said = Markup(f"{said}\n{voice.markup(f'nps.tag_{tag}')}")
    return Message(
        voice.plain("nps.logged_text", customer=customer, contact=contact, score=score),
        [
            section(said),
            *at_once,
            mend(voice, nps_id, customer, score),
        ],
    )


def mend(voice: Voice, nps_id: int, customer: str, score: int) -> ActionsBlock:
    """Correct a score that is on record, or delete it."""
    return actions(
        button(voice.plain("nps.correct"), ids.CORRECT_NPS, nps_id),
        destroying(
            voice.plain("nps.delete"),
            ids.DELETE_NPS,
            nps_id,
            title=voice.plain("nps.delete_title"),
            text=voice.plain("nps.delete_text", customer=clip(customer, 60), score=score),
            keep=voice.plain("form.keep"),
        ),
    )


def deleted(voice: Voice, *, customer: str, score: int) -> Message:
    said = voice.markup("nps.deleted", customer=customer, score=score)
    return Message(said, [section(said)])


def _band(score: int) -> str:
    """The standard's three groups, by which the list of scores is read faster."""
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"
