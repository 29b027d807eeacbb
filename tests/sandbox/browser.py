"""A headless Chromium for tests of the sandbox's page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

OUTPUT = Path(__file__).parents[2] / "test-output"
DESKTOP = (1360, 860)
PHONE = (390, 844)
# Only what fails takes so long; a busy machine may be slow.
PATIENCE_MS = 20_000

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
# Neither of the zones in which the people of the tests live: the page must not use it.
_BROWSER_ZONE = "Pacific/Honolulu"


def chromium_path() -> str | None:
    """The browser named by CHROMIUM, or one on the PATH; None when there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[BrowserContext]:
    """A running browser; skips the tests that want one when the machine has none."""
    path = chromium_path()
    if path is None:
        pytest.skip("NO CHROMIUM: the sandbox page is NOT tested; install chromium or set CHROMIUM")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        try:
            yield browser.new_context(timezone_id=_BROWSER_ZONE)
        finally:
            browser.close()


@contextmanager
def visit(browser: BrowserContext, url: str, size: tuple[int, int] = DESKTOP) -> Iterator[Page]:
    """Open `url`; fails when the page logs an error or asks any other place for anything."""
    page = browser.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    try:
        page.goto(url, wait_until="commit")
        yield page
    finally:
        page.close()
    origin = "/".join(url.split("/")[:3])
    assert problems == []
    assert [address for address in asked if not address.startswith((f"{origin}/", "data:"))] == []


def picture(page: Page, name: str) -> None:
    """Keep a screenshot as test output."""
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"sandbox-{name}.png", animations="disabled")
