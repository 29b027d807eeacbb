"""A mail to a contact: shown whole before the click that sends it, and what became of it (A4)."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement, CheckboxesElement, InputBlock
from slack_sdk.models.views import View

from bot.texts.voice import Markup, Voice
from bot.views import ids
from bot.views.ask_choice import AskChoice
from bot.views.blocks import (
    Message,
    actions,
    button,
    clip,
    context,
    destroying,
    field_input,
    modal,
    option,
    section,
    text_field,
)

LONGEST_SUBJECT, LONGEST_BODY = 200, 3000
"""What the fields of a form take whole: nothing may be cut between preview and mail."""
_NAME, _SUBJECT, _ERROR = 150, 150, 300


@dataclass(frozen=True)
class Preview:
    """Who writes what to whom. `kept` is what the click has to find unchanged."""

    sender: str
    sender_name: str
    to: str
    to_name: str
    subject: str
    body: str
    kept: str
    has_summary: bool = False
    """Whether there is a page for their superior to go with it."""


@dataclass(frozen=True)
class Told:
    """A mail that did not simply go out. `state` is a delivery's, `error` a word of `mail.why_*` or
    what the server answered."""

    delivery_id: int
    contact_id: int
    customer: str
    contact: str
    subject: str
    sender: str
    state: str
    error: str
    is_live: bool = True
    """Whether the contact is still on record."""


def may_be_shown(subject: str, body: str) -> bool:
    """Whether a form can show this mail whole."""
    return len(subject) <= LONGEST_SUBJECT and len(body) <= LONGEST_BODY


def preview(voice: Voice, shown: Preview) -> View:
    """The mail as it will go out; its words may still be changed, and the click sends it."""
    whom = voice.markup(
        "mail.from_to",
        sender=shown.sender,
        sender_name=clip(shown.sender_name, _NAME),
        to=shown.to,
        to_name=clip(shown.to_name, _NAME),
    )
    blocks: list[Block] = [
        section(whom),
        text_field(ids.SUBJECT, voice.plain("ask.subject"), shown.subject, LONGEST_SUBJECT),
        text_field(ids.BODY, voice.plain("ask.body"), shown.body, LONGEST_BODY, multiline=True),
        *([_enclosed(voice)] if shown.has_summary else []),
        context(voice.markup("mail.copy", sender=shown.sender)),
    ]
    return modal(
        ids.MAIL_FORM,
        voice.plain("mail.title"),
        blocks,
        submit=voice.plain("mail.send"),
        close=voice.plain("form.cancel"),
        private_metadata=shown.kept,
    )


def news(voice: Voice, told: Told) -> Message:
    """What its sender has to know, with the ways on."""
    match told.state:
        case "needs_human":
            return _unclear(voice, told)
        case "arrived":
            return _message(voice, "mail.is_arrived", told)
    return _not_sent(voice, told)


def settled_not_arrived(voice: Voice, told: Told) -> Message:
    """Its sender says that it did not arrive: the ask is taken back, and the way on stays open."""
    return _message(voice, "mail.is_not_arrived", told, *_anew(voice, told))


def status(voice: Voice, state: str, sender: str) -> Markup:
    """One line below an ask that went out by mail."""
    key = f"mail.state_{state}"
    return voice.markup(key if voice.has(key) else "mail.state_not_sent", sender=sender)


def _enclosed(voice: Voice) -> InputBlock:
    """The page for the contact's superior goes with it unless it is unticked."""
    page = option(voice.plain("mail.summary"), ids.MAIL_SUMMARY)
    boxes = CheckboxesElement(action_id=ids.MAIL_SUMMARY, options=[page], initial_options=[page])
    return field_input(ids.MAIL_SUMMARY, voice.plain("mail.enclosed"), boxes, optional=True)


def _unclear(voice: Voice, told: Told) -> Message:
    not_arrived = destroying(
        voice.plain("mail.not_arrived"),
        ids.STUCK_DROP,
        told.delivery_id,
        title=voice.plain("mail.not_arrived_title"),
        text=voice.plain("mail.not_arrived_text"),
        keep=voice.plain("form.keep"),
    )
    arrived = button(
        voice.plain("mail.arrived"), ids.STUCK_ARRIVED, told.delivery_id, style="primary"
    )
    message = _message(voice, "mail.unclear", told, arrived, not_arrived)
    hint = section(voice.markup("mail.unclear_hint", sender=told.sender))
    return Message(message.text, [message.blocks[0], hint, *message.blocks[1:]])


def _not_sent(voice: Voice, told: Told) -> Message:
    message = _message(voice, "mail.not_sent", told, *_anew(voice, told))
    key = f"mail.why_{'late' if told.state == 'expired' else told.error}"
    if voice.has(key):
        why = voice.markup(key)
    else:
        why = voice.markup("mail.why_refused", error=clip(told.error, _ERROR))
    return Message(message.text, [message.blocks[0], context(why), *message.blocks[1:]])


def _anew(voice: Voice, told: Told) -> list[ButtonElement]:
    if not told.is_live:
        return []
    return [
        button(voice.plain("ask.prepare"), ids.PREPARE_ASK, str(AskChoice(told.contact_id))),
        button(voice.plain("ask.contact"), ids.EDIT_CONTACT, told.contact_id),
    ]


def _message(voice: Voice, key: str, told: Told, *ways: ButtonElement) -> Message:
    values = {
        "customer": clip(told.customer, _NAME),
        "contact": clip(told.contact, _NAME),
        "subject": clip(told.subject, _SUBJECT),
    }
    blocks: list[Block] = [section(voice.markup(key, **values))]
    if ways:
        blocks.append(actions(*ways))
    return Message(voice.plain(key, **values), blocks)
