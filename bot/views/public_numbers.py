"""Choosing in the settings what numbers customers may see (S6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import CheckboxesElement, InputBlock, Option

from bot.playbook.public_numbers import Figure
from bot.texts.public_numbers import value_of
from bot.texts.voice import Markup, Voice
from bot.views import ids
from bot.views.blocks import field_input, option


@dataclass(frozen=True)
class Choices:
    """Every number as it is now, with `chosen` for those that are published. `least` is the fewest
    on which one is shown."""

    figures: Sequence[Figure]
    chosen: frozenset[str]
    least: int


def choice(voice: Voice, known: Choices) -> InputBlock:
    """What may be published, each with what it would say today."""
    options = {one.kind: _option(voice, one, known.least) for one in known.figures}
    chosen = [one for kind, one in options.items() if kind in known.chosen]
    return field_input(
        ids.PUBLISHED,
        voice.plain("number.publish"),
        CheckboxesElement(
            action_id=ids.PUBLISHED,
            options=list(options.values()),
            initial_options=chosen or None,
        ),
        hint=voice.plain("number.publish_hint"),
        optional=True,
    )


def now_published(voice: Voice, figures: Sequence[Figure]) -> Markup:
    """What customers see from now on."""
    if not figures:
        return voice.markup("number.unpublished")
    return voice.markup("number.published", numbers=voice.list([_one(voice, f) for f in figures]))


def _option(voice: Voice, one: Figure, least: int) -> Option:
    value = value_of(one, voice)
    about = (
        voice.plain("number.too_few", n=one.n, least=least)
        if value is None
        else voice.plain("number.now", value=value, n=one.n)
    )
    return option(voice.plain(f"number.{one.kind}"), one.kind, about)


def _one(voice: Voice, one: Figure) -> str:
    name, value = voice.plain(f"number.{one.kind}"), value_of(one, voice)
    if value is None:
        return voice.plain("number.published_later", name=name)
    return voice.plain("number.published_one", name=name, value=value)
