"""Importing a file of customers: the form, and the report of what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from bot.playbook.csv_text import UnreadableFile
from bot.playbook.customer_file import RowCode, RowProblem
from bot.playbook.lines import Command
from bot.texts.voice import Markup, Voice
from bot.views import goen, ids
from bot.views.blocks import (
    Message,
    actions,
    clip,
    context,
    field_input,
    modal,
    section,
)

FILE_TYPES = ("csv", "tsv", "txt")
_NAMED = 60
"""Bad rows that a message names; the command line names all."""
_PER_SECTION = 15
_CELL = 60


@dataclass(frozen=True)
class Counts:
    """Records of one kind."""

    new: int
    changed: int
    unchanged: int


def form(voice: Voice) -> View:
    """Hand a file over."""
    return modal(
        ids.IMPORT_FORM,
        voice.plain("import.title"),
        [
            section(voice.markup("import.intro")),
            field_input(
                ids.IMPORT_FILE,
                voice.plain("import.file"),
                FileInputElement(
                    action_id=ids.IMPORT_FILE, filetypes=list(FILE_TYPES), max_files=1
                ),
                hint=voice.plain("import.file_hint"),
            ),
            context(voice.markup("import.columns")),
            context(voice.markup("import.signals")),
        ],
        submit=voice.plain("import.submit"),
        close=voice.plain("form.cancel"),
    )


def taken(voice: Voice, file: str) -> Message:
    """The file was handed over; the report follows."""
    said = voice.markup("import.taken", file=file)
    return Message(voice.plain("import.taken", file=file), [section(said)])


def done(
    voice: Voice, file: str, customers: Counts, contacts: Counts, ignored: Sequence[str]
) -> Message:
    """The report of a file that was taken in."""
    title = voice.markup("import.done", file=file)
    blocks: list[Block] = [
        section(Markup("\n".join((title, *counts(voice, customers, contacts))))),
        *([context(_ignored(voice, ignored))] if ignored else []),
        actions(goen.button(voice, Command.NPS), goen.button(voice, Command.RESULT)),
    ]
    return Message(voice.plain("import.done", file=file), blocks)


def counts(voice: Voice, customers: Counts, contacts: Counts) -> tuple[Markup, Markup]:
    """One line for each kind of record."""
    return (
        _counted(voice, "import.customers", customers),
        _counted(voice, "import.contacts", contacts),
    )


def refused(
    voice: Voice, file: str, problems: Sequence[RowProblem], ignored: Sequence[str]
) -> Message:
    """The report of a file that was not taken in: each bad row with its number and reason."""
    lines = [problem_line(voice, problem) for problem in problems[:_NAMED]]
    blocks: list[Block] = [
        section(voice.markup("import.refused", file=file, n=len(problems))),
        *(
            section(Markup("\n".join(lines[start : start + _PER_SECTION])))
            for start in range(0, len(lines), _PER_SECTION)
        ),
    ]
    more = len(problems) - len(lines)
    if more:
        blocks.append(context(voice.markup("import.more", n=more)))
    if ignored:
        blocks.append(context(_ignored(voice, ignored)))
    blocks.append(actions(goen.button(voice, Command.IMPORT)))
    return Message(voice.plain("import.refused", file=file, n=len(problems)), blocks)


def unreadable(voice: Voice, file: str, why: UnreadableFile) -> Message:
    """The report of a file that is no table of customers."""
    said = voice.markup("import.unreadable", file=file)
    reason = file_problem(voice, why)
    return Message(
        voice.plain("import.unreadable", file=file),
        [section(Markup(f"{said}\n{reason}")), actions(goen.button(voice, Command.IMPORT))],
    )


def lost(voice: Voice, file: str) -> Message:
    """Slack did not give the file out: deleted meanwhile, or a scope is missing."""
    said = voice.markup("import.lost", file=file)
    return Message(
        voice.plain("import.lost", file=file),
        [section(said), actions(goen.button(voice, Command.IMPORT))],
    )


def problem_line(voice: Voice, problem: RowProblem) -> Markup:
    """A bad row for a message: its number, its column and what is wrong."""
    return Markup(_problem(voice, problem, voice.markup))


def problem_text(voice: Voice, problem: RowProblem) -> str:
    """The same for a terminal."""
    return _problem(voice, problem, voice.plain)


def _problem(voice: Voice, problem: RowProblem, said: Callable[..., str]) -> str:
    values: dict[str, object] = {"value": clip(problem.value, _CELL)}
    if problem.code is RowCode.CONTRADICTS:
        values["other"] = problem.other_line or 0
    why = said(f"import.row_{problem.code}", **values)
    if problem.column is None:
        return said("import.row", number=problem.line_number, why=why)
    column = voice.plain(f"import.column_{problem.column}")
    return said("import.cell", number=problem.line_number, column=column, why=why)


def file_problem(voice: Voice, why: UnreadableFile) -> Markup:
    """Why a file as a whole cannot be read."""
    return voice.markup(f"import.file_{why.code}", detail=why.detail)


def _ignored(voice: Voice, names: Sequence[str]) -> Markup:
    return voice.markup("import.ignored", names=voice.list(names))


def _counted(voice: Voice, key: str, counted: Counts) -> Markup:
    return voice.markup(
        key,
        new=voice.number(counted.new),
        changed=voice.number(counted.changed),
        unchanged=voice.number(counted.unchanged),
    )
