"""Messages that nothing but a human can settle: what they are, to whom, and the ways out."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from slack_sdk.models.blocks import Block, ButtonElement

from bot.texts.voice import Markup, Voice, mention
from bot.views import ids
from bot.views.blocks import actions, button, clip, confirm, context, divider, section
from bot.views.reminders import kind_name

LISTED = 5
"""How many are named; the rest is counted."""
_ERROR = 100


class Stuck(Protocol):
    """A message that did not get through."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def last_error(self) -> str | None: ...
    @property
    def may_have_arrived(self) -> bool: ...
    @property
    def is_mail(self) -> bool: ...


def listing(voice: Voice, stuck: Sequence[Stuck]) -> list[Block]:
    """A part of Home; nothing when nothing is stuck."""
    if not stuck:
        return []
    blocks: list[Block] = [divider(), section(voice.markup("stuck.title"))]
    for one in stuck[:LISTED]:
        blocks += [section(_line(voice, one)), actions(*_ways_out(voice, one))]
    if len(stuck) > LISTED:
        blocks.append(context(voice.markup("home.more", n=len(stuck) - LISTED)))
    return blocks


def _line(voice: Voice, one: Stuck) -> Markup:
    if one.is_mail:
        error = clip(one.last_error or "", _ERROR)
        return voice.markup("stuck.mail", sender=mention(one.channel), error=error)
    is_person = one.channel.startswith(("U", "W"))
    return voice.markup(
        "stuck.unknown" if one.may_have_arrived else "stuck.refused",
        kind=kind_name(voice, one.kind),
        to=mention(one.channel) if is_person else Markup(f"<#{one.channel}>"),
        error=clip(one.last_error or "", _ERROR),
    )


def _ways_out(voice: Voice, one: Stuck) -> Iterator[ButtonElement]:
    if one.is_mail:
        yield button(voice.plain("mail.arrived"), ids.STUCK_ARRIVED, one.id)
        yield button(voice.plain("mail.not_arrived"), ids.STUCK_DROP, one.id)
        return
    again = voice.plain("stuck.again")
    if one.may_have_arrived:
        yield button(voice.plain("stuck.arrived"), ids.STUCK_ARRIVED, one.id)
    asked = confirm(
        voice.plain("stuck.again_title"),
        voice.plain("stuck.again_text"),
        again,
        voice.plain("stuck.again_not"),
    )
    # Only a message that may stand in Slack already can stand there twice.
    yield button(again, ids.STUCK_AGAIN, one.id, confirm=asked if one.may_have_arrived else None)
    yield button(voice.plain("stuck.drop"), ids.STUCK_DROP, one.id)
