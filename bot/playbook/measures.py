"""KPIs before and after (M1): reading what a rep types, and computing the change with its sign.

Numbers are read so:

- full-width digits and signs count as ASCII; − and the accountant's △ and ▲ are minus signs;
- commas before groups of exactly three digits separate thousands (`4,200` is 4200), any other
  single comma is a decimal comma (`4,2` is 4.2, `0,500` is 0.5);
- a single dot is always a decimal point (`4.200` is 4.2), several dots separate thousands;
- when both stand in one number, the last of them is the decimal one (`1.234,5` is 1234.5).

Units may be compound (`4時間30分`, `1h30m`, `1億2000万円`) and are read into the finest unit named.
`4:12` is refused: it could be hours or minutes.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from bot.playbook.terms import Direction
from bot.playbook.units import (
    CURRENCY_SIGN,
    PERCENT,
    SECONDS,
    UnitFamily,
    canonical_unit,
    family_of,
    same_unit,
    take_multiplier,
)

MAX_DIGITS: Final = 15
"""More digits than any KPI has, and few enough that no arithmetic on them is rounded."""
MAX_UNIT: Final = 30


class MeasureProblem(StrEnum):
    """Why a text is not a measure."""

    EMPTY = "empty"
    NO_NUMBER = "no_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    CLOCK = "clock"
    BAD_UNIT = "bad_unit"
    TOO_LONG = "too_long"


class NotAMeasure(ValueError):
    """A text that cannot be read as a number with a unit."""

    def __init__(self, code: MeasureProblem, text: str) -> None:
        super().__init__(f"{code}: {text[:80]!r}")
        self.code = code
        self.text = text


class UnlikeUnits(ValueError):
    """Two measures that cannot be compared: hours and people, yen and dollars."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"{before!r} and {after!r}")
        self.before = before
        self.after = after


@dataclass(frozen=True)
class Measure:
    """A value with its canonical unit (see `units`); the unit is empty when none was typed."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Change:
    """A KPI before and after in one unit.

    `percent` is relative to the size of the value before, so its sign says up or down even for
    negative values; None when that is 0. `points` is the difference of two percentages.
    `improved` is None when nothing changed.
    """

    before: Decimal
    after: Decimal
    unit: str
    direction: Direction
    percent: Decimal | None
    points: Decimal | None
    improved: bool | None


_DIGITS: Final = r"[0-9](?:[0-9.,]*[0-9])?"
_NUMBER: Final = re.compile(rf"{_DIGITS}|\.[0-9]+")
_SIGN: Final = re.compile(r"^(?:約|およそ|~)?\s*([+\-−△▲]?)\s*")
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
_MINUS: Final = frozenset("-−△▲")
_HALF: Final = Decimal("0.5")
_SPELLED_UNIT: Final = re.compile(r"[^\W\d_][^\d<>\"=]*|[%¥$€£₩₹฿₫]")


def parse_measure(text: str) -> Measure:
    """Read a number with an optional unit, such as 4.2h, 130分, 120万円, $4.5k, 12%, -3件.

    Raises NotAMeasure.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        raise NotAMeasure(MeasureProblem.EMPTY, text)
    if len(folded) > MAX_DIGITS * 2 + MAX_UNIT:
        raise NotAMeasure(MeasureProblem.TOO_LONG, text)
    sign, rest = _take_sign(folded)
    currency = CURRENCY_SIGN.match(rest)
    if currency:
        inner_sign, rest = _take_sign(rest[currency.end() :])
        sign *= inner_sign
    if re.match(r"[0-9]+:[0-9]", rest):
        raise NotAMeasure(MeasureProblem.CLOCK, text)
    parts = _parts(rest, text)
    total = _sum(parts, text)
    if currency:
        if total.unit and canonical_unit(currency[0]) != total.unit:
            raise NotAMeasure(MeasureProblem.BAD_UNIT, text)
        total = Measure(total.value, canonical_unit(currency[0]))
    if total.value >= Decimal(10) ** MAX_DIGITS:
        raise NotAMeasure(MeasureProblem.TOO_LONG, text)
    return Measure(sign * total.value, total.unit)


def compare(before: Measure, after: Measure, direction: Direction) -> Change:
    """The change between two measures in one unit of their family.

    A missing unit is taken from the other side. Different units of time meet in the unit typed
    first, when the other value has at most two decimals in it, otherwise in the finer one, where
    both are exact. Raises UnlikeUnits.
    """
    first, second, unit = _aligned(before, after)
    difference = second - first
    improved = None if difference == 0 else (difference > 0) == (direction is Direction.HIGHER)
    return Change(
        before=first,
        after=second,
        unit=unit,
        direction=direction,
        percent=difference / abs(first) * 100 if first else None,
        points=difference if unit == PERCENT else None,
        improved=improved,
    )


def rounded_percent(change: Change) -> int | Decimal | None:
    """The percent as a headline shows it: whole from ten up, one decimal below, None without one.

    It never claims more than happened: 99.7 % is not rounded to 100, nor a small change to 0.
    """
    percent = change.percent
    if percent is None:
        return None
    whole = percent.to_integral_value(ROUND_HALF_UP)
    if percent == whole or (abs(whole) >= 10 and abs(whole) != 100):
        return int(whole)
    away_from_claims = ROUND_DOWN if abs(whole) == 100 else ROUND_HALF_UP
    tenth = percent.quantize(Decimal("0.1"), away_from_claims)
    if not tenth:
        return percent.quantize(Decimal(1).scaleb(percent.adjusted()), ROUND_HALF_UP)
    return int(tenth) if tenth == tenth.to_integral_value() else tenth


_GOOD_WHEN_HIGHER: Final = re.compile(
    r"削減|短縮|節約|達成|利用|稼働|滞在|継続|定着|発見率|解決|遵守|間隔|寿命|防止"
    r"|\b(?:sav(?:ed|ings?)|reduc(?:ed|tion)|uptime|on[- ]time|time on (?:site|page)"
    r"|retention|resol(?:ved|ution rate)|between failures|mtbf|lifetime|usage|availability)\b"
)
_GOOD_WHEN_LOWER: Final = re.compile(
    r"時間|工数|残業|リードタイム|日数|納期|待ち|コスト|費用|経費|原価|支出|ミス|エラー|誤り|誤発注"
    r"|不良|不具合|バグ|事故|故障|障害|停止|遅延|遅れ|遅刻|欠品|返品|廃棄|在庫|滞留|未回収|クレーム|苦情"
    r"|解約|離職|退職|離脱|直帰|チャーン|手戻り|差し戻し|ロス|負荷|手間|漏れ|リスク|排出"
    r"|\b(?:time|lead[- ]?time|hours?|minutes?|duration|turnaround|latency|delays?|waits?|waiting"
    r"|costs?|expenses?|spend|cac|cpa|errors?|mistakes?|defects?|bugs?|incidents?|failures?|faults?"
    r"|downtime|overtime|complaints?|claims|churn|attrition|turnover rate|cancell?ations?|returns"
    r"|bounce|backlog|rework|scrap|waste|inventory|stockouts?|emissions?|workload|effort)\b"
)


def guess_direction(kpi_name: str, unit: str) -> Direction:
    """Which way a KPI most likely improves, from its name and then its unit; a person can correct.

    Time, cost, mistakes and lost customers improve downwards, unless the name speaks of saving or
    using them (削減時間, uptime). Everything else improves upwards.
    """
    name = unicodedata.normalize("NFKC", kpi_name).casefold()
    if _GOOD_WHEN_HIGHER.search(name):
        return Direction.HIGHER
    if _GOOD_WHEN_LOWER.search(name) or family_of(unit) is UnitFamily.TIME:
        return Direction.LOWER
    return Direction.HIGHER


def _take_sign(text: str) -> tuple[int, str]:
    found = _SIGN.match(text)
    if found is None:
        return 1, text
    return (-1 if found[1] in _MINUS else 1), text[found.end() :]


def _parts(rest: str, text: str) -> list[Measure]:
    """Split 4時間30分 into its measures; the remainder of each number is its unit."""
    numbers = list(_NUMBER.finditer(rest))
    if not numbers or numbers[0].start() != 0:
        raise NotAMeasure(MeasureProblem.NO_NUMBER, text)
    ends = [number.start() for number in numbers[1:]] + [len(rest)]
    return [
        _part(_decimal(number[0], text), rest[number.end() : end].strip(), text)
        for number, end in zip(numbers, ends, strict=True)
    ]


def _part(value: Decimal, spelled: str, text: str) -> Measure:
    factor, word = take_multiplier(spelled)
    if word.endswith("半") and canonical_unit(word[:-1]) in SECONDS:
        word, value = word[:-1], value + _HALF
    if len(word) > MAX_UNIT or (word and not _SPELLED_UNIT.fullmatch(word)):
        raise NotAMeasure(MeasureProblem.BAD_UNIT, text)
    return Measure(value * factor, canonical_unit(word))


def _sum(parts: list[Measure], text: str) -> Measure:
    """Compound measures: time from coarse to fine, or one amount in 億 and 万."""
    last = parts[-1]
    if len(parts) == 1:
        return last
    seconds = [SECONDS.get(part.unit, 0) for part in parts]
    if all(seconds) and all(a > b for a, b in pairwise(seconds)):
        total = sum(part.value * size for part, size in zip(parts, seconds, strict=True))
        return Measure(Decimal(total) / seconds[-1], last.unit)
    amounts = [part.value for part in parts]
    falling = all(a > b >= 0 for a, b in pairwise(amounts))
    if falling and all(not part.unit and part.value >= 1_000 for part in parts[:-1]):
        return Measure(sum(amounts, Decimal(0)), last.unit)
    raise NotAMeasure(MeasureProblem.BAD_UNIT, text)


def _decimal(digits: str, text: str) -> Decimal:
    if sum(character.isdigit() for character in digits) > MAX_DIGITS:
        raise NotAMeasure(MeasureProblem.TOO_LONG, text)
    last_comma, last_dot = digits.rfind(","), digits.rfind(".")
    if last_comma >= 0 and last_dot >= 0:
        point = max(last_comma, last_dot)
        whole, fraction = digits[:point], digits[point + 1 :]
        if digits[point] in whole or not _THOUSANDS.fullmatch(whole):
            raise NotAMeasure(MeasureProblem.AMBIGUOUS_NUMBER, text)
        return Decimal(f"{whole.replace(',', '').replace('.', '')}.{fraction}")
    mark = "," if last_comma >= 0 else "."
    marks = digits.count(mark)
    if marks and _THOUSANDS.fullmatch(digits) and (mark == "," or marks > 1):
        return Decimal(digits.replace(mark, ""))
    if marks > 1:
        raise NotAMeasure(MeasureProblem.AMBIGUOUS_NUMBER, text)
    return Decimal(digits.replace(",", "."))


def _aligned(before: Measure, after: Measure) -> tuple[Decimal, Decimal, str]:
    if not before.unit or not after.unit or same_unit(before.unit, after.unit):
        return before.value, after.value, before.unit or after.unit
    from_seconds, to_seconds = SECONDS.get(before.unit), SECONDS.get(after.unit)
    if from_seconds is None or to_seconds is None:
        raise UnlikeUnits(before.unit, after.unit)
    converted = after.value * to_seconds / from_seconds
    if from_seconds < to_seconds or converted == converted.quantize(Decimal("0.01")):
        return before.value, converted.normalize() + 0, before.unit
    return before.value * from_seconds / to_seconds, after.value, after.unit
