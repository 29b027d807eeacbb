"""The link of Socket Mode ends whenever it is told to."""

import threading

import pytest

from bot.app import socket_mode
from tests.house import Stage

AT_ONCE = 5.0


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05, 0.08, 0.1, 0.12])
def test_a_link_that_has_just_opened_closes_at_once(live: Stage, seconds: float) -> None:
    link = socket_mode(live.bot)
    link.connect()
    threading.Event().wait(seconds)
    closing = threading.Thread(target=link.close, daemon=True)
    closing.start()
    closing.join(AT_ONCE)
    assert not closing.is_alive()
