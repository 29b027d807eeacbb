"""Reading what our own screens put into a payload: ids, words, days, what a form carries.

Slack hands back what we sent it. What can't be read was therefore made by no screen of ours, or by
one of long ago: it changes nothing, and whoever sent it is told that the button no longer works.
"""

import json
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from bot.views.values import id_in

E = TypeVar("E", bound=StrEnum)


class Outdated(Exception):
    """The payload carries something that no screen of ours gives today. Nothing is written."""


def record_id(text: str) -> int:
    """The id of a record. Raises Outdated."""
    found = id_in(text)
    if found is None:
        raise Outdated("no id")
    return found


def number(text: str, most: int) -> int:
    """A whole number of a menu, from 0 to `most`. Raises Outdated."""
    found = id_in(text)
    if found is None or found > most:
        raise Outdated("no number")
    return found


def one_of(choices: Collection[str], text: object) -> str:
    """One of the words that a menu offers. Raises Outdated."""
    if isinstance(text, str) and text in choices:
        return text
    raise Outdated("no choice")


def word(kind: type[E], text: object) -> E:
    """One of a closed set. Raises Outdated."""
    try:
        return kind(str(text))
    except ValueError:
        raise Outdated(f"no {kind.__name__}") from None


def day(text: str) -> date:
    """A day as Slack's pickers give it. Raises Outdated."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Outdated("no day") from None


def carried(metadata: str) -> dict[str, Any]:
    """What a form carries through as JSON; empty when it carries nothing. Raises Outdated."""
    try:
        found = json.loads(metadata or "{}")
    except ValueError:
        raise Outdated("no JSON") from None
    if isinstance(found, dict):
        return found
    raise Outdated("no object")
