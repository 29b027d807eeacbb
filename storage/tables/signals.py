"""What other systems tell of customers (I2), and who may tell it."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.playbook.signals import MAX_ID, MAX_SOURCE, SignalKind
from storage.tables.base import NEVER_AGAIN, metadata, of, row_id, team, way_back
from storage.types import Identity64, SlackId, UtcDateTime, Word

signal = Table(
    "signal",
    metadata,
    row_id(),
    team(),
    Column("source", String(MAX_SOURCE), nullable=False),
    Column("external_id", String(MAX_ID), nullable=False),
    Column("kind", Word(SignalKind), nullable=False),
    of("customer"),
    of("contact", nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Column("label", String(255), nullable=False, server_default=""),
    Column("value", Numeric(24, 6)),
    Column("record_id", Identity64),
    Column("digest", String(64), nullable=False),
    Column("created_by", SlackId, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("team_id", "source", "external_id"),
    Index("ix_signal_customer_id_kind_at", "customer_id", "kind", "at"),
    Index("ix_signal_team_id_created_at", "team_id", "created_at"),
    **NEVER_AGAIN,
)
"""Without a contact it is about everybody at the customer. `record_id` is the score or the moment
that it was logged as, `label` the metric, the event or the ticket, `digest` what it said, so that
another signal under the same id is not taken for a repetition."""
way_back(signal, "contact_id")

ticket = Table(
    "ticket",
    metadata,
    row_id(),
    team(),
    Column("source", String(MAX_SOURCE), nullable=False),
    Column("reference", String(MAX_ID), nullable=False),
    of("customer"),
    of("contact", nullable=True),
    Column("is_complaint", Boolean, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    UniqueConstraint("team_id", "source", "reference"),
    Index("ix_ticket_customer_id", "customer_id"),
    **NEVER_AGAIN,
)
"""A ticket of a help desk, as far as its signals have come in: in whatever order they do."""
way_back(ticket, "contact_id")

external_id = Table(
    "external_id",
    metadata,
    team(primary_key=True),
    Column("source", String(MAX_SOURCE), primary_key=True),
    Column("is_contact", Boolean, primary_key=True),
    Column("external_id", String(MAX_ID), primary_key=True),
    of("customer", nullable=True),
    of("contact", nullable=True),
    CheckConstraint("(customer_id IS NULL) <> (contact_id IS NULL)", name="names_one"),
)
"""What other systems call a customer or a contact, learned from the signals that also name them."""
way_back(external_id, "customer_id")
way_back(external_id, "contact_id")

_CURRENT = text("revoked_at IS NULL")

signal_key = Table(
    "signal_key",
    metadata,
    row_id(),
    team(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_by", SlackId, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Index(
        "ix_signal_key_team_id_current",
        "team_id",
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    ),
    **NEVER_AGAIN,
)
"""The token by which another system may send signals: its SHA-256, because whoever reads the
database must not be able to send any. It is 256 random bits, so it needs no salt."""
