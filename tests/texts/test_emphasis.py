"""Emphasis in messages stands where Slack sees it: against half-width space or punctuation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.texts.catalogue import CATALOGUES

FILES = sorted(CATALOGUES.glob("*/*.po"))
# What a placeholder or a mention will say cannot be known; emoji names may have underscores.
_PLACEHOLDER = re.compile(r"\{\w+\}|<[^<>\n]+>")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_CODE = re.compile(r"`[^`\n]+`")
# The underscores of `contact_role` and SLACK_BOT_TOKEN are no marks.
_MARKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"\*(?=\S)[^\n]*?\S\*",
        r"~(?=\S)[^\n]*?\S~",
        r"(?<![A-Za-z0-9])_(?=\S)[^\n]*?\S_(?![A-Za-z0-9])",
    )
)
_BOUNDARY = re.compile(r"[ \n!-/:-@\[-`{-~]?")


def lost(text: str) -> list[str]:
    """The marked spans of a text that Slack would show with their marks, as typed."""
    seen = _PLACEHOLDER.sub(lambda found: "名" * len(found[0]), text)
    seen = _EMOJI.sub(lambda found: found[0].replace("_", "x"), seen)
    return [text[start:end] for start, end in _spans(seen) if not _stands(seen, start, end)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where marked spans are; the marks inside code are part of the code."""
    yield from (found.span() for found in _CODE.finditer(text))
    rest = _CODE.sub(lambda found: "`" + "x" * (len(found[0]) - 2) + "`", text)
    for pattern in _MARKED:
        yield from (found.span() for found in pattern.finditer(rest))


def _stands(text: str, start: int, end: int) -> bool:
    before, after = text[:start][-1:], text[end:][:1]
    return all(_BOUNDARY.fullmatch(side) for side in (before, after))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*太字*", []),
        ("顧客は *{customer}* です。\n*NPS*", []),
        ("(*9*), `/nps`.", []),
        ("*_両方_* と ~消す~", []),
        (":white_check_mark: {due_day} {first_name}", []),
        ("スコア*9*を記録", ["*9*"]),
        ("*{customer}*さま", ["*{customer}*"]),
        ("{customer}*9*", ["*9*"]),
        ("*成果*　*NPS*", ["*成果*", "*NPS*"]),
        ("`/goen`から", ["`/goen`"]),
        ("「_斜体_」", ["_斜体_"]),
        ("contact_email, contact_role", []),
        ("<@U1>*様*", ["*様*"]),
    ],
    ids=str,
)
def test_a_mark_is_lost_without_half_width_space_or_punctuation(
    text: str, found: list[str]
) -> None:
    assert lost(text) == found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_mark_of_a_catalogue_is_seen_by_slack(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.name)
    wrong = []
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else message.string
        wrong += [f"{message.id}: {span}" for span in lost("\n".join(forms))]
    assert wrong == []
