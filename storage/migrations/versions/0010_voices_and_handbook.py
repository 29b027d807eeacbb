"""The customers' own words, and the numbers that may be published

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_CURRENT = sa.text("withdrawn_at IS NULL AND deleted_at IS NULL")
_GRANTED = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    _voice()
    _voice_permission()
    _published_number()


def downgrade() -> None:
    op.drop_table("published_number")
    op.drop_table("voice_permission")
    op.drop_table("voice")


def _voice() -> None:
    op.create_table(
        "voice",
        _row_id(),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("contact_id", _identity(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hesitation", sa.Text(), server_default="", nullable=False),
        sa.Column("credit", sa.String(length=32), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("told_in", _identity(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_voice_contact_id_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_voice_team_id_contact_id_kind_current",
        "voice",
        ["team_id", "contact_id", "kind"],
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    )
    op.create_index("ix_voice_contact_id", "voice", ["contact_id"])


def _voice_permission() -> None:
    op.create_table(
        "voice_permission",
        _row_id(),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("voice_id", _identity(), nullable=False),
        sa.Column("consent_text_id", _identity(), nullable=False),
        sa.Column("use", sa.String(length=32), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["voice_id"], ["voice.id"], name=op.f("fk_voice_permission_voice_id_voice")
        ),
        sa.ForeignKeyConstraint(
            ["consent_text_id"],
            ["consent_text.id"],
            name=op.f("fk_voice_permission_consent_text_id_consent_text"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_permission")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_voice_permission_voice_id_use_granted",
        "voice_permission",
        ["voice_id", "use"],
        unique=True,
        sqlite_where=_GRANTED,
        postgresql_where=_GRANTED,
    )
    op.create_index("ix_voice_permission_voice_id", "voice_permission", ["voice_id"])
    op.create_index("ix_voice_permission_consent_text_id", "voice_permission", ["consent_text_id"])


def _published_number() -> None:
    op.create_table(
        "published_number",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("part", _identity(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "kind", name=op.f("pk_published_number")),
    )


def _row_id() -> sa.Column[int]:
    return sa.Column("id", _identity(), autoincrement=True, nullable=False)


def _identity() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.INTEGER(), "sqlite")
