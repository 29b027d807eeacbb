"""The words of a typed line: quotation marks group them, arrows part them, nothing is dropped.

Also the names at the head of a line. Where a customer's name ends and the next thing begins is
only known to whoever knows the customers, so a head offers its readings in order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.playbook.names import (
    MAX_NAME,
    has_honorific,
    is_honorific,
    is_legal_form,
    is_title,
    without_honorific,
)

MAX_READ: Final = 8
"""How many words a company's name may have when it is not in quotation marks."""

_MENTION: Final = r"<(?:[@#!]|https?:|mailto:)[^<>]*>"
_QUOTED: Final = "|".join(
    rf"{opening}\s*[^{closing}\s][^{closing}]{{0,{MAX_NAME - 1}}}{closing}"
    for opening, closing in ('""', "“”", "「」", "『』")
)
_ARROW: Final = r"->|=>|[→⇒➡➜➔＞>]\ufe0f?"
_WORD: Final = re.compile(rf"(?P<quoted>{_QUOTED})|{_MENTION}|\S+")
_WORD_OR_ARROW: Final = re.compile(
    rf"(?P<quoted>{_QUOTED})|{_MENTION}|(?P<arrow>{_ARROW})|(?:(?!{_ARROW})\S)+"
)
_ESCAPES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True)
class Word:
    """One word with its place in the line; a quoted group is one word without its marks."""

    text: str
    start: int
    end: int
    quoted: bool = False
    arrow: bool = False


@dataclass(frozen=True)
class Head:
    """The words at the head of a line: a customer's name, and behind it a contact or a KPI.

    `fixed` is how many words are the customer's for certain, because quotation marks close the
    name or open what follows it; then there is one reading only.
    """

    words: tuple[str, ...] = ()
    fixed: int | None = None

    @property
    def text(self) -> str:
        """All of the words, as one line."""
        return " ".join(self.words)

    def splits(self) -> tuple[tuple[str, str | None], ...]:
        """Readings as (customer, remainder), from the longest customer to the shortest.

        Take the first whose customer exists. A remainder of None means that nothing follows. A
        customer addressed with an honorific (山田製作所様) is also offered without it.
        """
        lengths = range(min(len(self.words), MAX_READ), 0, -1)
        readings: list[tuple[str, str | None]] = []
        for length in lengths if self.fixed is None else (self.fixed,):
            customer, remainder = self._split(length)
            readings.append((customer, remainder))
            if has_honorific(customer):
                readings.append((without_honorific(customer), remainder))
        return tuple(readings)

    def likely(self) -> tuple[str, str | None]:
        """The reading to show when no customer is found: an honorific begins a contact, otherwise
        all words are the customer's name. Empty texts when there are no words."""
        if self.fixed is not None:
            return self._split(self.fixed)
        contact = contact_span(self.words)
        return self._split(contact[0] if contact and contact[0] else len(self.words))

    def _split(self, length: int) -> tuple[str, str | None]:
        return " ".join(self.words[:length]), " ".join(self.words[length:]) or None


def plain(text: str) -> str:
    """The line as it was typed: the three escapes of chat payloads (&lt; &gt; &amp;) undone."""
    for escape, character in _ESCAPES:
        text = text.replace(escape, character)
    return text


def split_words(text: str, *, arrows: bool = False) -> tuple[Word, ...]:
    """The words of a text in order. With `arrows`, → -> => > are words of their own even between
    letters; an opening mark without a closing one is an ordinary character."""
    pattern = _WORD_OR_ARROW if arrows else _WORD
    return tuple(_word(found) for found in pattern.finditer(text))


def head_of(words: Sequence[Word]) -> Head:
    """The head made of these words."""
    quoted = next((index for index, word in enumerate(words) if word.quoted), None)
    return Head(tuple(word.text for word in words), None if quoted is None else max(quoted, 1))


def contact_span(words: Sequence[str]) -> tuple[int, int] | None:
    """Where the first person addressed by an honorific stands, as [start, end): 吉野様, 吉野 様,
    Mr. Smith. The words of a title's name end with the first that has no capital."""
    for index, word in enumerate(words[: 2 * MAX_READ]):
        if is_title(word) and index + 1 < len(words):
            end = index + 2
            while end < min(len(words), index + 4) and words[end][:1].isupper():
                end += 1
            return index, end
        if index and is_honorific(word):
            return index - 1, index + 1
        if has_honorific(word):
            return index, index + 1
    return None


def company_end(words: Sequence[str]) -> int:
    """How many words a company's name has by its looks: through its last legal form, else one."""
    ends = [
        index + 1
        for index, word in enumerate(words[:MAX_READ])
        if is_legal_form(word) and (index or len(words) == 1)
    ]
    if ends:
        return ends[-1]
    return min(len(words), 2 if words and is_legal_form(words[0]) else 1)


def _word(found: re.Match[str]) -> Word:
    quoted = found["quoted"] is not None
    return Word(
        text=found[0][1:-1].strip() if quoted else found[0],
        start=found.start(),
        end=found.end(),
        quoted=quoted,
        arrow=bool(found.groupdict().get("arrow")),
    )
