"""Facts and a voice become a page: Jinja templates with everything escaped and nothing undefined.

In a template `t("page.key", name=value)` is a sentence of the catalogue, `asset("site.css")` and
`on_site("/r/…")` are addresses; `phrased` lets a Japanese heading break between phrases only.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from bot.pages import seal
from bot.pages.assets import assets
from bot.pages.site import Site
from bot.texts.catalogue import LANGUAGES
from bot.texts.voice import Voice

_CLAUSE: Final = re.compile(r"[^、。]+[、。]*|[、。]+")
TRAP: Final = "leave_this_empty"
"""The field that only a machine fills in."""
_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Frame:
    """What is around every page.

    `company` is whose page it is (empty where that must not be told), `here` the path of the page
    below `GOEN_PUBLIC_URL`, empty when it can't be opened in another language. `said` is a sentence
    above the form about what became of it, `seal` belongs into every form (see `bot.pages.seal`),
    and `chosen` is the language that the reader asked for; the page's own is the voice's.
    """

    voice: Voice
    site: Site
    company: str = ""
    here: str = ""
    said: str = ""
    seal: str = ""
    chosen: str | None = None

    def saying(self, said: str) -> "Frame":
        return replace(self, said=said)

    def link(self, path: str) -> str:
        """An address below `GOEN_PUBLIC_URL` that keeps the language the reader chose."""
        return self.site.path(path) + (f"?lang={self.chosen}" if self.chosen else "")

    def in_language(self, language: str) -> str:
        """This page in that language."""
        return f"{self.site.path(self.here)}?lang={language}"


def render(template: str, frame: Frame, **facts: Any) -> str:
    """The HTML of a whole page.

    Raises:
        UndefinedError: the template names a fact that was not given.
        KeyError: the catalogue has no such sentence.
    """
    return (
        _environment()
        .get_template(template)
        .render(
            frame=frame,
            t=frame.voice.plain,
            asset=lambda name: frame.site.path(assets()[name].path),
            on_site=frame.link,
            **facts,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"languages": LANGUAGES, "seal_field": seal.FIELD, "trap_field": TRAP}
    environment.filters |= {"phrased": _phrased, "lines": _lines}
    return environment


@pass_context
def _phrased(context: Context, text: str) -> Markup:
    """A heading with its clauses and phrases marked: Japanese may break anywhere, and reads badly
    when it does not break after a comma first, and then between phrases.

    Other languages break at their spaces.
    """
    if context["frame"].voice.language != "ja":
        return escape(text)
    clauses = (Markup("<wbr>").join(_parser().parse(one)) for one in _CLAUSE.findall(text))
    return Markup("").join(Markup('<span class="clause">{}</span>').format(one) for one in clauses)


def _lines(text: str) -> Markup:
    """Several lines of text, each on its own."""
    return Markup("<br>").join(text.splitlines())


@cache
def _parser() -> Any:
    import budoux  # noqa: PLC0415 - its model takes a while to read, and only pages want it

    return budoux.load_default_japanese_parser()
