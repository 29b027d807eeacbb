from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.measures import (
    Change,
    Measure,
    MeasureProblem,
    NotAMeasure,
    UnlikeUnits,
    compare,
    guess_direction,
    parse_measure,
    rounded_percent,
)
from bot.playbook.terms import Direction
from bot.playbook.units import UnitFamily, family_of

LOWER, HIGHER = Direction.LOWER, Direction.HIGHER


def change(before: str, after: str, direction: Direction = LOWER) -> Change:
    return compare(parse_measure(before), parse_measure(after), direction)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4.2h", "4.2", "h"),
        ("４．２ｈ", "4.2", "h"),
        ("4.2 hours", "4.2", "h"),
        ("4,2h", "4.2", "h"),
        ("4,200円", "4200", "JPY"),
        ("0,500", "0.5", ""),
        ("1,234,567", "1234567", ""),
        ("1.234,5", "1234.5", ""),
        ("1,234.5", "1234.5", ""),
        ("1.234.567", "1234567", ""),
        ("1.234", "1.234", ""),
        (".5h", "0.5", "h"),
        ("130分", "130", "min"),
        ("130m", "130", "min"),
        ("45秒", "45", "s"),
        ("4時間30分", "270", "min"),
        ("1h30m", "90", "min"),
        ("2時間半", "2.5", "h"),
        ("3ヶ月間", "3", "mo"),
        ("1年6か月", "18", "mo"),
        ("2週間", "2", "w"),
        ("5営業日", "5", "営業日"),
        ("12%", "12", "%"),
        ("１２％", "12", "%"),
        ("-5%", "-5", "%"),
        ("−5%", "-5", "%"),
        ("▲3件", "-3", "件"),
        ("+3", "3", ""),
        ("¥1,200,000", "1200000", "JPY"),
        ("￥1200", "1200", "JPY"),
        ("-¥500", "-500", "JPY"),
        ("¥-500", "-500", "JPY"),
        ("120万円", "1200000", "JPY"),
        ("1.2億円", "120000000", "JPY"),
        ("1億2,000万円", "120000000", "JPY"),
        ("$4.5k", "4500", "USD"),
        ("$1.5M", "1500000", "USD"),
        ("USD 300", "300", "USD"),
        ("300 usd", "300", "USD"),
        ("€1.234,50", "1234.50", "EUR"),
        ("500元", "500", "CNY"),
        ("3万", "30000", ""),
        ("3千件", "3000", "件"),
        ("12k", "12000", ""),
        ("3kg", "3", "kg"),
        ("12 support tickets", "12", "support tickets"),
        ("12件/日", "12", "件/日"),
        ("約4時間", "4", "h"),
        ("8人", "8", "人"),
    ],
)
def test_a_measure_is_read_as_people_write_it(text: str, value: str, unit: str) -> None:
    assert parse_measure(text) == Measure(Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", MeasureProblem.EMPTY),
        ("　", MeasureProblem.EMPTY),
        ("abc", MeasureProblem.NO_NUMBER),
        ("-", MeasureProblem.NO_NUMBER),
        ("四時間", MeasureProblem.NO_NUMBER),
        ("2.2.2h", MeasureProblem.AMBIGUOUS_NUMBER),
        ("1,2,3", MeasureProblem.AMBIGUOUS_NUMBER),
        ("12,34.5", MeasureProblem.AMBIGUOUS_NUMBER),
        ("4:12", MeasureProblem.CLOCK),
        ("2026-10", MeasureProblem.BAD_UNIT),
        ("4h/2", MeasureProblem.BAD_UNIT),
        ("30分2時間", MeasureProblem.BAD_UNIT),
        ("1e5", MeasureProblem.BAD_UNIT),
        ("4<!channel>", MeasureProblem.BAD_UNIT),
        ("$5€", MeasureProblem.BAD_UNIT),
        ("9" * 16, MeasureProblem.TOO_LONG),
        ("9000兆円", MeasureProblem.TOO_LONG),
        ("9" * 10_000, MeasureProblem.TOO_LONG),
        ("4 " + "a" * 31, MeasureProblem.BAD_UNIT),
    ],
)
def test_what_is_not_a_measure_says_why(text: str, code: MeasureProblem) -> None:
    with pytest.raises(NotAMeasure) as refused:
        parse_measure(text)
    assert (refused.value.code, refused.value.text) == (code, text)


@pytest.mark.parametrize(
    ("before", "after", "aligned"),
    [
        ("4.2h", "2.2h", ("4.2", "2.2", "h")),
        ("4.2h", "130分", ("252", "130", "min")),
        ("4h", "120分", ("4", "2", "h")),
        ("252分", "2.2h", ("252", "132", "min")),
        ("2か月", "30日", ("2", "1", "mo")),
        ("1年", "6か月", ("1", "0.5", "y")),
        ("3日", "20時間", ("72", "20", "h")),
        ("4.2h", "2.2", ("4.2", "2.2", "h")),
        ("12", "5件", ("12", "5", "件")),
        ("12人", "5名", ("12", "5", "人")),
        ("12 tickets", "1 Ticket", ("12", "1", "tickets")),
        ("120万円", "¥900,000", ("1200000", "900000", "JPY")),
    ],
)
def test_two_units_of_a_family_meet_in_one(
    before: str, after: str, aligned: tuple[str, str, str]
) -> None:
    found = change(before, after)
    assert (found.before, found.after) == (Decimal(aligned[0]), Decimal(aligned[1]))
    assert found.unit == aligned[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [("4.2h", "5人"), ("¥100", "$1"), ("10%", "10件"), ("5件", "3社"), ("5 bugs", "3 tickets")],
)
def test_units_of_different_kinds_are_not_compared(before: str, after: str) -> None:
    with pytest.raises(UnlikeUnits):
        change(before, after)


@pytest.mark.parametrize(
    ("before", "after", "direction", "shown", "improved"),
    [
        pytest.param("4.2h", "2.2h", LOWER, -48, True, id="less time"),
        pytest.param("4.2h", "130分", LOWER, -48, True, id="hours against minutes"),
        pytest.param("2.2h", "4.2h", LOWER, 91, False, id="more time is worse"),
        pytest.param("100", "120", HIGHER, 20, True, id="more is better"),
        pytest.param("100", "100", HIGHER, 0, None, id="nothing changed"),
        pytest.param("0", "5件", HIGHER, None, True, id="no percentage from zero"),
        pytest.param("0", "0", HIGHER, None, None, id="zero to zero"),
        pytest.param("-100", "-50", HIGHER, 50, True, id="a smaller loss is up"),
        pytest.param("-50", "50", HIGHER, 200, True, id="from loss to profit"),
        pytest.param("1000", "3件", LOWER, "-99.7", True, id="never all when some remain"),
        pytest.param("100000", "3件", LOWER, "-99.9", True, id="never rounded to all"),
        pytest.param("1000", "0", LOWER, -100, True, id="all of them"),
        pytest.param("1000", "1052", HIGHER, "5.2", True, id="one decimal below ten"),
        pytest.param("100000", "100040", HIGHER, "0.04", True, id="a small change stays visible"),
        pytest.param("1000", "1050", HIGHER, 5, True, id="a whole percent is whole"),
    ],
)
def test_the_percentage_has_the_right_sign(
    before: str, after: str, direction: Direction, shown: int | str | None, improved: bool | None
) -> None:
    found = change(before, after, direction)
    assert rounded_percent(found) == (Decimal(shown) if isinstance(shown, str) else shown)
    assert found.improved is improved


def test_percentages_change_in_points() -> None:
    assert change("30%", "20%").points == Decimal(-10)
    assert rounded_percent(change("30%", "20%")) == -33
    assert change("30h", "20h").points is None


@pytest.mark.parametrize(
    ("name", "unit", "direction"),
    [
        ("見積作成時間", "h", LOWER),
        ("物流コスト", "JPY", LOWER),
        ("入力ミス", "件", LOWER),
        ("解約率", "%", LOWER),
        ("リードタイム", "d", LOWER),
        ("Lead time", "d", LOWER),
        ("Churn", "%", LOWER),
        ("data-entry errors", "", LOWER),
        ("月次決算", "d", LOWER),
        ("売上", "JPY", HIGHER),
        ("商談化率", "%", HIGHER),
        ("削減時間", "h", HIGHER),
        ("コスト削減額", "JPY", HIGHER),
        ("Hours saved", "h", HIGHER),
        ("uptime", "%", HIGHER),
        ("On-time delivery", "%", HIGHER),
        ("Customer lifetime value", "USD", HIGHER),
        ("継続率", "%", HIGHER),
    ],
)
def test_the_direction_is_guessed_from_the_name(name: str, unit: str, direction: Direction) -> None:
    assert guess_direction(name, unit) is direction


@pytest.mark.parametrize(
    ("unit", "family"),
    [
        ("", UnitFamily.NONE),
        ("h", UnitFamily.TIME),
        ("%", UnitFamily.PERCENT),
        ("JPY", UnitFamily.MONEY),
        ("件", UnitFamily.COUNT),
        ("cases", UnitFamily.COUNT),
        ("営業日", UnitFamily.WORD),
    ],
)
def test_a_unit_belongs_to_one_family(unit: str, family: UnitFamily) -> None:
    assert family_of(unit) is family


typed = st.text() | st.from_regex(
    r"[-+¥$△]?[0-9]{1,9}([.,][0-9]{1,5})?(h|分|件|億|k|M|半|円| 日)?[0-9分]*"
)


@given(typed)
def test_any_text_is_a_measure_or_says_why_not(text: str) -> None:
    try:
        measure = parse_measure(text)
    except NotAMeasure as refused:
        assert refused.text == text
    else:
        assert measure.value.is_finite()


values = st.decimals(-(10**9), 10**9, places=3)
units = st.sampled_from(["s", "min", "h", "d", "w", "mo", "y"])


@given(values, units, values, units, st.sampled_from(Direction))
def test_a_change_is_up_or_down_whatever_the_units(
    before: Decimal, unit: str, after: Decimal, other: str, direction: Direction
) -> None:
    there = compare(Measure(before, unit), Measure(after, other), direction)
    back = compare(Measure(after, other), Measure(before, unit), direction)
    assert (there.improved is None) == (back.improved is None)
    if there.improved is not None:
        assert there.improved is not back.improved
    shown = rounded_percent(there)
    if there.percent is None:
        assert there.before == 0
    else:
        assert shown is not None
        assert (shown > 0) == (there.percent > 0)
        assert shown != -100 or there.percent <= -100
