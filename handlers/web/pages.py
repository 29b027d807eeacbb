"""Every page that customers can open."""

from typing import Final

from handlers.web import own_data, voices
from handlers.web.guard import PublicPage

PAGES: Final[tuple[PublicPage, ...]] = (own_data.PAGE, *voices.PAGES)
"""In the order of their paths."""
