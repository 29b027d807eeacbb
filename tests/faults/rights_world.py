"""Two workspaces with the same records for each owner, and everybody who might reach for them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.playbook.terms import (
    Role,
)
from bot.sandbox import BOT_USER_ID
from storage import (
    people,
    workspaces,
)
from storage.engine import Store
from storage.people import Person
from storage.seed import seed
from tests.faults.rights_books import Book, Writer
from tests.house import EMMA, GONE, GUEST, MORI, OUTSIDER, SATO, STRANGER, TANAKA, TEAM

SECOND_TEAM, SECOND_ADMIN, NOBODY = "T0SECOND", "U0SECOND", "U0NOBODY"


class Who(StrEnum):
    """Everybody who acts, by what they are to the records of Sato."""

    OWNER = "the owner"
    OTHER_REP = "another rep"
    MANAGER = "a manager"
    ADMIN = "an admin"
    GUEST = "a guest"
    BOT = "a bot"
    DEACTIVATED = "somebody deactivated"
    STRANGER = "somebody of another company"
    OUTSIDER = "somebody outside of the channel"
    OTHER_WORKSPACE = "an admin of another workspace"
    UNKNOWN = "nobody that Slack knows"


USERS = {
    Who.OWNER: SATO,
    Who.OTHER_REP: TANAKA,
    Who.MANAGER: MORI,
    Who.ADMIN: EMMA,
    Who.GUEST: GUEST,
    Who.BOT: BOT_USER_ID,
    Who.DEACTIVATED: GONE,
    Who.STRANGER: STRANGER,
    Who.OUTSIDER: OUTSIDER,
    Who.OTHER_WORKSPACE: SECOND_ADMIN,
    Who.UNKNOWN: NOBODY,
}
TEAM_OF = {who: SECOND_TEAM if who is Who.OTHER_WORKSPACE else TEAM for who in Who}
INSIDERS = (Who.OWNER, Who.OTHER_REP, Who.MANAGER, Who.ADMIN)


@dataclass(frozen=True)
class World:
    """Whose records are whose: Sato's, Tanaka's, the team's shared ones, the other workspace's."""

    sato: Book
    tanaka: Book
    shared: Book
    foreign: Book


def settle_world(store: Store, now: datetime) -> World:
    """Fill a database in which a bot has made the first workspace."""
    with store.write() as conn:
        first = workspaces.get(conn, TEAM)
        assert first
        second = replace(first, team_id=SECOND_TEAM, name="株式会社トナリ", bot_user_id="U0GOEN2")
        workspaces.create(conn, second, now)
        seed(conn, second, now)
        for who in Who:
            if who is not Who.UNKNOWN:
                people.save(conn, _person(who, now))
        return World(
            sato=Writer(conn, first, SATO, TANAKA, "甲", now).book(),
            tanaka=Writer(conn, first, TANAKA, SATO, "乙", now).book(),
            shared=Writer(conn, first, None, SATO, "丙", now).book(),
            foreign=Writer(conn, second, SECOND_ADMIN, SECOND_ADMIN, "丁", now).book(),
        )


def _person(who: Who, now: datetime) -> Person:
    roles = {Who.MANAGER: Role.MANAGER, Who.ADMIN: Role.ADMIN, Who.OTHER_WORKSPACE: Role.ADMIN}
    return Person(
        team_id=TEAM_OF[who],
        user_id=USERS[who],
        name=who,
        email=f"{USERS[who].lower()}@goen.example",
        locale="ja",
        timezone="Asia/Tokyo",
        role=roles.get(who, Role.REP),
        is_member=who is not Who.OUTSIDER,
        is_active=who is not Who.DEACTIVATED,
        is_guest=who is Who.GUEST,
        is_bot=who is Who.BOT,
        is_stranger=who is Who.STRANGER,
        dm_channel_id=None,
        refreshed_at=now + timedelta(days=1000),
    )
