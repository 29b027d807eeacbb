"""By which strings a person is recognised in texts, and taking them out (P2).

A full name or a mail address means one person wherever it stands. A surname alone means them only
near their own records: 吉野 is also in 吉野家, and there are other people called so.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

INSTEAD = "■"
"""What stands in a text where a name stood, in every language."""
_LEAST_PART = 2
"""Characters of a part of a name that may be looked for; a single letter is in every text."""
_LEAST_FULL = 4
"""Characters from which on a name written in one word counts as a full one."""


@dataclass(frozen=True)
class Traces:
    """`anywhere` betrays the person in any text, `nearby` in texts about them; the longest first,
    so that nothing of a longer one is left."""

    anywhere: tuple[str, ...]
    nearby: tuple[str, ...]


def traces_of(names: Iterable[str], emails: Iterable[str | None]) -> Traces:
    """The strings of one person, however many records they have."""
    full: set[str] = {email for email in emails if email}
    parts: set[str] = set()
    for name in names:
        words = name.split()
        parts |= {word for word in words if len(word) >= _LEAST_PART}
        if len(words) > 1:
            full |= {name.strip(), " ".join(words), "\u3000".join(words), "".join(words)}
        elif len(name.strip()) >= _LEAST_FULL:
            full.add(name.strip())
    return Traces(_longest_first(full), _longest_first(full | parts))


def occurs_in(text: str, strings: Iterable[str]) -> bool:
    """Whether one of the strings stands there, in capitals or not."""
    folded = text.casefold()
    return any(one.casefold() in folded for one in strings)


def redact(text: str, strings: Iterable[str]) -> str:
    """The text without them."""
    for one in strings:
        text = re.sub(re.escape(one), INSTEAD, text, flags=re.IGNORECASE)
    return text


def redact_all(value: Any, strings: tuple[str, ...]) -> Any:
    """The same for every text inside a JSON value."""
    if isinstance(value, str):
        return redact(value, strings)
    if isinstance(value, list):
        return [redact_all(one, strings) for one in value]
    if isinstance(value, dict):
        return {key: redact_all(one, strings) for key, one in value.items()}
    return value


def spellings(strings: Iterable[str]) -> Iterator[str]:
    """How they may stand in a column: as typed, in small letters, and as JSON escapes them."""
    for one in strings:
        for spelt in (one, one.lower()):
            yield spelt
            yield json.dumps(spelt)[1:-1]


def _longest_first(strings: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(strings, key=lambda one: (-len(one), one)))
