"""What a customer's own words may be used for, and what a change of it means."""

from dataclasses import replace

import pytest

from bot.playbook.terms import Credit, VoiceUse
from bot.playbook.voices import (
    MOST_WORDS,
    Given,
    VoiceChange,
    VoiceField,
    VoiceProblem,
    change_of,
    granted_uses,
    tidied,
    withdrawn_uses,
)

INTERNAL, WEBSITE, CASE = VoiceUse.INTERNAL, VoiceUse.WEBSITE, VoiceUse.CASE_STUDY
INSIDE = Given("助かっています", "", Credit.COMPANY, frozenset({INTERNAL}))
PUBLIC = replace(INSIDE, uses=frozenset({INTERNAL, WEBSITE, CASE}))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        pytest.param(None, INSIDE, VoiceChange.GIVEN, id="the first"),
        pytest.param(INSIDE, INSIDE, None, id="the same again"),
        pytest.param(INSIDE, PUBLIC, VoiceChange.CHANGED, id="more is permitted"),
        pytest.param(
            PUBLIC, replace(PUBLIC, words="とても"), VoiceChange.CHANGED, id="other words"
        ),
        pytest.param(PUBLIC, INSIDE, VoiceChange.NARROWED, id="less is permitted"),
        pytest.param(
            PUBLIC,
            replace(PUBLIC, uses=frozenset({INTERNAL, CASE})),
            VoiceChange.NARROWED,
            id="one of two is taken back",
        ),
        pytest.param(
            PUBLIC,
            replace(PUBLIC, credit=Credit.NOBODY),
            VoiceChange.NARROWED,
            id="no name any more",
        ),
        pytest.param(
            PUBLIC, replace(PUBLIC, credit=Credit.PERSON), VoiceChange.CHANGED, id="a name now"
        ),
        pytest.param(
            INSIDE,
            replace(INSIDE, credit=Credit.NOBODY),
            VoiceChange.CHANGED,
            id="no name, where nobody outside reads it",
        ),
        pytest.param(
            INSIDE, replace(INSIDE, hesitation="価格"), VoiceChange.CHANGED, id="a hesitation"
        ),
    ],
)
def test_a_change_says_whether_something_has_to_be_taken_down(
    before: Given | None, after: Given, change: VoiceChange | None
) -> None:
    assert change_of(before, after) is change


@pytest.mark.parametrize(
    ("before", "after", "ends", "begins"),
    [
        pytest.param(INSIDE, PUBLIC, set(), {WEBSITE, CASE}, id="more"),
        pytest.param(PUBLIC, INSIDE, {WEBSITE, CASE}, set(), id="less"),
        pytest.param(
            PUBLIC,
            replace(PUBLIC, words="別の言葉"),
            {INTERNAL, WEBSITE, CASE},
            {INTERNAL, WEBSITE, CASE},
            id="other words are permitted anew",
        ),
        pytest.param(
            PUBLIC, replace(PUBLIC, credit=Credit.NOBODY), set(), set(), id="signed otherwise"
        ),
    ],
)
def test_a_permission_belongs_to_one_text(
    before: Given, after: Given, ends: set[VoiceUse], begins: set[VoiceUse]
) -> None:
    assert withdrawn_uses(before, after) == ends
    assert granted_uses(before, after) == begins


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        pytest.param(INSIDE, {}, id="fine"),
        pytest.param(
            replace(INSIDE, words=""), {VoiceField.WORDS: VoiceProblem.MISSING}, id="nothing said"
        ),
        pytest.param(replace(INSIDE, words="あ" * MOST_WORDS), {}, id="as long as may be"),
        pytest.param(
            replace(INSIDE, words="あ" * (MOST_WORDS + 1), hesitation="い" * (MOST_WORDS + 1)),
            {
                VoiceField.WORDS: VoiceProblem.TOO_LONG,
                VoiceField.HESITATION: VoiceProblem.TOO_LONG,
            },
            id="too long",
        ),
    ],
)
def test_what_has_to_be_mended_is_said_by_question(
    given: Given, problems: dict[VoiceField, VoiceProblem]
) -> None:
    assert given.problems == problems


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  助かって\r\nいます \n", "助かって\nいます", id="line ends and space"),
        pytest.param("a\n\n\n\n\nb", "a\n\nb", id="many blank lines"),
        pytest.param("一\u2028二", "一\n二", id="separators of lines"),
        pytest.param(
            "髙﨑𠮷塚 ﾊﾝｶｸ 👨‍👩‍👧 שלום",
            "髙﨑𠮷塚 ﾊﾝｶｸ 👨‍👩‍👧 שלום",
            id="rare letters stay as typed",
        ),
        pytest.param(" \n\t ", "", id="nothing but space"),
    ],
)
def test_words_are_kept_as_typed_but_for_space_that_nobody_sees(typed: str, kept: str) -> None:
    assert tidied(typed) == kept
