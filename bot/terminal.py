"""Speaking to whoever sits at the terminal: their language, plain text, an end with a reason."""

import os

import typer

from bot.texts.catalogue import LANGUAGES, language_of
from bot.texts.voice import Voice

WRONG, NOT_SET_UP = 1, 2
"""Exit codes: it went wrong and may be tried again; something has to be set up first."""
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


def voice(timezone: str = "UTC") -> Voice:
    """In the language of the shell; English where it is neither of ours."""
    told = next((found for name in _LOCALES if (found := os.environ.get(name))), None)
    return Voice(language_of((told or "").partition(".")[0]) or "en", timezone)


def say(key: str, **values: object) -> None:
    typer.echo(shown(voice().plain(key, **values)))


def warn(key: str, **values: object) -> None:
    typer.echo(shown(voice().plain(key, **values)), err=True)


def failure(key: str, code: int = WRONG, **values: object) -> typer.Exit:
    """Say why; to be raised."""
    warn(key, **values)
    return typer.Exit(code)


def failure_in_every_language(key: str, code: int) -> typer.Exit:
    """For whoever is here for the first time, on a machine whose language says little of theirs."""
    said = (Voice(language, "UTC").plain(key) for language in LANGUAGES)
    typer.echo("\n\n".join(said), err=True)
    return typer.Exit(code)


def shown(text: str) -> str:
    """A text that came from elsewhere, without what would steer the terminal."""
    return "".join(one if one.isprintable() or one == "\n" else "�" for one in text)
