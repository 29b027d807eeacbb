"""What other systems told: what a rep hears of it, the token by which they may, and the report of
a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    RichTextBlock,
    RichTextPreformattedElement,
)
from slack_sdk.models.blocks.block_elements import RichTextElementParts
from slack_sdk.models.views import View

from bot.playbook.signals import Fault, Problem
from bot.texts.voice import Markup, Voice, mention
from bot.views import ids
from bot.views.blocks import (
    Message,
    actions,
    button,
    clip,
    context,
    destroying,
    modal,
    section,
)

_NAMED = 60
"""Refused rows that a message names; the command line names all."""
_PER_SECTION = 15
_CELL = 60
EXPECTED = frozenset({"kind", "at", "contact_email", "value", "complaint", "score"})
"""Fields that hold something else than a short text."""


def paused(voice: Voice, customer_id: int, customer: str, contact: str | None) -> Message:
    """A complaint is open, so nobody asks until it is closed. Without a contact it is everybody's
    at the customer."""
    values = {"customer": customer, "contact": contact or ""}
    key = "signal.paused" if contact else "signal.paused_all"
    return Message(
        voice.plain(key, **values),
        [
            section(voice.markup(key, **values)),
            actions(button(voice.plain("signal.open_customer"), ids.OPEN_CUSTOMER, customer_id)),
        ],
    )


def more(voice: Voice, count: int) -> Message:
    """There was more news than messages are good for."""
    return Message(
        voice.plain("signal.more", n=count),
        [
            section(voice.markup("signal.more", n=count)),
            actions(button(voice.plain("signal.whom_to_ask"), ids.SHOW_ASK_LIST)),
        ],
    )


@dataclass(frozen=True)
class KeyFacts:
    """The token that is good now."""

    made_by: str
    made_at: datetime
    used_at: datetime | None


def key_view(voice: Voice, address: str | None, key: KeyFacts | None) -> View:
    """Whether other systems may send signals, and the way to change that.

    `address` is where they send them; None while nobody can reach Goen.
    """
    blocks: list[Block] = [section(voice.markup("signal.intro"))]
    if address:
        blocks += _state(voice, key)
    blocks += _where(voice, address)
    if address:
        blocks.append(actions(*_ways(voice, key)))
    blocks.append(context(voice.markup("signal.by_file")))
    return _view(voice, blocks)


def token_view(voice: Voice, address: str | None, token: str) -> View:
    """The new token, this once."""
    said: list[Block] = [section(voice.markup("signal.token_once")), _copyable(token)]
    return _view(voice, [*said, *_where(voice, address)])


def _view(voice: Voice, blocks: Sequence[Block]) -> View:
    title = voice.plain("signal.title")
    return modal(ids.SIGNALS_VIEW, title, blocks, close=voice.plain("answer.close"))


def _state(voice: Voice, key: KeyFacts | None) -> list[Block]:
    if key is None:
        return [section(voice.markup("signal.no_token"))]
    made = voice.markup(
        "signal.token_made", who=mention(key.made_by), day=voice.full_day_of(key.made_at)
    )
    used = voice.markup("signal.never_used")
    if key.used_at:
        used = voice.markup("signal.used", at=voice.moment(key.used_at))
    return [section(Markup(f"{made}\n{used}"))]


def _where(voice: Voice, address: str | None) -> list[Block]:
    if address is None:
        return [section(voice.markup("signal.no_address"))]
    return [
        section(voice.markup("signal.where")),
        _copyable(f"POST {address}\nAuthorization: Bearer <token>"),
        context(voice.markup("signal.described", address=f"{address}/openapi.json")),
    ]


def _ways(voice: Voice, key: KeyFacts | None) -> list[ButtonElement]:
    if key is None:
        return [button(voice.plain("signal.make"), ids.MAKE_SIGNAL_KEY, style="primary")]
    return [
        destroying(
            voice.plain("signal.renew"),
            ids.MAKE_SIGNAL_KEY,
            "",
            title=voice.plain("signal.renew_title"),
            text=voice.plain("signal.renew_text"),
            keep=voice.plain("form.keep"),
        ),
        destroying(
            voice.plain("signal.revoke"),
            ids.REVOKE_SIGNAL_KEY,
            "",
            title=voice.plain("signal.revoke_title"),
            text=voice.plain("signal.revoke_text"),
            keep=voice.plain("form.keep"),
            style="danger",
        ),
    ]


def _copyable(text: str) -> RichTextBlock:
    part = RichTextElementParts.Text(text=text)
    return RichTextBlock(elements=[RichTextPreformattedElement(elements=[part])])


def problem(voice: Voice, one: Problem) -> str:
    """What is wrong with a signal and what to do, for another system or a terminal."""
    return _said(voice, one, voice.plain)


def _said(voice: Voice, one: Problem, said: Callable[..., str]) -> str:
    values: dict[str, object] = {"field": one.field, "value": clip(one.value, _CELL)}
    if one.fault is Fault.UNREADABLE:
        hint = one.field if one.field in EXPECTED else "text"
        values["expected"] = voice.plain(f"signal.expects_{hint}")
    return said(f"signal.fault_{one.fault}", **values)


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one row of a file."""

    line_number: int
    problem: Problem


@dataclass(frozen=True)
class FileCounts:
    """What became of the rows of a file."""

    taken: int
    known: int
    refused: int


def row_text(voice: Voice, row: RowProblem) -> str:
    """A refused row for a terminal."""
    return voice.plain("import.row", number=row.line_number, why=problem(voice, row.problem))


def file_done(
    voice: Voice,
    file: str,
    counts: FileCounts,
    problems: Sequence[RowProblem],
    ignored: Sequence[str],
) -> Message:
    """The report of a file of signals: what was taken, and each row that was not."""
    title = voice.markup("signal.file_done", file=file)
    lines = [_row(voice, one) for one in problems[:_NAMED]]
    blocks: list[Block] = [
        section(Markup(f"{title}\n{file_counts(voice, counts)}")),
        *(
            section(Markup("\n".join(lines[start : start + _PER_SECTION])))
            for start in range(0, len(lines), _PER_SECTION)
        ),
    ]
    more_rows = len(problems) - len(lines)
    if more_rows:
        blocks.append(context(voice.markup("import.more", n=more_rows)))
    if problems:
        blocks.append(context(voice.markup("signal.file_again")))
    if ignored:
        blocks.append(context(voice.markup("import.ignored", names=voice.list(ignored))))
    return Message(voice.plain("signal.file_done", file=file), blocks)


def file_counts(voice: Voice, counts: FileCounts) -> Markup:
    """One line of numbers."""
    return voice.markup(
        "signal.file_counts",
        taken=voice.number(counts.taken),
        known=voice.number(counts.known),
        refused=voice.number(counts.refused),
    )


def _row(voice: Voice, row: RowProblem) -> Markup:
    why = _said(voice, row.problem, voice.markup)
    return voice.markup("import.row", number=row.line_number, why=Markup(why))
