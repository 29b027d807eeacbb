"""App Home: what to do next, whom to ask, what is under way; three steps for a newcomer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.playbook.lines import Command
from bot.playbook.reasons import Reason
from bot.playbook.terms import FollowUpKind, Role, Stage
from bot.texts.voice import Markup, Voice
from bot.views import follow_ups, goen, ids, reasons, stuck
from bot.views.blocks import (
    VIEW_BLOCKS,
    actions,
    button,
    context,
    divider,
    header,
    home,
    section,
)
from bot.views.stuck import Stuck

_MORNING_UNTIL, _DAY_UNTIL = 11, 17
LISTED = 5
"""Referrals that are named; the rest is counted."""


@dataclass(frozen=True)
class Numbers:
    """The three numbers at the top."""

    due: int
    candidates: int
    open_referrals: int
    of_team: bool
    """Whether they are the whole team's or the person's own."""


@dataclass(frozen=True)
class Underway:
    """A referral in one line; `owes` names what is still to be told before it can be closed."""

    referral_id: int
    company: str
    referrer: str
    stage: Stage
    owes: tuple[FollowUpKind, ...] = ()


@dataclass(frozen=True)
class Referrals:
    """The newest of them, and how many more there are."""

    shown: Sequence[Underway] = ()
    more: int = 0


@dataclass(frozen=True)
class HomeFacts:
    """Everything that a person's Home shows. `due` and `to_ask` are blocks of their own rooms."""

    name: str
    now: datetime
    role: Role
    numbers: Numbers
    due: Sequence[Sequence[Block]] = field(default_factory=tuple)
    due_more: int = 0
    to_ask: Sequence[Sequence[Block]] = field(default_factory=tuple)
    underway: Referrals = Referrals()
    closing: Referrals = Referrals()
    stuck: Sequence[Stuck] = field(default_factory=tuple)


@dataclass(frozen=True)
class Newcomer:
    """A Home with nothing to show yet: which of the first steps are done."""

    name: str
    now: datetime
    role: Role
    has_customers: bool
    has_scores: bool
    has_results: bool


def show(voice: Voice, facts: HomeFacts) -> View:
    """A day's Home, at most `VIEW_BLOCKS` blocks whatever there is to show."""
    head: list[Block] = [
        header(_greeting(voice, facts.name, facts.now)),
        context(voice.markup("home.day_line", day=voice.day_of(facts.now))),
        _numbers(voice, facts.numbers),
        _log_buttons(voice),
    ]
    body = [
        *_due(voice, facts),
        *_to_ask(voice, facts),
        *stuck.listing(voice, facts.stuck),
        *_referrals(voice, "home.closing", facts.closing),
        *_referrals(voice, "home.underway", facts.underway),
    ]
    foot = _foot(voice, facts.role)
    return home([*head, *body[: VIEW_BLOCKS - len(head) - len(foot)], *foot])


def newcomer(voice: Voice, facts: Newcomer) -> View:
    """Three steps, each with its button; what is done is ticked."""
    steps = (
        ("customers", facts.has_customers, (Command.IMPORT, Command.NPS)),
        ("measure", facts.has_scores and facts.has_results, (Command.NPS, Command.RESULT)),
        ("ask", False, (Command.ASK,)),
    )
    blocks: list[Block] = [
        header(_greeting(voice, facts.name, facts.now)),
        section(voice.markup("home.welcome")),
        divider(),
    ]
    for name, is_done, commands in steps:
        mark = ":white_check_mark: " if is_done else ""
        blocks.append(section(Markup(f"{mark}{voice.markup(f'home.step_{name}')}")))
        if not is_done:
            blocks.append(actions(*(goen.button(voice, one) for one in commands)))
    return home([*blocks, *_foot(voice, facts.role)])


def beginning(voice: Voice, name: str, now: datetime) -> View:
    """Goen was just installed: how to start it up."""
    said = [section(voice.markup("home.welcome")), section(voice.markup("home.begin"))]
    return home([header(_greeting(voice, name, now)), *said])


def closed(voice: Voice, why: Reason) -> View:
    """The Home of somebody who does not use Goen: why, and what to do."""
    return home([header(voice.plain("answer.title")), section(reasons.say(voice, why))])


def _greeting(voice: Voice, name: str, now: datetime) -> str:
    hour = voice.local(now).hour
    time = "morning" if hour < _MORNING_UNTIL else "day" if hour < _DAY_UNTIL else "evening"
    return voice.plain(f"home.{time}", name=name)


def _numbers(voice: Voice, numbers: Numbers) -> Block:
    return section(
        voice.markup(
            "home.numbers_team" if numbers.of_team else "home.numbers_mine",
            due=voice.number(numbers.due),
            candidates=voice.number(numbers.candidates),
            open=voice.number(numbers.open_referrals),
        )
    )


def _log_buttons(voice: Voice) -> Block:
    commands = (Command.RESULT, Command.NPS, Command.THANKS, Command.REFERRAL)
    return actions(*(goen.button(voice, command) for command in commands))


def _due(voice: Voice, facts: HomeFacts) -> list[Block]:
    title = section(voice.markup("home.due"))
    if not facts.due:
        return [divider(), title, context(voice.markup("home.due_none"))]
    more: list[Block] = []
    if facts.due_more:
        more = [
            context(voice.markup("home.due_more", n=facts.due_more)),
            actions(follow_ups.show_all(voice)),
        ]
    return [divider(), title, *(block for item in facts.due for block in item), *more]


def _to_ask(voice: Voice, facts: HomeFacts) -> list[Block]:
    title = section(voice.markup("home.to_ask"))
    if not facts.to_ask:
        return [divider(), title, context(voice.markup("home.to_ask_none"))]
    asked = [block for item in facts.to_ask for block in item]
    return [divider(), title, *asked, actions(goen.button(voice, Command.ASK))]


def _referrals(voice: Voice, title: str, referrals: Referrals) -> list[Block]:
    if not referrals.shown:
        return []
    more: list[Block] = []
    if referrals.more:
        all_of_them = button(voice.plain("home.show_referrals"), ids.SHOW_REFERRALS)
        more = [context(voice.markup("home.more", n=referrals.more)), actions(all_of_them)]
    lines = [_line(voice, one) for one in referrals.shown]
    return [divider(), section(voice.markup(title)), *lines, *more]


def _line(voice: Voice, one: Underway) -> Block:
    stage = voice.plain(f"stage.{one.stage}")
    said = voice.markup("home.referral", company=one.company, referrer=one.referrer, stage=stage)
    if one.owes:
        owes = voice.list(voice.plain(f"follow_up.{kind}") for kind in one.owes)
        said = Markup(f"{said}\n{voice.markup('home.owes', owes=owes)}")
    opens = button(voice.plain("home.open_referral"), ids.OPEN_REFERRAL, one.referral_id)
    return section(said, accessory=opens)


def _foot(voice: Voice, role: Role) -> list[Block]:
    commands = [Command.CUSTOMER, Command.DASHBOARD, Command.TEAM, Command.HELP]
    if role is Role.ADMIN:
        commands.insert(-1, Command.SETTINGS)
    return [divider(), actions(*(goen.button(voice, one) for one in commands))]
