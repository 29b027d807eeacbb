"""Finding whoever asked to be erased: contacts, deleted ones too, referred persons, former
colleagues."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    not_,
    or_,
    select,
)

from bot.playbook.names import company_key, person_key, search_key, without_honorific
from storage.occurs import occurs
from storage.tables import contact, customer, person, referral


class ErasableKind(StrEnum):
    """As whom Goen knows them."""

    CONTACT = "contact"
    REFERRAL = "referral"
    USER = "user"


@dataclass(frozen=True)
class Erasable:
    """Somebody whose data can be erased. A user has no company, and the id they have in Slack."""

    kind: ErasableKind
    id: str
    company: str
    name: str


_TEAM: BindParameter[str] = bindparam("team")
_MOST: Any = bindparam("most")


def find(
    conn: Connection,
    team_id: str,
    words: Sequence[str],
    *,
    seen_by: str | None,
    most: int,
) -> list[Erasable]:
    """Contacts and referred persons whose company and name hold all of the words.

    `seen_by` narrows to that rep's accounts and referrals, and to the shared ones.
    """
    people = _contacts(words, seen_by)
    referred = _referred(words, seen_by)
    of = {"team": team_id, "most": most}
    found = [
        Erasable(ErasableKind.CONTACT, str(row.id), row.company, row.name)
        for row in conn.execute(people, of)
    ]
    found += [
        Erasable(ErasableKind.REFERRAL, str(row.id), row.company, row.person)
        for row in conn.execute(referred, of)
    ]
    # A referred person who became a contact is one person, and so are two referrals of one.
    once = {(company_key(one.company), person_key(one.name)): one for one in reversed(found)}
    return [one for one in found if one in once.values()][:most]


def former_colleagues(conn: Connection, team_id: str, words: Sequence[str]) -> list[Erasable]:
    """Slack users who are not of the team any more, and are still named."""
    gone = or_(not_(person.c.is_member), not_(person.c.is_active))
    rows = conn.execute(
        select(person.c.user_id, person.c.name)
        .where(person.c.team_id == _TEAM, gone, person.c.erased_at.is_(None))
        .order_by(person.c.name),
        {"team": team_id},
    )
    keys = [search_key(word) for word in words]
    return [
        Erasable(ErasableKind.USER, row.user_id, "", row.name)
        for row in rows
        if all(key in search_key(row.name) for key in keys)
    ]


def _contacts(words: Sequence[str], seen_by: str | None) -> Select[Any]:
    holds = [
        or_(
            occurs(bindparam(None, search_key(without_honorific(word))), contact.c.search_key),
            occurs(bindparam(None, search_key(word)), customer.c.search_key),
        )
        for word in words
    ]
    return (
        select(contact.c.id, customer.c.name.label("company"), contact.c.name)
        .join(customer, customer.c.id == contact.c.customer_id)
        .where(
            contact.c.team_id == _TEAM,
            customer.c.team_id == _TEAM,
            contact.c.erased_at.is_(None),
            *_seen(customer.c.owner_id, seen_by),
            *holds,
        )
        .order_by(contact.c.id.desc())
        .limit(_MOST)
    )


def _referred(words: Sequence[str], seen_by: str | None) -> Select[Any]:
    holds = [
        or_(
            occurs(bindparam(None, person_key(word)), referral.c.person_key),
            occurs(bindparam(None, company_key(word)), referral.c.company_key),
        )
        for word in words
    ]
    return (
        select(referral.c.id, referral.c.company, referral.c.person)
        .where(
            referral.c.team_id == _TEAM,
            or_(referral.c.person != "", referral.c.email.is_not(None)),
            *_seen(referral.c.owner_id, seen_by),
            *holds,
        )
        .order_by(referral.c.id.desc())
        .limit(_MOST)
    )


def _seen(owner: Column[Any], seen_by: str | None) -> list[ColumnElement[bool]]:
    return [] if seen_by is None else [or_(owner.is_(None), owner == seen_by)]
