"""Every page that customers can open."""

from typing import Final

from handlers.web.guard import PublicPage

PAGES: Final[tuple[PublicPage, ...]] = ()
"""In the order of their paths."""
