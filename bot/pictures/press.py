"""Printing: a typst template and its data become an accessible PDF and a picture of it."""

import json
import re
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typst

_TEMPLATES = Path(__file__).parent / "templates"
_FONTS = Path(__file__).parent / "fonts"
_GETA = "〓"
"""What Japanese printers set where they lack a letter."""
_MOST_ATTEMPTS = 8
_PICTURE_DPI = 150
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MARKED_GETA = re.compile(_GETA + r"[\u0300-\u036f\u0e31-\u0e4e\u200d\ufe0e\ufe0f]+")
"""A replaced letter keeps none of the marks that belonged to it."""
_HIDDEN = frozenset({"Cc", "Cs", "Co"})
"""Control characters, halves of characters, private letters: nothing that can be read."""
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the reading direction of whatever follows them on the page."""


class Unprintable(ValueError):
    """The page could not be made with these texts, whatever was replaced in them."""


@dataclass(frozen=True)
class Printed:
    """A print and a picture of its first page. `cut` names the texts that were shortened,
    `replaced` the letters that no font has. Equal data give equal bytes.
    """

    pdf: bytes
    png: bytes
    cut: tuple[str, ...]
    replaced: str


class Press:
    """Prints one thing at a time: a second thread would not make it faster, only larger."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def print(self, template: str, data: Mapping[str, Any], *, most_pages: int = 1) -> Printed:
        """Print `template` (a name in templates/) with `data`, whose texts are never evaluated.

        Raises:
            Unprintable: no page came of it, or more than `most_pages`.
        """
        with self._lock:
            replaced: list[str] = []
            for _ in range(_MOST_ATTEMPTS):
                compiler = _compiler(template, _legible(data, replaced))
                try:
                    # The archive's standard asks for every letter, language, title and alternative.
                    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
                except typst.TypstError as error:
                    missing = _missing(error, data)
                    if not missing or missing <= set(replaced):
                        raise Unprintable(str(error)) from error
                    replaced.extend(sorted(missing))
                    continue
                pictures = _pages(compiler.compile(format="png", ppi=_PICTURE_DPI), most_pages)
                cut = json.loads(compiler.query("<cut>", field="value"))
                (whole,) = _pages(pdf, 1)
                return Printed(whole, pictures[0], _once(cut), "".join(_once(replaced)))
        raise Unprintable(f"too many letters without a font: {''.join(replaced)}")


def _compiler(template: str, data: Any) -> typst.Compiler:
    return typst.Compiler(
        str(_TEMPLATES / f"{template}.typ"),
        root=str(_TEMPLATES),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def _legible(value: Any, unprintable: Sequence[str]) -> Any:
    """The same data with texts of letters that can be printed."""
    match value:
        case str():
            kept = "".join(_letter(one) for one in value)
            for letters in unprintable:
                kept = kept.replace(letters, _instead(letters))
            return _MARKED_GETA.sub(_GETA, kept)
        case Mapping():
            return {key: _legible(one, unprintable) for key, one in value.items()}
        case list() | tuple():
            return [_legible(one, unprintable) for one in value]
    return value


def _letter(one: str) -> str:
    if one.isspace():
        return " "
    return "" if unicodedata.category(one) in _HIDDEN or one in _DIRECTIONS else one


def _instead(letters: str) -> str:
    """Nothing for an accent, whose letter stands without it; a sign for a letter."""
    return "" if all(unicodedata.category(one) == "Mn" for one in letters) else _GETA


def _missing(error: typst.TypstError, data: Mapping[str, Any]) -> set[str]:
    """The letters that no font has. A plain letter lacks only the accents above it."""
    found = {_ESCAPED.sub(_unescaped, one) for one in _MISSING.findall(str(error))} - {_GETA}
    if any(one.isascii() for one in found):
        accents = re.findall(r"[\u0300-\u036f]", json.dumps(data, ensure_ascii=False))
        return {one for one in found if not one.isascii()} | set(accents)
    return found


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _pages(made: bytes | list[bytes] | None, most: int) -> list[bytes]:
    pages = [made] if isinstance(made, bytes) else made or []
    if not 1 <= len(pages) <= most:
        raise Unprintable(f"{len(pages)} pages came of it")
    return pages


PRESS: Final = Press()
"""The one of this process: two at a time would only take twice the memory."""
