"""What admins set: the channel, the workspace's language and money, the programme's numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConversationFilter,
    ConversationSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.playbook.lines import Command
from bot.playbook.public_numbers import Figure
from bot.playbook.terms import Promise
from bot.texts.catalogue import LANGUAGES
from bot.texts.voice import Voice
from bot.views import choices, goen, ids, public_numbers
from bot.views.blocks import (
    Message,
    actions,
    button,
    context,
    divider,
    field_input,
    header,
    option,
    section,
)
from bot.views.forms import save_form
from bot.views.public_numbers import Choices


@dataclass(frozen=True)
class Span:
    """The whole numbers that a setting may have, both ends included."""

    least: int
    most: int


SPANS: Mapping[str, Span] = {
    "promoter_threshold": Span(1, 10),
    "nps_fresh_for": Span(7, 730),
    "ask_again_after": Span(1, 730),
    "ask_answer_after": Span(1, 90),
    "result_fresh_for": Span(7, 1095),
    "result_report_every": Span(1, 366),
    "progress_every": Span(1, 31),
    "first_contact_within": Span(1, 168),
    "thanks_within": Span(1, 168),
}
"""What a number of the programme may be: the NPS scale, days, or hours."""
TIMES = ("digest_at", "routine_at")


class Settings(Protocol):
    """What the form shows of a workspace."""

    @property
    def channel_id(self) -> str | None: ...
    @property
    def locale(self) -> str: ...
    @property
    def timezone(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def promise(self) -> Promise: ...


def form(voice: Voice, now: Settings, numbers: Mapping[str, int | str], published: Choices) -> View:
    """Everything on one screen: what most teams change once comes first."""
    blocks: list[Block] = [
        section(voice.markup("settings.catalogue"), accessory=_to_catalogue(voice)),
        section(
            voice.markup("settings.signals"),
            accessory=button(voice.plain("settings.open_signals"), ids.OPEN_SIGNALS),
        ),
        divider(),
        *_place(voice, now),
        divider(),
        header(voice.plain("settings.rules")),
        context(voice.markup("settings.rules_hint")),
        *(_number(voice, name, span, numbers[name]) for name, span in SPANS.items()),
        *(_time(voice, name, str(numbers[name])) for name in TIMES),
        divider(),
        public_numbers.choice(voice, published),
        divider(),
        _promise(voice, now.promise),
    ]
    return save_form(voice, ids.SETTINGS_FORM, voice.plain("settings.title"), blocks)


def saved(
    voice: Voice,
    *,
    has_channel: bool,
    is_rebuilt: bool,
    published: Sequence[Figure] | None = None,
) -> Message:
    """The answer, with what to do next. `published` is what customers see, if that has changed."""
    said = [section(voice.markup("settings.saved"))]
    if has_channel:
        said.append(section(voice.markup("settings.invite")))
    if is_rebuilt:
        said.append(section(voice.markup("settings.rebuilding")))
    if published is not None:
        said.append(section(public_numbers.now_published(voice, published)))
    return Message(
        voice.plain("settings.saved"),
        [*said, actions(goen.button(voice, Command.IMPORT), _to_catalogue(voice))],
    )


def _to_catalogue(voice: Voice) -> ButtonElement:
    return button(voice.plain("settings.open_catalogue"), ids.OPEN_CATALOGUE)


def _place(voice: Voice, now: Settings) -> list[InputBlock]:
    locales = [option(voice.plain(f"settings.locale_{one}"), one) for one in LANGUAGES]
    return [
        field_input(
            ids.CHANNEL,
            voice.plain("settings.channel"),
            ConversationSelectElement(
                action_id=ids.CHANNEL,
                initial_conversation=now.channel_id,
                filter=ConversationFilter(
                    include=["public", "private"],
                    exclude_bot_users=True,
                    exclude_external_shared_channels=True,
                ),
            ),
            hint=voice.plain("settings.channel_hint"),
        ),
        field_input(
            ids.LOCALE,
            voice.plain("settings.locale"),
            StaticSelectElement(
                action_id=ids.LOCALE,
                options=locales,
                initial_option=next((one for one in locales if one.value == now.locale), None),
            ),
            hint=voice.plain("settings.locale_hint"),
        ),
        _searched(voice, ids.TIMEZONE, ids.FIND_TIMEZONE, choices.timezone(voice, now.timezone)),
        _searched(voice, ids.COUNTRY, ids.FIND_COUNTRY, choices.country(voice, now.country)),
        _searched(voice, ids.CURRENCY, ids.FIND_CURRENCY, choices.currency(voice, now.currency)),
    ]


def _searched(voice: Voice, block_id: str, action_id: str, initial: Option) -> InputBlock:
    return field_input(
        block_id,
        voice.plain(f"settings.{block_id}"),
        ExternalDataSelectElement(action_id=action_id, min_query_length=0, initial_option=initial),
    )


def _promise(voice: Voice, now: Promise) -> InputBlock:
    """Last, because it matters only while the app may not read histories."""
    choices = {
        one: option(
            voice.plain(f"settings.{one}"), one.value, voice.plain(f"settings.{one}_effect")
        )
        for one in Promise
    }
    return field_input(
        ids.PROMISE,
        voice.plain("settings.promise"),
        RadioButtonsElement(
            action_id=ids.PROMISE, options=list(choices.values()), initial_option=choices[now]
        ),
        hint=voice.plain("settings.promise_hint"),
    )


def _number(voice: Voice, name: str, span: Span, value: int | str) -> InputBlock:
    return _rule(
        voice,
        name,
        NumberInputElement(
            action_id=name,
            is_decimal_allowed=False,
            initial_value=str(value),
            min_value=str(span.least),
            max_value=str(span.most),
        ),
    )


def _time(voice: Voice, name: str, value: str) -> InputBlock:
    return _rule(voice, name, TimePickerElement(action_id=name, initial_time=value))


def _rule(voice: Voice, name: str, element: InputInteractiveElement) -> InputBlock:
    return field_input(name, voice.plain(f"settings.{name}"), element)
