"""One state row per contact: what rules and "whom to ask" read instead of a thousand records."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    Update,
    bindparam,
    desc,
    or_,
    select,
    union_all,
    update,
)

from bot.playbook.contact_facts import (
    AskRecord,
    Contact,
    ContactRecords,
    MomentRecord,
    NpsRecord,
    Record,
    ReferralRecord,
    ResultRecord,
)
from bot.playbook.contact_state import AskWindow, ContactState, advance, fold
from bot.playbook.policy import Policy
from storage import signals, tickets
from storage.tables import ask, contact, contact_state, customer, moment, nps, referral, result
from storage.upsert import upsert

_FIELDS = tuple(f.name for f in fields(ContactState))
_STATE = [contact_state.c[name] for name in _FIELDS]
_THE_CONTACT: BindParameter[int] = bindparam("contact")
_TEAM: BindParameter[str] = bindparam("team")

_CONTACT = (
    select(
        contact.c.id,
        contact.c.customer_id,
        customer.c.owner_id,
        contact.c.opted_out_at,
        contact.c.complaint_at,
        contact.c.deleted_at.label("contact_deleted"),
        customer.c.deleted_at.label("customer_deleted"),
    )
    .join(customer, customer.c.id == contact.c.customer_id)
    .where(contact.c.team_id == _TEAM, customer.c.team_id == _TEAM, contact.c.id == _THE_CONTACT)
)
_NPS = select(
    nps.c.id, nps.c.score, nps.c.answered_at.label("at"), nps.c.created_by.label("by")
).where(nps.c.team_id == _TEAM, nps.c.contact_id == _THE_CONTACT, nps.c.deleted_at.is_(None))
_RESULTS = select(
    result.c.id, result.c.kpi, result.c.percent, result.c.improved, result.c.measured_at.label("at")
).where(
    result.c.team_id == _TEAM,
    result.c.customer_id == bindparam("customer"),
    or_(result.c.contact_id.is_(None), result.c.contact_id == _THE_CONTACT),
    result.c.improved,
    result.c.deleted_at.is_(None),
)
_MOMENTS = select(moment.c.id, moment.c.kind, moment.c.happened_at.label("at")).where(
    moment.c.team_id == _TEAM, moment.c.contact_id == _THE_CONTACT, moment.c.deleted_at.is_(None)
)
_ASKS = select(
    ask.c.id, ask.c.sent_at.label("at"), ask.c.sent_by.label("by"), ask.c.state, ask.c.answer
).where(ask.c.team_id == _TEAM, ask.c.contact_id == _THE_CONTACT, ask.c.deleted_at.is_(None))
_REFERRALS = select(referral.c.id, referral.c.stage).where(
    referral.c.team_id == _TEAM,
    referral.c.referrer_id == _THE_CONTACT,
    referral.c.deleted_at.is_(None),
)
# In one order for everybody, because each state is locked when its turn comes.
_IDS_OF_CUSTOMER = (
    select(contact.c.id)
    .where(contact.c.team_id == _TEAM, contact.c.customer_id == bindparam("customer"))
    .order_by(contact.c.id)
)
_IDS_AFTER = (
    select(contact.c.id)
    .where(contact.c.team_id == _TEAM, contact.c.id > bindparam("after"))
    .order_by(contact.c.id)
)
_SOME_IDS = _IDS_AFTER.limit(bindparam("most"))
_GET = select(*_STATE).where(
    contact_state.c.team_id == _TEAM, contact_state.c.contact_id == _THE_CONTACT
)
# Of two who record something of a contact at once, the second waits, and reads what the first made.
_LOCKED = _GET.with_for_update()
_DELETE = contact_state.delete().where(
    contact_state.c.team_id == _TEAM, contact_state.c.contact_id == _THE_CONTACT
)
_SAVE = upsert(contact_state)
_SAVE = _SAVE.on_conflict_do_update(
    index_elements=["contact_id"],
    set_={name: _SAVE.excluded[name] for name in _FIELDS if name != "contact_id"},
    where=contact_state.c.team_id == _SAVE.excluded.team_id,
)


def _walk(*of: Any) -> Select[Any]:
    return (
        select(*_STATE)
        .where(
            contact_state.c.team_id == _TEAM,
            *of,
            contact_state.c.is_askable,
            contact_state.c.nps_at >= bindparam("nps_since"),
            or_(
                contact_state.c.last_asked_at.is_(None),
                contact_state.c.last_asked_at <= bindparam("asked_until"),
            ),
            contact_state.c.result_at >= bindparam("result_since"),
        )
        .order_by(contact_state.c.rank_key.desc())
        .limit(bindparam("most"))
    )


_OF_TEAM = _walk()
_OWN = _walk(contact_state.c.owner_id == bindparam("owner")).subquery("own").select()
_SHARED = _walk(contact_state.c.owner_id.is_(None)).subquery("shared").select()
_OF_OWNER = union_all(_OWN, _SHARED).order_by(desc("rank_key")).limit(bindparam("most"))


def get(conn: Connection, team_id: str, contact_id: int) -> ContactState | None:
    return _one(conn, _GET, team_id, contact_id)


def locked(conn: Connection, team_id: str, contact_id: int) -> ContactState | None:
    """The same, to be changed in this transaction and by nobody else meanwhile."""
    return _one(conn, _LOCKED, team_id, contact_id)


def add_record(
    conn: Connection, state: ContactState, team_id: str, added: Record, policy: Policy
) -> ContactState:
    """A state that is locked, with one record more; in the transaction that made the record.

    It costs the same whatever the contact's history is, and gives what `refresh` would.
    """
    advanced = advance(state, added, policy)
    changed = {
        name: value
        for name in _FIELDS
        if (value := getattr(advanced, name)) != getattr(state, name)
    }
    if changed:
        of = {"team": team_id, "contact": state.contact_id}
        conn.execute(_update_of(tuple(changed)), changed | of)
    return advanced


def refresh(conn: Connection, team_id: str, contact_id: int, policy: Policy) -> ContactState | None:
    """Fold the records of a contact again, in the transaction that changed one of them.

    None when the contact or its customer is deleted: such a contact has no state.
    """
    locked(conn, team_id, contact_id)
    found = conn.execute(_CONTACT, {"team": team_id, "contact": contact_id}).mappings()
    who = found.one_or_none()
    if who is None or who["contact_deleted"] or who["customer_deleted"]:
        conn.execute(_DELETE, {"team": team_id, "contact": contact_id})
        return None
    customer_id = who["customer_id"]
    is_open = tickets.open_of(conn, team_id, customer_id, contact_id)
    records = replace(
        _records(conn, team_id, contact_id, customer_id),
        open_tickets=is_open.tickets,
        usage=signals.usage(conn, team_id, customer_id, contact_id, policy),
        participation=signals.participation(conn, team_id, customer_id, contact_id),
    )
    state = fold(
        Contact(
            contact_id=contact_id,
            customer_id=customer_id,
            owner_id=who["owner_id"],
            opted_out=who["opted_out_at"] is not None,
            open_complaint=who["complaint_at"] is not None or is_open.has_complaint,
        ),
        records,
        policy,
    )
    conn.execute(_SAVE, {"team_id": team_id} | {name: getattr(state, name) for name in _FIELDS})
    return state


def refresh_customer(conn: Connection, team_id: str, customer_id: int, policy: Policy) -> None:
    """Fold every contact of an account again: a result or an owner concerns all of them."""
    for contact_id in of_customer(conn, team_id, customer_id):
        refresh(conn, team_id, contact_id, policy)


def of_customer(conn: Connection, team_id: str, customer_id: int) -> list[int]:
    """The contacts of an account, deleted or not: those without a state lose what is left of it."""
    ids = conn.execute(_IDS_OF_CUSTOMER, {"team": team_id, "customer": customer_id}).scalars()
    return list(ids)


def some_contacts(conn: Connection, team_id: str, after: int, most: int) -> list[int]:
    """The next contacts behind this id, for work in portions that leave others their turn."""
    params = {"team": team_id, "after": after, "most": most}
    return list(conn.execute(_SOME_IDS, params).scalars())


def to_ask(
    conn: Connection,
    team_id: str,
    window: AskWindow,
    most: int,
    *,
    owner_id: str | None = None,
) -> list[ContactState]:
    """Whom to ask now, best first: of one rep with the team's shared ones, or of the whole team.

    Walks along the partial indexes on `rank_key`; the cost does not grow with the customers.
    """
    dates = {
        "team": team_id,
        "nps_since": window.nps_since,
        "asked_until": window.asked_until,
        "result_since": window.result_since,
        "most": most,
    }
    if owner_id is None:
        return _states(conn.execute(_OF_TEAM, dates))
    return _states(conn.execute(_OF_OWNER, dates | {"owner": owner_id}))


def _records(conn: Connection, team_id: str, contact_id: int, customer_id: int) -> ContactRecords:
    of = {"team": team_id, "contact": contact_id, "customer": customer_id}
    return ContactRecords(
        nps=tuple(NpsRecord(**row) for row in conn.execute(_NPS, of).mappings()),
        results=tuple(ResultRecord(**row) for row in conn.execute(_RESULTS, of).mappings()),
        moments=tuple(MomentRecord(**row) for row in conn.execute(_MOMENTS, of).mappings()),
        asks=tuple(AskRecord(**row) for row in conn.execute(_ASKS, of).mappings()),
        referrals=tuple(ReferralRecord(**row) for row in conn.execute(_REFERRALS, of).mappings()),
    )


@lru_cache(maxsize=64)
def _update_of(names: tuple[str, ...]) -> Update:
    """A record changes one of a few sets of columns; the statement for each is built once."""
    return (
        update(contact_state)
        .where(contact_state.c.team_id == _TEAM, contact_state.c.contact_id == _THE_CONTACT)
        .values({name: bindparam(name) for name in names})
    )


def _one(
    conn: Connection, statement: Select[Any], team_id: str, contact_id: int
) -> ContactState | None:
    row = conn.execute(statement, {"team": team_id, "contact": contact_id}).one_or_none()
    return _state(row) if row else None


def _states(rows: Iterable[Sequence[Any]]) -> list[ContactState]:
    return [_state(row) for row in rows]


def _state(row: Sequence[Any]) -> ContactState:
    return ContactState(**dict(zip(_FIELDS, row, strict=True)))
