"""The addresses at which customers reach Goen."""

from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.playbook.terms import Purpose

PATHS = MappingProxyType(
    {
        Purpose.REFERRAL: "/r",
        Purpose.OPT_OUT: "/o",
        Purpose.VOICE: "/v",
        Purpose.WHY: "/w",
        Purpose.BENEFIT: "/b",
        Purpose.HANDBOOK: "/h",
    }
)
"""Short, because people type them from paper."""


@dataclass(frozen=True)
class Site:
    """Where the pages are: `base` is `GOEN_PUBLIC_URL` without a slash at its end, or empty."""

    base: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.base)

    def address(self, purpose: Purpose, token: str) -> str:
        """A page's whole address.

        Raises:
            ValueError: there are no pages without `GOEN_PUBLIC_URL`.
        """
        if not self.is_open:
            raise ValueError("GOEN_PUBLIC_URL is not set")
        return f"{self.base}{PATHS[purpose]}/{token}"

    def path(self, below: str) -> str:
        """The path of a page within its host, for links from one page to another."""
        return urlsplit(self.base).path.rstrip("/") + below


CLOSED = Site()
"""No pages at all."""
