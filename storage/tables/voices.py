"""What customers say of us in their own words, and where they let us use it (P3)."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from bot.playbook.terms import Credit, VoiceKind, VoiceUse
from storage.tables.base import NEVER_AGAIN, metadata, of, row_id, team
from storage.types import Identity64, UtcDateTime, Word

_CURRENT = text("withdrawn_at IS NULL AND deleted_at IS NULL")
_GRANTED = text("withdrawn_at IS NULL")

voice = Table(
    "voice",
    metadata,
    row_id(),
    team(),
    of("contact"),
    Column("kind", Word(VoiceKind), nullable=False),
    Column("words", Text, nullable=False),
    Column("hesitation", Text, nullable=False, server_default=""),
    Column("credit", Word(Credit), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("told_in", Identity64),
    Column("withdrawn_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    Index(
        "ix_voice_team_id_contact_id_kind_current",
        "team_id",
        "contact_id",
        "kind",
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    ),
    Index("ix_voice_contact_id", "contact_id"),
    **NEVER_AGAIN,
)
"""One of each kind a contact at a time. `changes` counts up from 1, and `told_in` is the delivery
that told the team of the last one."""

voice_permission = Table(
    "voice_permission",
    metadata,
    row_id(),
    team(),
    of("voice"),
    of("consent_text"),
    Column("use", Word(VoiceUse), nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Index(
        "ix_voice_permission_voice_id_use_granted",
        "voice_id",
        "use",
        unique=True,
        sqlite_where=_GRANTED,
        postgresql_where=_GRANTED,
    ),
    Index("ix_voice_permission_voice_id", "voice_id"),
    Index("ix_voice_permission_consent_text_id", "consent_text_id"),
    **NEVER_AGAIN,
)
"""Never deleted while the voice stands: from when to when, and in which words it was permitted."""
