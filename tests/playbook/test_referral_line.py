import pytest

from bot.playbook.problems import Field, Problem, ProblemCode
from bot.playbook.referral_line import parse_referral


@pytest.mark.parametrize(
    ("text", "head", "company", "person", "need"),
    [
        ("山田製作所 > 鈴木商事 鈴木様", "山田製作所", "鈴木商事", "鈴木様", ""),
        ("山田製作所 &gt; 鈴木商事 鈴木様", "山田製作所", "鈴木商事", "鈴木様", ""),
        ("山田製作所＞鈴木商事 鈴木様", "山田製作所", "鈴木商事", "鈴木様", ""),
        ("山田製作所→鈴木商事", "山田製作所", "鈴木商事", "", ""),
        ("山田製作所 吉野様 -> 鈴木商事 鈴木様", "山田製作所 吉野様", "鈴木商事", "鈴木様", ""),
        (
            "山田 > 鈴木商事 鈴木様 見積を 早く > 今",
            "山田",
            "鈴木商事",
            "鈴木様",
            "見積を 早く > 今",
        ),
        ("Acme > Beta Corp", "Acme", "Beta Corp", "", ""),
        (
            "Acme > B Co., Ltd. Ms. Jane Doe wants it",
            "Acme",
            "B Co., Ltd.",
            "Ms. Jane Doe",
            "wants it",
        ),
        ("Acme > Aldgate Instruments Ms. Rivera", "Acme", "Aldgate Instruments", "Ms. Rivera", ""),
        ('Acme > "Blue Sky" Smith-san', "Acme", "Blue Sky", "Smith-san", ""),
        ("<@U1|Taro Y> 様 > 鈴木商事", "<@U1|Taro Y> 様", "鈴木商事", "", ""),
        ("山田 > 株式会社 鈴木商事 鈴木 様", "山田", "株式会社 鈴木商事", "鈴木 様", ""),
    ],
)
def test_a_referral_line_is_understood(
    text: str, head: str, company: str, person: str, need: str
) -> None:
    line = parse_referral(text)
    assert (line.head.text, line.company, line.person, line.need) == (head, company, person, need)
    assert line.problems == ()


@pytest.mark.parametrize(
    ("text", "company", "person", "need"),
    [
        ("山田 > 鈴木商事 鈴木", "鈴木商事", "鈴木", ""),
        ("山田 > 鈴木商事 在庫管理 見直し", "鈴木商事", "在庫管理", "見直し"),
        ("山田 > 鈴木商事 鈴木 太郎様", "鈴木商事", "鈴木 太郎様", ""),
        ("山田 > Blue Sky 鈴木様", "Blue Sky", "鈴木様", ""),
    ],
)
def test_a_guess_about_the_person_is_called_a_guess(
    text: str, company: str, person: str, need: str
) -> None:
    line = parse_referral(text)
    assert (line.company, line.person, line.need) == (company, person, need)
    assert line.problems == (Problem(Field.PERSON, ProblemCode.AMBIGUOUS, person),)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", ["customer", "company"]),
        ("山田製作所", ["company"]),
        ("山田製作所 >", ["company"]),
        ("> 鈴木商事", ["customer"]),
        ("山田製作所 > 鈴木様", ["company"]),
    ],
)
def test_what_is_missing_is_named(text: str, missing: list[str]) -> None:
    assert [problem.field.value for problem in parse_referral(text).problems] == missing
    assert {problem.code for problem in parse_referral(text).problems} == {ProblemCode.MISSING}
