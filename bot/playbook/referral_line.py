"""The line of `/referral` (P5): customer [contact] > company [person] [need].

Left of the first arrow stands the referrer, who exists. Right of it stands somebody new, so looks
decide: quotation marks or a legal form end the company's name, an honorific makes a person. When
neither says so, the best guess carries an `AMBIGUOUS` problem, for a form to be shown.
"""

from dataclasses import dataclass
from typing import NamedTuple

from bot.playbook.names import is_legal_form, is_title
from bot.playbook.problems import Field, Problem, ProblemCode, name_problems, note_problems
from bot.playbook.words import (
    Head,
    Word,
    company_end,
    contact_span,
    head_of,
    plain,
    split_words,
)


@dataclass(frozen=True)
class ReferralLine:
    """Who refers whom. The person is as typed, with the honorific; texts are empty when missing."""

    typed: str
    head: Head
    company: str
    person: str
    need: str
    problems: tuple[Problem, ...]


class _Parts(NamedTuple):
    """Where the company ends and the person stands, as indices of words."""

    company: int
    person: int
    guessed: bool


def parse_referral(text: str) -> ReferralLine:
    """Read `山田製作所 [吉野様] > 鈴木商事 鈴木様 見積を早くしたい`. Never raises."""
    typed = plain(text)
    with_arrows = split_words(typed, arrows=True)
    arrow = next((word for word in with_arrows if word.arrow), None)
    head = head_of(split_words(typed[: arrow.start] if arrow else typed))
    offset = arrow.end if arrow else len(typed)
    words = split_words(typed[offset:])
    parts = _parts(words)
    company = " ".join(word.text for word in words[: parts.company])
    person = " ".join(word.text for word in words[parts.company : parts.person])
    need = ""
    if parts.person < len(words):
        need = typed[offset + words[parts.person].start :].strip()
    problems = (
        *name_problems(Field.CUSTOMER, head.text),
        *name_problems(Field.COMPANY, company),
        *(name_problems(Field.PERSON, person) if person else ()),
        *((Problem(Field.PERSON, ProblemCode.AMBIGUOUS, person),) if parts.guessed else ()),
        *note_problems(Field.NEED, need),
    )
    return ReferralLine(typed, head, company, person, need, problems)


def _parts(words: tuple[Word, ...]) -> _Parts:
    texts = [word.text for word in words]
    closed = bool(words) and words[0].quoted
    by_looks = 1 if closed else company_end(texts)
    closed = closed or any(is_legal_form(text) for text in texts[:by_looks])
    person = contact_span(texts)
    if person is None:
        named = min(len(words), by_looks + 1)
        return _Parts(by_looks, named, guessed=named > by_looks)
    start, end = person
    if closed and by_looks <= start:
        return _Parts(by_looks, end, guessed=False)
    if is_title(texts[start]):
        # Aldgate Instruments Ms. Rivera: a title begins a person, so the company ends before it.
        return _Parts(start, end, guessed=False)
    if start > 1 and _same_script(texts[start - 1], texts[start]):
        # 鈴木商事 鈴木 太郎様: the family name belongs to the person.
        return _Parts(start - 1, end, guessed=True)
    return _Parts(start, end, guessed=start > 1)


def _same_script(a: str, b: str) -> bool:
    return a.isascii() == b.isascii()
