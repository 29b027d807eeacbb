"""The workspace, its people, what came in from them and what they did."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    String,
    Table,
    Text,
)

from bot.playbook.terms import (
    Promise,
    Role,
)
from storage.tables.base import NEVER_AGAIN, metadata, row_id, team
from storage.types import SlackId, UtcDateTime, Word

workspace = Table(
    "workspace",
    metadata,
    Column("team_id", SlackId, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("bot_user_id", SlackId, nullable=False),
    Column("channel_id", SlackId),
    Column("locale", String(16), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("country", String(2), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("policy", JSON, nullable=False),
    Column("ideal_customer", Text, nullable=False, server_default=""),
    Column("ideal_customer_other", Text, nullable=False, server_default=""),
    Column("offers_reviewed_at", UtcDateTime),
    Column("promise", Word(Promise), nullable=False, server_default=Promise.AT_MOST_ONCE.value),
    Column("created_at", UtcDateTime, nullable=False),
    Column("reconcile_since", UtcDateTime),
    Column("database_id", String(64)),
)
"""`reconcile_since`: the database was restored, and does not know what happened after that; nothing
is posted until Slack's history was read. `database_id` is by what a restored one is known."""

person = Table(
    "person",
    metadata,
    Column("team_id", SlackId, primary_key=True),
    Column("user_id", SlackId, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("email", String(320)),
    Column("locale", String(16), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("is_member", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("is_guest", Boolean, nullable=False),
    Column("is_bot", Boolean, nullable=False),
    Column("is_stranger", Boolean, nullable=False),
    Column("dm_channel_id", SlackId),
    Column("refreshed_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
    Index("ix_person_team_id_email", "team_id", "email"),
)


inbox = Table(
    "inbox",
    metadata,
    Column("team_id", SlackId, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Index("ix_inbox_team_id_seen_at", "team_id", "seen_at"),
)

audit = Table(
    "audit",
    metadata,
    row_id(),
    team(),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", SlackId, nullable=False),
    Column("action", String(64), nullable=False),
    Column("record", String(32), nullable=False),
    Column("record_id", String(64), nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_team_id_record_record_id", "team_id", "record", "record_id"),
    **NEVER_AGAIN,
)
