"""The page for the superior: one page, whatever its texts, that people and machines can read."""

from dataclasses import replace

import pytest

from bot.pictures.qr import qr_svg
from bot.pictures.summary import data_of
from bot.playbook.summaries import choose
from bot.texts.voice import Voice
from tests.pictures.pages import ADDRESS, codes_of, measured, printed, read, summary, text_of

HOSTILE = {
    "very long": "とても長い文章です。" * 400,
    "one long word": "あ" * 5_000,
    "one long Latin word": "W" * 5_000,
    "a long address": "https://example.com/" + "a" * 3_000,
    "many lines": "行\n" * 500,
    "emoji": "🎉🚀😀" * 20,
    "a family": "👨‍👩‍👧‍👦 と 🏳️‍🌈",
    "flags": "🇯🇵🇬🇧",
    "rare kanji": "髙﨑𠮷塚",
    "kanji beyond the plane": "𰻞𱁬𪚥",
    "variant selectors": "葛\U000e0100飾 辻\U000e0101",
    "half-width kana": "ｶﾞｷﾞｸﾞ ﾔﾏﾀﾞｾｲｻｸｼﾞｮ",
    "full-width Latin": "ＡＢＣ　１２３％",
    "right to left": "مرحبا بالعالم שלום",
    "turned direction": "abc\u202egnp.exe\u2066x",
    "a byte order mark": "\ufeff山田",
    "markup of the template": '#set page(width: 1pt) *x* $x^2$ `a` <b> @ref //c "',
    "a call of the template": '#read("/etc/passwd") #panic("x") \\u{41}',
    "HTML": "<script>alert(1)</script> &amp;",
    "JSON": '{"a": "b\\u0000"} \\',
    "NUL": "a\x00b",
    "control characters": "".join(chr(code) for code in range(32)) + "山田\x7f\x85",
    "half a character": "a\ud83db",
    "a private letter": "山\ue000田",
    "not a character": "a\ufffeb\uffffc",
    "Thai": "สวัสดีครับ",
    "Korean": "안녕하세요",
    "Hindi": "नमस्ते दुनिया",
    "heaps of accents": "Z̸̧͌a̶l̷g̸o" * 30,
    "mathematics": "∑∫√𝔘𝕏",
    "zero-width spaces": "a\u200bb\u200bc" * 100,
    "only spaces": " 　 \t ",
    "full stops": "。。。！？！？" * 50,
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_is_one_page_with_language_title_tags_and_a_code(language: str) -> None:
    found = printed(summary(), language)
    document = read(found)
    assert len(document.pages) == 1
    root = document.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert document.metadata is not None
    assert "髙﨑製作所" in str(document.metadata.title)
    assert found.cut == ()
    assert found.replaced == ""
    assert codes_of(found) == [ADDRESS]


def test_everything_on_the_page_can_be_selected_and_read_aloud() -> None:
    text = text_of(printed(summary()))
    for part in ("見積作成の時間が半分に。", "−48", "4.2時間 → 2.2時間", "+9.4", "𠮷野 真理さま"):
        assert part in text


def test_equal_data_give_equal_bytes() -> None:
    first, second = printed(summary()), printed(summary())
    assert first.pdf == second.pdf
    assert first.png == second.png


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_gives_one_good_page_with_its_code(text: str) -> None:
    found = printed(summary(text))
    assert len(read(found).pages) == 1
    assert codes_of(found) == [ADDRESS]


def test_what_was_cut_is_named() -> None:
    assert set(printed(summary("長い文章です。" * 200)).cut) >= {"headline", "lead", "quote"}


def test_letters_without_a_font_are_replaced_and_named() -> None:
    found = printed(replace(summary(), lead="안녕 と山田"))
    assert found.replaced == "안녕"
    assert "〓〓 と山田" in text_of(found)


def test_a_page_without_story_people_steps_and_link_is_whole() -> None:
    bare = replace(
        summary(),
        shown=choose([measured("残業時間", "40", "28")]),
        title="",
        quote=None,
        members=[],
        steps=[],
        address=None,
    )
    found = printed(bare)
    assert "残業時間が30%減りました。" in text_of(found)
    assert codes_of(found) == []


def test_without_a_result_that_got_better_there_is_no_page() -> None:
    nothing = replace(summary(), shown=choose([measured("残業時間", "28", "40")]))
    with pytest.raises(ValueError, match="got better"):
        data_of(nothing, Voice("ja", "Asia/Tokyo"))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://a.example/r/\u200bx", "https://a b/", 'https://a/"><x', ""],
)
def test_a_code_leads_nowhere_but_to_a_plain_address(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        qr_svg(address)
