"""Published numbers as customers read them (S6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.playbook.public_numbers import Figure
from bot.texts.voice import Voice


@dataclass(frozen=True)
class Said:
    """One number: itself, what it is, and on how many it stands."""

    value: str
    name: str
    about: str


def say(figures: Sequence[Figure], voice: Voice) -> tuple[Said, ...]:
    """The numbers that stand on enough to be said, in their order."""
    return tuple(
        Said(
            value=value,
            name=voice.plain(f"number.{one.kind}"),
            about=voice.plain(f"number.{one.kind}_text", n=one.n),
        )
        for one in figures
        if (value := value_of(one, voice)) is not None
    )


def value_of(figure: Figure, voice: Voice) -> str | None:
    """The number with its unit; None when it stands on too few to say."""
    if figure.value is None:
        return None
    return voice.plain(f"number.{figure.kind}_value", value=voice.number(figure.value))


def as_of(figures: Sequence[Figure], voice: Voice) -> str:
    """Of which day they are; the eldest counts. Empty when there are none to say."""
    days = [one.as_of for one in figures if one.value is not None]
    return voice.plain("number.as_of", day=voice.full_day(min(days))) if days else ""
