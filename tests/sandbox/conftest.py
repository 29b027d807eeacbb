"""Fixtures of the sandbox tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.stand import Transport, by_http, by_socket, make_client, make_sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with make_sandbox() as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return make_client(sandbox)


@pytest.fixture(params=[by_socket, by_http], ids=["socket", "http"])
def transport(request: pytest.FixtureRequest) -> Transport:
    """How the bot is reached."""
    found: Transport = request.param
    return found
