"""Keeping and forgetting: ids that never come back, and marks of what was erased, blanked, restored

Revision: 0005, after 0004
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = (
    *("ask", "audit", "contact", "customer", "delivery", "errand", "follow_up"),
    *("moment", "nps", "offer", "referral", "result", "template"),
)
_SETTLED = sa.text("settled_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("contact", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "workspace", sa.Column("reconcile_since", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("workspace", sa.Column("database_id", sa.String(length=64), nullable=True))
    op.add_column(
        "delivery", sa.Column("is_blank", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    # A change that a newer one took the place of was not given its end before.
    op.execute(
        "UPDATE delivery SET settled_at = due_at WHERE state = 'cancelled' AND settled_at IS NULL"
    )
    for table, columns in (
        ("delivery", ["team_id", "is_blank", "settled_at"]),
        ("errand", ["team_id", "settled_at"]),
    ):
        op.create_index(
            f"ix_{table}_{'_'.join(columns)}",
            table,
            columns,
            sqlite_where=_SETTLED,
            postgresql_where=_SETTLED,
        )
    op.drop_index("ix_inbox_seen_at", table_name="inbox")
    op.create_index("ix_inbox_team_id_seen_at", "inbox", ["team_id", "seen_at"])
    if op.get_bind().dialect.name == "sqlite":
        for table in _TABLES:
            _never_use_an_id_again(table)


def downgrade() -> None:
    op.drop_index("ix_inbox_team_id_seen_at", table_name="inbox")
    op.create_index("ix_inbox_seen_at", "inbox", ["seen_at"])
    op.drop_index("ix_errand_team_id_settled_at", table_name="errand")
    op.drop_index("ix_delivery_team_id_is_blank_settled_at", table_name="delivery")
    for table, column in (
        ("delivery", "is_blank"),
        ("workspace", "database_id"),
        ("workspace", "reconcile_since"),
        ("person", "erased_at"),
        ("contact", "erased_at"),
    ):
        op.drop_column(table, column)


def _never_use_an_id_again(table: str) -> None:
    """PostgreSQL's sequences never go back; SQLite wants AUTOINCREMENT for that, and a new table
    for AUTOINCREMENT. It is made of the words of the old one, and so in nothing else different."""
    conn = op.get_bind()
    words = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    (create,) = conn.exec_driver_sql(words, (table, "table")).scalars().all()
    indexes = conn.exec_driver_sql(words, (table, "index")).scalars().all()
    create, named = re.subn(rf'^CREATE TABLE "?{table}"?', 'CREATE TABLE "_new"', create)
    key = rf"CONSTRAINT pk_{table} PRIMARY KEY"
    create, keyed = re.subn(
        r"\bid INTEGER NOT NULL", f"id INTEGER NOT NULL {key} AUTOINCREMENT", create, count=1
    )
    create, freed = re.subn(rf",\s*{key} \(id\)", "", create)
    if (named, keyed, freed) != (1, 1, 1):
        raise RuntimeError(f"the table {table} is not the one that was created: {create}")
    conn.exec_driver_sql(create)
    conn.exec_driver_sql(f'INSERT INTO "_new" SELECT * FROM "{table}"')
    conn.exec_driver_sql(f'DROP TABLE "{table}"')
    conn.exec_driver_sql(f'ALTER TABLE "_new" RENAME TO "{table}"')
    for index in indexes:
        conn.exec_driver_sql(index)
