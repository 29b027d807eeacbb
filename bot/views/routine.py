"""The message of each working day in the team's channel (R1).

It counts and leads to everybody's own list. People are named and not mentioned, because a mention
rings, and a colleague in another zone may be asleep; customers are not named, because not everybody
in the channel looks after them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from bot.playbook.lines import Command
from bot.texts.voice import Markup, Voice
from bot.views import goen, ids
from bot.views.blocks import Message, actions, button, context, fields, header, section
from bot.views.follow_ups import Place

FIGURES = (
    *("scores", "results", "asks", "received", "contacted", "in_time"),
    *("meetings", "won", "lost"),
)
"""What is counted of a week, in the order of the loop."""
_NAMED = 15
"""People in one list; the rest of a large team is one line."""


@dataclass(frozen=True)
class Count:
    """How many, and of whom, by name; "" stands for what the whole team looks after."""

    by_name: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_name.values())


@dataclass(frozen=True)
class Monday:
    """Scores to ask for again, and who could be asked for a referral."""

    stale: Count
    candidates: Count


@dataclass(frozen=True)
class Tuesday:
    """Results to report, and who may be asked now."""

    reports: Count
    askable: Count


@dataclass(frozen=True)
class Thursday:
    """News and thanks that referrers wait for."""

    updates: Count
    thanks: Count


@dataclass(frozen=True)
class Friday:
    """The week in figures, and what next week brings."""

    first: date
    last: date
    figures: Mapping[str, int]
    next_week: Count
    days_off: Sequence[date]


Routine = Monday | Tuesday | Thursday | Friday


def show(voice: Voice, facts: Routine) -> Message:
    """One message with its buttons."""
    match facts:
        case Monday(stale, candidates):
            body = [_list(voice, "stale", stale), _list(voice, "candidates", candidates)]
            return _message(voice, "monday", body, _ask(voice))
        case Tuesday(reports, askable):
            body = [_list(voice, "reports", reports), _list(voice, "askable", askable)]
            return _message(voice, "tuesday", body, _ask(voice))
        case Thursday(updates, thanks):
            body = [_list(voice, "updates", updates), _list(voice, "thanks", thanks)]
            return _message(voice, "thursday", body)
        case Friday():
            dashboard = goen.button(voice, Command.DASHBOARD)
            return _message(voice, "friday", _friday(voice, facts), dashboard)


def _message(voice: Voice, day: str, body: Sequence[Block], *more: ButtonElement) -> Message:
    title = voice.plain(f"routine.{day}")
    mine = button(voice.plain("follow_ups.show_mine"), ids.SHOW_FOLLOW_UPS, Place.MINE)
    lead = section(voice.markup(f"routine.{day}_lead"))
    return Message(title, [header(title), lead, *body, actions(mine, *more)])


def _list(voice: Voice, key: str, count: Count) -> Block:
    heading = voice.markup(f"routine.{key}", n=count.total)
    named = sorted(count.by_name.items(), key=lambda one: (-one[1], one[0]))
    lines = [
        voice.markup(
            "routine.line", name=name or voice.plain("routine.shared"), count=voice.number(n)
        )
        for name, n in named[:_NAMED]
    ]
    rest = sum(n for _, n in named[_NAMED:])
    if rest:
        lines.append(
            voice.markup(
                "routine.line", name=voice.plain("routine.others"), count=voice.number(rest)
            )
        )
    return section(Markup("\n".join((heading, *lines))))


def _friday(voice: Voice, facts: Friday) -> list[Block]:
    span = voice.markup("routine.span", first=voice.day(facts.first), last=voice.day(facts.last))
    figures = [
        voice.markup(f"routine.figure_{name}", count=voice.number(facts.figures[name]))
        for name in FIGURES
    ]
    blocks: list[Block] = [section(span), fields(figures), _list(voice, "next", facts.next_week)]
    if facts.days_off:
        days = voice.list(voice.day(day) for day in facts.days_off)
        blocks.append(context(voice.markup("routine.days_off", days=days)))
    return blocks


def _ask(voice: Voice) -> ButtonElement:
    return button(voice.plain("routine.show_asks"), ids.SHOW_ASK_LIST)
