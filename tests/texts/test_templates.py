"""The texts that a team writes: filled once, and checked kindly before a customer reads them."""

import pytest

from bot.texts.catalogue import LANGUAGES
from bot.texts.templates import (
    Mistake,
    MistakeCode,
    Placeholder,
    fill,
    mistakes,
    used,
    without_lines,
)
from storage.seed import default_templates

VALUES = {name: f"<{name}>" for name in Placeholder}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        pytest.param("{contact}様", "<contact>様", id="a placeholder"),
        pytest.param("｛contact｝様", "<contact>様", id="in full-width braces"),
        pytest.param("{ Offer }", "<offer>", id="spaces and capitals do not matter"),
        pytest.param("{kpi}{kpi}", "<kpi><kpi>", id="as often as it stands there"),
        pytest.param("{nobody} {", "{nobody} {", id="what is none stays as written"),
    ],
)
def test_known_placeholders_are_filled_and_nothing_else(text: str, filled: str) -> None:
    assert fill(text, VALUES) == filled


def test_a_value_is_never_read_as_a_placeholder_again() -> None:
    assert fill("{customer} {offer}", VALUES | {Placeholder.CUSTOMER: "{offer}"}) == (
        "{offer} <offer>"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("{contact} {kpi}", (), id="nothing wrong"),
        pytest.param(
            "{contcat}様",
            (Mistake(MistakeCode.MISSPELT, "{contcat}", Placeholder.CONTACT),),
            id="a slip of the finger names what was meant",
        ),
        pytest.param(
            "{値引き}", (Mistake(MistakeCode.UNKNOWN, "{値引き}"),), id="an invention of one's own"
        ),
        pytest.param("{}", (Mistake(MistakeCode.UNKNOWN, "{}"),), id="nothing in the braces"),
        pytest.param(
            "{contact様\nこんにちは",
            (Mistake(MistakeCode.UNCLOSED, "{contact様"),),
            id="a brace that is never closed",
        ),
        pytest.param("offer}", (Mistake(MistakeCode.UNCLOSED, "}"),), id="or never opened"),
    ],
)
def test_what_would_reach_the_customer_unfilled_is_found(
    text: str, found: tuple[Mistake, ...]
) -> None:
    assert mistakes(text) == found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("a\n\nsee {link}\n\nb", "a\n\nb", id="a paragraph goes without a gap"),
        pytest.param("a\nsee ｛link｝", "a", id="the last line"),
        pytest.param("see {link}", "", id="all there is"),
        pytest.param("a {offer}\n\nb", "a {offer}\n\nb", id="what needs none stays"),
    ],
)
def test_lines_that_need_an_address_go_where_there_is_none(text: str, left: str) -> None:
    assert without_lines(text, Placeholder.LINK) == left


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_the_house_are_whole_with_and_without_a_page(language: str) -> None:
    for name, parts in default_templates(language).items():
        for part in ("body", "short"):
            assert Placeholder.LINK in used(parts[part]), name
            left = without_lines(parts[part], Placeholder.LINK)
            needed = {Placeholder.OFFER, Placeholder.IDEAL_CUSTOMER, Placeholder.KPI}
            assert needed <= used(left), name


def test_ten_thousand_braces_are_read_in_no_time() -> None:
    assert len(mistakes("{" * 10_000)) == 10_000
    assert used("{" * 10_000 + "offer}") == {Placeholder.OFFER}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_the_house_say_the_result_the_offer_and_whom_to_think_of(
    language: str,
) -> None:
    for name, parts in default_templates(language).items():
        assert not any(mistakes(text) for text in parts.values()), name
        for part in ("body", "short"):
            needed = used(parts[part])
            assert {Placeholder.OFFER, Placeholder.IDEAL_CUSTOMER, Placeholder.KPI} <= needed, name
