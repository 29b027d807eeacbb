from datetime import date
from decimal import Decimal

import pytest

from bot.playbook.measures import Measure
from bot.playbook.periods import is_period, month_of
from bot.playbook.problems import Field, Problem, ProblemCode
from bot.playbook.result_line import ResultReading, parse_result

HOURS = (Measure(Decimal("4.2"), "h"), Measure(Decimal("2.2"), "h"))


@pytest.mark.parametrize(
    "values",
    [
        *(
            "4.2h 2.2h",
            "4.2h → 2.2h",
            "4.2h→2.2h",
            "4.2h->2.2h",
            "4.2h -&gt; 2.2h",
            "４．２ｈ　２．２ｈ",
        ),
        *("4.2 h 2.2 h", "4.2時間 2.2時間", "4.2 h > 2.2 h", "4.2h ⇒ 2.2h"),
    ],
)
def test_two_values_are_found_however_they_are_parted(values: str) -> None:
    line = parse_result(f"山田製作所 見積作成時間 {values}")
    assert (line.before, line.after) == HOURS
    assert line.head.words == ("山田製作所", "見積作成時間")
    assert (line.period, line.note, line.problems) == (None, "", ())


@pytest.mark.parametrize(
    ("text", "period", "note"),
    [
        ("山田 残業 40h 30h 2026-10", "2026-10", ""),
        ("山田 残業 40h 30h 10月", "10月", ""),
        ("山田 残業 40h 30h （2026年10月） 全社", "（2026年10月）", "全社"),
        ("山田 残業 40h 30h Oct 2026 all teams", "Oct 2026", "all teams"),
        ("山田 残業 10月 40h 30h", "10月", ""),
        ("山田 残業 40h 30h 3 チームで", None, "3 チームで"),
        ("山田 残業 40h 30h may improve", None, "may improve"),
    ],
)
def test_a_period_and_a_note_may_follow(text: str, period: str | None, note: str) -> None:
    line = parse_result(text)
    assert (line.period, line.note, line.problems) == (period, note, ())
    assert line.head.words == ("山田", "残業")


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("山田製作所 見積時間 4h 2h", ResultReading("山田製作所", None, "見積時間")),
        ("Acme Corp lead time 4h 2h", ResultReading("Acme Corp", None, "lead time")),
        ("株式会社 山田 見積時間 4h 2h", ResultReading("株式会社 山田", None, "見積時間")),
        ('"Blue Sky" lead time 4h 2h', ResultReading("Blue Sky", None, "lead time")),
        ('Blue Sky "lead time" 4h 2h', ResultReading("Blue Sky", None, "lead time")),
        ("山田製作所 吉野様 見積時間 4h 2h", ResultReading("山田製作所", "吉野様", "見積時間")),
        ("Acme Q3 sales 100 120", ResultReading("Acme", None, "Q3 sales")),
        ("Studio 54 見積 2 回目 4h 2h", ResultReading("Studio", None, "54 見積 2 回目")),
    ],
)
def test_the_likely_reading_parts_customer_contact_and_kpi(
    text: str, likely: ResultReading
) -> None:
    line = parse_result(text)
    assert line.likely() == likely
    assert likely in line.splits()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            "",
            [(field, ProblemCode.MISSING, "") for field in ("customer", "kpi", "before", "after")],
            id="nothing",
        ),
        pytest.param("山田 時間 4h", [("after", ProblemCode.MISSING, "")], id="one value"),
        pytest.param("山田 4h 2h", [("kpi", ProblemCode.MISSING, "")], id="no KPI"),
        pytest.param(
            "山田 時間 4h 2.2.2h", [("after", ProblemCode.NOT_A_MEASURE, "2.2.2h")], id="bad value"
        ),
        pytest.param(
            "山田 時間 4:12 2h", [("before", ProblemCode.NOT_A_MEASURE, "4:12")], id="clock"
        ),
        pytest.param(
            "山田 時間 4h 5人", [("after", ProblemCode.UNLIKE_UNITS, "5人")], id="hours and people"
        ),
    ],
)
def test_a_wrong_result_line_says_what_is_wrong(
    text: str, problems: list[tuple[str, ProblemCode, str]]
) -> None:
    assert parse_result(text).problems == tuple(
        Problem(Field(field), code, typed) for field, code, typed in problems
    )


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-10", date(2026, 10, 1)),
        ("2026年9月度", date(2026, 9, 1)),
        ("１０月", date(2026, 10, 1)),
        ("12月", date(2025, 12, 1)),
        ("11月", date(2026, 11, 1)),
        ("先月", date(2026, 10, 1)),
        ("this month", date(2026, 11, 1)),
        ("Dec", date(2025, 12, 1)),
        ("(Oct 2025)", date(2025, 10, 1)),
        ("September", date(2026, 9, 1)),
        ("Q3", None),
        ("上期", None),
        ("2026年度", None),
    ],
)
def test_a_period_names_its_month(text: str, month: date | None) -> None:
    assert is_period(text)
    assert month_of(text, date(2026, 11, 21)) == month


def test_last_month_in_january_is_december() -> None:
    assert month_of("先月", date(2026, 1, 5)) == date(2025, 12, 1)


@pytest.mark.parametrize("text", ["13月", "2000.5", "may", "100", "4h", "", "月"])
def test_other_words_are_not_a_period(text: str) -> None:
    assert not is_period(text)
