"""What customers told us, what we asked of them, and whom they referred."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.playbook.terms import (
    AskAnswer,
    AskState,
    Consent,
    CustomerKind,
    Direction,
    MomentKind,
    OfferKind,
    Stage,
)
from storage.tables.base import (
    NEVER_AGAIN,
    live_index,
    metadata,
    of,
    row_id,
    team,
    way_back,
    written,
)
from storage.types import Identity64, SlackId, UtcDateTime, Word

nps = Table(
    "nps",
    metadata,
    row_id(),
    team(),
    of("contact"),
    Column("score", SmallInteger, nullable=False),
    Column("comment", Text, nullable=False, server_default=""),
    Column("answered_at", UtcDateTime, nullable=False),
    *written(),
    CheckConstraint("score BETWEEN 0 AND 10", name="score_is_nps"),
    Index("ix_nps_contact_id_answered_at", "contact_id", "answered_at"),
    **NEVER_AGAIN,
)

result = Table(
    "result",
    metadata,
    row_id(),
    team(),
    of("customer"),
    of("contact", nullable=True),
    Column("kpi", String(255), nullable=False),
    Column("before", Numeric(24, 6), nullable=False),
    Column("after", Numeric(24, 6), nullable=False),
    Column("before_unit", String(32), nullable=False),
    Column("after_unit", String(32), nullable=False),
    Column("direction", Word(Direction), nullable=False),
    Column("period", String(64), nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("percent", Numeric(24, 4)),
    Column("improved", Boolean),
    Column("measured_at", UtcDateTime, nullable=False),
    *written(),
    Index("ix_result_customer_id_measured_at", "customer_id", "measured_at"),
    **NEVER_AGAIN,
)

moment = Table(
    "moment",
    metadata,
    row_id(),
    team(),
    of("contact"),
    Column("kind", Word(MomentKind), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("source_link", String(1024)),
    Column("happened_at", UtcDateTime, nullable=False),
    *written(),
    Index("ix_moment_contact_id_happened_at", "contact_id", "happened_at"),
    **NEVER_AGAIN,
)

offer = Table(
    "offer",
    metadata,
    row_id(),
    team(),
    Column("kind", Word(OfferKind), nullable=False),
    Column("title_ja", String(255), nullable=False),
    Column("title_en", String(255), nullable=False),
    Column("audience", Word(CustomerKind)),
    Column("valid_until", Date),
    Column("involves_money", Boolean, nullable=False),
    *written(),
    Index("ix_offer_team_id", "team_id"),
    **NEVER_AGAIN,
)

template = Table(
    "template",
    metadata,
    row_id(),
    team(),
    Column("name", String(64), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", String(255), nullable=False),
    Column("body", Text, nullable=False),
    Column("short", Text, nullable=False),
    *written(),
    UniqueConstraint("team_id", "name", "locale", "version"),
    **NEVER_AGAIN,
)

ask = Table(
    "ask",
    metadata,
    row_id(),
    team(),
    of("contact"),
    of("result", nullable=True),
    of("offer", nullable=True),
    of("template", nullable=True),
    Column("moment", Word(MomentKind), nullable=False),
    Column("state", Word(AskState), nullable=False),
    Column("sent_by", SlackId, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("answer", Word(AskAnswer)),
    Column("answered_at", UtcDateTime),
    Column("override_reason", Text),
    *written(),
    Index("ix_ask_contact_id_sent_at", "contact_id", "sent_at"),
    Index("ix_ask_team_id_state", "team_id", "state"),
    **NEVER_AGAIN,
)

referral = Table(
    "referral",
    metadata,
    row_id(),
    team(),
    Column("referrer_id", Identity64, ForeignKey("contact.id"), nullable=False),
    of("ask", nullable=True),
    Column("company", String(255), nullable=False),
    Column("company_key", String(255), nullable=False),
    Column("person", String(255), nullable=False, server_default=""),
    Column("person_key", String(255), nullable=False, server_default=""),
    Column("email", String(320)),
    Column("need", Text, nullable=False, server_default=""),
    Column("source_link", String(1024)),
    Column("owner_id", SlackId, nullable=False),
    Column("stage", Word(Stage), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("consent", Word(Consent), nullable=False),
    Column("consent_at", UtcDateTime),
    Column("consent_on", Date),
    Column("consent_by", SlackId),
    Column("consent_how", Text, nullable=False, server_default=""),
    Column("erasure_asked_at", UtcDateTime),
    Column("erased_at", UtcDateTime),
    Column("received_at", UtcDateTime, nullable=False),
    Column("contacted_at", UtcDateTime),
    Column("meeting_at", UtcDateTime),
    Column("outcome_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("reason", Text, nullable=False, server_default=""),
    Column("who_would_fit", Text, nullable=False, server_default=""),
    Column("amount_minor", Identity64),
    Column("currency", String(3)),
    Column("news", Text, nullable=False, server_default=""),
    Column("news_at", UtcDateTime),
    Column("won_customer_id", Identity64, ForeignKey("customer.id")),
    *written(),
    Index("ix_referral_team_id_company_key", "team_id", "company_key"),
    Index("ix_referral_referrer_id", "referrer_id"),
    Index("ix_referral_ask_id", "ask_id"),
    **NEVER_AGAIN,
)
live_index(referral, "team_id", "owner_id", "stage")

second_referrer = Table(
    "second_referrer",
    metadata,
    Column("referral_id", Identity64, ForeignKey("referral.id"), primary_key=True),
    Column("contact_id", Identity64, ForeignKey("contact.id"), primary_key=True),
    team(),
    Column("created_by", SlackId, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

way_back(result, "contact_id")
way_back(ask, "result_id")
way_back(ask, "offer_id")
way_back(ask, "template_id")
way_back(referral, "won_customer_id")
way_back(second_referrer, "contact_id")
