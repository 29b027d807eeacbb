"""People and next steps of a summary, typed one a line."""

import pytest

from bot.playbook.summary_lines import (
    PersonLine,
    StepLine,
    read_people,
    read_steps,
    write_people,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("吉野 真理", [PersonLine("吉野 真理")], id="a name"),
        pytest.param(
            "吉野 真理 / 第一営業部 部長",
            [PersonLine("吉野 真理", "第一営業部 部長")],
            id="a name and a role",
        ),
        pytest.param("吉野｜部長", [PersonLine("吉野", "部長")], id="a full-width bar"),
        pytest.param("吉野／部長", [PersonLine("吉野", "部長")], id="a full-width slash"),
        pytest.param(
            "Ann / Head of Sales/Marketing",
            [PersonLine("Ann", "Head of Sales/Marketing")],
            id="a slash inside a title",
        ),
        pytest.param("A\n\n  \nB", [PersonLine("A"), PersonLine("B")], id="empty lines"),
        pytest.param("| |", [], id="nothing but bars"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_people_are_names_with_a_role_behind_them(typed: str, read: list[PersonLine]) -> None:
    assert read_people(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("第二営業部へ展開", StepLine("第二営業部へ展開"), id="what"),
        pytest.param("12/1 / 展開", StepLine("展開", "12/1"), id="when, with a slash, and what"),
        pytest.param(
            "12月上旬｜展開｜吉野・佐藤",
            StepLine("展開", "12月上旬", "吉野・佐藤"),
            id="when, what and who",
        ),
        pytest.param(
            "12月 / 展開 / 吉野 / 佐藤", StepLine("展開", "12月", "吉野 佐藤"), id="two people"
        ),
    ],
)
def test_a_step_says_what_and_may_say_when_and_who(typed: str, read: StepLine) -> None:
    assert read_steps(typed) == [read]


def test_what_is_written_is_read_again() -> None:
    people = [PersonLine("吉野 真理", "部長"), PersonLine("佐藤")]
    assert read_people(write_people(people)) == people
