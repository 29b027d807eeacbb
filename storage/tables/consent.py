"""What people agreed to, in which words, and what a referred person may be given (P2 P4)."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.playbook.terms import Consent, ConsentTo
from storage.tables.base import NEVER_AGAIN, metadata, of, row_id, team, way_back, written
from storage.types import SlackId, UtcDateTime, Word

consent_text = Table(
    "consent_text",
    metadata,
    row_id(),
    team(),
    Column("about", Word(ConsentTo), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("team_id", "about", "locale", "version"),
    **NEVER_AGAIN,
)
"""Never changed: other words are another version."""

consent_record = Table(
    "consent_record",
    metadata,
    row_id(),
    team(),
    of("referral"),
    of("consent_text", nullable=True),
    Column("about", Word(ConsentTo), nullable=False),
    Column("consent", Word(Consent), nullable=False),
    Column("how", Text, nullable=False, server_default=""),
    Column("given_on", Date),
    Column("created_by", SlackId, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_consent_record_referral_id_about", "referral_id", "about"),
    **NEVER_AGAIN,
)
"""Append-only: the evidence. What counts now stands in the referral."""
way_back(consent_record, "consent_text_id")

_LIVE = text("deleted_at IS NULL")

benefit = Table(
    "benefit",
    metadata,
    row_id(),
    team(),
    of("referral"),
    of("offer", nullable=True),
    Column("title", String(255), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("code", String(32), nullable=False),
    Column("valid_until", Date),
    Column("names_referrer", Boolean, nullable=False),
    Column("used_at", UtcDateTime),
    Column("used_by", SlackId),
    *written(),
    Index(
        "ix_benefit_team_id_referral_id_live",
        "team_id",
        "referral_id",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
    Index("ix_benefit_referral_id", "referral_id"),
    **NEVER_AGAIN,
)
"""One a referral at a time."""
way_back(benefit, "offer_id")
