"""What only time brings: scores that have gone stale, accounts whose report is overdue (M1 M2).

The conditions are those of `bot.playbook.account_rhythm`, which decides again for each record. The
rows are locked for the transaction, so that two processes never open the same follow-up twice.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, or_, select

from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind, FollowUpState
from storage.tables import contact, contact_state, customer, follow_up, result

_TEAM: Any = bindparam("team")


def _is_looked_after(kind: FollowUpKind, of: ColumnElement[bool]) -> ColumnElement[bool]:
    """One is open, or was settled so lately that it is not owed again yet."""
    return exists().where(
        follow_up.c.team_id == _TEAM,
        of,
        follow_up.c.kind == kind,
        or_(
            follow_up.c.state == FollowUpState.OPEN,
            follow_up.c.settled_at > bindparam("settled_since"),
        ),
    )


_CONTACTS = (
    select(contact.c.id)
    .join(contact_state, contact_state.c.contact_id == contact.c.id)
    .where(
        contact.c.team_id == _TEAM,
        ~contact_state.c.opted_out,
        func.coalesce(contact_state.c.nps_at, contact.c.created_at) < bindparam("since"),
        contact.c.id > bindparam("after"),
        ~_is_looked_after(FollowUpKind.NPS_REFRESH, follow_up.c.contact_id == contact.c.id),
    )
    .order_by(contact.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=contact)
)
_CUSTOMERS = (
    select(customer.c.id)
    .where(
        customer.c.team_id == _TEAM,
        customer.c.deleted_at.is_(None),
        func.coalesce(customer.c.reported_at, customer.c.created_at) <= bindparam("since"),
        customer.c.id > bindparam("after"),
        exists().where(
            result.c.team_id == _TEAM,
            result.c.customer_id == customer.c.id,
            result.c.deleted_at.is_(None),
        ),
        ~_is_looked_after(FollowUpKind.RESULT_REPORT, follow_up.c.customer_id == customer.c.id),
    )
    .order_by(customer.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=customer)
)


def contacts(
    conn: Connection, team_id: str, policy: Policy, now: datetime, after: int, most: int
) -> list[int]:
    """Contacts behind `after`, by id, whose score is to be asked for again and is not yet."""
    rows = conn.execute(
        _CONTACTS,
        {
            "team": team_id,
            "since": now - policy.nps_fresh_for,
            "settled_since": now - policy.nps_remind_again_after,
            "after": after,
            "most": most,
        },
    )
    return list(rows.scalars())


def customers(
    conn: Connection, team_id: str, policy: Policy, now: datetime, after: int, most: int
) -> list[int]:
    """Accounts behind `after`, by id, that are owed a report and do not have it coming yet."""
    since = now - policy.result_report_every
    rows = conn.execute(
        _CUSTOMERS,
        {"team": team_id, "since": since, "settled_since": since, "after": after, "most": most},
    )
    return list(rows.scalars())
