"""Making a person's records nobody's: they stay to be counted, and say of nobody who it was (P2).

A contact and the referred person they once were are one person, and so are several referrals of
one. What was copied elsewhere is `storage.sweeping`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from bot.playbook.terms import Purpose
from bot.playbook.traces import Traces, redact, traces_of
from storage import customers, external_ids, referrals, signals, tickets, voices
from storage.customers import Contact
from storage.people import Person
from storage.referrals import Referral
from storage.tables import (
    ask,
    benefit,
    consent_record,
    contact,
    customer,
    follow_up,
    moment,
    nps,
    page_link,
    person,
    referral,
    result,
    summary,
    voice,
)

_TEAM: BindParameter[str] = bindparam("team")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_FREE_TEXTS = ("need", "reason", "who_would_fit", "news", "consent_how")
"""What reps wrote about a referral."""


@dataclass(frozen=True)
class Someone:
    """One person: every contact and every referral that is about them, and by what they are
    recognised."""

    contacts: tuple[Contact, ...]
    referrals: tuple[Referral, ...]

    @property
    def contact_ids(self) -> list[int]:
        return [one.id for one in self.contacts]

    @property
    def traces(self) -> Traces:
        names = [one.name for one in self.contacts] + [one.person for one in self.referrals]
        emails = [one.email for one in self.contacts] + [one.email for one in self.referrals]
        return traces_of((name for name in names if name), emails)


_BY_NAME = and_(
    contact.c.name_key == bindparam("person"),
    contact.c.customer_id == customer.c.id,
    customer.c.name_key == bindparam("company"),
)
_SAME_CONTACTS = (
    select(contact.c.id)
    .join(customer, customer.c.id == contact.c.customer_id)
    .where(
        contact.c.team_id == _TEAM,
        customer.c.team_id == _TEAM,
        contact.c.erased_at.is_(None),
        or_(
            and_(bindparam("person") != "", _BY_NAME),
            func.lower(contact.c.email) == bindparam("email"),
            contact.c.came_from_referral_id == bindparam("referral"),
        ),
    )
)
_SAME_REFERRALS = select(referral.c.id).where(
    referral.c.team_id == _TEAM,
    or_(
        and_(
            bindparam("person") != "",
            referral.c.person_key == bindparam("person"),
            referral.c.company_key == bindparam("company"),
        ),
        func.lower(referral.c.email) == bindparam("email"),
        referral.c.id == bindparam("referral"),
    ),
)


def of_contact(conn: Connection, team_id: str, one: Contact) -> Someone:
    """Everything on record of the person behind a contact."""
    keys = _keys_of(conn, team_id, contact, contact.c.id == bindparam("the_id"), one.id)
    company = _keys_of(
        conn, team_id, customer, customer.c.id == bindparam("the_id"), one.customer_id
    )
    return _someone(
        conn, team_id, keys, company, one.email, one.came_from_referral_id, contact_id=one.id
    )


def of_referral(conn: Connection, team_id: str, one: Referral) -> Someone:
    """Everything on record of the person who was referred."""
    return _someone(conn, team_id, one.person_key, one.company_key, one.email, one.id)


def erase(conn: Connection, team_id: str, who: Someone, now: datetime) -> None:
    """Take the person out of their records, and their name out of what stands beside them.

    Contacts are deleted for good. The follow-ups of what they were owed are the caller's to settle.
    """
    ids = {"team": team_id, "ids": who.contact_ids}
    for statement in _OF_CONTACTS:
        conn.execute(statement, ids)
    signals.erase(conn, team_id, who.contact_ids)
    tickets.forget(conn, team_id, who.contact_ids)
    external_ids.forget(conn, team_id, who.contact_ids)
    voices.erase(conn, team_id, who.contact_ids)
    for subjects, purposes in (
        (who.contact_ids, _OF_A_CONTACT),
        ([row.id for row in who.referrals], _OF_A_REFERRAL),
    ):
        conn.execute(_CLOSE_PAGES, {"team": team_id, "ids": subjects, "purposes": purposes})
    for one in who.contacts:
        conn.execute(_NOBODY, {"team": team_id, "the_id": one.id, "now": now})
    for row in who.referrals:
        referrals.change(conn, team_id, row.id, **_REFERRED, erased_at=now)
    about = {"team": team_id, "ids": [row.id for row in who.referrals]}
    conn.execute(_NO_BENEFIT, about | {"now": now})
    conn.execute(_HOW_THEY_AGREED, about | {"contacts": who.contact_ids})
    _redact_beside(conn, team_id, who)


def erase_user(conn: Connection, team_id: str, who: Person, now: datetime) -> None:
    """Take the name and the address out of what is known of a Slack user. Their id stays, by which
    the audit says who did what."""
    of = {"team": team_id, "user": who.user_id}
    gone = {"name": who.user_id, "email": None, "dm_channel_id": None, "erased_at": now}
    conn.execute(_USER.values(**gone), of)
    if who.email:
        conn.execute(_OWNER_MAIL, {"team": team_id, "email": who.email})


def follow_ups_about(
    conn: Connection, team_id: str, contacts: Sequence[int], referred: Sequence[int]
) -> list[int]:
    """Every follow-up whose messages may name these people, open or not."""
    about = {"team": team_id, "contacts": list(contacts), "referrals": list(referred)}
    return list(conn.execute(_ABOUT, about).scalars())


def given_by(conn: Connection, team_id: str, contacts: Sequence[int]) -> list[int]:
    """The referrals that these contacts gave."""
    return list(conn.execute(_GIVEN, {"team": team_id, "ids": list(contacts)}).scalars())


def counts(conn: Connection, team_id: str, who: Someone) -> Mapping[str, int]:
    """How many records of each kind stay, without a name."""
    of = {"team": team_id, "ids": who.contact_ids}
    counted = {
        name: conn.execute(statement, of).scalar_one() for name, statement in _COUNTS.items()
    }
    return counted | {"referred": len(who.referrals)}


_REFERRED: Mapping[str, Any] = {
    "person": "",
    "email": None,
    "need": "",
    "news": "",
    "source_link": None,
    "consent_how": "",
    "erasure_asked_at": None,
}
_NOBODY = (
    update(contact)
    .where(contact.c.team_id == _TEAM, contact.c.id == bindparam("the_id"))
    .values(
        name="",
        name_key="",
        search_key="",
        email=None,
        job_title=None,
        erased_at=bindparam("now"),
        deleted_at=func.coalesce(contact.c.deleted_at, bindparam("now")),
    )
)


def _of_contacts(table: Table, **values: Any) -> Any:
    mine = (table.c.team_id == _TEAM, table.c.contact_id.in_(_IDS))
    return update(table).where(*mine).values(**values)


_OF_CONTACTS = (
    _of_contacts(nps, comment=""),
    _of_contacts(moment, note="", source_link=None),
    _of_contacts(ask, override_reason=None),
    _of_contacts(result, note=""),
    delete(summary).where(summary.c.team_id == _TEAM, summary.c.contact_id.in_(_IDS)),
)
_OF_A_CONTACT = [Purpose.REFERRAL, Purpose.VOICE, Purpose.WHY]
_OF_A_REFERRAL = [Purpose.BENEFIT]
"""Their own page stays: it says that nothing is kept, and names nobody."""
_CLOSE_PAGES = delete(page_link).where(
    page_link.c.team_id == _TEAM,
    page_link.c.purpose.in_(bindparam("purposes", expanding=True)),
    page_link.c.subject_id.in_(_IDS),
)
_NO_BENEFIT = (
    update(benefit)
    .where(benefit.c.team_id == _TEAM, benefit.c.referral_id.in_(_IDS))
    .values(note="", deleted_at=func.coalesce(benefit.c.deleted_at, bindparam("now")))
)
_GIVEN_BY_THEM = select(referral.c.id).where(
    referral.c.team_id == _TEAM, referral.c.referrer_id.in_(bindparam("contacts", expanding=True))
)
_HOW_THEY_AGREED = (
    update(consent_record)
    .where(
        consent_record.c.team_id == _TEAM,
        or_(
            consent_record.c.referral_id.in_(_IDS),
            consent_record.c.referral_id.in_(_GIVEN_BY_THEM),
        ),
    )
    .values(how="")
)
_USER = update(person).where(person.c.team_id == _TEAM, person.c.user_id == bindparam("user"))
_OWNER_MAIL = (
    update(customer)
    .where(customer.c.team_id == _TEAM, customer.c.owner_email == bindparam("email"))
    .values(owner_email=None)
)
_GIVEN = select(referral.c.id).where(referral.c.team_id == _TEAM, referral.c.referrer_id.in_(_IDS))
_ABOUT = (
    select(follow_up.c.id)
    .where(
        follow_up.c.team_id == _TEAM,
        or_(
            follow_up.c.contact_id.in_(bindparam("contacts", expanding=True)),
            follow_up.c.referral_id.in_(bindparam("referrals", expanding=True)),
            follow_up.c.ask_id.in_(
                select(ask.c.id).where(
                    ask.c.team_id == _TEAM,
                    ask.c.contact_id.in_(bindparam("contacts", expanding=True)),
                )
            ),
        ),
    )
    .order_by(follow_up.c.id)
)


def _counted(table: Table, whose: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(table).where(table.c.team_id == _TEAM, whose)


_COUNTS = {
    "scores": _counted(nps, nps.c.contact_id.in_(_IDS)),
    "moments": _counted(moment, moment.c.contact_id.in_(_IDS)),
    "asks": _counted(ask, ask.c.contact_id.in_(_IDS)),
    "given": _counted(referral, referral.c.referrer_id.in_(_IDS)),
}
_ACCOUNTS = select(contact.c.customer_id).where(contact.c.team_id == _TEAM, contact.c.id.in_(_IDS))
_PEOPLE_THERE = select(contact.c.id).where(
    contact.c.team_id == _TEAM, contact.c.customer_id.in_(_ACCOUNTS)
)
_REFERRALS_BESIDE = select(referral.c.id, *(referral.c[name] for name in _FREE_TEXTS)).where(
    referral.c.team_id == _TEAM,
    or_(
        referral.c.referrer_id.in_(_PEOPLE_THERE),
        referral.c.id.in_(bindparam("referrals", expanding=True)),
    ),
)
_BESIDE: Mapping[Table, tuple[Any, tuple[str, ...]]] = {
    nps: (nps.c.contact_id.in_(_PEOPLE_THERE), ("comment",)),
    moment: (moment.c.contact_id.in_(_PEOPLE_THERE), ("note",)),
    result: (result.c.customer_id.in_(_ACCOUNTS), ("note",)),
    summary: (
        summary.c.contact_id.in_(_PEOPLE_THERE),
        ("title", "quote", "quote_by", "theirs", "ours", "steps"),
    ),
    voice: (voice.c.contact_id.in_(_PEOPLE_THERE), ("words", "hesitation")),
}


def _someone(
    conn: Connection,
    team_id: str,
    person_key: str,
    company_key: str,
    email: str | None,
    referral_id: int | None,
    contact_id: int | None = None,
) -> Someone:
    of = {
        "team": team_id,
        "person": person_key,
        "company": company_key,
        "email": email.lower() if email else None,
        "referral": referral_id,
    }
    contact_ids = dict.fromkeys(conn.execute(_SAME_CONTACTS, of).scalars())
    contact_ids |= {contact_id: None} if contact_id else {}
    people = (customers.get_contact(conn, team_id, one) for one in contact_ids)
    rows = (
        referrals.get(conn, team_id, one) for one in conn.execute(_SAME_REFERRALS, of).scalars()
    )
    return Someone(tuple(one for one in people if one), tuple(row for row in rows if row))


def _keys_of(
    conn: Connection, team_id: str, table: Table, which: ColumnElement[bool], row_id: int
) -> str:
    found = select(table.c.name_key).where(table.c.team_id == _TEAM, which)
    key: str = conn.execute(found, {"team": team_id, "the_id": row_id}).scalar_one()
    return key


def _redact_beside(conn: Connection, team_id: str, who: Someone) -> None:
    """Near their own records a surname means this person, too."""
    strings = who.traces.nearby
    if not strings:
        return
    of = {"team": team_id, "ids": who.contact_ids, "referrals": [row.id for row in who.referrals]}
    for row in conn.execute(_REFERRALS_BESIDE, of).mappings().all():
        texts = {name: redact(row[name], strings) for name in _FREE_TEXTS}
        if any(texts[name] != row[name] for name in _FREE_TEXTS):
            referrals.change(conn, team_id, row["id"], **texts)
    for table, (whose, columns) in _BESIDE.items():
        named = [table.c[name] for name in columns]
        beside = select(table.c.id, *named).where(table.c.team_id == _TEAM, whose)
        for row in conn.execute(beside, of).mappings().all():
            texts = {name: redact(row[name], strings) for name in columns}
            if any(texts[name] != row[name] for name in columns):
                mine = (table.c.team_id == _TEAM, table.c.id == bindparam("the_id"))
                conn.execute(
                    update(table).where(*mine).values(**texts),
                    {"team": team_id, "the_id": row["id"]},
                )
