"""Pace shared by replicas: channels that rest, the last try of a post, and what a doubt comes to

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_rest",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel", name=op.f("pk_channel_rest")),
    )
    op.create_index("ix_channel_rest_free_at", "channel_rest", ["free_at"])
    op.add_column("delivery", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "workspace",
        sa.Column("promise", sa.String(32), server_default="at_most_once", nullable=False),
    )
    op.drop_index("ix_delivery_due_at_pending", table_name="delivery")
    _index(
        "ix_delivery_due_at_posts",
        ["due_at", "id", "team_id", "channel"],
        "state = 'pending' AND method = 'post'",
    )
    _index("ix_delivery_expires_at_pending", ["expires_at"], "state = 'pending'")
    _index(
        "ix_delivery_tried_at_posts",
        ["tried_at", "team_id"],
        "method = 'post' AND tried_at IS NOT NULL",
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_tried_at_posts", table_name="delivery")
    op.drop_index("ix_delivery_expires_at_pending", table_name="delivery")
    op.drop_index("ix_delivery_due_at_posts", table_name="delivery")
    _index("ix_delivery_due_at_pending", ["due_at"], "state = 'pending'")
    op.drop_column("workspace", "promise")
    op.drop_column("delivery", "tried_at")
    op.drop_table("channel_rest")


def _index(name: str, columns: list[str], rows: str) -> None:
    where = sa.text(rows)
    op.create_index(name, "delivery", columns, sqlite_where=where, postgresql_where=where)
