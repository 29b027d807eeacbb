"""Every page that customers can open."""

from typing import Final

from handlers.web import benefit, handbook, own_data, referral_page, voices
from handlers.web.guard import PublicPage

PAGES: Final[tuple[PublicPage, ...]] = (
    *referral_page.PAGES,
    own_data.PAGE,
    benefit.PAGE,
    *voices.PAGES,
    *handbook.PAGES,
)
"""In the order of their paths."""
