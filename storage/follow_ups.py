"""What people owe: opened and closed by the effects of rules, ticked off by buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from sqlalchemy import Boolean, Connection, and_, bindparam, exists, or_, select

from bot.playbook.announcements import first_announcement
from bot.playbook.effects import Cancel, Complete, Effect, Open, Reopen
from bot.playbook.follow_ups import FollowUp
from bot.playbook.terms import FollowUpKind, FollowUpState
from storage import tables
from storage.rows import Rows
from storage.tables import contact, person
from storage.types import SlackId, spelled

_T = tables.follow_up
SYSTEM = ""
"""Who settled a follow-up when a rule did, and not a person."""


@dataclass(frozen=True)
class Subject:
    """What a follow-up is about; of several records the most particular one counts."""

    customer_id: int | None = None
    contact_id: int | None = None
    referral_id: int | None = None
    ask_id: int | None = None


@dataclass(frozen=True)
class Row:
    """One follow-up as it is stored."""

    id: int
    kind: FollowUpKind
    owed_by: str | None
    state: FollowUpState
    due_at: datetime
    remind_at: datetime | None
    snoozed_by: str | None
    announce_at: datetime | None
    customer_id: int | None
    contact_id: int | None
    referral_id: int | None
    ask_id: int | None
    settled_at: datetime | None
    settled_by: str | None
    created_at: datetime

    @property
    def subject(self) -> Subject:
        return Subject(self.customer_id, self.contact_id, self.referral_id, self.ask_id)

    def facts(self) -> FollowUp:
        """As the rules see it."""
        return FollowUp(
            id=self.id,
            kind=self.kind,
            owed_by=self.owed_by,
            due_at=self.due_at,
            remind_at=self.remind_at,
            snoozed_by=self.snoozed_by,
            state=self.state,
            settled_at=self.settled_at,
            settled_by=self.settled_by,
        )


ROWS = Rows(_T, Row)
get, change = ROWS.get, ROWS.change

_IS_OPEN = spelled(_T.c.state, FollowUpState.OPEN)
_IN_TEAM = exists().where(
    person.c.team_id == _T.c.team_id,
    person.c.user_id == _T.c.owed_by,
    person.c.is_member,
    person.c.is_active,
)
_OF_PERSON = ROWS.select.where(
    _IS_OPEN,
    or_(
        _T.c.owed_by == bindparam("user"),
        and_(bindparam("unowned", type_=Boolean()), ~_IN_TEAM),
    ),
).order_by(_T.c.due_at, _T.c.id)
_OF_TEAM = ROWS.select.where(_IS_OPEN).order_by(_T.c.due_at, _T.c.id)
_LOCKED = ROWS.select.where(_T.c.id == bindparam("the_id")).with_for_update()
_SETTLED = (
    ROWS.select.where(
        _T.c.settled_at >= bindparam("since"),
        _T.c.settled_by != SYSTEM,
        # What a referral no longer asks for was not anybody's decision about it.
        or_(_T.c.referral_id.is_(None), _T.c.state == FollowUpState.DONE),
        or_(
            bindparam("user", type_=SlackId).is_(None),
            _T.c.owed_by == bindparam("user", type_=SlackId),
            _T.c.settled_by == bindparam("user", type_=SlackId),
        ),
    )
    .order_by(_T.c.settled_at.desc(), _T.c.id.desc())
    .limit(bindparam("most"))
)
_TO_ANNOUNCE = (
    ROWS.select.where(_IS_OPEN, _T.c.announce_at <= bindparam("now"))
    .order_by(_T.c.announce_at, _T.c.id)
    .limit(bindparam("most"))
)
_ABOUT = {
    name: ROWS.select.where(_T.c[name] == bindparam("subject")).order_by(_T.c.id)
    for name in ("referral_id", "ask_id", "contact_id", "customer_id")
}
"""Follow-ups of a contact are those of the contact itself, not of its referrals: see `about`."""
_OF_CONTACT = _ABOUT["contact_id"].where(_T.c.referral_id.is_(None))
_PEOPLE = select(contact.c.id).where(
    contact.c.team_id == bindparam("team"), contact.c.customer_id == bindparam("customer")
)
_OPEN_AT = ROWS.select.where(
    _IS_OPEN, or_(_T.c.customer_id == bindparam("customer"), _T.c.contact_id.in_(_PEOPLE))
).order_by(_T.c.id)


def of_person(conn: Connection, team_id: str, user_id: str, *, unowned: bool = False) -> list[Row]:
    """Everything open that a person owes; with `unowned` also what nobody owns or somebody who has
    left (for managers)."""
    return ROWS.all(conn, _OF_PERSON, team_id, user=user_id, unowned=unowned)


def of_team(conn: Connection, team_id: str) -> list[Row]:
    """Everything open in the workspace."""
    return ROWS.all(conn, _OF_TEAM, team_id)


def locked(conn: Connection, team_id: str, follow_up_id: int) -> Row | None:
    """One follow-up, held until the transaction ends, so that two clicks take turns."""
    found = ROWS.all(conn, _LOCKED, team_id, the_id=follow_up_id)
    return found[0] if found else None


def settled_lately(
    conn: Connection, team_id: str, since: datetime, most: int, *, user_id: str | None = None
) -> list[Row]:
    """What people ticked or struck off since then, the latest first: of one person or of all."""
    return ROWS.all(conn, _SETTLED, team_id, since=since, most=most, user=user_id)


def to_announce(conn: Connection, team_id: str, now: datetime, most: int) -> list[Row]:
    """Open follow-ups that Goen should speak of now."""
    return ROWS.all(conn, _TO_ANNOUNCE, team_id, now=now, most=most)


def about(conn: Connection, team_id: str, subject: Subject) -> list[Row]:
    """All follow-ups of one record, settled ones too, in the order they were opened."""
    name, value = _narrowest(subject)
    found = ROWS.all(conn, _ABOUT[name], team_id, subject=value)
    return [row for row in found if _narrowest(row.subject) == (name, value)]


def of_contact(conn: Connection, team_id: str, contact_id: int) -> list[Row]:
    """All follow-ups of a contact and of the asks to them, settled ones too."""
    return ROWS.all(conn, _OF_CONTACT, team_id, subject=contact_id)


def open_at(conn: Connection, team_id: str, customer_id: int) -> list[Row]:
    """Everything open around an account: its own, its people's, and of their asks and referrals."""
    return ROWS.all(conn, _OPEN_AT, team_id, customer=customer_id)


def withdraw(conn: Connection, team_id: str, owed: Iterable[Row], now: datetime) -> tuple[int, ...]:
    """Whoever is deleted is owed nothing: what is open among these is struck off. Its ids."""
    still_open = [row.id for row in owed if row.state is FollowUpState.OPEN]
    for row_id in still_open:
        change(
            conn,
            team_id,
            row_id,
            state=FollowUpState.CANCELLED,
            settled_at=now,
            settled_by=SYSTEM,
            announce_at=None,
        )
    return tuple(still_open)


def bring_back(
    conn: Connection, team_id: str, owed: Iterable[Row], withdrawn_at: datetime
) -> tuple[int, ...]:
    """Undo `withdraw`: what was struck off at that instant is open again. Its ids."""
    withdrawn = [
        row.id
        for row in owed
        if row.state is FollowUpState.CANCELLED
        and row.settled_by == SYSTEM
        and row.settled_at == withdrawn_at
    ]
    for row_id in withdrawn:
        change(conn, team_id, row_id, state=FollowUpState.OPEN, settled_at=None, settled_by=None)
    return tuple(withdrawn)


def apply(
    conn: Connection,
    team_id: str,
    subject: Subject,
    effects: Iterable[Effect],
    now: datetime,
    by: str = SYSTEM,
) -> list[int]:
    """Carry out a rule's effects on the follow-ups of one record; the ids that changed.

    The caller rewrites the messages that show them: see `bot.messages.rewrite`.
    """
    changed: list[int] = []
    for effect in effects:
        match effect:
            case Open():
                changed.append(_open(conn, team_id, subject, effect, now))
            case Complete(kind):
                changed += _settle(conn, team_id, subject, kind, FollowUpState.DONE, now, by)
            case Cancel(kind):
                changed += _settle(conn, team_id, subject, kind, FollowUpState.CANCELLED, now, by)
            case Reopen(kind):
                changed += _reopen(conn, team_id, subject, kind)
            case _:
                assert_never(effect)
    return changed


def save(conn: Connection, team_id: str, changed: FollowUp, announce_at: datetime | None) -> None:
    """Write back what a rule made of a follow-up."""
    change(
        conn,
        team_id,
        changed.id,
        state=changed.state,
        owed_by=changed.owed_by,
        remind_at=changed.remind_at,
        snoozed_by=changed.snoozed_by,
        settled_at=changed.settled_at,
        settled_by=changed.settled_by,
        announce_at=announce_at,
    )


def _open(conn: Connection, team_id: str, subject: Subject, effect: Open, now: datetime) -> int:
    return ROWS.add(
        conn,
        team_id,
        kind=effect.kind,
        owed_by=effect.owed_by,
        state=FollowUpState.OPEN,
        due_at=effect.due_at,
        announce_at=first_announcement(effect.kind, now),
        customer_id=subject.customer_id,
        contact_id=subject.contact_id,
        referral_id=subject.referral_id,
        ask_id=subject.ask_id,
        created_at=now,
    )


def _settle(
    conn: Connection,
    team_id: str,
    subject: Subject,
    kind: FollowUpKind,
    state: FollowUpState,
    now: datetime,
    by: str,
) -> list[int]:
    mine = [
        row.id
        for row in about(conn, team_id, subject)
        if row.kind is kind and row.state is FollowUpState.OPEN
    ]
    for row_id in mine:
        change(conn, team_id, row_id, state=state, settled_at=now, settled_by=by, announce_at=None)
    return mine


def _reopen(conn: Connection, team_id: str, subject: Subject, kind: FollowUpKind) -> list[int]:
    """The one that was done last is open again."""
    done = [
        row
        for row in about(conn, team_id, subject)
        if row.kind is kind and row.state is FollowUpState.DONE and row.settled_at
    ]
    if not done:
        return []
    last = max(done, key=lambda row: (row.settled_at or row.due_at, row.id))
    change(conn, team_id, last.id, state=FollowUpState.OPEN, settled_at=None, settled_by=None)
    return [last.id]


def _narrowest(subject: Subject) -> tuple[str, int]:
    for name in ("referral_id", "ask_id", "contact_id", "customer_id"):
        value: int | None = getattr(subject, name)
        if value is not None:
            return name, value
    raise ValueError("a follow-up is about something")
