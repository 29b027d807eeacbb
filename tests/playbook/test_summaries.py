"""Which results go on the page for the superior."""

from datetime import date
from decimal import Decimal

import pytest

from bot.playbook.measures import Measure
from bot.playbook.summaries import Measured, Point, choose
from bot.playbook.terms import Direction


def result(kpi: str, before: str, after: str, unit: str = "h", day: int = 1) -> Measured:
    direction = Direction.HIGHER if unit == "%" else Direction.LOWER
    values = Measure(Decimal(before), unit), Measure(Decimal(after), unit)
    return Measured(kpi, *values, direction, "", date(2026, 1 + day // 28, 1 + day % 28))


def test_the_greatest_improvement_comes_first() -> None:
    found = choose([result("A", "10", "9"), result("B", "10", "2"), result("C", "10", "5")])
    assert [kpi.name for kpi in found.figures] == ["B", "C", "A"]


def test_what_got_worse_or_stayed_is_left_out_and_named() -> None:
    found = choose([result("A", "10", "9"), result("B", "10", "12"), result("C", "10", "10")])
    assert [kpi.name for kpi in found.bars] == ["A"]
    assert found.left_out == ("B", "C")


def test_three_figures_and_four_bars_at_most() -> None:
    found = choose([result(f"K{n}", "10", str(n)) for n in range(1, 7)])
    assert len(found.figures) == 3
    assert len(found.bars) == 4
    assert found.left_out == ("K5", "K6")


def test_the_latest_result_of_a_kpi_counts_however_it_is_written() -> None:
    found = choose([result("ＡＢＣ", "10", "2", day=1), result("abc", "10", "6", day=5)])
    assert [(kpi.name, kpi.after.value) for kpi in found.figures] == [("abc", 6)]


def test_several_months_of_one_kpi_are_a_course_from_the_state_before() -> None:
    found = choose([result("A", "10", "8", day=1), result("A", "10", "6", day=30)])
    assert found.course is not None
    assert found.course.course == (
        Point(None, Decimal(10)),
        Point(date(2026, 1, 2), Decimal(8)),
        Point(date(2026, 2, 3), Decimal(6)),
    )


def test_the_last_value_of_a_month_is_its_point() -> None:
    history = [result("A", "10", str(after), day=day) for day, after in ((1, 9), (9, 8), (30, 6))]
    found = choose(history)
    assert found.course is not None
    assert [point.value for point in found.course.course] == [10, 8, 6]


@pytest.mark.parametrize(
    "second",
    [result("A", "10", "6", day=2), result("A", "10", "6", unit="件", day=40)],
    ids=["one month", "another unit"],
)
def test_what_is_no_course_is_none(second: Measured) -> None:
    assert choose([result("A", "10", "8", day=1), second]).course is None


def test_a_course_is_said_in_the_unit_of_the_latest_result() -> None:
    hours = result("A", "10", "8", day=1)
    minutes = result("A", "600", "360", unit="min", day=30)
    found = choose([hours, minutes])
    assert found.course is not None
    assert [point.value for point in found.course.course] == [600, 480, 360]


def test_a_kpi_that_begins_at_nothing_comes_last() -> None:
    found = choose([result("A", "0", "5", unit="%"), result("B", "10", "9")])
    assert [kpi.name for kpi in found.figures] == ["B", "A"]


def test_nothing_to_show_is_no_figure() -> None:
    assert choose([]).figures == ()
