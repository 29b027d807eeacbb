"""Fixtures of the tests of customers' pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.house import SATO, Stage, stage
from tests.sandbox.browser import launched


@pytest.fixture
def paged(tmp_path: Path) -> Iterator[Stage]:
    """The bot in Socket Mode, with its pages open."""
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=True, has_pages=True) as found:
        found.sandbox.act_as(SATO).command("/goen", "")
        yield found
        assert found.sandbox.refusals == []


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    with launched() as opened:
        yield opened
