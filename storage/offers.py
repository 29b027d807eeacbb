"""The catalogue of what a referrer gains (O1)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.playbook import offers as rules
from bot.playbook.terms import CustomerKind, OfferKind
from storage import tables
from storage.rows import Rows

_T = tables.offer


@dataclass(frozen=True)
class Offer:
    """One entry, named in both languages because customers read it."""

    id: int
    kind: OfferKind
    title_ja: str
    title_en: str
    audience: CustomerKind | None
    valid_until: date | None
    involves_money: bool
    deleted_at: datetime | None

    def title(self, language: str) -> str:
        """As a customer of this language reads it."""
        return self.title_ja if language == "ja" else self.title_en

    def facts(self) -> rules.Offer:
        """As the rules see it."""
        return rules.Offer(
            id=self.id,
            kind=self.kind,
            audience=self.audience,
            valid_until=self.valid_until,
            involves_money=self.involves_money,
        )


ROWS = Rows(_T, Offer)
get, add, change = ROWS.get, ROWS.add, ROWS.change
_CATALOGUE = ROWS.select.where(_T.c.deleted_at.is_(None)).order_by(_T.c.id)
_ORDER = {kind: position for position, kind in enumerate(OfferKind)}


def catalogue(conn: Connection, team_id: str) -> list[Offer]:
    """Everything in the catalogue, expired offers too, free of money first (O2)."""
    found = ROWS.all(conn, _CATALOGUE, team_id)
    return sorted(found, key=lambda offer: (_ORDER[offer.kind], offer.id))
