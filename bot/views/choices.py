"""Long lists to search in: time zones, countries and currencies, named in the person's language."""

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from babel.numbers import get_territory_currencies
from slack_sdk.models.blocks import Option

from bot.playbook.working_time import known_countries
from bot.texts.voice import Voice
from bot.views.blocks import option

MOST = 100
"""Options that Slack takes at most."""
_REGIONS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
)
"""The rest of the zone database is aliases and fixed offsets, which nobody lives in."""


def timezone(voice: Voice, name: str) -> Option:
    return option(_zones(voice.locale).get(name, name), name)


def country(voice: Voice, code: str) -> Option:
    return option(_countries(voice.locale).get(code, code), code)


def currency(voice: Voice, code: str) -> Option:
    return option(_currencies(voice.locale).get(code, code), code)


def timezones(voice: Voice, typed: str) -> list[Option]:
    """The zones whose city or name contains what was typed."""
    return _found(voice, _zones, typed, timezone)


def countries(voice: Voice, typed: str) -> list[Option]:
    """The countries with known public holidays whose name or code contains what was typed."""
    return _found(voice, _countries, typed, country)


def currencies(voice: Voice, typed: str) -> list[Option]:
    """The currencies in use whose name or code contains what was typed."""
    return _found(voice, _currencies, typed, currency)


def is_timezone(name: str) -> bool:
    return name in available_timezones()


def is_currency(code: str) -> bool:
    return code in _codes_in_use()


def _found(
    voice: Voice,
    names_in: Callable[[str], Mapping[str, str]],
    typed: str,
    make: Callable[[Voice, str], Option],
) -> list[Option]:
    # English names are found in every language: they stand on keyboards that the others do not.
    english, wanted = names_in("en_US"), _folded(typed)
    meant = [
        code
        for code, name in names_in(voice.locale).items()
        if wanted in _folded(f"{code} {name} {english[code]}")
    ]
    return [make(voice, code) for code in meant[:MOST]]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("_", " ").strip()


@cache
def _zones(locale: str) -> dict[str, str]:
    zones = sorted(name for name in available_timezones() if name.split("/")[0] in _REGIONS)
    named = {
        name: f"{get_timezone_location(name, locale=locale, return_city=True)} ({name})"
        for name in zones
    }
    return named | {"UTC": "UTC"}


@cache
def _countries(locale: str) -> dict[str, str]:
    names = Locale.parse(locale).territories
    known = {code: f"{names.get(code, code)} ({code})" for code in known_countries()}
    return dict(sorted(known.items(), key=lambda item: item[1]))


@cache
def _currencies(locale: str) -> dict[str, str]:
    names = Locale.parse(locale).currencies
    return {code: f"{code} {names.get(code, '')}".strip() for code in sorted(_codes_in_use())}


@cache
def _codes_in_use() -> frozenset[str]:
    return frozenset(
        code for country in known_countries() for code in get_territory_currencies(country)
    )
