"""What a referred person is given on the path of a referral (P4)."""

from datetime import date
from enum import StrEnum

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What a code is spelled with: nothing that is taken for something else when read aloud or from
paper."""
CODE_LENGTH = 8
"""Five bits a letter: nobody guesses one in the time that it is good for."""


class Standing(StrEnum):
    """Whether a benefit can still be used."""

    OPEN = "open"
    USED = "used"
    OVER = "over"


def standing(*, is_used: bool, valid_until: date | None, today: date) -> Standing:
    """Used comes before over: it was good when it was used. Its last day is the whole day."""
    if is_used:
        return Standing.USED
    return Standing.OVER if valid_until and valid_until < today else Standing.OPEN


def spelled(code: str) -> str:
    """A code in groups of four, as it is read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
