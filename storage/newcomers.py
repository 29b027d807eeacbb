"""The customer that a won referral becomes, and what becomes of them when it is not won after all
(N3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import BindParameter, Connection, Select, bindparam, select

from storage import customers, upkeep
from storage.tables import ask, contact, customer, moment, nps, referral, result, second_referrer
from storage.workspaces import Workspace


class Won(Protocol):
    """What a newcomer is made of."""

    @property
    def id(self) -> int: ...
    @property
    def company(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    @property
    def owner_id(self) -> str: ...


_TEAM: BindParameter[str] = bindparam("team")
_CONTACT: BindParameter[int] = bindparam("contact")
_CUSTOMER: BindParameter[int] = bindparam("customer")
_REFERRAL: BindParameter[int] = bindparam("referral")


def _live(table: Any, *where: Any) -> Select[Any]:
    mine = (table.c.team_id == _TEAM, table.c.deleted_at.is_(None), *where)
    return select(table.c.id).where(*mine).limit(1)


_LIFE_OF_CONTACT: Sequence[Select[Any]] = (
    _live(nps, nps.c.contact_id == _CONTACT),
    _live(moment, moment.c.contact_id == _CONTACT),
    _live(ask, ask.c.contact_id == _CONTACT),
    _live(result, result.c.contact_id == _CONTACT),
    _live(referral, referral.c.referrer_id == _CONTACT),
    select(second_referrer.c.referral_id)
    .where(second_referrer.c.team_id == _TEAM, second_referrer.c.contact_id == _CONTACT)
    .limit(1),
)
_LIFE_OF_CUSTOMER: Sequence[Select[Any]] = (
    _live(contact, contact.c.customer_id == _CUSTOMER),
    _live(result, result.c.customer_id == _CUSTOMER),
    _live(referral, referral.c.won_customer_id == _CUSTOMER, referral.c.id != _REFERRAL),
    _live(customer, customer.c.id == _CUSTOMER, customer.c.reported_at.is_not(None)),
)
_CONTACTS_FROM = select(contact.c.id).where(
    contact.c.team_id == _TEAM,
    contact.c.deleted_at.is_(None),
    contact.c.came_from_referral_id == _REFERRAL,
)
_CUSTOMERS_FROM = select(customer.c.id).where(
    customer.c.team_id == _TEAM,
    customer.c.deleted_at.is_(None),
    customer.c.came_from_referral_id == _REFERRAL,
)


def welcome(
    conn: Connection, workspace: Workspace, won: Won, now: datetime, by: str
) -> tuple[int, tuple[int, ...]]:
    """Make the company a customer and the person a contact, unless they are on record already.

    The customer's id and the follow-ups that changed.
    """
    team_id = workspace.team_id
    known = customers.named(conn, team_id, won.company)
    if known:
        customer_id = known[0].id
    else:
        customer_id = customers.create(
            conn, team_id, now, name=won.company, owner_id=won.owner_id, created_by=by
        )
        customers.change(conn, team_id, customer_id, came_from_referral_id=won.id)
    if won.person and not customers.contacts_named(conn, team_id, customer_id, won.person):
        customers.add_contact(
            conn,
            team_id,
            now,
            customer_id=customer_id,
            name=won.person,
            email=won.email,
            created_by=by,
            came_from_referral_id=won.id,
        )
    return customer_id, upkeep.customer_changed(conn, workspace, customer_id, now)


def withdraw(conn: Connection, workspace: Workspace, won: Won, now: datetime) -> tuple[int, ...]:
    """Take back whom the referral brought, unless they have a life of their own by now: a score, a
    result, an ask, a referral, further contacts. The follow-ups that changed."""
    team_id = workspace.team_id
    of = {"team": team_id, "referral": won.id}
    changed: list[int] = []
    for contact_id in conn.execute(_CONTACTS_FROM, of).scalars().all():
        if not _exists(conn, _LIFE_OF_CONTACT, of | {"contact": contact_id}):
            customers.change_contact(conn, team_id, contact_id, deleted_at=now)
            changed += upkeep.contact_changed(conn, workspace, contact_id, now).changed
    for customer_id in conn.execute(_CUSTOMERS_FROM, of).scalars().all():
        if not _exists(conn, _LIFE_OF_CUSTOMER, of | {"customer": customer_id}):
            customers.change(conn, team_id, customer_id, deleted_at=now)
            changed += upkeep.customer_changed(conn, workspace, customer_id, now)
    return tuple(changed)


def _exists(conn: Connection, of: Sequence[Select[Any]], params: dict[str, object]) -> bool:
    return any(conn.execute(statement, params).first() for statement in of)


def rename(
    conn: Connection, workspace: Workspace, won: Won, company: str, person: str, now: datetime
) -> tuple[int, ...]:
    """Mend the names of whom the referral brought along with its own, unless somebody has given
    them others meanwhile. The follow-ups that changed."""
    team_id = workspace.team_id
    of = {"team": team_id, "referral": won.id}
    changed: list[int] = []
    for customer_id in conn.execute(_CUSTOMERS_FROM, of).scalars().all():
        known = customers.get(conn, team_id, customer_id)
        if known and known.name == won.company != company:
            customers.change(conn, team_id, customer_id, name=company)
            changed += upkeep.customer_changed(conn, workspace, customer_id, now)
    for contact_id in conn.execute(_CONTACTS_FROM, of).scalars().all():
        contact_ = customers.get_contact(conn, team_id, contact_id)
        if contact_ and person and contact_.name == won.person != person:
            customers.change_contact(conn, team_id, contact_id, name=person)
            changed += upkeep.contact_changed(conn, workspace, contact_id, now).changed
    return tuple(changed)
