"""The handbook in print: as many A4 pages as it needs (O3)."""

import re
from typing import Any

from bot.pictures.phrases import phrases, sentences
from bot.texts.handbook import Document, Line, Part

TEMPLATE = "handbook"
MOST_PAGES = 24
"""A catalogue of forty long offers takes a dozen."""
MOST_TYPED = 400
"""Letters of one text that are printed; what the forms take is shorter."""
_ENDLESS = re.compile(r"[^\s\u2e80-\U0010ffff]{28}(?=[^\s\u2e80-\U0010ffff])")
"""So much of a word that it could be wider than a column, and goes on."""
_BREAK = "\u200b"


def data_of(document: Document) -> dict[str, Any]:
    """The handbook as its template wants it."""
    return {
        "lang": document.language,
        "title": document.name,
        "seller": _fit(document.seller),
        "label": document.label,
        "date": document.as_of,
        "headline": _headline(document),
        "lead": document.lead,
        "contents": document.contents,
        "parts": [_part(one, document.language) for one in document.parts],
        "foot": document.foot,
        "small": _fit(document.small),
    }


def _headline(document: Document) -> list[list[str]]:
    """Sentences of pieces that stay together; English breaks between words by itself."""
    if document.language == "ja":
        return [phrases(one) for one in sentences(document.headline)]
    return [[document.headline]]


def _part(part: Part, language: str) -> dict[str, Any]:
    return {
        "section": part.section.value,
        "title": part.title,
        "lead": _fit(part.lead),
        "lines": [_line(one, language) for one in part.lines],
        "note": part.note,
    }


def _line(line: Line, language: str) -> dict[str, Any]:
    head = _fit(line.head)
    pieces = phrases(head) if language == "ja" else [head]
    return {"head": pieces, "text": _fit(line.text), "figure": line.figure}


def _fit(text: str) -> str:
    """A text that breaks somewhere: a word without end would run off the page."""
    shown = text if len(text) <= MOST_TYPED else text[: MOST_TYPED - 1] + "…"
    return _ENDLESS.sub(lambda found: found[0] + _BREAK, shown)
