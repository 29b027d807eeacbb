"""The catalogues hold every text that the code names and no other, alike in both languages."""

import re
import string
from collections.abc import Iterable, Iterator, Mapping

import pytest
from babel.messages.catalog import Message

from bot.playbook.contact_state import TagChange
from bot.playbook.csv_text import FileProblem
from bot.playbook.customer_file import Column, RowCode
from bot.playbook.lines import Command
from bot.playbook.reasons import VALUES, ReasonCode
from bot.playbook.signals import Fault
from bot.playbook.terms import (
    AskAnswer,
    Consent,
    CustomerKind,
    FollowUpKind,
    GiftPolicy,
    MomentKind,
    OfferKind,
    Promise,
    Role,
    Routine,
    Stage,
)
from bot.sandbox.refuse import Surface, problems_in_blocks, problems_in_view
from bot.texts.catalogue import LANGUAGES, read_catalogue
from bot.texts.voice import Voice
from bot.views import blocks
from bot.views.goen import LOGGING
from bot.views.materials import Material
from bot.views.signals import EXPECTED
from storage.states import ErrandKind
from tests.texts.code import Module, filled, modules

CLOSED: Mapping[str, Iterable[str]] = {
    "ask_answer.{}": AskAnswer,
    "consent.{}": Consent,
    "customer_kind.{}": CustomerKind,
    "errand.failed_{}": ErrandKind,
    "follow_up.{}": FollowUpKind,
    "follow_ups.what_{}": FollowUpKind,
    "gift_policy.{}": GiftPolicy,
    "goen.do_{}": Command,
    "goen.example_{}": LOGGING,
    "import.column_{}": Column,
    "import.file_{}": FileProblem,
    "import.row_{}": RowCode,
    "material.{}": [one.name.lower() for one in Material],
    "moment.{}": MomentKind,
    "nps.tag_{}": (TagChange.APPEARED, TagChange.DISAPPEARED),
    "offer_default.{}": OfferKind,
    "offer_kind.{}": OfferKind,
    "reason.{}": ReasonCode,
    "role.{}": Role,
    "routine.{}_lead": Routine,
    "settings.locale_{}": LANGUAGES,
    "settings.{}_effect": Promise,
    "signal.expects_{}": (*EXPECTED, "text"),
    "signal.fault_{}": Fault,
    "stage.{}": Stage,
    "team.may_{}": Role,
}
"""Families whose words are known: each word has its text."""
LONG = "<&名>" * 750
FILES = (".id", ".csv", ".yml", ".html", ".css", ".js", ".svg")
"""What looks like a key and is none."""


def id_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(message: Message) -> set[str]:
    parsed = (part for text in forms_of(message) for part in string.Formatter().parse(text))
    return {name for _, name, _, _ in parsed if name is not None}


TEXTS: Mapping[str, Mapping[str, Message]] = {
    language: {id_of(one): one for one in read_catalogue(language) if one.id}
    for language in LANGUAGES
}
KEYS = frozenset(TEXTS["ja"])
ROOMS = frozenset(key.partition(".")[0] for key in KEYS)


def expected() -> Iterator[str]:
    for family, words in CLOSED.items():
        yield from (family.format(word) for word in words)


def used() -> Iterator[str]:
    """Every key that the code says: written out, or of a family, filled with words it knows."""
    yield from expected()
    for module in modules():
        yield from module.keys
        for family in module.families - CLOSED.keys():
            yield from (key for key in KEYS if filled(family, key))


def test_both_languages_hold_the_same_texts() -> None:
    assert set(TEXTS["ja"]) ^ set(TEXTS["en"]) == set()


def test_a_text_takes_the_same_values_in_both_languages() -> None:
    different = [
        key
        for key in KEYS
        # A letter opens and ends as its language does, naming more or fewer.
        if not key.startswith("draft.")
        and placeholders(TEXTS["ja"][key]) != placeholders(TEXTS["en"][key])
    ]
    assert different == []


def test_a_counted_text_has_as_many_forms_as_its_language() -> None:
    counts = {"ja": 1, "en": 2}
    wrong = [
        (language, key)
        for language, texts in TEXTS.items()
        for key, message in texts.items()
        if not isinstance(message.id, str) and len(forms_of(message)) != counts[language]
    ]
    assert wrong == []


def test_no_text_is_empty_or_begins_or_ends_with_a_space() -> None:
    wrong = [
        (language, key)
        for language, texts in TEXTS.items()
        for key, message in texts.items()
        if any(not form or form != form.strip(" \n") for form in forms_of(message))
    ]
    assert wrong == []


def test_every_text_that_the_code_names_exists() -> None:
    named = {
        key: str(module.path)
        for module in modules()
        for key in module.keys
        if key.partition(".")[0] in ROOMS and not key.endswith(FILES)
    }
    assert {key: path for key, path in named.items() if key not in KEYS} == {}


@pytest.mark.parametrize("family", sorted(CLOSED))
def test_each_word_of_a_family_has_its_text(family: str) -> None:
    assert {family.format(word) for word in CLOSED[family]} <= KEYS


def test_the_families_listed_here_are_those_of_the_code() -> None:
    spoken = {family for module in modules() for family in module.families}
    # The words of reasons stand in a table of `bot.views.reasons`.
    by_table = {"moment.{}", "stage.{}", "follow_up.{}", "ask_answer.{}"}
    assert set(CLOSED) - spoken - by_table == set()


def test_no_text_lies_unused() -> None:
    assert sorted(KEYS - set(used())) == []


def test_a_reason_says_only_what_its_rule_tells() -> None:
    wrong = [
        code
        for code in ReasonCode
        if not placeholders(TEXTS["ja"][f"reason.{code}"]) <= VALUES[code]
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_and_titles_fit_where_they_stand(language: str) -> None:
    """Cut they would be accepted, and not be understood."""
    texts = TEXTS[language]
    wrong = {
        (key, room)
        for module in modules()
        for family, room in module.narrow
        for key in texts
        if fits_module(module, family, key)
        and not placeholders(texts[key])
        and max(len(form) for form in forms_of(texts[key])) > room
    }
    assert wrong == set()


def fits_module(module: Module, family: str, key: str) -> bool:
    """Whether a key is of a family, by a word of the module that says it or of the playbook."""
    found = re.fullmatch(re.escape(family).replace(r"\{\}", "([a-z0-9_]+)"), key)
    return found is not None and all(word in module.words for word in found.groups())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_names_stay_within_slacks_limits_wherever_a_text_stands(language: str) -> None:
    voice = Voice(language, "UTC")
    for key, message in TEXTS[language].items():
        values = {name: 2 if name == "n" else LONG for name in placeholders(message)}
        plain, markup = voice.plain(key, **values), voice.markup(key, **values)
        shown = [
            blocks.header(plain),
            blocks.section(markup),
            blocks.context(markup),
            blocks.fields([markup]),
            blocks.actions(
                blocks.button(plain, "a", confirm=blocks.confirm(plain, plain, plain, plain))
            ),
        ]
        said = blocks.Message(markup, shown).payload()
        assert list(problems_in_blocks(said["blocks"], Surface.MESSAGE)) == [], key
        assert len(said["text"]) <= blocks.MESSAGE_TEXT
        view = blocks.modal("m", plain, shown, submit=plain, close=plain).to_dict()
        assert list(problems_in_view(view, Surface.MODAL)) == [], key
