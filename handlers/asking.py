"""What logging something answers at once: a ready ask, a repair plan, or why not now (A2 M3)."""

from slack_sdk.models.blocks import Block

from handlers.turn import Turn
from storage.customers import Contact


def at_once(turn: Turn, contact: Contact) -> list[Block]:
    """The blocks that follow the confirmation of what was logged about this contact."""
    return []
