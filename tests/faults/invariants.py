"""What is always true of the database (DESIGN §3), asked as queries for the rows that break it.

`broken` holds after every committed transaction, whatever died. `unpaid` compares the outbox with
what Slack took, when everything that was owed should have arrived.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    and_,
    cast,
    exists,
    func,
    or_,
    select,
)

from bot.playbook.contact_state import ContactState
from bot.playbook.rights import Action
from bot.playbook.terms import FollowUpState
from bot.sandbox.state import Call
from storage import contact_states, workspaces
from storage.follow_ups import SYSTEM
from storage.seed import SEEDED_BY
from storage.states import DeliveryState, ErrandKind, ErrandState, Method
from storage.tables import (
    ask,
    audit,
    contact,
    customer,
    delivery,
    errand,
    follow_up,
    metadata,
    moment,
    nps,
    offer,
    person,
    referral,
    result,
    template,
    workspace,
)

_SHOWN_AT_MOST = 5
_STATE = delivery.c.state
_OVER = (
    DeliveryState.SENT,
    DeliveryState.DEAD,
    DeliveryState.CANCELLED,
    DeliveryState.EXPIRED,
    DeliveryState.NEEDS_HUMAN,
)
_TRIED = (
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.DOUBT,
    DeliveryState.NEEDS_HUMAN,
)
_RECORDED = (nps, result, moment, ask, referral, offer, template)
_REGISTERED = (customer, contact)


def broken(conn: Connection) -> list[str]:
    """Every invariant that does not hold, with some of the rows that break it; none is none."""
    found = []
    for name, query in _RULES.items():
        rows = [tuple(row) for row in conn.execute(query)]
        if rows:
            found.append(f"{name}: {_some(rows)}")
    return found + _unfolded(conn)


def unpaid(conn: Connection, taken: Mapping[str, int]) -> list[str]:
    """How the messages that were owed differ from those that Slack took, each exactly once.

    `taken` says how often Slack took the post of a dedup key. A message that was given to a human
    or has expired is named too: whoever expects that takes it out.
    """
    states: dict[str, DeliveryState] = {
        row.dedup_key: row.state
        for row in conn.execute(
            select(delivery.c.dedup_key, _STATE).where(delivery.c.method == Method.POST)
        )
    }
    lost = sorted(key for key in states if not taken.get(key))
    doubled = sorted(key for key, times in taken.items() if times > 1)
    strange = sorted(taken.keys() - states.keys())
    unknown = sorted(
        key for key in taken if key in states and states[key] is not DeliveryState.SENT
    )
    named = {"lost": lost, "doubled": doubled, "not owed": strange, "not known to stand": unknown}
    return [
        f"{name}: {_some([(key, states.get(key)) for key in keys])}"
        for name, keys in named.items()
        if keys
    ]


def taken_by(calls: Iterable[Call]) -> Counter[str]:
    """How often the sandbox took the post of each dedup key, by its list of calls."""
    return Counter(
        call.args["metadata"]["event_payload"]["key"]
        for call in calls
        if call.method == "chat.postMessage" and call.ok
    )


def _some(rows: Sequence[object]) -> str:
    more = len(rows) - _SHOWN_AT_MOST
    shown = ", ".join(map(repr, rows[:_SHOWN_AT_MOST]))
    return f"{shown} and {more} more" if more > 0 else shown


def _rule(*of: ColumnElement[bool]) -> Select[Any]:
    """The deliveries of which all of these are true."""
    return select(delivery.c.dedup_key, _STATE, delivery.c.last_error).where(*of)


def _twice(table: Table, *columns: str, of: Sequence[ColumnElement[bool]] = ()) -> Select[Any]:
    """The values that stand in more than one row."""
    named = [table.c[name] for name in columns]
    return select(*named, func.count()).where(*of).group_by(*named).having(func.count() > 1)


def _is_audited(table: Table, *otherwise: ColumnElement[bool]) -> Select[Any]:
    """The rows that a person made and that no audit row of this person knows of."""
    by_them = and_(audit.c.team_id == table.c.team_id, audit.c.user_id == table.c.created_by)
    made = and_(audit.c.record == table.name, audit.c.record_id == cast(table.c.id, String))
    return select(table.c.id, table.c.created_by).where(
        table.c.created_by != SEEDED_BY,
        ~exists().where(by_them, or_(made, audit.c.action == Action.IMPORT)),
        *otherwise,
    )


def _elsewhere() -> Iterator[tuple[str, Select[Any]]]:
    """Rows that belong to a row of another workspace."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            parent, child = key.column.table.alias("parent"), key.parent
            apart = select(child, parent.c.team_id, table.c.team_id).where(
                child == parent.c[key.column.name], parent.c.team_id != table.c.team_id
            )
            yield f"a {table.name} of another workspace's {key.column.table.name}", apart


_RULES: dict[str, Select[Any]] = {
    "more than one row of a dedup key": _twice(delivery, "team_id", "dedup_key"),
    "one message stands for two deliveries": _twice(
        delivery,
        "team_id",
        "posted_channel",
        "slack_ts",
        of=(delivery.c.method == Method.POST, delivery.c.slack_ts.is_not(None)),
    ),
    "sent without a message, or a message that is not sent": _rule(
        delivery.c.method == Method.POST,
        (_STATE == DeliveryState.SENT) != delivery.c.slack_ts.is_not(None),
    ),
    "sent or in doubt without a claim": _rule(
        _STATE.in_(_TRIED), or_(delivery.c.epoch == 0, delivery.c.first_try_at.is_(None))
    ),
    "under way without a lease": _rule(
        _STATE == DeliveryState.SENDING,
        or_(delivery.c.owner.is_(None), delivery.c.lease_until.is_(None)),
    ),
    "a lease on what nobody may hold": _rule(
        _STATE.not_in([DeliveryState.SENDING, DeliveryState.DOUBT]),
        or_(delivery.c.owner.is_not(None), delivery.c.lease_until.is_not(None)),
    ),
    "settled and not over, or over and not settled": _rule(
        _STATE.in_(_OVER) != delivery.c.settled_at.is_not(None)
    ),
    "a change or an answer in doubt": _rule(
        delivery.c.method != Method.POST,
        _STATE.in_([DeliveryState.DOUBT, DeliveryState.NEEDS_HUMAN]),
    ),
    "the same thing is owed twice": _twice(
        follow_up,
        "team_id",
        "kind",
        "customer_id",
        "contact_id",
        "referral_id",
        "ask_id",
        of=(follow_up.c.state == FollowUpState.OPEN,),
    ),
    "a follow-up that is settled and open, or neither": select(
        follow_up.c.id, follow_up.c.state
    ).where((follow_up.c.state == FollowUpState.OPEN) == follow_up.c.settled_at.is_not(None)),
    "a follow-up that somebody settled without a trace": select(
        follow_up.c.id, follow_up.c.settled_by
    ).where(
        follow_up.c.settled_by != SYSTEM,
        ~exists().where(
            audit.c.team_id == follow_up.c.team_id,
            audit.c.user_id == follow_up.c.settled_by,
            audit.c.at == follow_up.c.settled_at,
        ),
    ),
    "an audit row by nobody we know": select(audit.c.id, audit.c.user_id).where(
        ~exists().where(person.c.team_id == audit.c.team_id, person.c.user_id == audit.c.user_id),
        # What its time brings, Goen does itself.
        ~exists().where(
            workspace.c.team_id == audit.c.team_id, workspace.c.bot_user_id == audit.c.user_id
        ),
    ),
    **{f"a {table.name} without an audit row": _is_audited(table) for table in _RECORDED},
    **{
        f"a {table.name} without an audit row": _is_audited(
            table, table.c.came_from_referral_id.is_(None)
        )
        for table in _REGISTERED
    },
    **dict(_elsewhere()),
}


def _unfolded(conn: Connection) -> list[str]:
    """The contacts whose state row is not what their records fold to.

    A change of the policy folds all of them again in an errand: until it is done, nothing is said.
    """
    waiting = select(errand.c.id).where(
        errand.c.kind == ErrandKind.REBUILD_STATES, errand.c.state == ErrandState.OPEN
    )
    if conn.execute(waiting).first():
        return []
    found = []
    for team in workspaces.every(conn):
        team_id = team.team_id
        of_team = select(contact.c.id).where(contact.c.team_id == team_id)
        for contact_id in conn.execute(of_team).scalars().all():
            stored = contact_states.get(conn, team_id, contact_id)
            with conn.begin_nested() as trial:
                folded = contact_states.refresh(conn, team_id, contact_id, team.policy)
                fresh = folded and contact_states.get(conn, team_id, contact_id)
                trial.rollback()
            if stored != fresh:
                found.append((contact_id, *_differing(stored, fresh)))
    return [f"a state that is not its records: {_some(found)}"] if found else []


def _differing(stored: ContactState | None, fresh: ContactState | None) -> Iterator[str]:
    """The fields in which two states differ, with both values."""
    if stored is None or fresh is None:
        yield "has none and should" if stored is None else "has one and should not"
        return
    for field in fields(ContactState):
        old, new = getattr(stored, field.name), getattr(fresh, field.name)
        if old != new:
            yield f"{field.name}: {old} instead of {new}"
