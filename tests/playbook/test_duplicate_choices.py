"""What may be decided when a referral is known already (P5)."""

import pytest

from bot.playbook.duplicate_choices import Choice, choices
from bot.playbook.duplicates import (
    ExistingCustomer,
    Match,
    New,
    SameReferral,
    SecondReferrer,
    SelfReferral,
)


@pytest.mark.parametrize(
    ("match", "offered"),
    [
        pytest.param(New(), (), id="a new one needs no decision"),
        pytest.param(SelfReferral(), (), id="oneself is no referral at all"),
        pytest.param(ExistingCustomer(1), (Choice.ANYWAY,), id="somebody new at a customer"),
        pytest.param(SameReferral(1, True, True), (Choice.OPEN,), id="the same, under way"),
        pytest.param(
            SameReferral(1, True, False), (Choice.REOPEN, Choice.OPEN), id="the same, ended"
        ),
        pytest.param(SameReferral(1, False, True), (Choice.ANOTHER, Choice.OPEN), id="a colleague"),
        pytest.param(
            SecondReferrer(1, True, True), (Choice.MERGE, Choice.OPEN), id="a second referrer"
        ),
        pytest.param(
            SecondReferrer(1, False, False),
            (Choice.MERGE, Choice.ANOTHER, Choice.OPEN),
            id="a second referrer of a colleague",
        ),
    ],
)
def test_each_double_has_its_choices_with_the_proposal_first(
    match: Match, offered: tuple[Choice, ...]
) -> None:
    assert choices(match) == offered
