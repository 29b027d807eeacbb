"""What a rep wrote for the page that a contact hands to their superior (A5)."""

from sqlalchemy import Column, Date, Index, Table, Text

from storage.tables.base import NEVER_AGAIN, metadata, of, row_id, team
from storage.types import Identity64, SlackId, UtcDateTime

summary = Table(
    "summary",
    metadata,
    row_id(),
    team(),
    of("contact"),
    Column("title", Text, nullable=False),
    Column("division", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("quote_by", Text, nullable=False),
    Column("agreed_on", Date),
    Column("voice_id", Identity64),
    Column("theirs", Text, nullable=False),
    Column("ours", Text, nullable=False),
    Column("steps", Text, nullable=False),
    Column("changed_by", SlackId, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index("ix_summary_contact_id", "contact_id", unique=True),
    **NEVER_AGAIN,
)
"""One a contact, as it was typed: people and steps are lines. The figures are always the latest.
`voice_id` is the customer's own answer that the quote was taken from, if it was."""
