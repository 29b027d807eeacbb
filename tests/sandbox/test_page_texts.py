"""The words of the sandbox's page itself, and the files it is made of."""

from __future__ import annotations

import re
from pathlib import Path

from bot import sandbox

PAGE = Path(sandbox.__file__).parent / "page"


def test_every_text_of_the_page_is_there_in_both_languages_and_used() -> None:
    source = (PAGE / "texts.js").read_text("utf-8")
    japanese, english = (_texts(source, name) for name in ("JA", "EN"))
    assert _holes(japanese) == _holes(english)
    others = "".join(path.read_text("utf-8") for path in PAGE.glob("*.js") if path.stem != "texts")
    built = {"ja", "en", "one_hour_short", "next_morning_short", "next_monday_short"}
    assert {key for key in japanese if f'"{key}"' not in others} <= built


def test_the_page_asks_for_all_its_files_at_once() -> None:
    index = (PAGE / "index.html").read_text("utf-8")
    named = re.findall(r'(?:href|src)="/page/([^"]+)"', index)
    assert sorted(named) == sorted(
        path.name for path in PAGE.iterdir() if path != PAGE / "index.html"
    )


def _holes(texts: dict[str, str]) -> dict[str, set[str]]:
    return {key: set(re.findall(r"\{\w+\}", text)) for key, text in texts.items()}


def _texts(source: str, name: str) -> dict[str, str]:
    body = source.split(f"const {name} = {{")[1].split("\n};", maxsplit=1)[0]
    return dict(re.findall(r'^  (\w+): "(.*)",$', body, re.MULTILINE))
