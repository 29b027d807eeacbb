"""What can be wrong with something typed: at which field, of which kind, and the very text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.playbook.names import MAX_NAME

MAX_NOTE: Final = 3_000
"""Longest comment, note or need in characters: what one field of a form can show again."""


class Field(StrEnum):
    """The parts of a typed line."""

    COMMAND = "command"
    CUSTOMER = "customer"
    SCORE = "score"
    COMMENT = "comment"
    KPI = "kpi"
    BEFORE = "before"
    AFTER = "after"
    NOTE = "note"
    COMPANY = "company"
    PERSON = "person"
    NEED = "need"


class ProblemCode(StrEnum):
    """Why a part of a line cannot be taken as it is."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    OUT_OF_RANGE = "out_of_range"
    NOT_WHOLE = "not_whole"
    NOT_A_MEASURE = "not_a_measure"
    UNLIKE_UNITS = "unlike_units"
    AMBIGUOUS = "ambiguous"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Problem:
    """One thing wrong, with the text that was typed for it (empty when nothing was)."""

    field: Field
    code: ProblemCode
    text: str = ""


def name_problems(field: Field, name: str) -> tuple[Problem, ...]:
    """What is wrong with a name that a line needs."""
    if not name:
        return (Problem(field, ProblemCode.MISSING),)
    return (Problem(field, ProblemCode.TOO_LONG, name),) if len(name) > MAX_NAME else ()


def note_problems(field: Field, note: str) -> tuple[Problem, ...]:
    """What is wrong with a free text, which may be empty."""
    return (Problem(field, ProblemCode.TOO_LONG, note),) if len(note) > MAX_NOTE else ()
