"""KPI values and their change, as people of a language write them."""

from decimal import Decimal

from babel.numbers import get_currency_precision

from bot.playbook.measures import Change, Measure, rounded_percent
from bot.playbook.units import UnitFamily, family_of
from bot.texts.voice import Voice


def measure(voice: Voice, value: Measure, *, in_full: bool = False) -> str:
    """4.2時間, 4.2 h, 12件, $1,200. `in_full` is for letters to customers: 4.2 hours."""
    unit = value.unit
    match family_of(unit):
        case UnitFamily.TIME:
            return _time(voice, value, in_full=in_full)
        case UnitFamily.MONEY:
            minor = value.value.scaleb(get_currency_precision(unit)).to_integral_value()
            return voice.money(int(minor), unit)
        case UnitFamily.PERCENT:
            return f"{voice.number(value.value)}%"
    number = voice.number(value.value)
    # 12件 is written in one, 12 tickets in two words.
    return f"{number} {unit}" if unit[:1].isascii() and unit else f"{number}{unit}"


def before_and_after(
    voice: Voice, before: Measure, after: Measure, change: Change, *, in_full: bool = False
) -> tuple[str, str]:
    """Both values in one unit. What was typed in hours and in minutes is said as people say it:
    4時間12分 and 2時間10分, not 252分 and 130分."""
    was_aligned = before.unit and after.unit and before.unit != after.unit
    values = (change.before, change.after)
    if was_aligned and change.unit == "min" and all(one == int(one) for one in values):
        first, second = (_hours_and_minutes(voice, int(one), in_full=in_full) for one in values)
    else:
        first, second = (
            measure(voice, Measure(one, change.unit), in_full=in_full) for one in values
        )
    return first, second


def headline(voice: Voice, change: Change) -> str:
    """The change in one figure: a percentage, or the difference where there is none from zero.

    The change of a percentage is said in points, because −3% of a rate reads like another rate.
    """
    if change.points is not None:
        return voice.plain("measure.points", value=_signed(voice, Measure(change.points)))
    percent = rounded_percent(change)
    if percent is None:
        return _signed(voice, Measure(change.after - change.before, change.unit))
    return voice.percent(percent)


def _time(voice: Voice, value: Measure, *, in_full: bool) -> str:
    number = voice.number(value.value)
    if not in_full:
        return voice.plain(f"measure.{value.unit}", value=number)
    return voice.plain(f"measure_in_full.{value.unit}", value=number, n=1 if number == "1" else 2)


def _hours_and_minutes(voice: Voice, minutes: int, *, in_full: bool) -> str:
    """Whole minutes as hours and minutes."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    said = [
        measure(voice, Measure(Decimal(value), unit), in_full=in_full)
        for value, unit in ((hours, "h"), (rest, "min"))
        if value or (unit == "min" and not hours)
    ]
    between = "" if voice.language == "ja" else " "
    return sign + between.join(said)


def _signed(voice: Voice, value: Measure) -> str:
    sign = "±" if not value.value else "−" if value.value < 0 else "+"
    return sign + measure(voice, Measure(abs(Decimal(value.value)), value.unit))
