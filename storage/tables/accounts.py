"""Customers, the people there, and what is known of each in one row."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Table,
    text,
)

from bot.playbook.terms import (
    AskAnswer,
    CustomerKind,
    GiftPolicy,
    MomentKind,
)
from storage.tables.base import NEVER_AGAIN, live_index, metadata, of, row_id, team, written
from storage.types import Identity64, SlackId, UtcDateTime, Word

customer = Table(
    "customer",
    metadata,
    row_id(),
    team(),
    Column("name", String(255), nullable=False),
    Column("name_key", String(255), nullable=False),
    Column("search_key", String(512), nullable=False),
    Column("kind", Word(CustomerKind), nullable=False),
    Column("owner_id", SlackId),
    Column("owner_email", String(320)),
    Column("locale", String(16)),
    Column("contract_date", Date),
    Column("gift_policy", Word(GiftPolicy), nullable=False),
    Column("reported_at", UtcDateTime),
    Column("came_from_referral_id", Identity64),
    *written(),
    Index("ix_customer_team_id_name_key", "team_id", "name_key"),
    Index("ix_customer_came_from_referral_id", "came_from_referral_id"),
    **NEVER_AGAIN,
)
live_index(customer, "team_id", "owner_id", "search_key")

contact = Table(
    "contact",
    metadata,
    row_id(),
    team(),
    of("customer"),
    Column("name", String(255), nullable=False),
    Column("name_key", String(255), nullable=False),
    Column("search_key", String(512), nullable=False),
    Column("email", String(320)),
    Column("job_title", String(255)),
    Column("opted_out_at", UtcDateTime),
    Column("complaint_at", UtcDateTime),
    Column("erased_at", UtcDateTime),
    Column("came_from_referral_id", Identity64),
    *written(),
    Index("ix_contact_customer_id", "customer_id"),
    Index("ix_contact_came_from_referral_id", "came_from_referral_id"),
    **NEVER_AGAIN,
)
live_index(contact, "team_id", "search_key")


contact_state = Table(
    "contact_state",
    metadata,
    Column("contact_id", Identity64, ForeignKey("contact.id"), primary_key=True),
    team(),
    Column("customer_id", Identity64, nullable=False),
    Column("owner_id", SlackId),
    Column("opted_out", Boolean, nullable=False),
    Column("open_complaint", Boolean, nullable=False),
    Column("nps_id", Identity64),
    Column("nps_score", SmallInteger),
    Column("nps_at", UtcDateTime),
    Column("nps_by", SlackId),
    Column("previous_nps_id", Identity64),
    Column("previous_nps_score", SmallInteger),
    Column("previous_nps_at", UtcDateTime),
    Column("result_id", Identity64),
    Column("result_kpi", String(255)),
    Column("result_percent", Numeric(24, 4)),
    Column("result_at", UtcDateTime),
    Column("moment", Word(MomentKind)),
    Column("moment_at", UtcDateTime),
    Column("last_ask_id", Identity64),
    Column("last_asked_at", UtcDateTime),
    Column("last_asked_by", SlackId),
    Column("last_answer", Word(AskAnswer)),
    Column("referrals_given", Integer, nullable=False),
    Column("open_tickets", Integer, nullable=False, server_default="0"),
    Column("usage_metric", String(255)),
    Column("usage_percent", Numeric(24, 4)),
    Column("usage_at", UtcDateTime),
    Column("event", String(255)),
    Column("event_at", UtcDateTime),
    Column("is_promoter", Boolean, nullable=False),
    Column("is_askable", Boolean, nullable=False),
    Column("rank_key", Identity64, nullable=False),
    Index("ix_contact_state_team_id_nps_at", "team_id", "nps_at"),
)
"""What `bot.playbook.contact_state` folds the records of a contact to; rebuildable from them."""

for _walk in (("team_id",), ("team_id", "owner_id")):
    Index(
        f"ix_contact_state_{'_'.join(_walk)}_askable",
        *(contact_state.c[name] for name in _walk),
        contact_state.c.rank_key.desc(),
        sqlite_where=text("is_askable = 1"),
        postgresql_where=text("is_askable"),
    )
