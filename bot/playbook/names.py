"""Names as people type them, and the keys by which two spellings of one name meet.

A name is stored and shown exactly as typed; only its key is folded. Folding is Unicode's NFKC
with case folding (so （株）, ㈱ and (株), ﾔﾏﾀﾞ and ヤマダ, ＡＣＭＥ and acme meet), then spaces
and punctuation fall away. Keys are for comparing and are never shown.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

MAX_NAME: Final = 200
"""Longest name of a company, a person or a KPI in characters: what an index and a page can hold."""

_JAPANESE_FORMS: Final = (
    "特定非営利活動法人",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "公益財団法人",
    "独立行政法人",
    "社会福祉法人",
    "npo法人",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "医療法人",
    "学校法人",
    "社団法人",
    "財団法人",
)
_LATIN_FORMS: Final = (
    *("inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "corp", "corporation"),
    *("gmbh", "ohg", "pty", "pte", "sarl", "srl", "sdn", "bhd", "oyj"),
    *("kabushiki", "yugen", "godo", "kaisha", "gaisha"),
)
_SHORT_FORMS: Final = (
    *("co", "company", "sa", "sas", "se", "ag", "kg", "ab", "nv", "bv", "oy", "spa"),
    *("kk", "yk", "gk"),
)
"""Also ordinary words and initials (SAS Institute, Co-Creation), so never the first word."""

_LATIN: Final = "[0-9a-zß-öø-ɏ]"
_JAPANESE_FORM: Final = re.compile(
    "|".join(_JAPANESE_FORMS)
    + r"|\((?:株|有|同|合|資|名|社|財|学|医|福|一社|一財|公社|公財|特非|独)\)"
    # The abbreviations that Japanese banks write: カ）ヤマダ and ヤマダ（カ.
    r"|^\s*[カユド]\)|\([カユド]\)|\([カユド]\s*$"
)
_LATIN_FORM: Final = re.compile(rf"(?<!{_LATIN})(?:{'|'.join(_LATIN_FORMS)})(?!{_LATIN})")
_SHORT_FORM: Final = re.compile(rf"(?<!{_LATIN})(?:{'|'.join(_SHORT_FORMS)})(?!{_LATIN})")
_DOTTED: Final = re.compile(rf"(?<!{_LATIN})(?:[a-z]\.){{2,}}[a-z]?(?!{_LATIN})")
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")
_LETTER: Final = re.compile(r"[^\W_]")
_LAST_WORD: Final = re.compile(r"(?<=\w)[\s.,]+([a-z]{2,})$")
_BEGUN_JAPANESE_FORM: Final = re.compile(
    rf"(?<=\w)\s*(?:{'|'.join(form[:n] for form in _JAPANESE_FORMS for n in range(2, len(form)))})$"
)

_HONORIFIC_AFTER: Final = re.compile(
    # 殿 ends some surnames (真殿, 鵜殿): a space or two letters must stand before it.
    r"(?<=\S)(?:\s*(?:様|さま|さん|先生|氏)|\s+殿|(?<=\S\S)殿|\s*-(?i:san|sama)|\s+(?:san|sama))\s*$"
)
_TITLE_BEFORE: Final = re.compile(r"^\s*(?i:mr|ms|mrs|miss|mx|dr|prof)(?:[.．]\s*|\s+)(?=\S)")

_HIRAGANA_TO_KATAKANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_KANJI_VARIANTS: Final = str.maketrans(
    "髙﨑德濵濱邉邊齋齊斎廣澤櫻國眞", "高崎徳浜浜辺辺斉斉斉広沢桜国真"
)
"""Variants of surnames that input methods offer side by side; folded for searching only."""


def company_key(name: str) -> str:
    """The key under which spellings of one company meet: legal forms stripped wherever they stand.

    Empty only for a blank name: a name that is nothing but a legal form keeps it. Idempotent.
    """
    return _key(name, _without_legal_forms)


def person_key(name: str) -> str:
    """The key under which spellings of one person meet: honorifics, titles and spaces fall away.

    Empty only for a blank name. Idempotent.
    """
    return _key(name, without_honorific)


def search_key(text: str) -> str:
    """What the type-ahead compares on both sides: the company key in one kana and one kanji form.

    A stored name is found when its search key contains the key of what was typed.
    """
    key = company_key(text).translate(_HIRAGANA_TO_KATAKANA).translate(_KANJI_VARIANTS)
    return company_key(key)


def typing_key(text: str) -> str:
    """The search key of a text that is still being typed: an unfinished legal form at its end is
    dropped, so that "acme cor" keeps finding Acme Corp on the way to "acme corp"."""
    folded = _fold(text).rstrip()
    begun = _LAST_WORD.search(folded)
    if begun and any(form.startswith(begun[1]) for form in _LATIN_FORMS + _SHORT_FORMS):
        return search_key(folded[: begun.start()])
    begun = _BEGUN_JAPANESE_FORM.search(folded)
    return search_key(folded[: begun.start()] if begun else text)


def same_company(a: str, b: str) -> bool:
    """Whether two spellings name one company; blank names are never the same."""
    key = company_key(a)
    return key != "" and key == company_key(b)


def without_honorific(name: str) -> str:
    """The name for display without 様, さん, Mr. and the like; otherwise as typed."""
    bare = name.strip()
    if len(bare) > MAX_NAME:
        return bare  # Not a name; and taking ten thousand 様 off one by one takes half a minute.
    while True:
        shorter = _TITLE_BEFORE.sub("", _HONORIFIC_AFTER.sub("", bare))
        if shorter == bare:
            return bare
        bare = shorter


def has_honorific(text: str) -> bool:
    """Whether a text addresses a person: 吉野様, Mr. Smith, Suzuki-san."""
    return without_honorific(text) != text.strip()


def is_title(word: str) -> bool:
    """Whether a word is a title that stands before a person's name: Mr., Ms, Dr."""
    return _TITLE_BEFORE.match(f"{word} x") is not None


def is_honorific(word: str) -> bool:
    """Whether a word is an honorific that stands apart after a person's name: 様, san."""
    return _HONORIFIC_AFTER.fullmatch(f"x {word}", 1) is not None


def is_legal_form(word: str) -> bool:
    """Whether a word is nothing but a legal form: 株式会社, （株）, Inc., Co."""
    return _LETTER.search(word) is not None and not _squeeze(
        _without_legal_forms("x " + _fold(word)).removeprefix("x")
    )


def _key(name: str, strip: Callable[[str], str]) -> str:
    if not name.strip():
        return ""
    key = name
    while True:
        folded = _fold(key)
        # Joining what punctuation kept apart can complete another form, hence until it is stable.
        shorter = _squeeze(strip(folded)) or _squeeze(folded) or "".join(folded.split()) or name
        if shorter in (key, folded):
            return shorter
        key = shorter


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _without_legal_forms(folded: str) -> str:
    """Each form becomes a space, so that its neighbours don't grow into one word."""
    text = _JAPANESE_FORM.sub(" ", folded)
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _LATIN_FORM.sub(" ", text)
    first_letter = _LETTER.search(text)
    start = first_letter.start() if first_letter else 0
    return _SHORT_FORM.sub(lambda found: found[0] if found.start() == start else " ", text)


def _squeeze(folded: str) -> str:
    """Letters, digits and the marks that belong to them, without anything between."""
    return _NOT_A_LETTER.sub(_marks_only, folded)


def _marks_only(found: re.Match[str]) -> str:
    if found[0].isascii():
        return ""
    return "".join(mark for mark in found[0] if unicodedata.category(mark).startswith("M"))
