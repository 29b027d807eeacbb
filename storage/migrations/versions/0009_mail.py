"""Mail that goes out by the delivery table

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OPEN_MAIL = sa.text("method = 'mail' AND settled_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_delivery_due_at_mails",
        "delivery",
        ["due_at"],
        sqlite_where=_OPEN_MAIL,
        postgresql_where=_OPEN_MAIL,
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_due_at_mails", table_name="delivery")
