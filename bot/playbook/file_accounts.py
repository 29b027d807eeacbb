"""The accounts that the rows of a customer file describe, each with its people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.playbook.customer_file import CustomerRow
from bot.playbook.names import company_key, person_key, without_honorific
from bot.playbook.terms import CustomerKind


@dataclass
class FilePerson:
    """What the rows say of one contact; None where they say nothing."""

    name: str
    email: str | None = None
    job_title: str | None = None


@dataclass
class FileAccount:
    """What the rows say of one account, all of them together; people by the key of their name."""

    name: str
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
        account = accounts.setdefault(company_key(row.customer), FileAccount(row.customer))
        account.kind = account.kind or row.kind
        account.owner_email = account.owner_email or row.owner_email
        account.contract_date = account.contract_date or row.contract_date
        account.locale = account.locale or row.locale
        if row.contact:
            name = without_honorific(row.contact)
            person = account.people.setdefault(person_key(name), FilePerson(name))
            person.email = person.email or row.contact_email
            person.job_title = person.job_title or row.contact_role
    return accounts
