"""The team and its roles."""

from collections.abc import Iterable

from slack_sdk.models.blocks import (
    Block,
    RadioButtonsElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.playbook.terms import Role
from bot.texts.voice import Markup, Voice, mention
from bot.views import ids
from bot.views.blocks import (
    Message,
    actions,
    button,
    context,
    field_input,
    header,
    option,
    section,
)
from bot.views.forms import save_form

_LISTED = 100
"""Mentions that surely fit one section."""


def members(voice: Voice, by_role: dict[Role, list[str]], *, may_change: bool) -> Message:
    """Who belongs to the team, by role; admins change roles from here."""
    title = voice.plain("team.title")
    said: list[Block] = [header(title)]
    for role in reversed(Role):
        people = by_role.get(role, [])
        if people:
            heading = voice.markup("team.role", role=voice.plain(f"role.{role}"), n=len(people))
            said.append(section(Markup(f"{heading}\n{_mentions(voice, people)}")))
    said.append(context(voice.markup("team.hint")))
    if may_change:
        said.append(actions(button(voice.plain("team.change"), ids.CHANGE_ROLE)))
    return Message(title, said)


def role_form(voice: Voice) -> View:
    """Give somebody another role."""
    roles = [
        option(voice.plain(f"role.{role}"), role.value, voice.plain(f"team.may_{role}"))
        for role in Role
    ]
    return save_form(
        voice,
        ids.ROLE_FORM,
        voice.plain("team.form_title"),
        [
            field_input(
                ids.MEMBER, voice.plain("team.member"), UserSelectElement(action_id=ids.MEMBER)
            ),
            field_input(
                ids.ROLE,
                voice.plain("team.new_role"),
                RadioButtonsElement(action_id=ids.ROLE, options=roles),
            ),
        ],
    )


def changed(voice: Voice, user_id: str, role: Role) -> Message:
    said = voice.markup("team.changed", who=mention(user_id), role=voice.plain(f"role.{role}"))
    return Message(said, [section(said)])


def _mentions(voice: Voice, people: Iterable[str]) -> Markup:
    everybody = [mention(user_id) for user_id in people]
    shown = "　".join(everybody[:_LISTED])
    more = len(everybody) - _LISTED
    return Markup(f"{shown}　{voice.markup('home.more', n=more)}" if more > 0 else shown)
