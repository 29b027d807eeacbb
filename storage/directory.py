"""Whom the signals of a batch are about, found with a few queries for all of them.

The surest counts: the sender's own id, then the e-mail address, then the name as in an import.
What is not certain is never guessed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import Connection, bindparam, func, select

from bot.playbook.names import company_key
from bot.playbook.signals import Fault, Problem, Signal, SignalKind
from storage import customers, external_ids, tickets
from storage.customers import Contact
from storage.external_ids import Known
from storage.tables import contact, customer

_KEY = 255
_CUSTOMERS = select(customer.c.id, customer.c.name_key).where(
    customer.c.team_id == bindparam("team"),
    customer.c.deleted_at.is_(None),
    customer.c.name_key.in_(bindparam("keys", expanding=True)),
)
_LIVE_CUSTOMERS = select(customer.c.id).where(
    customer.c.team_id == bindparam("team"),
    customer.c.deleted_at.is_(None),
    customer.c.id.in_(bindparam("ids", expanding=True)),
)
# A walk through all contacts, once for a batch: an index on what few have would cost every import.
_WITH_MAIL = select(contact.c.id).where(
    contact.c.team_id == bindparam("team"),
    contact.c.deleted_at.is_(None),
    func.lower(contact.c.email).in_(bindparam("emails", expanding=True)),
)


@dataclass(frozen=True)
class Meant:
    """A customer, and the contact; without one it is about everybody there."""

    customer_id: int
    contact_id: int | None = None


@dataclass
class Directory:
    """What is on record of everybody whom a batch names. Only live records are in it."""

    on_record: dict[tuple[bool, str, str], int] = field(default_factory=dict)
    by_customer_id: dict[tuple[str, str], int] = field(default_factory=dict)
    by_contact_id: dict[tuple[str, str], int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_mail: dict[str, list[int]] = field(default_factory=dict)
    by_ticket: dict[tuple[str, str], Meant] = field(default_factory=dict)
    people: dict[int, Contact] = field(default_factory=dict)
    at: dict[int, list[Contact]] = field(default_factory=dict)
    """Everybody at a customer."""

    def find(self, signal: Signal) -> Meant | Problem:
        """Whom a signal is about, or why that is not certain."""
        found = self._find(signal)
        if isinstance(found, Meant) and signal.kind is SignalKind.NPS and not found.contact_id:
            return self._only_one(found)
        return found

    def hear(self, signals: Iterable[Signal]) -> None:
        """Understand the sender's ids that other signals of the batch explain, whatever the order
        in which they are taken."""
        for signal in signals:
            found = self._find(signal)
            if isinstance(found, Meant):
                for is_contact, name, record_id in _named(signal, found):
                    index = self.by_contact_id if is_contact else self.by_customer_id
                    index.setdefault((signal.source, name), record_id)

    def learned(self, signal: Signal, meant: Meant) -> list[Known]:
        """The ids of the sender that are not on record yet; from now on they are."""
        news = []
        for is_contact, name, record_id in _named(signal, meant):
            if self.on_record.get((is_contact, signal.source, name)) != record_id:
                self.on_record[is_contact, signal.source, name] = record_id
                ids = (None, record_id) if is_contact else (record_id, None)
                news.append(Known(signal.source, name, *ids))
        return news

    def _find(self, signal: Signal) -> Meant | Problem:
        who = signal.who
        if not who.is_anybody:
            return self._of_ticket(signal)
        at = self._customers(signal)
        if who.contact_id or who.contact_email:
            found = self._person(signal, at)
            if found:
                return found
        if not at:
            return _no_customer(signal)
        if who.contact:
            return _the_one(self._called(at, who.contact), "contact", who.contact)
        if who.names_a_person:
            return _unknown_person(signal)
        if len(at) > 1:
            return Problem(Fault.SEVERAL_CUSTOMERS, "customer", who.customer or "")
        return Meant(at[0])

    def _of_ticket(self, signal: Signal) -> Meant | Problem:
        if signal.kind is not SignalKind.TICKET_CLOSED:
            return Problem(Fault.NOBODY_NAMED)
        known = self.by_ticket.get((signal.source, signal.label))
        return known or Problem(Fault.UNKNOWN_TICKET, "ticket", signal.label)

    def _customers(self, signal: Signal) -> list[int]:
        """The customers that are named; several share a name."""
        known = self.by_customer_id.get((signal.source, signal.who.customer_id or ""))
        if known:
            return [known]
        name = signal.who.customer
        return self.by_name.get(company_key(name)[:_KEY], []) if name else []

    def _person(self, signal: Signal, at: Sequence[int]) -> Meant | Problem | None:
        """Whom the sender's id or the address means, at the customer if one is known."""
        who = signal.who
        known = self.by_contact_id.get((signal.source, who.contact_id or ""))
        ids = [known] if known else self.by_mail.get((who.contact_email or "").lower(), [])
        found = [self.people[one] for one in ids if not at or self.people[one].customer_id in at]
        if not found:
            return None
        return _the_one(found, "contact_email", who.contact_email or "")

    def _called(self, at: Iterable[int], name: str) -> list[Contact]:
        everybody = chain.from_iterable(self.at.get(one, ()) for one in at)
        return customers.called(everybody, name)

    def _only_one(self, meant: Meant) -> Meant | Problem:
        """A score is one person's."""
        people = self.at.get(meant.customer_id, [])
        if len(people) == 1:
            return Meant(meant.customer_id, people[0].id)
        return Problem(Fault.WHICH_CONTACT if people else Fault.NO_CONTACTS)


def _named(signal: Signal, meant: Meant) -> Iterator[tuple[bool, str, int]]:
    """The sender's ids in a signal: whether of a contact, the id, and our record."""
    if signal.who.customer_id:
        yield False, signal.who.customer_id, meant.customer_id
    if signal.who.contact_id and meant.contact_id:
        yield True, signal.who.contact_id, meant.contact_id


def still_there(conn: Connection, team_id: str, meant: Iterable[Meant]) -> frozenset[Meant]:
    """Those who were not deleted since they were found."""
    wanted = set(meant)
    of = {"team": team_id, "ids": sorted({one.customer_id for one in wanted})}
    live = set(conn.execute(_LIVE_CUSTOMERS, of).scalars())
    ids = sorted({one.contact_id for one in wanted if one.contact_id})
    people = customers.some_contacts(conn, team_id, ids) if ids else {}
    gone = {one.id for one in people.values() if one.deleted_at}
    return frozenset(
        one for one in wanted if one.customer_id in live and one.contact_id not in gone
    )


def _no_customer(signal: Signal) -> Problem:
    who = signal.who
    if who.customer:
        return Problem(Fault.UNKNOWN_CUSTOMER, "customer", who.customer)
    if who.customer_id:
        return Problem(Fault.UNKNOWN_CUSTOMER, "customer_id", who.customer_id)
    if who.contact_email or who.contact_id:
        return _unknown_person(signal)
    return Problem(Fault.MISSING, "customer")


def _unknown_person(signal: Signal) -> Problem:
    who = signal.who
    if who.contact_email:
        return Problem(Fault.UNKNOWN_CONTACT, "contact_email", who.contact_email)
    return Problem(Fault.UNKNOWN_CONTACT, "contact_id", who.contact_id or "")


def _the_one(found: Sequence[Contact], name: str, value: str) -> Meant | Problem:
    if len(found) == 1:
        return Meant(found[0].customer_id, found[0].id)
    return Problem(Fault.SEVERAL_CONTACTS if found else Fault.UNKNOWN_CONTACT, name, value)


def read(conn: Connection, team_id: str, signals: Sequence[Signal]) -> Directory:
    """Everything on record that the signals of a batch may mean."""
    made = Directory()
    ids = [one for s in signals for one in (s.who.customer_id, s.who.contact_id) if one]
    known = external_ids.known(conn, team_id, ids)
    mails = {s.who.contact_email.lower() for s in signals if s.who.contact_email}
    keys = {company_key(s.who.customer)[:_KEY] for s in signals if s.who.customer}
    with_mail = conn.execute(_WITH_MAIL, {"team": team_id, "emails": sorted(mails)}).scalars()
    named = conn.execute(_CUSTOMERS, {"team": team_id, "keys": sorted(keys)})
    for row in named:
        made.by_name.setdefault(row.name_key, []).append(row.id)
    _add_people(conn, team_id, made, [*with_mail, *(one.contact_id for one in known)])
    for one in made.people.values():
        if one.email and one.email.lower() in mails:
            made.by_mail.setdefault(one.email.lower(), []).append(one.id)
    _add_known(conn, team_id, made, known)
    _add_tickets(conn, team_id, made, signals)
    at = {*chain.from_iterable(made.by_name.values()), *made.by_customer_id.values()}
    for person in customers.contacts_of(conn, team_id, sorted(at)):
        made.at.setdefault(person.customer_id, []).append(person)
        made.people.setdefault(person.id, person)
    made.hear(signals)
    return made


def _add_people(conn: Connection, team_id: str, made: Directory, ids: Iterable[int | None]) -> None:
    found: Mapping[int, Contact] = customers.some_contacts(
        conn, team_id, sorted({one for one in ids if one})
    )
    made.people |= {one.id: one for one in found.values() if one.deleted_at is None}


def _add_known(conn: Connection, team_id: str, made: Directory, known: Iterable[Known]) -> None:
    ids = sorted({one.customer_id for one in known if one.customer_id})
    live = set(conn.execute(_LIVE_CUSTOMERS, {"team": team_id, "ids": ids}).scalars())
    for one in known:
        key = (one.source, one.external_id)
        if one.customer_id in live:
            made.by_customer_id[key] = one.customer_id or 0
            made.on_record[False, *key] = one.customer_id or 0
        if one.contact_id in made.people:
            made.by_contact_id[key] = one.contact_id or 0
            made.on_record[True, *key] = one.contact_id or 0


def _add_tickets(
    conn: Connection, team_id: str, made: Directory, signals: Iterable[Signal]
) -> None:
    """A ticket that is closed needs no names when its opening had them."""
    nameless = {s.label for s in signals if s.label and not s.who.is_anybody}
    for one in tickets.known(conn, team_id, nameless):
        made.by_ticket[one.source, one.reference] = Meant(one.customer_id, one.contact_id)
