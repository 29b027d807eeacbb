"""Cells of a CSV file, so that a spreadsheet never runs what somebody typed.

The rule is OWASP's against CSV injection: a text that begins with = + - @, tab or carriage return
is written behind an apostrophe, which a spreadsheet takes for "this is text".
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LINE_BREAKS: Final = re.compile(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+")
_FORMULA: Final = re.compile(
    r"[=+\-@]\s*(?:"
    r"[a-z_][\w.]*\s*\("  # a function: =HYPERLINK(
    r"|[^!|]*[!|]"  # another sheet or program: =Sheet1!A1, =cmd|' /C calc'!A0
    r"|\$?[a-z]{1,3}\$?\d+\s*(?:[:+\-*/^&]|$)"  # a cell: =A1, +A1+B2
    r"|[(\"]"  # an expression or a text: =(1), ="x"
    r"|\d[\d.]*\s*[+\-*/^&]"  # a sum: =1+1
    r")",
    re.IGNORECASE,
)


def cell(value: str | int | Decimal | date | datetime | None) -> str:
    """The text of a cell, safe to open in a spreadsheet; numbers and dates need no guard."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_STARTS) else value


def cell_text(raw: str) -> str:
    """The text that a cell stands for: the guard of `cell` and the spaces around it taken off, and
    line breaks inside it (Alt+Enter in a spreadsheet) turned into spaces."""
    text = raw.strip() if raw.isprintable() else _LINE_BREAKS.sub(" ", raw).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS) else text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would compute a text; @cosme, -ism and =LOVE are names."""
    text = text.lstrip()
    if not text.startswith(_STARTS):
        return False
    return _FORMULA.match(unicodedata.normalize("NFKC", text)) is not None
