"""The line of `/result` (M1): customer [contact] KPI before [→] after [period] [note].

Names and KPIs may hold numbers, so the two values are found first: two numbers side by side or
around an arrow. A pair around an arrow wins, then the first pair whose units can be compared, then
the first pair. A unit may stand apart from its number (`4.2 h 2.2 h`).
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.playbook.measures import Measure, NotAMeasure, UnlikeUnits, compare, parse_measure
from bot.playbook.periods import is_period
from bot.playbook.problems import Field, Problem, ProblemCode, name_problems, note_problems
from bot.playbook.terms import Direction
from bot.playbook.units import UnitFamily, canonical_unit, family_of
from bot.playbook.words import Head, Word, company_end, contact_span, head_of, plain, split_words

_NUMBER_FIRST: Final = re.compile(r"[~約]?[+\-−△▲]?[¥€£$₩]?[+\-−△▲]?\.?\d", re.ASCII)
_BARE_NUMBER: Final = re.compile(r"[+\-−△▲]?[\d.,]+[千万億kM]?", re.ASCII)
_CONTACT_WORDS: Final = 3


@dataclass(frozen=True)
class ResultReading:
    """One way to part the head of a result."""

    customer: str
    contact: str | None
    kpi: str


@dataclass(frozen=True)
class ResultLine:
    """A KPI before and after, each in the unit it was typed in: `measures.compare` aligns them."""

    typed: str
    head: Head
    before: Measure | None
    after: Measure | None
    before_text: str
    after_text: str
    period: str | None
    note: str
    problems: tuple[Problem, ...]

    def splits(self) -> tuple[ResultReading, ...]:
        """Readings from the longest customer's name to the shortest: take the first that exists."""
        return tuple(
            _reading(customer, (remainder or "").split())
            for customer, remainder in self.head.splits()
        )

    def likely(self) -> ResultReading:
        """The reading to show when no customer is found: the name ends with its legal form (Acme
        Corp), else with its first word."""
        words = self.head.words
        end = company_end(words) if self.head.fixed is None else self.head.fixed
        return _reading(" ".join(words[:end]), list(words[end:]))


@dataclass(frozen=True)
class _Value:
    """Words [start, end) that look like one number with its unit."""

    start: int
    end: int
    text: str
    measure: Measure | None


def parse_result(text: str) -> ResultLine:
    """Read `山田製作所 見積作成時間 4.2h 2.2h 2026-10`. Never raises."""
    typed = plain(text)
    words = split_words(typed, arrows=True)
    values = _values(words)
    pair = _best_pair(words, values)
    before, after = pair or (_only(values), None)
    head_words = words[: before.start] if before else words
    end = after.end if after else before.end if before else len(words)
    period, head_words, end = _period(words, head_words, end)
    head = head_of(head_words)
    note = typed[words[end].start :].strip() if end < len(words) else ""
    return ResultLine(
        typed=typed,
        head=head,
        before=before.measure if before else None,
        after=after.measure if after else None,
        before_text=before.text if before else "",
        after_text=after.text if after else "",
        period=period,
        note=note,
        problems=(
            *_head_problems(head),
            *_value_problems(before, after),
            *note_problems(Field.NOTE, note),
        ),
    )


def _values(words: tuple[Word, ...]) -> list[_Value]:
    values: list[_Value] = []
    for index, word in enumerate(words):
        if word.quoted or word.arrow or is_period(word.text):
            continue
        folded = unicodedata.normalize("NFKC", word.text)
        if not _NUMBER_FIRST.match(folded):
            continue
        end, text = index + 1, word.text
        following = words[end] if end < len(words) else None
        if following and _BARE_NUMBER.fullmatch(folded) and _is_unit(following):
            end, text = index + 2, f"{word.text} {following.text}"
        values.append(_Value(index, end, text, _measure(text)))
    return values


def _is_unit(word: Word) -> bool:
    family = family_of(canonical_unit(word.text))
    return not word.quoted and family not in (UnitFamily.NONE, UnitFamily.WORD)


def _measure(text: str) -> Measure | None:
    try:
        return parse_measure(text)
    except NotAMeasure:
        return None


def _best_pair(words: tuple[Word, ...], values: list[_Value]) -> tuple[_Value, _Value] | None:
    pairs = [(a, b) for a, b in pairwise(values) if a.end == b.start]
    around_arrow = [
        (a, b) for a, b in pairwise(values) if a.end + 1 == b.start and words[a.end].arrow
    ]
    alike = [(a, b) for a, b in pairs if a.measure and b.measure and _alike(a.measure, b.measure)]
    with_units = [(a, b) for a, b in alike if a.measure and a.measure.unit]
    return next(iter([*around_arrow, *with_units, *alike, *pairs]), None)


def _only(values: list[_Value]) -> _Value | None:
    """The one value of a line without a pair: the last that can be read."""
    return next((v for v in reversed(values) if v.measure), values[-1] if values else None)


def _alike(before: Measure, after: Measure) -> bool:
    try:
        compare(before, after, Direction.HIGHER)
    except UnlikeUnits:
        return False
    return True


def _period(
    words: tuple[Word, ...], head: tuple[Word, ...], end: int
) -> tuple[str | None, tuple[Word, ...], int]:
    """The period right behind the values (`Oct 2026` is two words) or right before them."""
    for length in (2, 1):
        text = " ".join(word.text for word in words[end : end + length])
        if end + length <= len(words) and is_period(text):
            return text, head, end + length
    if len(head) > 1 and len(head) < len(words) and is_period(head[-1].text):
        return head[-1].text, head[:-1], end
    return None, head, end


def _reading(customer: str, remainder: list[str]) -> ResultReading:
    span = contact_span(remainder[:_CONTACT_WORDS])
    end = span[1] if span and span[1] < len(remainder) else 0
    return ResultReading(customer, " ".join(remainder[:end]) or None, " ".join(remainder[end:]))


def _head_problems(head: Head) -> tuple[Problem, ...]:
    if len(head.words) == 1:
        return (
            *name_problems(Field.CUSTOMER, head.text),
            Problem(Field.KPI, ProblemCode.MISSING),
        )
    missing_kpi = () if head.words else (Problem(Field.KPI, ProblemCode.MISSING),)
    return (*name_problems(Field.CUSTOMER, head.text), *missing_kpi)


def _value_problems(before: _Value | None, after: _Value | None) -> tuple[Problem, ...]:
    problems = tuple(
        Problem(field, ProblemCode.NOT_A_MEASURE, value.text)
        if value
        else Problem(field, ProblemCode.MISSING)
        for field, value in ((Field.BEFORE, before), (Field.AFTER, after))
        if value is None or value.measure is None
    )
    if before and after and before.measure and after.measure:
        if _alike(before.measure, after.measure):
            return problems
        return (Problem(Field.AFTER, ProblemCode.UNLIKE_UNITS, after.text),)
    return problems
