"""Who may do what. Checked inside the transaction, from the payload's user and never from a button.

Reps see and act on their own customers and on those that the team shares; managers on all of the
team's; admins on the settings too. Whoever owes a follow-up may tick it off, whosever the customer.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.playbook.reasons import ReasonCode, Refused, reason
from bot.playbook.terms import Role

READER = "page"
"""Stands where a user id stands for whoever reads one of a customer's pages: nobody in Slack."""


class Action(StrEnum):
    """What somebody wants to do; the values are what the audit stores."""

    VIEW = "view"
    ADD_CUSTOMER = "add_customer"
    EDIT_CUSTOMER = "edit_customer"
    LOG_NPS = "log_nps"
    LOG_RESULT = "log_result"
    LOG_MOMENT = "log_moment"
    ASK = "ask"
    OVERRIDE_ASK = "override_ask"
    LOG_REFERRAL = "log_referral"
    MOVE_REFERRAL = "move_referral"
    CORRECT = "correct"
    DELETE = "delete"
    ERASE = "erase"
    ERASE_COLLEAGUE = "erase_colleague"
    TICK_FOLLOW_UP = "tick_follow_up"
    REASSIGN = "reassign"
    EDIT_CATALOGUE = "edit_catalogue"
    IMPORT = "import"
    EXPORT = "export"
    EDIT_SETTINGS = "edit_settings"
    EDIT_ROLES = "edit_roles"
    SETTLE_DELIVERY = "settle_delivery"


_RANK = {role: rank for rank, role in enumerate(Role)}
_AT_LEAST = {
    Action.OVERRIDE_ASK: Role.MANAGER,
    Action.EDIT_CATALOGUE: Role.MANAGER,
    Action.IMPORT: Role.MANAGER,
    Action.SETTLE_DELIVERY: Role.MANAGER,
    Action.EXPORT: Role.ADMIN,
    Action.EDIT_SETTINGS: Role.ADMIN,
    Action.EDIT_ROLES: Role.ADMIN,
    Action.ERASE_COLLEAGUE: Role.ADMIN,
}
_TOO_LOW = {
    Role.MANAGER: ReasonCode.MANAGERS_ONLY,
    Role.ADMIN: ReasonCode.ADMINS_ONLY,
}


@dataclass(frozen=True)
class Actor:
    """The person behind a payload, as Slack knows them."""

    user_id: str
    team_id: str
    """The workspace that they belong to, not the one in which they clicked."""
    role: Role = Role.REP
    is_active: bool = True
    is_guest: bool = False
    is_bot: bool = False
    is_member: bool = True
    """Of the team channel."""


@dataclass(frozen=True)
class Subject:
    """What is acted on, as far as rights care."""

    team_id: str
    owner_id: str | None = None
    """The rep responsible; None for what the team shares and for what nobody owns."""
    owed_by: str | None = None
    """For a follow-up: who owes it."""


def first_role(team_has_admin: bool) -> Role:
    """The role of somebody new: whoever sets Goen up is its first admin."""
    return Role.REP if team_has_admin else Role.ADMIN


def check_person(actor: Actor, team_id: str) -> None:
    """Whether this person may use Goen in this workspace at all. Raises `Refused`."""
    refusals = (
        (actor.team_id != team_id, ReasonCode.OTHER_WORKSPACE),
        (actor.is_bot, ReasonCode.BOT),
        (not actor.is_active, ReasonCode.DEACTIVATED),
        (actor.is_guest, ReasonCode.GUEST),
        (not actor.is_member, ReasonCode.NOT_IN_TEAM),
    )
    for applies, code in refusals:
        if applies:
            raise Refused(reason(code))


def check(actor: Actor, action: Action, subject: Subject) -> None:
    """Whether this person may do this to that. Raises `Refused` with the weightiest reason."""
    check_person(actor, subject.team_id)
    needed = _AT_LEAST.get(action, Role.REP)
    if _RANK[actor.role] < _RANK[needed]:
        raise Refused(reason(_TOO_LOW[needed]))
    if not _is_within_reach(actor, action, subject):
        raise Refused(reason(ReasonCode.SOMEBODY_ELSES, owner=subject.owner_id or ""))


def sees_all(actor: Actor) -> bool:
    """Whether lists show them the whole team's accounts, or only their own and the shared ones."""
    return _RANK[actor.role] >= _RANK[Role.MANAGER]


def _is_within_reach(actor: Actor, action: Action, subject: Subject) -> bool:
    owes_it = action is Action.TICK_FOLLOW_UP and subject.owed_by == actor.user_id
    return sees_all(actor) or owes_it or subject.owner_id in (None, actor.user_id)
