"""`/goen team`: who belongs to the team, and which role each of them has."""

from bot.playbook.rights import Action
from bot.playbook.terms import Role
from bot.views import ids
from bot.views import team as views
from handlers.answers import Answer, Invalid, OpenView, Say
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import people


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.CHANGE_ROLE, open_form, reads=True)
    routes.add(Entry.SUBMISSION, ids.ROLE_FORM, change_role)


def show(turn: Turn) -> Answer:
    by_role: dict[Role, list[str]] = {}
    for person in people.team(turn.conn, turn.team_id):
        by_role.setdefault(person.role, []).append(person.user_id)
    may_change = turn.me.role is Role.ADMIN
    return Say(views.members(turn.voice, by_role, may_change=may_change))


def open_form(turn: Turn) -> Answer:
    turn.allow(Action.EDIT_ROLES)
    return OpenView(views.role_form(turn.voice))


def change_role(turn: Turn) -> Answer:
    """Give a member another role; a team always keeps one admin."""
    turn.allow(Action.EDIT_ROLES)
    user_id, role = turn.request.answer(ids.MEMBER), turn.request.answer(ids.ROLE)
    if not user_id:
        raise Invalid({ids.MEMBER: turn.voice.plain("team.choose_member")})
    if role not in set(Role):
        raise Invalid({ids.ROLE: turn.voice.plain("team.choose_role")})
    admins = people.admins(turn.conn, turn.team_id)
    members = {person.user_id for person in people.team(turn.conn, turn.team_id)}
    person = people.get(turn.conn, turn.team_id, user_id)
    if person is None or user_id not in members.union(admins):
        raise Invalid({ids.MEMBER: turn.voice.plain("team.no_member")})
    if admins == [user_id] and role != Role.ADMIN:
        raise Invalid({ids.ROLE: turn.voice.plain("team.last_admin")})
    people.set_role(turn.conn, turn.team_id, user_id, Role(role))
    turn.audit(Action.EDIT_ROLES, "person", user_id, before=person.role, after=role)
    return Say(views.changed(turn.voice, user_id, Role(role)), turn.voice.plain("team.form_title"))
