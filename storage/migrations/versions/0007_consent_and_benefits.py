"""Consent with its text and time, and benefits for who is referred

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_LIVE = sa.text("deleted_at IS NULL")


def upgrade() -> None:
    for column in ("erasure_asked_at", "erased_at"):
        op.add_column("referral", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "consent_text",
        _row_id(),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint(
            "team_id",
            "about",
            "locale",
            "version",
            name=op.f("uq_consent_text_team_id_about_locale_version"),
        ),
        sqlite_autoincrement=True,
    )
    _consent_record()
    _benefit()


def downgrade() -> None:
    for table in ("benefit", "consent_record", "consent_text"):
        op.drop_table(table)
    for column in ("erased_at", "erasure_asked_at"):
        op.drop_column("referral", column)


def _consent_record() -> None:
    op.create_table(
        "consent_record",
        _row_id(),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("referral_id", _identity(), nullable=False),
        sa.Column("consent_text_id", _identity(), nullable=True),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("how", sa.Text(), server_default="", nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_consent_record_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["consent_text_id"],
            ["consent_text.id"],
            name=op.f("fk_consent_record_consent_text_id_consent_text"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_record")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consent_record_referral_id_about", "consent_record", ["referral_id", "about"]
    )
    _way_back("consent_record", "consent_text_id")


def _benefit() -> None:
    op.create_table(
        "benefit",
        _row_id(),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("referral_id", _identity(), nullable=False),
        sa.Column("offer_id", _identity(), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("names_referrer", sa.Boolean(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.String(length=32), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_benefit_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_benefit_offer_id_offer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_benefit_team_id_referral_id_live",
        "benefit",
        ["team_id", "referral_id"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    op.create_index("ix_benefit_referral_id", "benefit", ["referral_id"])
    _way_back("benefit", "offer_id")


def _row_id() -> sa.Column[int]:
    return sa.Column("id", _identity(), autoincrement=True, nullable=False)


def _identity() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.INTEGER(), "sqlite")


def _way_back(table: str, column: str) -> None:
    there = sa.text(f"{column} IS NOT NULL")
    op.create_index(
        f"ix_{table}_{column}", table, [column], sqlite_where=there, postgresql_where=there
    )
