"""KPI values and their change as a rep reads them and as a customer reads them."""

import pytest

from bot.playbook.measures import Measure, compare, parse_measure
from bot.playbook.terms import Direction
from bot.texts.measures import before_and_after, headline, measure
from bot.texts.voice import Voice

JA = Voice("ja", "Asia/Tokyo")
EN = Voice("en", "Europe/London")


@pytest.mark.parametrize(
    ("typed", "ja", "en", "in_full"),
    [
        ("4.2h", "4.2時間", "4.2 h", "4.2 hours"),
        ("1時間", "1時間", "1 h", "1 hour"),
        ("130分", "130分", "130 min", "130 minutes"),
        ("1か月", "1か月", "1 mo", "1 month"),
        ("120万円", "1,200,000円", "¥1,200,000", "¥1,200,000"),
        ("$4.5k", "$4,500.00", "$4,500.00", "$4,500.00"),
        ("12%", "12%", "12%", "12%"),
        ("1200件", "1,200件", "1,200件", "1,200件"),
        ("12 tickets", "12 tickets", "12 tickets", "12 tickets"),
        ("-3", "-3", "-3", "-3"),
    ],
)
def test_a_value_is_written_as_people_of_the_language_write_it(
    typed: str, ja: str, en: str, in_full: str
) -> None:
    value = parse_measure(typed)
    assert measure(JA, value) == measure(JA, value, in_full=True) == ja
    assert measure(EN, value) == en
    assert measure(EN, value, in_full=True) == in_full


@pytest.mark.parametrize(
    ("before", "after", "ja", "en"),
    [
        pytest.param("4.2h", "2.2h", "−48%", "−48%", id="a percentage"),
        pytest.param("0件", "12件", "+12件", "+12件", id="from zero, the difference"),
        pytest.param("5h", "0h", "−100%", "−100%", id="to zero"),
        pytest.param("20%", "32%", "+12ポイント", "+12 points", id="percentages, in points"),
        pytest.param("10h", "10h", "±0%", "±0%", id="nothing"),
        pytest.param("-100万円", "50万円", "+150%", "+150%", id="out of the red"),
    ],
)
def test_the_change_is_one_figure_with_its_sign(before: str, after: str, ja: str, en: str) -> None:
    change = compare(parse_measure(before), parse_measure(after), Direction.HIGHER)
    assert headline(JA, change) == ja
    assert headline(EN, change) == en


@pytest.mark.parametrize(
    ("before", "after", "ja", "en"),
    [
        ("4.2h", "130分", ("4時間12分", "2時間10分"), ("4 hours 12 minutes", "2 hours 10 minutes")),
        ("4.2h", "2.2h", ("4.2時間", "2.2時間"), ("4.2 hours", "2.2 hours")),
        ("130分", "40分", ("130分", "40分"), ("130 minutes", "40 minutes")),
        ("1.01h", "20分", ("60.6分", "20分"), ("60.6 minutes", "20 minutes")),
        ("3h", "7分", ("3時間", "7分"), ("3 hours", "7 minutes")),
    ],
)
def test_hours_against_minutes_are_said_as_people_say_them(
    before: str, after: str, ja: tuple[str, str], en: tuple[str, str]
) -> None:
    first, second = parse_measure(before), parse_measure(after)
    change = compare(first, second, Direction.LOWER)
    assert before_and_after(JA, first, second, change) == ja
    assert before_and_after(EN, first, second, change, in_full=True) == en


def test_a_value_without_a_unit_takes_the_other_ones() -> None:
    first, second = Measure(parse_measure("4.2").value), parse_measure("2.2h")
    change = compare(first, second, Direction.LOWER)
    assert before_and_after(JA, first, second, change) == ("4.2時間", "2.2時間")
