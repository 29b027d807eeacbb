"""A page in a real browser, as its readers see it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page

from tests.pages.axe import violations
from tests.sandbox.browser import OUTPUT, PATIENCE_MS

PHONE, DESKTOP = (390, 844), (1280, 800)
SIZES = {"phone": PHONE, "desktop": DESKTOP}
_SAYS_THE_STATUS = "the server responded with a status of 4"
"""What the browser notes of a form that came back to be mended."""


@contextmanager
def reading(browser: BrowserContext, url: str, size: tuple[int, int] = PHONE) -> Iterator[Page]:
    """Open `url`; fails when the page breaks its own rules or asks any other place for anything."""
    page = browser.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda said: (
            problems.append(said.text)
            if said.type == "error" and _SAYS_THE_STATUS not in said.text
            else None
        ),
    )
    try:
        page.goto(url)
        yield page
    finally:
        page.close()
    origin = "/".join(url.split("/")[:3])
    assert problems == []
    assert [address for address in asked if not address.startswith((f"{origin}/", "data:"))] == []


def looks_right(page: Page, name: str) -> None:
    """Nothing is cut off at the side, nobody is kept out; a picture is kept as test output."""
    page.evaluate("scrollTo(0, 0)")
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"page-{name}.png", full_page=True, animations="disabled")
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0, "the page is wider than the screen"
    assert violations(page) == []
