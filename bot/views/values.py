"""What the value of a button or an option may name."""

_MOST_DIGITS = 18
"""Of the largest number that fits a row's id in every database."""


def id_in(text: str) -> int | None:
    """The id of a record; None when it is none."""
    is_id = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_id else None
