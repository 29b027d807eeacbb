"""What is open to customers: the addresses of their pages, and the numbers that they may see."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, text

from bot.playbook.public_numbers import PublicNumber
from bot.playbook.terms import Purpose
from storage.tables.base import NEVER_AGAIN, metadata, row_id, team
from storage.types import Identity64, UtcDateTime, Word

_CURRENT = text("revoked_at IS NULL")

page_link = Table(
    "page_link",
    metadata,
    row_id(),
    team(),
    Column("purpose", Word(Purpose), nullable=False),
    Column("subject_id", Identity64, nullable=False),
    # As it is: the database holds all that the page shows, and Slack has to show the address again.
    Column("token", String(32), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Index(
        "ix_page_link_team_id_purpose_subject_id_current",
        "team_id",
        "purpose",
        "subject_id",
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    ),
    **NEVER_AGAIN,
)

published_number = Table(
    "published_number",
    metadata,
    team(primary_key=True),
    Column("kind", Word(PublicNumber), primary_key=True),
    Column("part", Identity64, nullable=False),
    Column("n", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
)
"""Only those that an admin chose to publish, as they were counted on a day."""
