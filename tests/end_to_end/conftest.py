"""People of conversations."""

import pytest

from bot.sandbox.person import Person
from tests.end_to_end.referral_steps import has_customer
from tests.house import SATO, Stage


@pytest.fixture
def sato(live: Stage) -> Person:
    """A rep with one customer, 山田製作所, and its contact 吉野."""
    has_customer(live, "山田製作所", "吉野")
    return live.sandbox.act_as(SATO)
