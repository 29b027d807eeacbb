"""Follow-ups with everything their screens speak of, read from the records."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.playbook.follow_ups import FollowUp, undo_until
from bot.playbook.terms import FollowUpKind, FollowUpState
from bot.views.follow_ups import Item
from storage import asks, contact_states, customers, follow_ups, referrals
from storage.customers import Contact, Customer
from storage.follow_ups import Row, Subject
from storage.referrals import Referral
from storage.workspaces import Workspace


def item_of(conn: Connection, workspace: Workspace, row: Row) -> Item:
    """One follow-up as it is shown."""
    team_id = workspace.team_id
    referral = referrals.get(conn, team_id, row.referral_id) if row.referral_id else None
    contact, customer = _owed_to(conn, team_id, row)
    score = None
    if row.contact_id and row.kind in (FollowUpKind.NPS_REFRESH, FollowUpKind.REPAIR_PLAN):
        state = contact_states.get(conn, team_id, row.contact_id)
        score = state.nps_score if state else None
    return Item(
        follow_up=_as_shown(row),
        customer=customer.name if customer else "",
        contact=contact.name if contact else "",
        contact_id=contact.id if contact else None,
        ask_id=row.ask_id,
        referral_id=row.referral_id,
        company=referral.company if referral else "",
        person=referral.person if referral else "",
        since=_since(conn, workspace, row, referral, customer),
        score=score,
        reason=referral.reason if referral else "",
        who_would_fit=referral.who_would_fit if referral else "",
        first_contact_hours=int(workspace.policy.first_contact_within / timedelta(hours=1)),
        undo_until=_undo_until(workspace, row),
        handed_to=_handed_to(conn, team_id, row),
    )


def items_of(conn: Connection, workspace: Workspace, rows: Iterable[Row]) -> list[Item]:
    """Several follow-ups, in their order."""
    return [item_of(conn, workspace, row) for row in rows]


def owner_of(conn: Connection, team_id: str, row: Row) -> str | None:
    """Who is responsible for the record that a follow-up is about; None for the team's own."""
    if row.referral_id:
        referral = referrals.get(conn, team_id, row.referral_id)
        return referral.owner_id if referral else row.owed_by
    _, customer = _owed_to(conn, team_id, row)
    return customer.owner_id if customer else row.owed_by


def _owed_to(conn: Connection, team_id: str, row: Row) -> tuple[Contact | None, Customer | None]:
    """The contact and the account that wait for it."""
    contact_id = row.contact_id
    if contact_id is None and row.ask_id:
        ask = asks.get(conn, team_id, row.ask_id)
        contact_id = ask.contact_id if ask else None
    contact = customers.get_contact(conn, team_id, contact_id) if contact_id else None
    customer_id = contact.customer_id if contact else row.customer_id
    return contact, customers.get(conn, team_id, customer_id) if customer_id else None


def _since(
    conn: Connection,
    workspace: Workspace,
    row: Row,
    referral: Referral | None,
    customer: Customer | None,
) -> datetime | None:
    """What the waiting began with."""
    team_id = workspace.team_id
    match row.kind:
        case FollowUpKind.PROGRESS_UPDATE if referral:
            owed = follow_ups.about(conn, team_id, Subject(referral_id=referral.id))
            return referrals.facts_of(referral, owed).done_at(FollowUpKind.PROGRESS_UPDATE)
        case FollowUpKind.ASK_ANSWER if row.ask_id:
            ask = asks.get(conn, team_id, row.ask_id)
            return ask.sent_at if ask else None
        case FollowUpKind.RESULT_REPORT:
            return customer.reported_at if customer else None
        case FollowUpKind.NPS_REFRESH | FollowUpKind.REPAIR_PLAN if row.contact_id:
            state = contact_states.get(conn, team_id, row.contact_id)
            return state.nps_at if state else None
    return None


def _handed_to(conn: Connection, team_id: str, row: Row) -> str | None:
    """Handing a referral over closes its follow-ups here and opens them for somebody else."""
    if row.referral_id is None or row.state is not FollowUpState.CANCELLED:
        return None
    for other in follow_ups.about(conn, team_id, Subject(referral_id=row.referral_id)):
        is_successor = other.kind is row.kind and other.created_at == row.settled_at
        if is_successor and other.owed_by != row.owed_by:
            return other.owed_by
    return None


def _as_shown(row: Row) -> FollowUp:
    """What a referral no longer asks for was struck off by its rule, whoever moved the referral."""
    follow_up = row.facts()
    if row.referral_id and row.state is FollowUpState.CANCELLED:
        return replace(follow_up, settled_by=None)
    return follow_up


def _undo_until(workspace: Workspace, row: Row) -> datetime | None:
    """What a rule settled it would settle again, and what a referral no longer asks for comes back
    only with the referral."""
    shown = _as_shown(row)
    return undo_until(shown, workspace.policy) if shown.settled_by else None
