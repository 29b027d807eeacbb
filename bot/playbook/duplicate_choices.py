"""What a person may decide when a referral is known already (P5): a clear choice, never a silent
double.

The first choice is the one to propose. Somebody who named themselves has none: that is no referral.
"""

from enum import StrEnum
from typing import assert_never

from bot.playbook.duplicates import (
    ExistingCustomer,
    Match,
    New,
    SameReferral,
    SecondReferrer,
    SelfReferral,
)


class Choice(StrEnum):
    """What to do with a referral whose company is on record."""

    MERGE = "merge"
    """Keep the referrer as a second one; a referral that had ended is taken up again."""
    REOPEN = "reopen"
    """Take up again the one that had ended."""
    ANOTHER = "another"
    """Record it beside the first: it is about another person there."""
    ANYWAY = "anyway"
    """Record it although the company is a customer: it is about somebody new there."""
    OPEN = "open"
    """Record nothing and look at the one on record."""


def choices(match: Match) -> tuple[Choice, ...]:
    """What may be chosen, the proposal first; empty when there is nothing to choose."""
    match match:
        case New() | SelfReferral():
            return ()
        case ExistingCustomer():
            return (Choice.ANYWAY,)
        case SameReferral(same_person=True, is_open=True):
            return (Choice.OPEN,)
        case SameReferral(same_person=True):
            return (Choice.REOPEN, Choice.OPEN)
        case SameReferral():
            return (Choice.ANOTHER, Choice.OPEN)
        case SecondReferrer(same_person=True):
            return (Choice.MERGE, Choice.OPEN)
        case SecondReferrer():
            return (Choice.MERGE, Choice.ANOTHER, Choice.OPEN)
        case _:
            assert_never(match)
