"""Where Japanese may break: between phrases, so that no line ends in the middle of a word."""

import re
from functools import cache

import budoux

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*")


def phrases(text: str) -> list[str]:
    """A Japanese text in the pieces that a reader takes in at once."""
    return [str(one) for one in _parser().parse(text)]


def sentences(text: str) -> list[str]:
    """A Japanese text in its sentences, each with its full stop."""
    return [found for found in _SENTENCE.findall(text) if found.strip()] or [text]


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()
