"""`INSERT … ON CONFLICT`, which SQLite and PostgreSQL understand alike.

SQLAlchemy has one construct per dialect; PostgreSQL's compiles on SQLite too (the reverse fails),
which the tests hold on both databases.
"""

from sqlalchemy.dialects.postgresql import insert as upsert

__all__ = ["upsert"]
