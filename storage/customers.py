"""Accounts and the people at them; finding them by what a rep types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.playbook.names import company_key, person_key, search_key, typing_key
from bot.playbook.terms import CustomerKind, GiftPolicy
from storage.occurs import occurs
from storage.tables import contact, customer
from storage.types import SlackId


@dataclass(frozen=True)
class Customer:
    """An account. `owner_id` is None while it is shared by the team."""

    id: int
    name: str
    kind: CustomerKind
    owner_id: str | None
    owner_email: str | None
    locale: str | None
    contract_date: date | None
    gift_policy: GiftPolicy
    reported_at: datetime | None
    came_from_referral_id: int | None
    created_at: datetime
    deleted_at: datetime | None


@dataclass(frozen=True)
class Contact:
    """A person at an account, together with the account's name and owner.

    `deleted_at` is set for everybody at an account that is deleted, too.
    """

    id: int
    customer_id: int
    customer_name: str
    owner_id: str | None
    locale: str | None
    gift_policy: GiftPolicy
    kind: CustomerKind
    name: str
    email: str | None
    job_title: str | None
    opted_out_at: datetime | None
    complaint_at: datetime | None
    came_from_referral_id: int | None
    created_at: datetime
    deleted_at: datetime | None


@dataclass(frozen=True)
class Keys:
    """By what a name is compared and found; worked out beforehand where many are entered at once,
    because it takes longer than to insert them."""

    name_key: str
    search_key: str


@dataclass(frozen=True)
class NewCustomer:
    """What is known of an account when it is entered."""

    name: str
    kind: CustomerKind = CustomerKind.CUSTOMER
    owner_id: str | None = None
    owner_email: str | None = None
    locale: str | None = None
    contract_date: date | None = None
    keys: Keys | None = None


@dataclass(frozen=True)
class NewContact:
    """What is known of a person when they are entered."""

    customer_id: int
    name: str
    email: str | None = None
    job_title: str | None = None
    came_from_referral_id: int | None = None
    keys: Keys | None = None


_CUSTOMER = [customer.c[name] for name in Customer.__dataclass_fields__]
# As in `Contact`, field by field.
_CONTACT = [
    contact.c.id,
    contact.c.customer_id,
    customer.c.name.label("customer_name"),
    customer.c.owner_id,
    customer.c.locale,
    customer.c.gift_policy,
    customer.c.kind,
    contact.c.name,
    contact.c.email,
    contact.c.job_title,
    contact.c.opted_out_at,
    contact.c.complaint_at,
    contact.c.came_from_referral_id,
    contact.c.created_at,
    func.coalesce(contact.c.deleted_at, customer.c.deleted_at).label("deleted_at"),
]
_OF_TEAM = customer.c.team_id == bindparam("team")
_LIVE = customer.c.deleted_at.is_(None)
# A rep sees their own accounts and the team's shared ones; None for whoever sees all.
_SEEN = or_(
    bindparam("seen_by", type_=SlackId).is_(None),
    customer.c.owner_id.is_(None),
    customer.c.owner_id == bindparam("seen_by", type_=SlackId),
)
_AT_CUSTOMER = and_(customer.c.id == contact.c.customer_id, customer.c.team_id == contact.c.team_id)
_LIVE_CONTACT = contact.c.deleted_at.is_(None)


def _contacts(*where: ColumnElement[bool]) -> Select[Any]:
    return select(*_CONTACT).join(customer, _AT_CUSTOMER).where(*where)


_GET = select(*_CUSTOMER).where(_OF_TEAM, customer.c.id == bindparam("the_id"))
_BY_KEY = (
    select(*_CUSTOMER)
    .where(_OF_TEAM, _LIVE, customer.c.name_key == bindparam("name_key"))
    .order_by(customer.c.id)
)
# The search walks a covering index and reads the rows of what it found, and of nothing else.
_FOUND_IDS = (
    select(customer.c.id)
    .where(_OF_TEAM, _LIVE, _SEEN, occurs(bindparam("typed"), customer.c.search_key))
    .order_by(func.length(customer.c.search_key), customer.c.id)
    .limit(bindparam("most"))
)
_FOUND = (
    select(*_CUSTOMER)
    .where(customer.c.id.in_(_FOUND_IDS))
    .order_by(func.length(customer.c.search_key), customer.c.id)
)
_GET_CONTACT = _contacts(_OF_TEAM, contact.c.id == bindparam("the_id"))
_CONTACTS_OF = _contacts(
    _OF_TEAM,
    _LIVE,
    _LIVE_CONTACT,
    contact.c.customer_id.in_(bindparam("customers", expanding=True)),
).order_by(contact.c.customer_id, contact.c.id)
_CONTACTS_AT = _contacts(
    _OF_TEAM, _LIVE, _LIVE_CONTACT, contact.c.customer_id == bindparam("customer")
).order_by(contact.c.id)
_SOME_CONTACTS = _contacts(_OF_TEAM, contact.c.id.in_(bindparam("ids", expanding=True)))
_FOUND_CONTACT_IDS = (
    select(contact.c.id)
    .join(customer, _AT_CUSTOMER)
    .where(
        contact.c.team_id == bindparam("team"),
        _LIVE_CONTACT,
        occurs(bindparam("typed"), contact.c.search_key),
        _LIVE,
        _SEEN,
    )
    .order_by(func.length(contact.c.search_key), contact.c.id)
    .limit(bindparam("most"))
)
_FOUND_CONTACTS = _contacts(contact.c.id.in_(_FOUND_CONTACT_IDS)).order_by(
    func.length(contact.c.search_key), contact.c.id
)
_CREATE = insert(customer).returning(customer.c.id, sort_by_parameter_order=True)
_ADD_CONTACT = insert(contact).returning(contact.c.id, sort_by_parameter_order=True)
_CHANGE = update(customer).where(_OF_TEAM, customer.c.id == bindparam("the_id"))
_CHANGE_CONTACT = update(contact).where(
    contact.c.team_id == bindparam("team"), contact.c.id == bindparam("the_id")
)
_TAKE_OVER = (
    update(customer)
    .where(_OF_TEAM, customer.c.owner_id.is_(None), customer.c.owner_email == bindparam("email"))
    .values(owner_id=bindparam("owner"), owner_email=None)
    .returning(customer.c.id)
)


def get(conn: Connection, team_id: str, customer_id: int) -> Customer | None:
    """An account, deleted or not."""
    row = conn.execute(_GET, {"team": team_id, "the_id": customer_id}).one_or_none()
    return Customer(*row) if row else None


def named(conn: Connection, team_id: str, name: str) -> list[Customer]:
    """Live accounts of this name, whatever its spelling: ㈱, （株）, half-width or full-width."""
    rows = conn.execute(_BY_KEY, {"team": team_id, "name_key": company_key(name)[:255]})
    return [Customer(*row) for row in rows]


def search(
    conn: Connection, team_id: str, typed: str, *, seen_by: str | None, most: int = 20
) -> list[Customer]:
    """Live accounts whose name contains what was typed, the closest first.

    `seen_by` narrows to that rep's accounts and the shared ones; None is for whoever sees all.
    """
    params = {"team": team_id, "typed": typing_key(typed), "seen_by": seen_by, "most": most}
    rows = conn.execute(_FOUND, params)
    return [Customer(*row) for row in rows]


def create(
    conn: Connection,
    team_id: str,
    now: datetime,
    *,
    name: str,
    owner_id: str | None,
    created_by: str,
    kind: CustomerKind = CustomerKind.CUSTOMER,
    owner_email: str | None = None,
    locale: str | None = None,
    contract_date: date | None = None,
) -> int:
    """A new account; its id."""
    new = NewCustomer(name, kind, owner_id, owner_email, locale, contract_date)
    return create_all(conn, team_id, now, [new], created_by)[0]


def create_all(
    conn: Connection, team_id: str, now: datetime, new: Sequence[NewCustomer], created_by: str
) -> list[int]:
    """New accounts in one statement; their ids in the same order."""
    rows = [
        {
            "team_id": team_id,
            "name": one.name,
            **_keys(one.keys or Keys(company_key(one.name), search_key(one.name))),
            "kind": one.kind,
            "owner_id": one.owner_id,
            "owner_email": one.owner_email,
            "locale": one.locale,
            "contract_date": one.contract_date,
            "gift_policy": GiftPolicy.UNKNOWN,
            "created_by": created_by,
            "created_at": now,
        }
        for one in new
    ]
    return list(conn.execute(_CREATE, rows).scalars()) if rows else []


def change(conn: Connection, team_id: str, customer_id: int, **columns: object) -> None:
    if "name" in columns:
        name = str(columns["name"])
        columns |= _keys(Keys(company_key(name), search_key(name)))
    conn.execute(_CHANGE.values(**columns), {"team": team_id, "the_id": customer_id})


def take_over(conn: Connection, team_id: str, email: str, user_id: str) -> list[int]:
    """Give an owner who was known by mail address only their accounts; the accounts' ids."""
    found = conn.execute(
        _TAKE_OVER, {"team": team_id, "email": email.lower(), "owner": user_id}
    ).scalars()
    return list(found)


def get_contact(conn: Connection, team_id: str, contact_id: int) -> Contact | None:
    """A person at an account, deleted or not."""
    row = conn.execute(_GET_CONTACT, {"team": team_id, "the_id": contact_id}).one_or_none()
    return Contact(*row) if row else None


def contacts_of(conn: Connection, team_id: str, customer_ids: Iterable[int]) -> list[Contact]:
    """The live contacts of these accounts."""
    rows = conn.execute(_CONTACTS_OF, {"team": team_id, "customers": list(customer_ids)})
    return [Contact(*row) for row in rows]


def contacts_at(conn: Connection, team_id: str, customer_id: int) -> list[Contact]:
    """The live contacts of one account."""
    rows = conn.execute(_CONTACTS_AT, {"team": team_id, "customer": customer_id})
    return [Contact(*row) for row in rows]


def some_contacts(conn: Connection, team_id: str, ids: Iterable[int]) -> dict[int, Contact]:
    """Contacts by their ids, deleted or not."""
    rows = conn.execute(_SOME_CONTACTS, {"team": team_id, "ids": list(ids)})
    return {row.id: Contact(*row) for row in rows}


def contacts_named(conn: Connection, team_id: str, customer_id: int, name: str) -> list[Contact]:
    """The contacts of an account who are called so: 吉野, 吉野様 and 吉野 真理 meet."""
    return called(contacts_at(conn, team_id, customer_id), name)


def called(people: Iterable[Contact], name: str) -> list[Contact]:
    """Those of these people whom a name may mean, as in `contacts_named`."""
    key, keys = person_key(name), [(one, person_key(one.name)) for one in people]
    exact = [one for one, own in keys if own == key]
    return exact or [one for one, own in keys if key and own.startswith(key)]


def search_contacts(
    conn: Connection, team_id: str, typed: str, *, seen_by: str | None, most: int = 20
) -> list[Contact]:
    """Live contacts whose own name contains what was typed; `seen_by` as in `search`."""
    params = {"team": team_id, "typed": typing_key(typed), "seen_by": seen_by, "most": most}
    return [Contact(*row) for row in conn.execute(_FOUND_CONTACTS, params)]


def add_contact(
    conn: Connection,
    team_id: str,
    now: datetime,
    *,
    customer_id: int,
    name: str,
    created_by: str,
    email: str | None = None,
    job_title: str | None = None,
    came_from_referral_id: int | None = None,
) -> int:
    """A new person at an account; their id."""
    new = NewContact(customer_id, name, email, job_title, came_from_referral_id)
    return add_contacts(conn, team_id, now, [new], created_by)[0]


def add_contacts(
    conn: Connection, team_id: str, now: datetime, new: Sequence[NewContact], created_by: str
) -> list[int]:
    """New people in one statement; their ids in the same order."""
    rows = [
        {
            "team_id": team_id,
            "customer_id": one.customer_id,
            "name": one.name,
            **_keys(one.keys or Keys(person_key(one.name), search_key(one.name))),
            "email": one.email,
            "job_title": one.job_title,
            "came_from_referral_id": one.came_from_referral_id,
            "created_by": created_by,
            "created_at": now,
        }
        for one in new
    ]
    return list(conn.execute(_ADD_CONTACT, rows).scalars()) if rows else []


def change_contact(conn: Connection, team_id: str, contact_id: int, **columns: object) -> None:
    if "name" in columns:
        name = str(columns["name"])
        columns |= _keys(Keys(person_key(name), search_key(name)))
    conn.execute(_CHANGE_CONTACT.values(**columns), {"team": team_id, "the_id": contact_id})


def _keys(keys: Keys) -> dict[str, str]:
    """The columns of a name's keys, cut to what an index holds."""
    return {"name_key": keys.name_key[:255], "search_key": keys.search_key[:512]}
