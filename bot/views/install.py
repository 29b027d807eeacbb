"""The pages that a browser sees while Goen is installed: plain HTML in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.texts.voice import Voice

_STYLE = (
    "body{font:16px/1.7 system-ui,'Hiragino Sans','Noto Sans JP',sans-serif;color:#1d2b33;"
    "background:#f4f7f8;margin:0;padding:12vh 24px 48px}"
    "main{max-width:34rem;margin:auto;background:#fff;border-radius:16px;padding:32px 40px;"
    "box-shadow:0 1px 12px rgba(11,58,82,.12)}"
    "h1{font-size:1.35rem;margin:0 0 .4em;color:#0b3a52}"
    "section+section{border-top:1px solid #dde6ea;margin-top:24px;padding-top:24px}"
    "p{margin:0 0 .8em}"
    "a.button{display:inline-block;background:#0b3a52;color:#fff;text-decoration:none;"
    "padding:10px 22px;border-radius:8px;font-weight:600}"
    "a.button:focus-visible{outline:3px solid #e8a33d;outline-offset:2px}"
)


@dataclass(frozen=True)
class Page:
    """What is said, by the ids of its sentences, and where its button leads."""

    title: str
    text: str
    button: str
    address: str


def page(voices: Sequence[Voice], shown: Page, **values: object) -> str:
    """The whole document; the first voice is the reader's."""
    reader = voices[0]
    title = escape(reader.plain(shown.title, **values))
    parts = "".join(_section(voice, shown, values) for voice in voices)
    return (
        f'<!doctype html><html lang="{escape(reader.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><link rel="icon" href="data:,">'
        f"<title>{title} – Goen</title><style>{_STYLE}</style></head>"
        f"<body><main>{parts}</main></body></html>"
    )


def _section(voice: Voice, shown: Page, values: dict[str, object]) -> str:
    title, text, button = (
        escape(voice.plain(key, **values)) for key in (shown.title, shown.text, shown.button)
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return (
        f'<section lang="{escape(voice.language)}"><h1>{title}</h1>{paragraphs}'
        f'<a class="button" href="{escape(shown.address)}">{button}</a></section>'
    )
