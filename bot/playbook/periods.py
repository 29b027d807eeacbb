"""The period of a result as people write it: 2026-10, 10月, 先月, Q3, Oct 2026."""

import re
import unicodedata
from datetime import date
from typing import Final

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH_NAME: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR_MONTH: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:[-/]|年)(?P<month>0?[1-9]|1[0-2])(?:月[度分]?)?"
)
_MONTH: Final = re.compile(r"(?P<month>0?[1-9]|1[0-2])月[度分]?")
_NAMED: Final = re.compile(rf"(?P<name>{_MONTH_NAME})[ ,]*(?P<year>(?:19|20)\d\d)?")
_OTHER: Final = re.compile(
    r"(?:19|20)\d\d年度?|(?:19|20)\d\d(?:[-/.]\d{1,2}){2}(?:[~〜].+)?"
    r"|(?:(?:19|20)\d\d[-/ ]?)?[qh][1-4](?:[-/ ]?(?:19|20)\d\d)?|fy ?\d{2,4}"
    r"|第[1-4]四半期|[上下]半?期|[先今前来](?:月|年度?|期|四半期|週)|昨年度?|去年"
    r"|(?:last|this) (?:month|quarter|year|week)"
)
_THIS_MONTH: Final = frozenset({"今月", "this month"})
_LAST_MONTH: Final = frozenset({"先月", "前月", "last month"})


def is_period(text: str) -> bool:
    """Whether a text names a period of time, in brackets or not. A small "may" is a verb."""
    if text.strip() == "may":
        return False
    folded = _folded(text)
    return any(shape.fullmatch(folded) for shape in (_YEAR_MONTH, _MONTH, _NAMED, _OTHER))


def month_of(text: str, today: date) -> date | None:
    """The first day of the month that a period names, or None when it names no single month.

    A month without a year is the latest one that has begun.
    """
    folded = _folded(text)
    first = today.replace(day=1)
    if folded in _THIS_MONTH:
        return first
    if folded in _LAST_MONTH:
        return _month(first.year, first.month - 1)
    if found := _YEAR_MONTH.fullmatch(folded):
        return date(int(found["year"]), int(found["month"]), 1)
    if found := _MONTH.fullmatch(folded):
        return _latest(int(found["month"]), first)
    if found := _NAMED.fullmatch(folded):
        number = _MONTHS.index(found["name"][:3]) // 4 + 1
        return date(int(found["year"]), number, 1) if found["year"] else _latest(number, first)
    return None


def _latest(month: int, first: date) -> date:
    return date(first.year - (month > first.month), month, 1)


def _month(year: int, month: int) -> date:
    return date(year, month, 1) if month else date(year - 1, 12, 1)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip().strip("()[]【】").strip()
