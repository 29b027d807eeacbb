"""`/goen`: help, the first admin, and every command behind one name.

`/goen nps …` is `/nps …`: the rest of the line goes to that command's own handler. A button of the
help does the same with nothing behind it, so each screen has one way in whatever was used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot.playbook.lines import Command, nearest_command, parse_goen
from bot.playbook.rights import check_person, first_role
from bot.playbook.terms import MomentKind, Role
from bot.playbook.words import plain
from bot.views import goen as views
from bot.views import ids
from bot.views.blocks import Message
from handlers import (
    customers,
    dashboard,
    erasing,
    follow_ups,
    handbooks,
    importing,
    moments,
    settings,
    team,
    voices,
)
from handlers.answers import Answer, Say
from handlers.request import Entry
from handlers.routes import Handler, Routes
from handlers.turn import Turn
from storage import deliveries, people
from storage.deliveries import NewDelivery

_WELCOME_LIVES = timedelta(days=7)
_OWN_COMMANDS = {
    Command.NPS: ids.NPS_COMMAND,
    Command.RESULT: ids.RESULT_COMMAND,
    Command.REFERRAL: ids.REFERRAL_COMMAND,
    Command.ASK: ids.ASK_COMMAND,
}


def register(routes: Routes) -> None:
    """Also for the commands of other modules: they are looked up when they are used."""
    desk = _Desk(routes)
    routes.add(Entry.COMMAND, ids.GOEN_COMMAND, desk.from_line, open_to_newcomers=True)
    for command in Command:
        routes.add(Entry.ACTION, views.action_id(command), desk.button(command))


@dataclass(frozen=True)
class _Desk:
    """Where `/goen` arrives and is passed on."""

    routes: Routes

    def from_line(self, turn: Turn) -> Answer:
        line = parse_goen(turn.request.text)
        if not people.has_admin(turn.conn, turn.team_id):
            turn = _make_admin(turn)
            if line.command in (Command.HELP, Command.SETTINGS):
                return Say(_welcome(turn))
            _tell(turn, _welcome(turn))
        check_person(turn.actor, turn.team_id)
        if line.command is None:
            return Say(_unknown(turn))
        return self._pass_on(turn, line.command, line.rest)

    def button(self, command: Command) -> Handler:
        return lambda turn: self._pass_on(turn, command, "")

    def _pass_on(self, turn: Turn, command: Command, rest: str) -> Answer:
        as_typed = replace(turn, request=replace(turn.request, text=rest))
        name = _OWN_COMMANDS.get(command)
        if name:
            return self.routes.table[Entry.COMMAND, name].handler(as_typed)
        return _SCREENS[command](as_typed)


def _help(turn: Turn) -> Answer:
    if turn.me.role is Role.ADMIN and turn.workspace.channel_id is None:
        return Say(_welcome(turn))
    return Say(views.help_message(turn.voice, turn.me.role))


def _welcome(turn: Turn) -> Message:
    has_channel = turn.workspace.channel_id is not None
    return views.first_admin(turn.voice, turn.me.user_id, has_channel=has_channel)


def _tell(turn: Turn, message: Message) -> None:
    """Say by direct message what the answer has no room for: it belongs to what was typed."""
    deliveries.enqueue(
        turn.conn,
        NewDelivery(
            team_id=turn.team_id,
            dedup_key=f"welcome:{turn.request.key}",
            kind="report",
            channel=turn.me.user_id,
            payload=message.payload(),
            due_at=turn.now,
            expires_at=turn.now + _WELCOME_LIVES,
        ),
    )


def _make_admin(turn: Turn) -> Turn:
    """The first full member to come becomes admin; with a channel set, one of its members.

    Raises:
        Refused: they are none.
    """
    has_channel = turn.workspace.channel_id is not None
    newcomer = turn.actor if has_channel else replace(turn.actor, is_member=True)
    check_person(newcomer, turn.team_id)
    role = first_role(team_has_admin=False)
    people.set_role(turn.conn, turn.team_id, turn.me.user_id, role)
    turn.audit("become_first_admin", "person", turn.me.user_id)
    return replace(
        turn,
        me=replace(turn.me, role=role),
        actor=replace(newcomer, role=role, is_member=True),
    )


def _unknown(turn: Turn) -> Message:
    typed = plain(turn.request.text)
    word = typed.split()[0]
    return views.unknown(turn.voice, typed, word, nearest_command(word))


_SCREENS: Mapping[Command, Callable[[Turn], Answer]] = {
    Command.THANKS: partial(moments.from_line, kind=MomentKind.THANKS),
    Command.UPSELL: partial(moments.from_line, kind=MomentKind.UPSELL),
    Command.RENEWAL: partial(moments.from_line, kind=MomentKind.RENEWAL),
    Command.CONTRACT: partial(moments.from_line, kind=MomentKind.CONTRACT),
    Command.CUSTOMER: customers.from_line,
    Command.FOLLOW_UPS: follow_ups.show_list,
    Command.DASHBOARD: dashboard.show,
    Command.SETTINGS: settings.open_form,
    Command.IMPORT: importing.open_form,
    Command.TEAM: team.show,
    Command.VOICES: voices.from_line,
    Command.HANDBOOK: handbooks.from_line,
    Command.ERASE: erasing.from_line,
    Command.HELP: _help,
}
