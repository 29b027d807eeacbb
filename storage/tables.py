"""Every table of Goen, as SQLAlchemy Core.

Each row carries the Slack workspace it belongs to (`team_id`), and every query names it. Times are
aware UTC, money is integer minor units with an ISO currency, and rows that people work with are
marked with `deleted_at` so that a deletion can be undone and an old button still finds its record.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.playbook.terms import (
    AskAnswer,
    AskState,
    Consent,
    CustomerKind,
    Direction,
    FollowUpKind,
    FollowUpState,
    GiftPolicy,
    MomentKind,
    OfferKind,
    Role,
    Stage,
)
from storage.states import DeliveryState, ErrandKind, ErrandState, Method
from storage.types import Identity64, SlackId, UtcDateTime, Word

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Identity64, primary_key=True, autoincrement=True)


def _team() -> Column[str]:
    return Column("team_id", SlackId, nullable=False)


def _of(table: str, *, nullable: bool = False) -> Column[int]:
    """A reference to one row of another table, named after it."""
    return Column(f"{table}_id", Identity64, ForeignKey(f"{table}.id"), nullable=nullable)


def _written() -> tuple[Column[object], Column[object], Column[object]]:
    """Who wrote the row and when, and when somebody deleted it."""
    return (
        Column("created_by", SlackId, nullable=False),
        Column("created_at", UtcDateTime, nullable=False),
        Column("deleted_at", UtcDateTime),
    )


_LIVE = text("deleted_at IS NULL")


def _live_index(table: Table, *columns: str) -> None:
    Index(
        f"ix_{table.name}_{'_'.join(columns)}_live",
        *(table.c[name] for name in columns),
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )


workspace = Table(
    "workspace",
    metadata,
    Column("team_id", SlackId, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("bot_user_id", SlackId, nullable=False),
    Column("app_id", SlackId),
    Column("channel_id", SlackId),
    Column("locale", String(16), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("country", String(2), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("policy", JSON, nullable=False),
    Column("ideal_customer", Text, nullable=False, server_default=""),
    Column("ideal_customer_other", Text, nullable=False, server_default=""),
    Column("offers_reviewed_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
)

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
    Index("ix_person_team_id_email", "team_id", "email"),
)

customer = Table(
    "customer",
    metadata,
    _id(),
    _team(),
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
    *_written(),
    Index("ix_customer_team_id_name_key", "team_id", "name_key"),
    Index("ix_customer_came_from_referral_id", "came_from_referral_id"),
)
_live_index(customer, "team_id", "owner_id", "search_key")

contact = Table(
    "contact",
    metadata,
    _id(),
    _team(),
    _of("customer"),
    Column("name", String(255), nullable=False),
    Column("name_key", String(255), nullable=False),
    Column("search_key", String(512), nullable=False),
    Column("email", String(320)),
    Column("job_title", String(255)),
    Column("opted_out_at", UtcDateTime),
    Column("complaint_at", UtcDateTime),
    Column("came_from_referral_id", Identity64),
    *_written(),
    Index("ix_contact_customer_id", "customer_id"),
    Index("ix_contact_came_from_referral_id", "came_from_referral_id"),
)

nps = Table(
    "nps",
    metadata,
    _id(),
    _team(),
    _of("contact"),
    Column("score", SmallInteger, nullable=False),
    Column("comment", Text, nullable=False, server_default=""),
    Column("answered_at", UtcDateTime, nullable=False),
    *_written(),
    CheckConstraint("score BETWEEN 0 AND 10", name="score_is_nps"),
    Index("ix_nps_contact_id_answered_at", "contact_id", "answered_at"),
)

result = Table(
    "result",
    metadata,
    _id(),
    _team(),
    _of("customer"),
    _of("contact", nullable=True),
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
    *_written(),
    Index("ix_result_customer_id_measured_at", "customer_id", "measured_at"),
)

moment = Table(
    "moment",
    metadata,
    _id(),
    _team(),
    _of("contact"),
    Column("kind", Word(MomentKind), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("source_link", String(1024)),
    Column("happened_at", UtcDateTime, nullable=False),
    *_written(),
    Index("ix_moment_contact_id_happened_at", "contact_id", "happened_at"),
)

offer = Table(
    "offer",
    metadata,
    _id(),
    _team(),
    Column("kind", Word(OfferKind), nullable=False),
    Column("title_ja", String(255), nullable=False),
    Column("title_en", String(255), nullable=False),
    Column("audience", Word(CustomerKind)),
    Column("valid_until", Date),
    Column("involves_money", Boolean, nullable=False),
    *_written(),
    Index("ix_offer_team_id", "team_id"),
)

template = Table(
    "template",
    metadata,
    _id(),
    _team(),
    Column("name", String(64), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", String(255), nullable=False),
    Column("body", Text, nullable=False),
    Column("short", Text, nullable=False),
    *_written(),
    UniqueConstraint("team_id", "name", "locale", "version"),
)

ask = Table(
    "ask",
    metadata,
    _id(),
    _team(),
    _of("contact"),
    _of("result", nullable=True),
    _of("offer", nullable=True),
    _of("template", nullable=True),
    Column("moment", Word(MomentKind), nullable=False),
    Column("state", Word(AskState), nullable=False),
    Column("sent_by", SlackId, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("answer", Word(AskAnswer)),
    Column("answered_at", UtcDateTime),
    Column("override_reason", Text),
    *_written(),
    Index("ix_ask_contact_id_sent_at", "contact_id", "sent_at"),
    Index("ix_ask_team_id_state", "team_id", "state"),
)

referral = Table(
    "referral",
    metadata,
    _id(),
    _team(),
    Column("referrer_id", Identity64, ForeignKey("contact.id"), nullable=False),
    _of("ask", nullable=True),
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
    *_written(),
    Index("ix_referral_team_id_company_key", "team_id", "company_key"),
    Index("ix_referral_referrer_id", "referrer_id"),
    Index("ix_referral_ask_id", "ask_id"),
)
_live_index(referral, "team_id", "owner_id", "stage")

second_referrer = Table(
    "second_referrer",
    metadata,
    Column("referral_id", Identity64, ForeignKey("referral.id"), primary_key=True),
    Column("contact_id", Identity64, ForeignKey("contact.id"), primary_key=True),
    _team(),
    Column("created_by", SlackId, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

follow_up = Table(
    "follow_up",
    metadata,
    _id(),
    _team(),
    Column("kind", Word(FollowUpKind), nullable=False),
    Column("owed_by", SlackId),
    Column("state", Word(FollowUpState), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("remind_at", UtcDateTime),
    Column("snoozed_by", SlackId),
    Column("announce_at", UtcDateTime),
    _of("customer", nullable=True),
    _of("contact", nullable=True),
    _of("referral", nullable=True),
    _of("ask", nullable=True),
    Column("settled_at", UtcDateTime),
    Column("settled_by", SlackId),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_follow_up_referral_id", "referral_id"),
    Index("ix_follow_up_contact_id", "contact_id"),
    Index("ix_follow_up_customer_id", "customer_id"),
    Index("ix_follow_up_ask_id", "ask_id"),
)
"""`due_at` is the promise. `remind_at` is when a snoozed one is shown again. `announce_at` is when
Goen next speaks of it by itself, beside the digest; NULL when there is nothing more to say."""

_OPEN = text("state = 'open'")
Index(
    "ix_follow_up_team_id_owed_by_open",
    follow_up.c.team_id,
    follow_up.c.owed_by,
    follow_up.c.due_at,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
Index(
    "ix_follow_up_announce_at_open",
    follow_up.c.announce_at,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)

inbox = Table(
    "inbox",
    metadata,
    Column("team_id", SlackId, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Index("ix_inbox_seen_at", "seen_at"),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    _team(),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", SlackId, nullable=False),
    Column("action", String(64), nullable=False),
    Column("record", String(32), nullable=False),
    Column("record_id", String(64), nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_team_id_record_record_id", "team_id", "record", "record_id"),
)

contact_state = Table(
    "contact_state",
    metadata,
    Column("contact_id", Identity64, ForeignKey("contact.id"), primary_key=True),
    _team(),
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

delivery = Table(
    "delivery",
    metadata,
    _id(),
    _team(),
    Column("dedup_key", String(255), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("method", Word(Method), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("target_ts", String(32)),
    Column("response_url", String(1024)),
    Column("payload", JSON, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("state", Word(DeliveryState), nullable=False),
    Column("owner", String(64)),
    Column("lease_until", UtcDateTime),
    Column("epoch", Integer, nullable=False, server_default=text("0")),
    Column("attempt", Integer, nullable=False, server_default=text("0")),
    Column("first_try_at", UtcDateTime),
    Column("posted_channel", SlackId),
    Column("slack_ts", String(32)),
    Column("settled_at", UtcDateTime),
    Column("last_error", Text),
    Column("is_stale", Boolean, nullable=False),
    UniqueConstraint("team_id", "dedup_key"),
    Index("ix_delivery_team_id_posted_channel_slack_ts", "team_id", "posted_channel", "slack_ts"),
    Index("ix_delivery_team_id_channel_settled_at", "team_id", "channel", "settled_at"),
    Index(
        "ix_delivery_target_ts",
        "target_ts",
        sqlite_where=text("target_ts IS NOT NULL"),
        postgresql_where=text("target_ts IS NOT NULL"),
    ),
)
"""`is_stale`: what the message shows changed while it was on its way; it is rewritten when sent."""

for _state in ("pending", "sending", "doubt"):
    Index(
        f"ix_delivery_due_at_{_state}",
        delivery.c.due_at,
        sqlite_where=text(f"state = '{_state}'"),
        postgresql_where=text(f"state = '{_state}'"),
    )
_CHANGE_PENDING = text("state = 'pending' AND method != 'post'")
Index(
    "ix_delivery_due_at_changes",
    delivery.c.due_at,
    sqlite_where=_CHANGE_PENDING,
    postgresql_where=_CHANGE_PENDING,
)
"""Who has clicked does not wait behind a morning's digests."""

shown_follow_up = Table(
    "shown_follow_up",
    metadata,
    Column("delivery_id", Identity64, ForeignKey("delivery.id"), primary_key=True),
    Column("follow_up_id", Identity64, ForeignKey("follow_up.id"), primary_key=True),
    Column("position", SmallInteger, nullable=False),
    _team(),
    Index("ix_shown_follow_up_follow_up_id", "follow_up_id"),
)

errand = Table(
    "errand",
    metadata,
    _id(),
    _team(),
    Column("kind", Word(ErrandKind), nullable=False),
    Column("key", String(255), nullable=False),
    Column("state", Word(ErrandState), nullable=False),
    Column("asked_by", SlackId, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempt", Integer, nullable=False, server_default=text("0")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("last_error", Text),
    UniqueConstraint("team_id", "key"),
)
"""`due_at` is when a worker may take it: at once, and when the lease of one who took it ends."""

Index(
    "ix_errand_due_at_open",
    errand.c.due_at,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
