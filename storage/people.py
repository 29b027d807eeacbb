"""The members of a workspace as Slack describes them, with the role that Goen gives them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, not_, null, select, update
from sqlalchemy.dialects.postgresql import Insert

from bot.playbook.terms import Role
from storage.tables import person
from storage.upsert import upsert


@dataclass(frozen=True)
class Person:
    """One Slack user. `locale` is a catalogue's language, `timezone` an IANA zone."""

    team_id: str
    user_id: str
    name: str
    email: str | None
    locale: str
    timezone: str
    role: Role
    is_member: bool
    is_active: bool
    is_guest: bool
    is_bot: bool
    is_stranger: bool
    dm_channel_id: str | None
    refreshed_at: datetime

    @property
    def may_own(self) -> bool:
        """Whether accounts may be theirs: an active full member of the team channel."""
        return self.is_member and self.is_full_member

    @property
    def may_be_told(self) -> bool:
        """Whether Goen may write to them: an admin outside of the team channel uses it too."""
        return self.is_full_member and (self.is_member or self.role is Role.ADMIN)

    @property
    def is_full_member(self) -> bool:
        """Of the workspace, whatever their channels."""
        return self.is_active and not (self.is_bot or self.is_guest or self.is_stranger)


_COLUMNS = tuple(f.name for f in fields(Person))
COLUMNS = tuple(person.c[name] for name in _COLUMNS)
"""What `read` takes, in its order."""
_MINE = (person.c.team_id == bindparam("team"), person.c.user_id == bindparam("user"))
_GET = select(*COLUMNS).where(*_MINE)
_TEAM = (
    select(*COLUMNS)
    .where(
        person.c.team_id == bindparam("team"),
        person.c.is_member,
        person.c.is_active,
        ~person.c.is_bot,
        ~person.c.is_guest,
        ~person.c.is_stranger,
    )
    .order_by(person.c.name)
)
_SET = update(person).where(*_MINE)
_ADMINS = select(person.c.user_id).where(
    person.c.team_id == bindparam("team"), person.c.role == Role.ADMIN, person.c.is_active
)
_LOCKED_ADMINS = _ADMINS.with_for_update()
_LEARNED = {"team_id", "user_id", "role", "dm_channel_id"}
"""The role is Goen's own and the DM is learned by posting: what Slack says changes neither."""


def _save(kept: set[str]) -> Insert:
    statement = upsert(person)
    changed: dict[str, Any] = {
        name: statement.excluded[name] for name in _COLUMNS if name not in kept
    }
    is_member = person.c.is_member if "is_member" in kept else statement.excluded.is_member
    # Whoever had their data erased is named again when they are of the team again, and not before.
    stays_erased = and_(
        person.c.erased_at.is_not(None), not_(and_(is_member, statement.excluded.is_active))
    )
    for name in ("name", "email"):
        changed[name] = case((stays_erased, person.c[name]), else_=changed[name])
    changed["erased_at"] = case((stays_erased, person.c.erased_at), else_=null())
    return statement.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=changed)


_SAVE, _SAVE_AS_MEMBER = _save(_LEARNED), _save(_LEARNED | {"is_member"})


def get(conn: Connection, team_id: str, user_id: str) -> Person | None:
    row = conn.execute(_GET, {"team": team_id, "user": user_id}).one_or_none()
    return read(row) if row else None


def team(conn: Connection, team_id: str) -> list[Person]:
    """Everybody Goen serves: active full members of the team channel, by name."""
    return [read(row) for row in conn.execute(_TEAM, {"team": team_id})]


def managers(conn: Connection, team_id: str) -> list[Person]:
    return [p for p in team(conn, team_id) if p.role is not Role.REP]


def has_admin(conn: Connection, team_id: str) -> bool:
    return conn.execute(_ADMINS, {"team": team_id}).first() is not None


def admins(conn: Connection, team_id: str) -> list[str]:
    """The user ids of the active admins, locked until the transaction ends: two of them who step
    down at once take turns."""
    return list(conn.execute(_LOCKED_ADMINS, {"team": team_id}).scalars())


def save(conn: Connection, known: Person, *, keeps_membership: bool = False) -> None:
    """Insert a person, or refresh what Slack says of them and keep the role they have."""
    statement = _SAVE_AS_MEMBER if keeps_membership else _SAVE
    conn.execute(statement, {name: getattr(known, name) for name in _COLUMNS})


def set_role(conn: Connection, team_id: str, user_id: str, role: Role) -> None:
    conn.execute(_SET.values(role=role), {"team": team_id, "user": user_id})


def set_membership(conn: Connection, team_id: str, user_id: str, *, is_member: bool) -> None:
    conn.execute(_SET.values(is_member=is_member), {"team": team_id, "user": user_id})


def set_dm_channel(conn: Connection, team_id: str, user_id: str, channel_id: str) -> None:
    conn.execute(_SET.values(dm_channel_id=channel_id), {"team": team_id, "user": user_id})


def read(row: Sequence[Any]) -> Person:
    """A person from the values of `COLUMNS`."""
    return Person(*row)
