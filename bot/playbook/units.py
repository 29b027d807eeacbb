"""The units in which results are measured, and which of them can be compared.

Units that convert have a canonical code (time: `s min h d w mo y`; percent: `%`; money: ISO 4217).
Counters and free words are units too, kept as typed because each language counts in its own words.
"""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Final


class UnitFamily(StrEnum):
    """Which units measure the same kind of thing."""

    NONE = "none"
    TIME = "time"
    PERCENT = "percent"
    MONEY = "money"
    COUNT = "count"
    WORD = "word"


PERCENT: Final = "%"

SECONDS: Final[dict[str, int]] = {
    "s": 1,
    "min": 60,
    "h": 3_600,
    "d": 86_400,
    "w": 7 * 86_400,
    "mo": 30 * 86_400,
    "y": 360 * 86_400,
}
"""Elapsed time: a day is 24 hours, not a working day. Months and years follow the 30/360 day count
of finance, so that two months to thirty days is the half that everybody expects."""

_TIME_WORDS: Final[dict[str, str]] = {
    "s": "s sec secs second seconds 秒 秒間",
    "min": "m min mins minute minutes 分 分間",
    "h": "h hr hrs hour hours 時間 h時間",
    "d": "d day days 日 日間",
    "w": "w wk wks week weeks 週 週間",
    "mo": "mo mos month months か月 ヶ月 カ月 ヵ月 ケ月 箇月 か月間 ヶ月間 カ月間 ヵ月間 ケ月間",
    "y": "y yr yrs year years 年 年間",
}
_MONEY_WORDS: Final[dict[str, str]] = {
    "JPY": "¥ 円 jpy yen",
    "USD": "$ us$ usd ドル 米ドル dollar dollars",
    "EUR": "€ eur ユーロ euro euros",
    "GBP": "£ gbp ポンド",
    "CNY": "cny rmb 元 人民元",
    "KRW": "₩ krw ウォン",
    "TWD": "nt$ twd",
    "HKD": "hk$ hkd",
    "SGD": "s$ sgd",
    "AUD": "a$ aud",
    "CAD": "c$ cad",
    "CHF": "chf",
    "INR": "₹ inr",
    "THB": "฿ thb バーツ",
    "VND": "₫ vnd ドン",
}
_PERCENT_WORDS: Final = "% percent パーセント ％"
_COUNTS: Final = (
    "件 case cases item items",
    "人 名 people person persons",
    "回 time times",
    "社 company companies",
    "個 つ piece pieces pcs",
    "台",
    "枚 sheet sheets",
    "通",
    "本",
    "点 point points pt pts",
    "ページ page pages",
)

_CANONICAL: Final[dict[str, str]] = {
    word: code
    for table in (_TIME_WORDS, _MONEY_WORDS, {PERCENT: _PERCENT_WORDS})
    for code, words in table.items()
    for word in words.split()
}
_COUNT_OF: Final[dict[str, str]] = {
    word: words.split()[0] for words in _COUNTS for word in words.split()
}
_MULTIPLIERS: Final[dict[str, Decimal]] = {
    "千": Decimal(1_000),
    "万": Decimal(10_000),
    "億": Decimal(100_000_000),
    "兆": Decimal(1_000_000_000_000),
}
_LETTER_MULTIPLIERS: Final[dict[str, Decimal]] = {
    "k": Decimal(1_000),
    "K": Decimal(1_000),
    "M": Decimal(1_000_000),
}
_MULTIPLIED: Final = re.compile(r"^([千万億兆]|[kKM](?![A-Za-z]))\s*")

CURRENCY_SIGN: Final = re.compile(
    r"(?:US|NT|HK|[SAC])?\$|[¥€£₩₹฿₫]|(?:"
    + "|".join(code for code in _MONEY_WORDS)
    + r")(?![A-Za-z])",
    re.IGNORECASE,
)
"""What may stand before an amount. ¥ is the yen; the yuan is written 元 or CNY."""


def canonical_unit(word: str) -> str:
    """The code of a unit that converts; counters and free words come back as typed."""
    return _CANONICAL.get(_folded(word), word.strip())


def take_multiplier(text: str) -> tuple[Decimal, str]:
    """The factor that a unit begins with (万円, 千件, k, M) and the unit behind it.

    A capital M is a million, a small m minutes.
    """
    found = _MULTIPLIED.match(text)
    if found is None:
        return Decimal(1), text
    factor = _MULTIPLIERS.get(found[1]) or _LETTER_MULTIPLIERS[found[1]]
    return factor, text[found.end() :]


def family_of(unit: str) -> UnitFamily:
    """The family of a canonical unit."""
    if not unit:
        return UnitFamily.NONE
    if unit in SECONDS:
        return UnitFamily.TIME
    if unit == PERCENT:
        return UnitFamily.PERCENT
    if unit in _MONEY_WORDS:
        return UnitFamily.MONEY
    return UnitFamily.COUNT if _folded(unit) in _COUNT_OF else UnitFamily.WORD


def same_unit(a: str, b: str) -> bool:
    """Whether two canonical units are one: 人 and 名, item and items, Ticket and tickets."""
    return _sense(a) == _sense(b)


def _sense(unit: str) -> str:
    folded = _folded(unit)
    plural = folded.isascii() and len(folded) > 2
    return _COUNT_OF.get(folded) or (folded.removesuffix("s") if plural else folded)


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()
