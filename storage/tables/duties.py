"""What people owe, what Goen owes Slack, and the errands it still has to run."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.playbook.terms import (
    FollowUpKind,
    FollowUpState,
)
from storage.states import DeliveryState, ErrandKind, ErrandState, Method
from storage.tables.base import NEVER_AGAIN, metadata, of, row_id, team
from storage.types import Identity64, RequestId, SlackId, UtcDateTime, Word

follow_up = Table(
    "follow_up",
    metadata,
    row_id(),
    team(),
    Column("kind", Word(FollowUpKind), nullable=False),
    Column("owed_by", SlackId),
    Column("state", Word(FollowUpState), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("remind_at", UtcDateTime),
    Column("snoozed_by", SlackId),
    Column("announce_at", UtcDateTime),
    of("customer", nullable=True),
    of("contact", nullable=True),
    of("referral", nullable=True),
    of("ask", nullable=True),
    Column("settled_at", UtcDateTime),
    Column("settled_by", SlackId),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_follow_up_referral_id", "referral_id"),
    Index("ix_follow_up_contact_id", "contact_id"),
    Index("ix_follow_up_customer_id", "customer_id"),
    Index("ix_follow_up_ask_id", "ask_id"),
    **NEVER_AGAIN,
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


delivery = Table(
    "delivery",
    metadata,
    row_id(),
    team(),
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
    Column("tried_at", UtcDateTime),
    Column("posted_channel", SlackId),
    Column("slack_ts", String(32)),
    Column("settled_at", UtcDateTime),
    Column("last_error", Text),
    Column("is_stale", Boolean, nullable=False),
    Column("is_blank", Boolean, nullable=False, server_default=false()),
    Column("request_id", RequestId),
    UniqueConstraint("team_id", "dedup_key"),
    Index("ix_delivery_team_id_posted_channel_slack_ts", "team_id", "posted_channel", "slack_ts"),
    Index("ix_delivery_team_id_channel_settled_at", "team_id", "channel", "settled_at"),
    Index(
        "ix_delivery_target_ts",
        "target_ts",
        sqlite_where=text("target_ts IS NOT NULL"),
        postgresql_where=text("target_ts IS NOT NULL"),
    ),
    **NEVER_AGAIN,
)
"""`is_stale`: what the message shows changed while it was on its way; it is rewritten when sent.
`is_blank`: it is so old that its words were taken away. `tried_at` is when it was last claimed to
be sent, and then when Slack's answer to that came.
`request_id` is that of the request, tick or errand that caused it, as in the log."""

for _state in ("sending", "doubt"):
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
_POST_PENDING = text("state = 'pending' AND method = 'post'")
Index(
    "ix_delivery_due_at_posts",
    delivery.c.due_at,
    delivery.c.id,
    delivery.c.team_id,
    delivery.c.channel,
    sqlite_where=_POST_PENDING,
    postgresql_where=_POST_PENDING,
)
"""Holds the channel too, so that passing over a channel that rests does not touch its rows."""
_PENDING = text("state = 'pending'")
Index(
    "ix_delivery_expires_at_pending",
    delivery.c.expires_at,
    sqlite_where=_PENDING,
    postgresql_where=_PENDING,
)
_TRIED_POST = text("method = 'post' AND tried_at IS NOT NULL")
Index(
    "ix_delivery_tried_at_posts",
    delivery.c.tried_at,
    delivery.c.team_id,
    sqlite_where=_TRIED_POST,
    postgresql_where=_TRIED_POST,
)
"""How many messages a workspace has had in the last minute."""
_OPEN_MAIL = text("method = 'mail' AND settled_at IS NULL")
Index(
    "ix_delivery_due_at_mails",
    delivery.c.due_at,
    sqlite_where=_OPEN_MAIL,
    postgresql_where=_OPEN_MAIL,
)
_IS_STUCK = text("state IN ('dead', 'needs_human')")
Index(
    "ix_delivery_team_id_stuck",
    delivery.c.team_id,
    sqlite_where=_IS_STUCK,
    postgresql_where=_IS_STUCK,
)

channel_rest = Table(
    "channel_rest",
    metadata,
    Column("team_id", SlackId, primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("free_at", UtcDateTime, nullable=False),
    Index("ix_channel_rest_free_at", "free_at"),
)
"""Until when nothing may be posted to a channel or person; `*` is the whole workspace."""

shown_follow_up = Table(
    "shown_follow_up",
    metadata,
    Column("delivery_id", Identity64, ForeignKey("delivery.id"), primary_key=True),
    Column("follow_up_id", Identity64, ForeignKey("follow_up.id"), primary_key=True),
    Column("position", SmallInteger, nullable=False),
    team(),
    Index("ix_shown_follow_up_follow_up_id", "follow_up_id"),
)

errand = Table(
    "errand",
    metadata,
    row_id(),
    team(),
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
    Column("request_id", RequestId),
    UniqueConstraint("team_id", "key"),
    **NEVER_AGAIN,
)
"""`due_at` is when a worker may take it: at once, and when the lease of one who took it ends."""

_SETTLED = text("settled_at IS NOT NULL")
for _table, _walk in (
    (delivery, ("team_id", "is_blank", "settled_at")),
    (errand, ("team_id", "settled_at")),
):
    Index(
        f"ix_{_table.name}_{'_'.join(_walk)}",
        *(_table.c[name] for name in _walk),
        sqlite_where=_SETTLED,
        postgresql_where=_SETTLED,
    )
"""What may be forgotten by now, the oldest first."""

Index(
    "ix_errand_due_at_open",
    errand.c.due_at,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
