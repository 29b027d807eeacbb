"""What a handler wants Slack to show, as values: handlers decide, the dispatcher carries out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from bot.views.blocks import Message

ANSWERS_WITHIN = 1.75
"""Seconds after which nothing is recorded any more: Slack tells the person after three that it
failed, and so it must have. The answer that says so is to be there before two are over."""


@dataclass(frozen=True)
class Say:
    """Tell the person, and only them, where they are; a form turns into this message."""

    message: Message
    title: str | None = None


@dataclass(frozen=True)
class Replace:
    """Put this in the place of what was clicked."""

    message: Message


@dataclass(frozen=True)
class OpenView:
    """Open a form, on top of the one that is open if there is one."""

    view: View


@dataclass(frozen=True)
class UpdateView:
    """Put another view in the place of the form that was used."""

    view: View


@dataclass(frozen=True)
class ShowHome:
    """Publish the person's App Home."""

    view: View


@dataclass(frozen=True)
class Suggest:
    """The options of a type-ahead search."""

    options: Sequence[Option]


@dataclass(frozen=True)
class Nothing:
    """Only acknowledge; a form closes."""


Answer = Say | Replace | OpenView | UpdateView | ShowHome | Suggest | Nothing


class Invalid(Exception):
    """A form needs mending: text by block id, in the person's language. Nothing is written."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


class Sorry(Exception):
    """It can't be done, and this is why. Nothing is written, and what was typed comes back."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message
