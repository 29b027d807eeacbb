"""The few shapes every screen is built from, on slack_sdk's models.

Slack refuses a whole message for one text that is too long, so every text is cut here, to the
limits of the Block Kit reference, and nowhere else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.texts.voice import Markup, escape
from bot.views.as_json import as_json

SECTION, FIELD, HEADER, CONTEXT, BUTTON, OPTION = 3000, 2000, 150, 2000, 75, 75
TITLE, LABEL, PLACEHOLDER, MESSAGE_TEXT = 24, 2000, 150, 4000
MESSAGE_BLOCKS, VIEW_BLOCKS, ACTIONS = 50, 100, 25


@dataclass(frozen=True)
class Message:
    """What a message says: `text` for notifications and screen readers, `blocks` for the eye."""

    text: str
    blocks: Sequence[Block] = field(default_factory=tuple)

    def payload(self) -> dict[str, Any]:
        """As `chat.postMessage`, `response_url` and the answer to a command take it."""
        # Slack reads this text as mrkdwn too: what somebody typed must not call the channel.
        body: dict[str, Any] = {"text": clip_markup(escape(self.text), MESSAGE_TEXT)}
        if self.blocks:
            body["blocks"] = [as_json(block) for block in self.blocks[:MESSAGE_BLOCKS]]
        return body


def clip(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, with an ellipsis where something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clip_markup(text: Markup, limit: int) -> Markup:
    """Like `clip`, without cutting an escape such as `&amp;` or a mention in two."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    for opening, closing in (("&", ";"), ("<", ">")):
        start = cut.rfind(opening)
        if start != -1 and closing not in cut[start:] and limit - start < 64:
            cut = cut[:start]
    return Markup(cut.rstrip() + "…")


def plain(text: str, limit: int) -> PlainTextObject:
    return PlainTextObject(text=clip(text, limit) or "–", emoji=True)


def mrkdwn(text: Markup, limit: int = SECTION) -> MarkdownTextObject:
    return MarkdownTextObject(text=clip_markup(text, limit) or "–", verbatim=False)


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=plain(text, HEADER))


def section(
    text: Markup, *, block_id: str | None = None, accessory: InteractiveElement | None = None
) -> SectionBlock:
    return SectionBlock(text=mrkdwn(text), block_id=block_id, accessory=accessory)


def fields(pairs: Iterable[Markup]) -> SectionBlock:
    return SectionBlock(fields=[mrkdwn(text, FIELD) for text in pairs])


def context(*texts: Markup) -> ContextBlock:
    return ContextBlock(elements=[mrkdwn(text, CONTEXT) for text in texts])


def divider() -> DividerBlock:
    return DividerBlock()


def button(
    label: str,
    action_id: str,
    value: str | int = "",
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    url: str | None = None,
) -> ButtonElement:
    """A button; its label is verb and object. `value` is a record's id, never a right."""
    return ButtonElement(
        text=plain(label, BUTTON),
        action_id=action_id,
        value=str(value) or None,
        style=style,
        confirm=confirm,
        url=url,
    )


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    """Asked only before something is destroyed."""
    return ConfirmObject(
        title=plain(title, 100), text=plain(text, 300), confirm=plain(yes, 30), deny=plain(no, 30)
    )


def destroying(
    label: str,
    action_id: str,
    value: str | int,
    *,
    title: str,
    text: str,
    keep: str,
    style: str | None = None,
) -> ButtonElement:
    """A button that destroys something, and asks before: its own label is the yes."""
    asked = confirm(title, text, label, keep)
    return button(label, action_id, value, style=style, confirm=asked)


def actions(*elements: InteractiveElement, block_id: str | None = None) -> ActionsBlock:
    return ActionsBlock(elements=list(elements)[:ACTIONS], block_id=block_id)


def option(label: str, value: str | int, description: str | None = None) -> Option:
    return Option(
        text=plain(label, OPTION),
        value=str(value),
        description=plain(description, OPTION) if description else None,
    )


def field_input(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> InputBlock:
    """One question of a modal. Its answer comes back under `block_id`."""
    return InputBlock(
        block_id=block_id,
        label=plain(label, LABEL),
        element=element,
        hint=plain(hint, LABEL) if hint else None,
        optional=optional,
        dispatch_action=dispatch or None,
    )


def text_field(
    block_id: str,
    label: str,
    known: str,
    most: int,
    *,
    multiline: bool = False,
    example: str = "",
    hint: str | None = None,
    optional: bool = False,
) -> InputBlock:
    """A question that is answered in words, up to `most` characters, with what is `known`."""
    element = PlainTextInputElement(
        action_id=block_id,
        multiline=multiline,
        max_length=most,
        initial_value=clip(known, most) or None,
        placeholder=plain(example, PLACEHOLDER) if example else None,
    )
    return field_input(block_id, label, element, hint=hint, optional=optional)


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str,
    private_metadata: str = "",
) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(title, TITLE),
        submit=plain(submit, TITLE) if submit else None,
        close=plain(close, TITLE),
        blocks=list(blocks[:VIEW_BLOCKS]),
        private_metadata=private_metadata or None,
    )


def home(blocks: Sequence[Block]) -> View:
    return View(type="home", blocks=list(blocks[:VIEW_BLOCKS]))
