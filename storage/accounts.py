"""An account or a person as a whole: handed over, deleted, and brought back.

Each returns the ids of the follow-ups that changed, for `bot.messages.rewrite`.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from storage import contact_states, customers, follow_ups, upkeep
from storage.customers import Contact, Customer
from storage.follow_ups import Row, Subject
from storage.workspaces import Workspace


def hand_over(
    conn: Connection,
    workspace: Workspace,
    customer: Customer,
    owner_id: str | None,
    now: datetime,
) -> tuple[int, ...]:
    """Give an account to somebody else, or to the team (None), with what its owner owes there.

    What another person has taken on stays theirs, and referrals have an owner of their own.
    """
    team_id = workspace.team_id
    customers.change(conn, team_id, customer.id, owner_id=owner_id, owner_email=None)
    moved = [
        row.id
        for row in follow_ups.open_at(conn, team_id, customer.id)
        if row.referral_id is None and row.owed_by == customer.owner_id
    ]
    for row_id in moved:
        follow_ups.change(conn, team_id, row_id, owed_by=owner_id)
    return (*moved, *upkeep.customer_changed(conn, workspace, customer.id, now))


def delete(
    conn: Connection, workspace: Workspace, customer: Customer, now: datetime
) -> tuple[int, ...]:
    """Delete an account. Its people and its records stay with it, out of sight."""
    customers.change(conn, workspace.team_id, customer.id, deleted_at=now)
    return upkeep.customer_changed(conn, workspace, customer.id, now)


def restore(
    conn: Connection, workspace: Workspace, customer: Customer, now: datetime
) -> tuple[int, ...]:
    """Undo `delete`, with what was owed then as far as it is still owed."""
    team_id = workspace.team_id
    customers.change(conn, team_id, customer.id, deleted_at=None)
    owed = list(_owed(conn, team_id, customer.id))
    back = follow_ups.bring_back(conn, team_id, owed, customer.deleted_at or now)
    return (*back, *upkeep.customer_changed(conn, workspace, customer.id, now))


def delete_contact(
    conn: Connection, workspace: Workspace, contact: Contact, now: datetime
) -> tuple[int, ...]:
    """Delete one person at an account."""
    customers.change_contact(conn, workspace.team_id, contact.id, deleted_at=now)
    return upkeep.contact_changed(conn, workspace, contact.id, now).changed


def restore_contact(
    conn: Connection, workspace: Workspace, contact: Contact, now: datetime
) -> tuple[int, ...]:
    """Undo `delete_contact`, likewise."""
    team_id = workspace.team_id
    customers.change_contact(conn, team_id, contact.id, deleted_at=None)
    owed = follow_ups.of_contact(conn, team_id, contact.id)
    back = follow_ups.bring_back(conn, team_id, owed, contact.deleted_at or now)
    return (*back, *upkeep.contact_changed(conn, workspace, contact.id, now).changed)


def _owed(conn: Connection, team_id: str, customer_id: int) -> Iterator[Row]:
    """Follow-ups of an account, its people and the asks to them; not those of referrals."""
    yield from follow_ups.about(conn, team_id, Subject(customer_id=customer_id))
    for contact_id in contact_states.of_customer(conn, team_id, customer_id):
        yield from follow_ups.of_contact(conn, team_id, contact_id)
