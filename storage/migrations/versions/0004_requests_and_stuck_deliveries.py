"""Which request caused a delivery or an errand, and a short way to the deliveries that are stuck

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STUCK = sa.text("state IN ('dead', 'needs_human')")


def upgrade() -> None:
    for table in ("delivery", "errand"):
        op.add_column(table, sa.Column("request_id", sa.String(16), nullable=True))
    op.create_index(
        "ix_delivery_team_id_stuck",
        "delivery",
        ["team_id"],
        sqlite_where=_STUCK,
        postgresql_where=_STUCK,
    )


def downgrade() -> None:
    # Before this version nobody could say that a message arrived: it counts as dropped.
    op.execute("UPDATE delivery SET state = 'cancelled' WHERE state = 'arrived'")
    op.drop_index("ix_delivery_team_id_stuck", table_name="delivery")
    for table in ("errand", "delivery"):
        op.drop_column(table, "request_id")
