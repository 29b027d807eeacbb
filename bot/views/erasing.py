"""Erasing a person's data: whom, what goes and what stays, and what was done (P2)."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from slack_sdk.models.blocks import Block, ExternalDataSelectElement, Option
from slack_sdk.models.views import View

from bot.texts.voice import Markup, Voice, mention
from bot.views import ids
from bot.views.blocks import (
    PLACEHOLDER,
    Message,
    context,
    field_input,
    modal,
    option,
    plain,
    section,
)


class Somebody(Protocol):
    """Whom an option names."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def name(self) -> str: ...


def choice(voice: Voice, one: Somebody) -> Option:
    """Somebody to choose, by where they are known from."""
    label = voice.plain(f"erase.as_{one.kind}", company=one.company, name=one.name)
    return option(label, f"{one.kind}:{one.id}")


def form(voice: Voice, chosen: Option | None = None, typed: str = "") -> View:
    """Whom; what goes and what stays is said before anything is done."""
    find = ExternalDataSelectElement(
        action_id=ids.FIND_ERASABLE,
        placeholder=plain(voice.plain("erase.placeholder"), PLACEHOLDER),
        min_query_length=0,
        initial_option=chosen,
    )
    said: list[Block] = [section(voice.markup("erase.explained"))]
    if typed and chosen is None:
        said.append(context(voice.markup("answer.typed", typed=typed)))
    return modal(
        ids.ERASE_FORM,
        voice.plain("erase.title"),
        [*said, field_input(ids.ERASED, voice.plain("erase.whom"), find)],
        submit=voice.plain("erase.yes"),
        close=voice.plain("form.keep"),
    )


def done(voice: Voice, companies: Iterable[str], kept: Mapping[str, int]) -> Message:
    """What is gone, what stays without a name and why, and what is not ours to erase.

    The person is not named: this message, too, would be a trace.
    """
    where = voice.list(list(dict.fromkeys(companies)))
    counted = [voice.plain(f"erase.kept_{what}", n=n) for what, n in kept.items() if n]
    stays = voice.markup("erase.kept", what=voice.list(counted)) if counted else Markup("")
    lines = [voice.markup("erase.done", where=where), stays, voice.markup("erase.not_ours")]
    return _said(voice, lines)


def user_done(voice: Voice, user_id: str) -> Message:
    """The same of somebody who was of the team."""
    lines = [
        voice.markup("erase.done_user", who=mention(user_id)),
        voice.markup("erase.kept_user"),
        voice.markup("erase.not_ours"),
    ]
    return _said(voice, lines)


def swept(voice: Voice, *, messages: int, copies: int) -> Message:
    """The copies are gone, too."""
    said = voice.markup("erase.swept", messages=messages, copies=copies)
    return Message(said, [section(said)])


def _said(voice: Voice, lines: Iterable[Markup]) -> Message:
    shown = [line for line in lines if line]
    return Message(voice.plain("erase.title"), [section(line) for line in shown])
