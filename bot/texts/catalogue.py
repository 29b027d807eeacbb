"""The sentences of Goen: gettext catalogues with symbolic ids, one `.po` a thing and language.

Ids such as `nps.logged` keep both languages equal: neither is the original of the other, and a
changed sentence never breaks its translation. The files are read once per language and process.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("ja", "en")
CATALOGUES = Path(__file__).parent / "catalogues"


def language_of(locale: str | None) -> str | None:
    """The catalogue for a Slack or Babel locale (`ja-JP`, `en_US`); None for other languages."""
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else None


def read_catalogue(language: str) -> Catalog:
    """All files of one language as one catalogue.

    Raises:
        ValueError: two files define the same id.
    """
    whole = Catalog(locale=language)
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if not message.id:
                    continue
                if message.id in whole:
                    raise ValueError(f"{message.id!r} is defined twice, the second time in {path}")
                whole[message.id] = message
    return whole


@cache
def translations(language: str) -> gettext.GNUTranslations:
    """The catalogue of one language, ready for look-ups."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
