"""Bringing a file of customers and contacts into a workspace: all of it or nothing, once or twice.

An account is known by the key of its name, a contact by the key of theirs within the account, so
the same file changes nothing the second time. An empty cell leaves what is on record. An owner is
given by mail address: a member of the team gets the account now, anybody else when they first
appear (`customers.take_over`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, bindparam, insert, select

from bot.playbook.contact_facts import Contact as Folded
from bot.playbook.contact_facts import ContactRecords
from bot.playbook.contact_state import ContactState, fold
from bot.playbook.file_accounts import FileAccount, FilePerson
from bot.playbook.terms import CustomerKind
from storage import customers, people, upkeep
from storage.customers import Customer, Keys, NewContact, NewCustomer
from storage.tables import contact, contact_state, customer
from storage.workspaces import Workspace

BATCH = 500
_KEY = 255


@dataclass(frozen=True)
class Count:
    """How many records were new, were changed, or were on record as the file has them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged
        )


@dataclass(frozen=True)
class Imported:
    """What an import did. `follow_ups` are those whose messages have to be rewritten."""

    customers: Count = Count()
    contacts: Count = Count()
    follow_ups: tuple[int, ...] = ()

    def __add__(self, other: "Imported") -> "Imported":
        return Imported(
            self.customers + other.customers,
            self.contacts + other.contacts,
            self.follow_ups + other.follow_ups,
        )


_CUSTOMER = [customer.c[f.name] for f in fields(Customer)]
_KNOWN = (
    select(customer.c.name_key, *_CUSTOMER)
    .where(
        customer.c.team_id == bindparam("team"),
        customer.c.deleted_at.is_(None),
        customer.c.name_key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(customer.c.id.desc())
)


@dataclass(frozen=True)
class _Known:
    """A contact on record, as far as a file may say something else."""

    id: int
    customer_id: int
    name_key: str
    email: str | None
    job_title: str | None


_PEOPLE = (
    select(*(contact.c[f.name] for f in fields(_Known)))
    .where(
        contact.c.team_id == bindparam("team"),
        contact.c.deleted_at.is_(None),
        contact.c.customer_id.in_(bindparam("customers", expanding=True)),
    )
    .order_by(contact.c.id.desc())
)
_START = insert(contact_state)
_STATE = tuple(f.name for f in fields(ContactState))


def take(
    conn: Connection,
    workspace: Workspace,
    accounts: Mapping[str, FileAccount],
    now: datetime,
    by: str,
    on_progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Bring in the accounts of a file without problems (`file_accounts.accounts_of`, which is best
    done before the transaction begins). The caller's transaction makes it all or none.

    `on_progress` hears how many accounts of how many are done, after each batch.
    """
    owners = {
        person.email: person.user_id
        for person in people.team(conn, workspace.team_id)
        if person.email
    }
    done, finished = Imported(), 0
    for batch in _batches(accounts):
        done += _Batch(conn, workspace, now, by, owners).take(batch)
        finished += len(batch)
        if on_progress:
            on_progress(finished, len(accounts))
    return done


def _batches(accounts: Mapping[str, FileAccount]) -> Iterator[dict[str, FileAccount]]:
    items = iter(accounts.items())
    while batch := {key[:_KEY]: account for key, account in islice(items, BATCH)}:
        yield batch


@dataclass(frozen=True)
class _Batch:
    """Some accounts of the file, with as few statements as there are kinds of things to do."""

    conn: Connection
    workspace: Workspace
    now: datetime
    by: str
    owners: Mapping[str, str]

    def take(self, batch: Mapping[str, FileAccount]) -> Imported:
        known = self._known(batch)
        changed = {one.id for key, one in known.items() if self._change(one, batch[key])}
        created = self._create({key: one for key, one in batch.items() if key not in known})
        contacts, joined = self._people(batch, known, created)
        follow_ups = [
            follow_up
            for customer_id in sorted(changed | joined)
            for follow_up in upkeep.customer_changed(
                self.conn, self.workspace, customer_id, self.now
            )
        ]
        counted = Count(len(created), len(changed), len(known) - len(changed))
        return Imported(counted, contacts, tuple(follow_ups))

    def _known(self, batch: Mapping[str, FileAccount]) -> dict[str, Customer]:
        """The accounts on record; of two with one name, the older."""
        rows = self.conn.execute(_KNOWN, {"team": self.workspace.team_id, "keys": list(batch)})
        return {key: Customer(*rest) for key, *rest in rows}

    def _change(self, known: Customer, said: FileAccount) -> bool:
        """Whether the file says something new about an account on record."""
        wanted: dict[str, object] = {
            "kind": said.kind,
            "contract_date": said.contract_date,
            "locale": said.locale,
        }
        wanted = {name: value for name, value in wanted.items() if value is not None}
        if said.owner_email:
            wanted["owner_id"], wanted["owner_email"] = self._owner(said.owner_email)
        changes = _news(known, wanted)
        if changes:
            customers.change(self.conn, self.workspace.team_id, known.id, **changes)
        return bool(changes)

    def _create(self, new: Mapping[str, FileAccount]) -> dict[str, tuple[int, str | None]]:
        """The ids of new accounts with their owners, by key."""
        rows = []
        for key, said in new.items():
            owner_id, waiting = self._owner(said.owner_email)
            rows.append(
                NewCustomer(
                    name=said.name,
                    kind=said.kind or CustomerKind.CUSTOMER,
                    owner_id=owner_id,
                    owner_email=waiting,
                    locale=said.locale,
                    contract_date=said.contract_date,
                    keys=Keys(key, said.search_key),
                )
            )
        ids = customers.create_all(self.conn, self.workspace.team_id, self.now, rows, self.by)
        owners = (row.owner_id for row in rows)
        return dict(zip(new, zip(ids, owners, strict=True), strict=True))

    def _owner(self, email: str | None) -> tuple[str | None, str | None]:
        """The owner, or the mail address that waits for one."""
        owner_id = self.owners.get(email or "")
        return (owner_id, None) if owner_id else (None, email)

    def _people(
        self,
        batch: Mapping[str, FileAccount],
        known: Mapping[str, Customer],
        created: Mapping[str, tuple[int, str | None]],
    ) -> tuple[Count, set[int]]:
        """The contacts of the batch, and the ids of known accounts that have a new one."""
        newcomers = [
            _new_contact(customer_id, name_key, person)
            for key, (customer_id, _) in created.items()
            for name_key, person in batch[key].people.items()
        ]
        self._start(newcomers, dict(created.values()))
        on_record = self._contacts_of(known.values())
        joining: list[NewContact] = []
        changed = unchanged = 0
        for key, account in known.items():
            for name_key, person in batch[key].people.items():
                found = on_record.get((account.id, name_key))
                if found is None:
                    joining.append(_new_contact(account.id, name_key, person))
                elif self._change_person(found, person):
                    changed += 1
                else:
                    unchanged += 1
        self._add(joining)
        count = Count(len(newcomers) + len(joining), changed, unchanged)
        return count, {person.customer_id for person in joining}

    def _contacts_of(self, known: Iterable[Customer]) -> dict[tuple[int, str], _Known]:
        """Who is on record at these accounts; of two people with one name, the older."""
        of = {"team": self.workspace.team_id, "customers": [one.id for one in known]}
        rows = self.conn.execute(_PEOPLE, of).mappings()
        return {(row["customer_id"], row["name_key"]): _Known(**row) for row in rows}

    def _change_person(self, known: _Known, said: FilePerson) -> bool:
        wanted = {"email": said.email, "job_title": said.job_title}
        changes = _news(known, {name: value for name, value in wanted.items() if value})
        if changes:
            customers.change_contact(self.conn, self.workspace.team_id, known.id, **changes)
        return bool(changes)

    def _start(self, new: Sequence[NewContact], owners: Mapping[int, str | None]) -> None:
        """Contacts of new accounts: nothing is on record that their state could be folded from, so
        it is the same for all but for who they are."""
        blank = fold(Folded(contact_id=0, customer_id=0), ContactRecords(), self.workspace.policy)
        common = {name: getattr(blank, name) for name in _STATE}
        rows = [
            common
            | {
                "team_id": self.workspace.team_id,
                "contact_id": contact_id,
                "customer_id": person.customer_id,
                "owner_id": owners[person.customer_id],
            }
            for contact_id, person in zip(self._add(new), new, strict=True)
        ]
        if rows:
            self.conn.execute(_START, rows)

    def _add(self, new: Sequence[NewContact]) -> list[int]:
        team_id = self.workspace.team_id
        return customers.add_contacts(self.conn, team_id, self.now, new, self.by)


def _new_contact(customer_id: int, name_key: str, said: FilePerson) -> NewContact:
    keys = Keys(name_key, said.search_key)
    return NewContact(customer_id, said.name, said.email, said.job_title, keys=keys)


def _news(known: Customer | _Known, wanted: Mapping[str, object]) -> dict[str, object]:
    """What differs from what is on record."""
    return {name: value for name, value in wanted.items() if getattr(known, name) != value}
