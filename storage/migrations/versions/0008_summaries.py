"""What stands on a customer's summary

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TYPED_BEFORE = ("title", "division", "quote", "quote_by")
_TYPED_AFTER = ("theirs", "ours", "steps")


def upgrade() -> None:
    op.create_table(
        "summary",
        sa.Column("id", _identity(), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("contact_id", _identity(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TYPED_BEFORE),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("voice_id", _identity(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TYPED_AFTER),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_summary_contact_id_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_summary_contact_id", "summary", ["contact_id"], unique=True)


def downgrade() -> None:
    op.drop_table("summary")


def _identity() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.INTEGER(), "sqlite")
