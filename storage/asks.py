"""Requests that were sent to contacts, and what they said (A1 A3 A6 A7)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select

from bot.playbook import asks as rules
from bot.playbook.terms import AskAnswer, AskState, MomentKind, Stage
from storage import tables
from storage.rows import Rows

_T = tables.ask
_REFERRAL = tables.referral


@dataclass(frozen=True)
class Ask:
    """One request as it is stored; `override_reason` is why a manager set a rule aside."""

    id: int
    contact_id: int
    result_id: int | None
    offer_id: int | None
    template_id: int | None
    moment: MomentKind
    state: AskState
    sent_by: str
    sent_at: datetime
    answer: AskAnswer | None
    answered_at: datetime | None
    override_reason: str | None
    deleted_at: datetime | None

    def facts(self, *, has_referral: bool) -> rules.Ask:
        """As the rules see it."""
        return rules.Ask(
            sent_by=self.sent_by,
            sent_at=self.sent_at,
            state=self.state,
            answer=self.answer,
            has_referral=has_referral,
        )


ROWS = Rows(_T, Ask)
get, add, change = ROWS.get, ROWS.add, ROWS.change

_OF_CONTACT = ROWS.select.where(
    _T.c.contact_id == bindparam("contact"), _T.c.deleted_at.is_(None)
).order_by(_T.c.sent_at.desc(), _T.c.id.desc())
# SQLite knows no row locks and needs none: its writers take turns from their first statement on.
_LOCK = (
    select(tables.contact.c.id)
    .where(tables.contact.c.team_id == bindparam("team"), tables.contact.c.id == bindparam("who"))
    .with_for_update()
)
_HAS_REFERRAL = select(
    exists().where(
        _REFERRAL.c.team_id == bindparam("team"),
        _REFERRAL.c.ask_id == bindparam("ask"),
        _REFERRAL.c.stage != Stage.CANCELLED,
        _REFERRAL.c.deleted_at.is_(None),
    )
)


def of_contact(conn: Connection, team_id: str, contact_id: int) -> list[Ask]:
    """The requests to a contact, the latest first."""
    return ROWS.all(conn, _OF_CONTACT, team_id, contact=contact_id)


def lock_contact(conn: Connection, team_id: str, contact_id: int) -> None:
    """Make everybody else who would ask this contact wait until this transaction ends (A1).

    Facts that the decision rests on are read after this, never before.
    """
    conn.execute(_LOCK, {"team": team_id, "who": contact_id})


def has_referral(conn: Connection, team_id: str, ask_id: int) -> bool:
    """Whether a referral on record came from this ask."""
    return bool(conn.execute(_HAS_REFERRAL, {"team": team_id, "ask": ask_id}).scalar_one())
