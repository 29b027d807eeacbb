"""The programme's handbook as a page (O3)."""

from bot.pages.render import Frame, render
from bot.texts.handbook import Document

FILE = "/handbook.pdf"
"""The same in print, below the page."""


def page(frame: Frame, handbook: Document) -> str:
    return render("handbook.html", frame, handbook=handbook, file=FILE)
