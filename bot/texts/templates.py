"""Texts with placeholders that a team writes and a customer reads (A4).

A placeholder is one of `Placeholder` in braces, full-width ones too: `{contact}`. Values are put in
once and never read again, so a customer called `{offer}` stays one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final


class Placeholder(StrEnum):
    """What can be filled in."""

    CONTACT = "contact"
    CUSTOMER = "customer"
    KPI = "kpi"
    BEFORE = "before"
    AFTER = "after"
    CHANGE = "change"
    IDEAL_CUSTOMER = "ideal_customer"
    OFFER = "offer"
    SENDER = "sender"
    COMPANY = "company"
    LINK = "link"
    """The address of the contact's own referral page, on a line that is left out without one."""


class MistakeCode(StrEnum):
    """What can be wrong with a placeholder."""

    UNKNOWN = "unknown"
    MISSPELT = "misspelt"
    UNCLOSED = "unclosed"


@dataclass(frozen=True)
class Mistake:
    """One thing to mend: the very text, and the placeholder that was probably meant."""

    code: MistakeCode
    text: str
    meant: Placeholder | None = None


_BRACES: Final = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
_LONE_BRACE: Final = re.compile(r"[{}｛｝]")
_GAPS: Final = re.compile(r"\n{3,}")
_SHOWN: Final = 20
_BY_WORD: Final = {name.value: name for name in Placeholder}


def mistakes(text: str) -> tuple[Mistake, ...]:
    """What would reach the customer unfilled, in the order of the text."""
    unknown = tuple(
        _unknown(found[0], found[1]) for found in _BRACES.finditer(text) if _named(found[1]) is None
    )
    return (*unknown, *_lone_braces(text))


def fill(text: str, values: Mapping[Placeholder, str]) -> str:
    """The text with every known placeholder replaced; anything else stays as it was written."""

    def value(found: re.Match[str]) -> str:
        name = _named(found[1])
        return found[0] if name is None else values[name]

    return _BRACES.sub(value, text)


def without_lines(text: str, name: Placeholder) -> str:
    """The text without the lines that need this placeholder, and without the gaps they leave."""
    kept = "\n".join(line for line in text.split("\n") if name not in used(line))
    return _GAPS.sub("\n\n", kept).strip()


def used(text: str) -> frozenset[Placeholder]:
    """The placeholders that a text needs."""
    return frozenset(name for found in _BRACES.finditer(text) if (name := _named(found[1])))


def _named(typed: str) -> Placeholder | None:
    return _BY_WORD.get(typed.strip().casefold())


def _unknown(text: str, typed: str) -> Mistake:
    close = get_close_matches(typed.strip().casefold(), [name.value for name in Placeholder], 1)
    if close:
        return Mistake(MistakeCode.MISSPELT, text, Placeholder(close[0]))
    return Mistake(MistakeCode.UNKNOWN, text)


def _lone_braces(text: str) -> Iterator[Mistake]:
    rest = _BRACES.sub(lambda found: " " * len(found[0]), text)
    for found in _LONE_BRACE.finditer(rest):
        around = text[found.start() : found.start() + _SHOWN].splitlines()[0]
        yield Mistake(MistakeCode.UNCLOSED, around)
