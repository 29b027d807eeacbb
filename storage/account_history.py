"""What happened at an account, the latest first: for its card, and for whoever wants it deleted."""

from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, or_, select

from bot.playbook.terms import Stage
from storage import asks, moments, nps, referrals, results, tables
from storage.asks import Ask
from storage.moments import Moment
from storage.nps import Nps
from storage.referrals import Referral
from storage.results import Result
from storage.rows import Rows

_CUSTOMER: BindParameter[int] = bindparam("customer")
_CONTACT: BindParameter[int] = bindparam("contact")
_OF_TEAM = tables.contact.c.team_id == bindparam("team")
_PEOPLE = select(tables.contact.c.id).where(
    _OF_TEAM, tables.contact.c.customer_id == _CUSTOMER, tables.contact.c.deleted_at.is_(None)
)
_R = tables.referral.c
_SECOND = tables.second_referrer.c


def _latest(rows: Rows[Any], table: Any, at: str, *where: Any) -> Select[Any]:
    return (
        rows.select.where(table.c.deleted_at.is_(None), *where)
        .order_by(table.c[at].desc(), table.c.id.desc())
        .limit(bindparam("most"))
    )


def _named_by(people: Any) -> Any:
    """Referrals that one of these contacts gave first, or named later."""
    later = select(_SECOND.referral_id).where(
        _SECOND.team_id == bindparam("team"), _SECOND.contact_id.in_(people)
    )
    return or_(_R.referrer_id.in_(people), _R.id.in_(later))


def _open(whose: Any) -> Select[Any]:
    return referrals.ROWS.select.where(
        _R.deleted_at.is_(None), _R.closed_at.is_(None), _R.stage != Stage.CANCELLED, whose
    ).order_by(_R.id)


_RESULTS = _latest(
    results.ROWS, tables.result, "measured_at", tables.result.c.customer_id == _CUSTOMER
)
_SCORES = _latest(nps.ROWS, tables.nps, "answered_at", tables.nps.c.contact_id.in_(_PEOPLE))
_MOMENTS = _latest(
    moments.ROWS, tables.moment, "happened_at", tables.moment.c.contact_id.in_(_PEOPLE)
)
_ASKS = _latest(asks.ROWS, tables.ask, "sent_at", tables.ask.c.contact_id.in_(_PEOPLE))
_REFERRALS = _latest(referrals.ROWS, tables.referral, "received_at", _named_by(_PEOPLE))
_CAME_FROM = select(tables.contact.c.came_from_referral_id).where(
    _OF_TEAM, tables.contact.c.id == _CONTACT
)
_OPEN_OF_CUSTOMER = _open(or_(_named_by(_PEOPLE), _R.won_customer_id == _CUSTOMER))
_OPEN_OF_CONTACT = _open(
    or_(_named_by(select(_CONTACT)), _R.id.in_(_CAME_FROM)),
)


def latest_results(conn: Connection, team_id: str, customer_id: int, most: int) -> list[Result]:
    return results.ROWS.all(conn, _RESULTS, team_id, customer=customer_id, most=most)


def latest_scores(conn: Connection, team_id: str, customer_id: int, most: int) -> list[Nps]:
    return nps.ROWS.all(conn, _SCORES, team_id, customer=customer_id, most=most)


def latest_moments(conn: Connection, team_id: str, customer_id: int, most: int) -> list[Moment]:
    return moments.ROWS.all(conn, _MOMENTS, team_id, customer=customer_id, most=most)


def latest_asks(conn: Connection, team_id: str, customer_id: int, most: int) -> list[Ask]:
    return asks.ROWS.all(conn, _ASKS, team_id, customer=customer_id, most=most)


def latest_referrals(conn: Connection, team_id: str, customer_id: int, most: int) -> list[Referral]:
    """Given by somebody at the account, first or second."""
    return referrals.ROWS.all(conn, _REFERRALS, team_id, customer=customer_id, most=most)


def open_of_customer(conn: Connection, team_id: str, customer_id: int) -> list[Referral]:
    """Not closed yet: given by somebody at the account, or won as this account."""
    return referrals.ROWS.all(conn, _OPEN_OF_CUSTOMER, team_id, customer=customer_id)


def open_of_contact(conn: Connection, team_id: str, contact_id: int) -> list[Referral]:
    """Not closed yet: given by this person, or the one that brought them."""
    return referrals.ROWS.all(conn, _OPEN_OF_CONTACT, team_id, contact=contact_id)
