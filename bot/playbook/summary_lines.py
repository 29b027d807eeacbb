"""The people and the next steps of a summary as a rep types them: one a line (A5).

The parts of a line are set apart by a bar or by a slash with spaces around it, so that a slash
inside a date or a job title stays what it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

MOST_PEOPLE: Final = 3
MOST_STEPS: Final = 3
_BETWEEN: Final = re.compile(r"\s*[|｜／]\s*|\s+/\s+")


@dataclass(frozen=True)
class PersonLine:
    """吉野 真理 / 第一営業部 部長"""

    name: str
    role: str = ""


@dataclass(frozen=True)
class StepLine:
    """12月上旬 / 第二営業部へ展開 / 吉野・佐藤. One part is what happens, two are when and what."""

    what: str
    when: str = ""
    who: str = ""


def read_people(typed: str) -> list[PersonLine]:
    """Everybody who is named, however many."""
    return [PersonLine(parts[0], " ".join(parts[1:])) for parts in _lines(typed)]


def read_steps(typed: str) -> list[StepLine]:
    """What happens next, in the order typed."""
    return [_step(parts) for parts in _lines(typed)]


def write_people(people: Iterable[PersonLine]) -> str:
    """People as `read_people` takes them."""
    return "\n".join(" / ".join(part for part in (one.name, one.role) if part) for one in people)


def _step(parts: list[str]) -> StepLine:
    match parts:
        case [what]:
            return StepLine(what)
        case [when, what]:
            return StepLine(what, when)
        case [when, what, *who]:
            return StepLine(what, when, " ".join(who))
    raise ValueError("a line without a word")


def _lines(typed: str) -> Iterator[list[str]]:
    for line in typed.splitlines():
        parts = [part.strip() for part in _BETWEEN.split(line)]
        filled = [part for part in parts if part]
        if filled:
            yield filled
