"""What is open to customers: the addresses of their pages."""

from sqlalchemy import Column, Index, String, Table, text

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
