"""What other systems call our customers and contacts, learned from the signals that name them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import external_id
from storage.upsert import upsert

_T = external_id
_TEAM = _T.c.team_id == bindparam("team")


@dataclass(frozen=True)
class Known:
    """One such id: exactly one of the two is meant."""

    source: str
    external_id: str
    customer_id: int | None
    contact_id: int | None


_KNOWN = select(*(_T.c[name] for name in Known.__dataclass_fields__)).where(
    _TEAM, _T.c.external_id.in_(bindparam("ids", expanding=True))
)
_LEARN = upsert(_T)
_LEARN = _LEARN.on_conflict_do_update(
    index_elements=["team_id", "source", "is_contact", "external_id"],
    set_={name: _LEARN.excluded[name] for name in ("customer_id", "contact_id")},
)
_FORGET = delete(_T).where(_TEAM, _T.c.contact_id.in_(bindparam("contacts", expanding=True)))


def known(conn: Connection, team_id: str, ids: Iterable[str]) -> list[Known]:
    """What is known under these ids, of whatever source."""
    rows = conn.execute(_KNOWN, {"team": team_id, "ids": sorted(set(ids))})
    return [Known(*row) for row in rows]


def learn(conn: Connection, team_id: str, learned: Iterable[Known]) -> None:
    """Know them from now on; what was known under the same id before is gone."""
    rows = [
        {
            "team_id": team_id,
            "source": one.source,
            "is_contact": one.contact_id is not None,
            "external_id": one.external_id,
            "customer_id": one.customer_id,
            "contact_id": one.contact_id,
        }
        # In one order for everybody, because each row is locked when its turn comes.
        for one in sorted(set(learned), key=lambda known: (known.source, known.external_id))
    ]
    if rows:
        conn.execute(_LEARN, rows)


def forget(conn: Connection, team_id: str, contact_ids: Iterable[int]) -> None:
    """By what other systems would recognise these people."""
    conn.execute(_FORGET, {"team": team_id, "contacts": list(contact_ids)})
