"""Every page that customers can open."""

from typing import Final

from handlers.web import own_data
from handlers.web.guard import PublicPage

PAGES: Final[tuple[PublicPage, ...]] = (own_data.PAGE,)
"""In the order of their paths."""
