"""Which texts the code speaks of: keys written out, and families such as `stage.{}` whose last word
is only known when the sentence is said.

A family may be filled with any word that stands in the code, or that the code puts together from
such words: strict enough to find a text that nothing says any more.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.views.blocks import BUTTON, HEADER, OPTION, TITLE
from tests.house import ROOT

_ROOMS = ("bot", "handlers", "scheduler", "storage")
_KEY = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")
_FAMILY = re.compile(r"[a-z_]+(?:\.[a-z0-9_{}]+)+")
_WORD = re.compile(r"[a-z0-9_]+")
_COMPOSED = re.compile(r"(?=.*[a-z]{2})(?=.*\{\})[a-z0-9_{}]+")

_PLACES: dict[str, dict[int | str, int]] = {
    "button": {0: BUTTON},
    "header": {0: HEADER},
    "option": {0: OPTION, 2: OPTION},
    "modal": {1: TITLE, "submit": TITLE, "close": TITLE},
    "save_form": {2: TITLE},
    "as_modal": {2: TITLE},
    "Say": {1: TITLE},
    "confirm": {0: 100, 1: 300, 2: 30, 3: 30},
    "destroying": {0: 30, "title": 100, "text": 300, "keep": 30},
}
"""Where Slack leaves little room: the function that builds it, and the limit of each argument."""


@dataclass(frozen=True)
class Module:
    """What one file says: `keys` written out, `families` of keys, `words`, and `composed` words,
    each with {} for what is put in."""

    path: Path
    keys: frozenset[str]
    families: frozenset[str]
    words: frozenset[str]
    composed: frozenset[str]
    narrow: tuple[tuple[str, int], ...]
    """Keys and families that are said where Slack leaves little room, with the limit."""


@cache
def modules() -> tuple[Module, ...]:
    """Every file of Goen, the templates of its pages too; the local Slack has words of its own."""
    files = (path for room in _ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    pages = sorted((ROOT / "bot" / "pages" / "templates").glob("*.html"))
    return (
        *(_read(path) for path in files if "sandbox" not in path.parts),
        *(_read_template(path) for path in pages),
    )


def is_known(word: str) -> bool:
    """Whether the code has this word, or puts it together from words that it has."""
    words, composed = _vocabulary()
    if word in words:
        return True
    found = (pattern.fullmatch(word) for pattern in composed)
    return any(one and all(part in words for part in one.groups()) for one in found)


def filled(family: str, key: str) -> bool:
    """Whether a key is one of a family's, by words that the code knows."""
    found = _as_pattern(family).fullmatch(key)
    return found is not None and all(is_known(word) for word in found.groups())


@cache
def _vocabulary() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    words = frozenset(word for module in modules() for word in module.words)
    composed = {pattern for module in modules() for pattern in module.composed}
    return words, tuple(_as_pattern(one) for one in sorted(composed))


@cache
def _as_pattern(family: str) -> re.Pattern[str]:
    return re.compile(re.escape(family).replace(r"\{\}", "([a-z0-9_]+)"))


def _read(path: Path) -> Module:
    tree = ast.parse(path.read_text())
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in joined for part in node.values}
    patterns = {_pattern(node) for node in joined}
    written = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts
    }
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return Module(
        path=path.relative_to(ROOT),
        keys=frozenset(text for text in written if _KEY.fullmatch(text)),
        families=frozenset(one for one in patterns if _FAMILY.fullmatch(one)),
        words=frozenset(text for text in written if _WORD.fullmatch(text)) | set(_names(tree)),
        composed=frozenset(one for one in patterns if _COMPOSED.fullmatch(one)),
        narrow=tuple(place for call in calls for place in _narrow(call)),
    )


def _read_template(path: Path) -> Module:
    """In a template `"stage." ~ word` is a family, and `"stage." ~ word ~ "_text"` another."""
    found = [one.groups("") for one in _IN_TEMPLATE.finditer(path.read_text())]
    return Module(
        path=path.relative_to(ROOT),
        keys=frozenset(text for text, word, _ in found if not word),
        families=frozenset(f"{text}{{}}{rest}" for text, word, rest in found if word),
        words=frozenset(),
        composed=frozenset(),
        narrow=(),
    )


_IN_TEMPLATE = re.compile(
    r"""["']([a-z_]+\.[a-z0-9_]*)["'](?:\s*~\s*([\w.]+)(?:\s*~\s*["']([a-z0-9_]+)["'])?)?"""
)


def _names(tree: ast.AST) -> Iterator[str]:
    """The names of values that are handed on by name, and of the fields of data."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
    )


def _narrow(call: ast.Call) -> Iterator[tuple[str, int]]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    limits = _PLACES.get(name, {})
    given: dict[int | str, ast.expr] = dict(enumerate(call.args))
    given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    for place, limit in limits.items():
        if place in given:
            yield from ((key, limit) for key in _said(given[place]))


def _said(argument: ast.expr) -> Iterator[str]:
    """The key of a text that an argument says itself, not one put into another text."""
    if not isinstance(argument, ast.Call) or getattr(argument.func, "attr", "") != "plain":
        return
    key = argument.args[0]
    if isinstance(key, ast.Constant):
        yield str(key.value)
    elif isinstance(key, ast.JoinedStr):
        yield _pattern(key)
