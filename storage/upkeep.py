"""What every change of a contact or an account entails: its state row and what it is owed by rule.

Called in the transaction of the change, and once a day for what only time brings.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.playbook.account_rhythm import (
    ContactDuties,
    ReportDuty,
    owed_to_contact,
    owed_to_customer,
)
from bot.playbook.contact_facts import Record, ResultRecord
from bot.playbook.contact_state import ContactState
from bot.playbook.terms import FollowUpKind, FollowUpState
from bot.playbook.working_time import PersonTime
from storage import contact_states, customers, follow_ups, results
from storage.clocks import person_time, time_of
from storage.follow_ups import Row, Subject
from storage.people import Person
from storage.workspaces import Workspace


@dataclass(frozen=True)
class Kept:
    """What came of it: the state, what it was before, and the follow-ups whose messages have to be
    rewritten."""

    before: ContactState | None
    state: ContactState | None
    changed: tuple[int, ...]


def contact_changed(
    conn: Connection,
    workspace: Workspace,
    contact_id: int,
    now: datetime,
    *,
    added: Record | None = None,
    by: Person | None = None,
) -> Kept:
    """Bring the state of a contact and what it is owed in line (M2 M3).

    With `added`, the one record that is new and all that has changed, the state only moves on by
    it; otherwise all records are folded again. `by` is whoever added it, most often the owner, so
    that nobody has to be read twice.
    """
    team_id, policy = workspace.team_id, workspace.policy
    before = contact_states.locked(conn, team_id, contact_id)
    if before and added:
        state: ContactState | None = contact_states.add_record(conn, before, team_id, added, policy)
    else:
        state = contact_states.refresh(conn, team_id, contact_id, policy)
    if state is None:
        owed = follow_ups.of_contact(conn, team_id, contact_id)
        return Kept(before, None, follow_ups.withdraw(conn, team_id, owed, now))
    subject = Subject(contact_id=contact_id)
    owed = follow_ups.about(conn, team_id, subject)
    effects = owed_to_contact(
        state,
        _duties(owed, _unscored_since(conn, team_id, state, now)),
        now,
        policy,
        _owner_time(conn, workspace, state, by),
    )
    return Kept(before, state, tuple(follow_ups.apply(conn, team_id, subject, effects, now)))


def customer_changed(
    conn: Connection,
    workspace: Workspace,
    customer_id: int,
    now: datetime,
    *,
    added: ResultRecord | None = None,
) -> tuple[int, ...]:
    """Bring every contact of an account and its monthly report in line (M1).

    With `added`, a new result of everybody there, as in `contact_changed`.
    """
    team_id, policy = workspace.team_id, workspace.policy
    changed = [
        follow_up
        for contact_id in contact_states.of_customer(conn, team_id, customer_id)
        for follow_up in contact_changed(conn, workspace, contact_id, now, added=added).changed
    ]
    customer = customers.get(conn, team_id, customer_id)
    subject = Subject(customer_id=customer_id)
    owed = follow_ups.about(conn, team_id, subject)
    if customer is None or customer.deleted_at:
        return (*changed, *follow_ups.withdraw(conn, team_id, owed, now))
    duty = ReportDuty(
        owner_id=customer.owner_id,
        since=customer.created_at,
        reported_at=customer.reported_at,
        settled_at=_settled_at(owed, FollowUpKind.RESULT_REPORT),
        is_open=_is_open(owed, FollowUpKind.RESULT_REPORT),
        has_results=bool(results.of_customer(conn, team_id, customer_id)),
    )
    person = person_time(conn, workspace, customer.owner_id)
    effects = owed_to_customer(duty, now, policy, person)
    return (*changed, *follow_ups.apply(conn, team_id, subject, effects, now))


def reported_at(conn: Connection, team_id: str, customer_id: int) -> datetime | None:
    """When a customer heard of results last, by what is on record now: logged, or ticked off."""
    logged = [one.measured_at for one in results.of_customer(conn, team_id, customer_id)]
    ticked = [
        row.settled_at
        for row in follow_ups.about(conn, team_id, Subject(customer_id=customer_id))
        if row.kind is FollowUpKind.RESULT_REPORT
        and row.state is FollowUpState.DONE
        and row.settled_at
        and row.settled_by != follow_ups.SYSTEM
    ]
    return max([*logged, *ticked], default=None)


def _owner_time(
    conn: Connection, workspace: Workspace, state: ContactState, by: Person | None
) -> PersonTime:
    if by and by.user_id == state.owner_id:
        return time_of(workspace, by)
    return person_time(conn, workspace, state.owner_id)


def _unscored_since(conn: Connection, team_id: str, state: ContactState, now: datetime) -> datetime:
    """When a contact was entered who never gave a score; of others nobody asks."""
    if state.nps_at:
        return state.nps_at
    entered = customers.get_contact(conn, team_id, state.contact_id)
    return entered.created_at if entered else now


def _duties(owed: list[Row], since: datetime) -> ContactDuties:
    return ContactDuties(
        since=since,
        refresh_is_open=_is_open(owed, FollowUpKind.NPS_REFRESH),
        refresh_settled_at=_settled_at(owed, FollowUpKind.NPS_REFRESH),
        repair_is_open=_is_open(owed, FollowUpKind.REPAIR_PLAN),
        repair_settled_at=_settled_at(owed, FollowUpKind.REPAIR_PLAN),
    )


def _is_open(owed: list[Row], kind: FollowUpKind) -> bool:
    return any(row.kind is kind and row.state is FollowUpState.OPEN for row in owed)


def _settled_at(owed: list[Row], kind: FollowUpKind) -> datetime | None:
    settled = (row.settled_at for row in owed if row.kind is kind and row.settled_at)
    return max(settled, default=None)
