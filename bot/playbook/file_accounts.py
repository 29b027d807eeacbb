"""The accounts that the rows of a customer file describe, each with its people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.playbook.customer_file import CustomerRow
from bot.playbook.names import company_key, person_key, search_key, without_honorific
from bot.playbook.terms import CustomerKind


@dataclass
class FilePerson:
    """What the rows say of one contact; None where they say nothing."""

    name: str
    search_key: str
    email: str | None = None
    job_title: str | None = None


@dataclass
class FileAccount:
    """What the rows say of one account, all of them together; people by the key of their name."""

    name: str
    search_key: str
    kind: CustomerKind | None = None
    owner_email: str | None = None
    contract_date: date | None = None
    locale: str | None = None
    people: dict[str, FilePerson] = field(default_factory=dict)


def accounts_of(rows: Iterable[CustomerRow]) -> dict[str, FileAccount]:
    """Accounts by the key of their name, in the order of the file.

    The rows are those of a file without problems, so those of one account do not contradict each
    other: what one leaves open, another may fill.
    """
    accounts: dict[str, FileAccount] = {}
    for row in rows:
        key = company_key(row.customer)
        account = accounts.get(key)
        if account is None:
            account = accounts[key] = FileAccount(row.customer, search_key(row.customer))
        account.kind = account.kind or row.kind
        account.owner_email = account.owner_email or row.owner_email
        account.contract_date = account.contract_date or row.contract_date
        account.locale = account.locale or row.locale
        if row.contact:
            _add_person(account, row)
    return accounts


def _add_person(account: FileAccount, row: CustomerRow) -> None:
    name = without_honorific(row.contact or "")
    key = person_key(name)
    person = account.people.get(key)
    if person is None:
        person = account.people[key] = FilePerson(name, search_key(name))
    person.email = person.email or row.contact_email
    person.job_title = person.job_title or row.contact_role
