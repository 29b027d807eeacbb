"""Signals from other systems, and who may send them

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CURRENT = sa.text("revoked_at IS NULL")
_STATE = (
    ("usage_metric", sa.String(length=255)),
    ("usage_percent", sa.Numeric(precision=24, scale=4)),
    ("usage_at", sa.DateTime(timezone=True)),
    ("event", sa.String(length=255)),
    ("event_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.add_column(
        "contact_state", sa.Column("open_tickets", sa.Integer(), server_default="0", nullable=False)
    )
    for name, kind in _STATE:
        op.add_column("contact_state", sa.Column(name, kind, nullable=True))
    _signal()
    _ticket()
    _external_id()
    _signal_key()


def downgrade() -> None:
    for table in ("signal_key", "external_id", "ticket", "signal"):
        op.drop_table(table)
    for name in (*(name for name, _ in reversed(_STATE)), "open_tickets"):
        op.drop_column("contact_state", name)


def _id(name: str = "id", *, nullable: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.INTEGER(), "sqlite")
    return sa.Column(name, kind, nullable=nullable)


def _at(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _row_id() -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.INTEGER(), "sqlite")
    return sa.Column("id", kind, autoincrement=True, nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def _way_back(table: str, column: str) -> None:
    there = sa.text(f"{column} IS NOT NULL")
    op.create_index(
        f"ix_{table}_{column}", table, [column], sqlite_where=there, postgresql_where=there
    )


def _signal() -> None:
    op.create_table(
        "signal",
        _row_id(),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        _id("customer_id"),
        _id("contact_id", nullable=True),
        _at("at", nullable=False),
        sa.Column("label", sa.String(length=255), server_default="", nullable=False),
        sa.Column("value", sa.Numeric(precision=24, scale=6), nullable=True),
        _id("record_id", nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        _at("created_at", nullable=False),
        _refers("signal", "contact_id", "contact"),
        _refers("signal", "customer_id", "customer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sa.UniqueConstraint(
            "team_id", "source", "external_id", name=op.f("uq_signal_team_id_source_external_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signal_customer_id_kind_at", "signal", ["customer_id", "kind", "at"])
    op.create_index("ix_signal_team_id_created_at", "signal", ["team_id", "created_at"])
    _way_back("signal", "contact_id")


def _ticket() -> None:
    op.create_table(
        "ticket",
        _row_id(),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=128), nullable=False),
        _id("customer_id"),
        _id("contact_id", nullable=True),
        sa.Column("is_complaint", sa.Boolean(), nullable=False),
        _at("opened_at"),
        _at("closed_at"),
        _refers("ticket", "contact_id", "contact"),
        _refers("ticket", "customer_id", "customer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint(
            "team_id", "source", "reference", name=op.f("uq_ticket_team_id_source_reference")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ticket_customer_id", "ticket", ["customer_id"])
    _way_back("ticket", "contact_id")


def _external_id() -> None:
    op.create_table(
        "external_id",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("is_contact", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=False),
        _id("customer_id", nullable=True),
        _id("contact_id", nullable=True),
        sa.CheckConstraint(
            "(customer_id IS NULL) <> (contact_id IS NULL)", name=op.f("ck_external_id_names_one")
        ),
        _refers("external_id", "contact_id", "contact"),
        _refers("external_id", "customer_id", "customer"),
        sa.PrimaryKeyConstraint(
            "team_id", "source", "is_contact", "external_id", name=op.f("pk_external_id")
        ),
    )
    _way_back("external_id", "contact_id")
    _way_back("external_id", "customer_id")


def _signal_key() -> None:
    op.create_table(
        "signal_key",
        _row_id(),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        _at("created_at", nullable=False),
        _at("used_at"),
        _at("revoked_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signal_key_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_signal_key_team_id_current",
        "signal_key",
        ["team_id"],
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    )
