"""The programme's handbook for whoever has its link (O3): a page, and the same in print."""

from bot.messages.handbook import printed, written
from bot.pages import handbook as pages
from bot.playbook.terms import Purpose
from bot.texts.handbook import Document
from handlers.web.guard import PublicPage, Shown, Visit


def show(visit: Visit) -> Shown:
    """As it is now: what the team changes stands there with the next reload."""
    return Shown(pages.page(visit.frame, _written(visit)))


def show_print(visit: Visit) -> Shown:
    return Shown(printed(_written(visit)).pdf, media_type="application/pdf")


PAGES = (
    PublicPage("/h/{token}", Purpose.HANDBOOK, show),
    PublicPage(f"/h/{{token}}{pages.FILE}", Purpose.HANDBOOK, show_print),
)


def _written(visit: Visit) -> Document:
    return written(visit.conn, visit.workspace, visit.voice.language, visit.now, has_pages=True)
