"""The page for a contact's superior, in Slack: its texts, that it is being made, and the page with
what to copy (A5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from slack_sdk.models.blocks import Block, DatePickerElement, InputBlock
from slack_sdk.models.views import View

from bot.texts.voice import Markup, Voice
from bot.views import ids
from bot.views.blocks import (
    Message,
    actions,
    button,
    clip,
    context,
    field_input,
    modal,
    section,
    text_field,
)
from bot.views.copyable import copyable

MOST_TITLE: Final = 120
MOST_QUOTE: Final = 200
MOST_NAME: Final = 100
MOST_LINES: Final = 600
_MOST_KPIS: Final = 10
_KPI: Final = 60
_MOST_REPLACED: Final = 40


@dataclass(frozen=True)
class Form:
    """What the form opens with. `figures` will be shown on the page, `left_out` will not."""

    contact_id: int
    customer: str
    contact: str
    language: str
    written_title: str
    figures: Sequence[str]
    left_out: Sequence[str]
    has_link: bool
    title: str = ""
    division: str = ""
    quote: str = ""
    quote_by: str = ""
    agreed_on: date | None = None
    theirs: str = ""
    ours: str = ""
    steps: str = ""


@dataclass(frozen=True)
class Made:
    """A page that is ready. `cut` and `replaced` are what did not fit and what no font has;
    `newsletter` and `chat` are in the customer's language."""

    customer: str
    contact: str
    newsletter: str
    chat: str
    cut: Sequence[str] = ()
    replaced: str = ""
    left_out: Sequence[str] = ()


def form(voice: Voice, known: Form) -> View:
    """Everything that a person may say on the page; all of it may stay as it is."""
    return modal(
        ids.SUMMARY_FORM,
        voice.plain("summary.form"),
        [
            section(
                voice.markup("summary.form_for", customer=known.customer, contact=known.contact)
            ),
            context(*_about(voice, known)),
            *_fields(voice, known),
        ],
        submit=voice.plain("summary.form_make"),
        close=voice.plain("form.cancel"),
        private_metadata=str(known.contact_id),
    )


def ways(voice: Voice, contact_id: int) -> Block:
    """One click from a result to the page; another one to its texts."""
    return actions(
        button(voice.plain("summary.make"), ids.MAKE_SUMMARY, contact_id),
        button(voice.plain("summary.edit"), ids.MATERIAL_SUMMARY, contact_id),
    )


def being_made(voice: Voice, *, contact_id: int, customer: str, contact: str) -> Message:
    """The answer to the click."""
    edit = actions(button(voice.plain("summary.edit"), ids.MATERIAL_SUMMARY, contact_id))
    return _saying(voice, "summary.being_made", [edit], customer=customer, contact=contact)


def made(voice: Voice, page: Made) -> Message:
    """The words beside the files. Slack is known to take sections and rich text there."""
    beside = [*_warned(voice, page), _texts(voice, page)]
    return _saying(voice, "summary.made", beside, customer=page.customer, contact=page.contact)


def not_allowed(voice: Voice, page: Made) -> Message:
    """Slack does not let Goen upload files here: who can change that, and the texts meanwhile."""
    texts = [_texts(voice, page)]
    return _saying(
        voice, "summary.not_allowed", texts, customer=page.customer, contact=page.contact
    )


def unprintable(voice: Voice, *, contact_id: int, customer: str, contact: str) -> Message:
    """No page came of these texts."""
    edit = actions(button(voice.plain("summary.edit"), ids.MATERIAL_SUMMARY, contact_id))
    return _saying(voice, "summary.unprintable", [edit], customer=customer, contact=contact)


def nothing_yet(voice: Voice, *, contact_id: int, customer: str) -> Message:
    """There is no result to be proud of, and here is how to log one."""
    log = actions(button(voice.plain("ask.way_log_result"), ids.LOG_RESULT, contact_id))
    return _saying(voice, "summary.nothing_yet", [log], customer=customer)


def _saying(voice: Voice, key: str, below: Sequence[Block], **values: str) -> Message:
    return Message(voice.plain(key, **values), [section(voice.markup(key, **values)), *below])


def _about(voice: Voice, known: Form) -> Iterator[Markup]:
    yield voice.markup("summary.form_figures", figures=_listed(voice, known.figures))
    if known.left_out:
        yield voice.markup("summary.left_out", kpis=_listed(voice, known.left_out))
    yield voice.markup("summary.form_language", language=_language(voice, known.language))
    yield voice.markup("summary.form_link" if known.has_link else "summary.form_without_link")


def _fields(voice: Voice, known: Form) -> Iterator[InputBlock]:
    yield _line(voice, ids.SUMMARY_TITLE, known.title, MOST_TITLE, example=known.written_title)
    yield _line(voice, ids.SUMMARY_DIVISION, known.division, MOST_NAME)
    yield _line(voice, ids.SUMMARY_QUOTE, known.quote, MOST_QUOTE, multiline=True)
    yield _line(voice, ids.SUMMARY_QUOTE_BY, known.quote_by, MOST_NAME)
    agreed = known.agreed_on.isoformat() if known.agreed_on else None
    yield field_input(
        ids.SUMMARY_AGREED_ON,
        voice.plain("summary.form_agreed_on"),
        DatePickerElement(action_id=ids.SUMMARY_AGREED_ON, initial_date=agreed),
        hint=voice.plain("summary.form_agreed_on_hint"),
        optional=True,
    )
    for block_id, typed in (
        (ids.SUMMARY_THEIRS, known.theirs),
        (ids.SUMMARY_OURS, known.ours),
        (ids.SUMMARY_STEPS, known.steps),
    ):
        yield _line(voice, block_id, typed, MOST_LINES, multiline=True)


def _line(
    voice: Voice,
    block_id: str,
    typed: str,
    most: int,
    *,
    multiline: bool = False,
    example: str = "",
) -> InputBlock:
    name = block_id.removeprefix("summary_")
    hint = f"summary.form_{name}_hint"
    return text_field(
        block_id,
        voice.plain(f"summary.form_{name}"),
        typed,
        most,
        multiline=multiline,
        example=example or voice.plain(f"summary.form_{name}_example"),
        hint=voice.plain(hint) if voice.has(hint) else None,
        optional=True,
    )


def _warned(voice: Voice, page: Made) -> Iterator[Block]:
    """What is not on the page as it was typed."""
    lines = []
    if page.cut:
        names = voice.list(voice.plain(f"summary.cut_{name}") for name in page.cut)
        lines.append(voice.markup("summary.cut", names=names))
    if page.replaced:
        letters = clip(page.replaced, _MOST_REPLACED)
        lines.append(voice.markup("summary.replaced", letters=letters))
    if page.left_out:
        lines.append(voice.markup("summary.left_out", kpis=_listed(voice, page.left_out)))
    if lines:
        yield section(Markup("\n".join(lines)))


def _texts(voice: Voice, page: Made) -> Block:
    return copyable(
        [
            (voice.plain("summary.for_newsletter"), page.newsletter),
            (voice.plain("summary.for_chat"), page.chat),
        ]
    )


def _listed(voice: Voice, kpis: Sequence[str]) -> str:
    return voice.list(clip(one, _KPI) for one in kpis[:_MOST_KPIS])


def _language(voice: Voice, language: str) -> str:
    return voice.plain(f"contact.language_{language}")
