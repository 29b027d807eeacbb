import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.names import (
    company_key,
    has_honorific,
    is_honorific,
    is_legal_form,
    is_title,
    person_key,
    same_company,
    search_key,
    typing_key,
    without_honorific,
)

YAMADA = [
    "山田製作所",
    "（株）山田製作所",
    "(株)山田製作所",
    "㈱山田製作所",
    "㍿山田製作所",
    "山田製作所株式会社",
    "株式会社　山田製作所",
    " 山田 製作所 (株) ",
    "山田・製作所（株）",
    "山田製作所Inc.",
    "\u200f山田製作所",
]
ACME = [
    "Acme",
    "ACME Inc.",
    "ａｃｍｅ",
    "Acme, Inc",
    "acme co., ltd.",
    "Acme Corporation",
    "Acme L.L.C.",
    "Acme K.K.",
    "Acme GmbH & Co. KG",
    "合同会社Acme",
    "Acme Kabushiki Kaisha",
]


@pytest.mark.parametrize("name", YAMADA)
def test_japanese_spellings_of_one_company_share_a_key(name: str) -> None:
    assert company_key(name) == "山田製作所"
    assert same_company(name, "山田製作所")


@pytest.mark.parametrize("name", ACME)
def test_latin_spellings_of_one_company_share_a_key(name: str) -> None:
    assert company_key(name) == "acme"


@pytest.mark.parametrize("name", ["ﾔﾏﾀﾞ", "ヤマダ", "ﾔﾏﾀﾞ（ｶ", "カ）ヤマダ", "（有）ﾔﾏﾀﾞ"])
def test_half_width_kana_and_bank_abbreviations_meet_the_plain_name(name: str) -> None:
    assert company_key(name) == "ヤマダ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("SAS Institute", "Institute", id="a short form that is the name itself"),
        pytest.param("Co-Creation", "Creation", id="co as a prefix"),
        pytest.param("Incline", "Line", id="a form inside a word"),
        pytest.param("山田製作所", "山田製作", id="a shorter name"),
        pytest.param("", "", id="blank names"),
        pytest.param(" ", "\u3000", id="names of spaces"),
    ],
)
def test_different_companies_stay_apart(one: str, other: str) -> None:
    assert not same_company(one, other)


@pytest.mark.parametrize("name", ["株式会社", "Inc.", "!!!", "🍣", "-", "\u200b", "。"])
def test_a_name_without_anything_else_keeps_a_key(name: str) -> None:
    assert company_key(name)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("山田", "（株）山田製作所"),
        ("ﾔﾏﾀﾞ", "ヤマダ電機株式会社"),
        ("やまだ", "ヤマダ電機"),
        ("ヤマダ", "やまだ食堂"),
        ("株式会社山田", "㈱山田製作所"),
        ("高橋", "髙橋工業"),
        ("ＡＣＭＥ", "Acme Corp."),
        ("山田製作所（株）", "山田製作所"),
    ],
)
def test_what_was_typed_finds_the_stored_name(typed: str, stored: str) -> None:
    assert search_key(typed) in search_key(stored)


@pytest.mark.parametrize(
    ("name", "complete"),
    [
        ("Acme Corp", "Acme Corporation"),
        ("Acme", "Acme Co., Ltd."),
        ("山田製作所", "山田製作所株式会社"),
        ("山田製作所", "山田製作所 株式会社"),
    ],
)
def test_an_unfinished_legal_form_keeps_the_company_found(name: str, complete: str) -> None:
    for length in range(len(name), len(complete) + 1):
        typed = complete[:length]
        unfinished_letter = len(typed.replace(".", " ").replace(",", " ").split()[-1]) == 1
        if not unfinished_letter and not typed.endswith("株"):
            assert typing_key(typed) in search_key(complete), typed


@pytest.mark.parametrize(
    ("name", "key", "shown"),
    [
        ("吉野様", "吉野", "吉野"),
        ("吉野 太郎　様", "吉野太郎", "吉野 太郎"),
        ("吉野さん", "吉野", "吉野"),
        ("吉野さま", "吉野", "吉野"),
        ("林 殿", "林", "林"),
        ("山田殿", "山田", "山田"),
        ("真殿", "真殿", "真殿"),
        ("真殿様", "真殿", "真殿"),
        ("佐藤氏", "佐藤", "佐藤"),
        ("佐藤先生", "佐藤", "佐藤"),
        ("Mr. Smith", "smith", "Smith"),
        ("Mr.Smith", "smith", "Smith"),
        ("Ms Jane Doe", "janedoe", "Jane Doe"),
        ("Suzuki-san", "suzuki", "Suzuki"),
        ("ジョン・スミス", "ジョンスミス", "ジョン・スミス"),
        ("様", "様", "様"),
        ("Mrs", "mrs", "Mrs"),
        ("Drake", "drake", "Drake"),
    ],
)
def test_honorifics_fall_away_from_a_person(name: str, key: str, shown: str) -> None:
    assert person_key(name) == key
    assert without_honorific(name) == shown
    assert has_honorific(name) == (shown != name)


def test_a_text_too_long_for_a_name_keeps_its_honorifics() -> None:
    assert without_honorific("様" * 10_000) == "様" * 10_000


def test_a_name_is_shown_with_its_own_characters() -> None:
    assert without_honorific("\ufa10本様") == "\ufa10本"


def test_single_words_are_recognised_for_the_command_line() -> None:
    assert [
        is_legal_form(w) for w in ("株式会社", "（株）", "Inc.", "Co.,", "Acme", "様", "!")
    ] == [
        *(True, True, True, True),
        *(False, False, False),
    ]
    assert [is_title(w) for w in ("Mr.", "ms", "Acme")] == [True, True, False]
    assert [is_honorific(w) for w in ("様", "san", "殿", "山様")] == [True, True, True, False]


@given(st.text())
def test_company_keys_are_stable_and_blank_only_for_blank_names(name: str) -> None:
    key = company_key(name)
    assert company_key(key) == key
    assert bool(key) == bool(name.strip())


@given(
    st.lists(st.sampled_from([*"ain cokg.&() 株式会社カ様", "inc", "co", "ﾞ", "か"])).map("".join)
)
def test_company_keys_are_stable_around_legal_forms(name: str) -> None:
    key = company_key(name)
    assert company_key(key) == key
    assert search_key(search_key(name)) == search_key(name)


@given(st.text() | st.lists(st.sampled_from([*"山 様さん氏殿-.", "san", "mr", "Dr."])).map("".join))
def test_person_keys_are_stable_and_blank_only_for_blank_names(name: str) -> None:
    key = person_key(name)
    assert person_key(key) == key
    assert bool(key) == bool(name.strip())
    assert without_honorific(without_honorific(name)) == without_honorific(name)
