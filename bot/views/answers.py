"""Short answers, refusals and what is said when something is not found or went wrong."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.playbook.reasons import Reason
from bot.texts.voice import Markup, Voice, escape
from bot.views import ids, reasons
from bot.views.blocks import Message, context, modal, section


def notice(voice: Voice, key: str, **values: object) -> Message:
    """One sentence."""
    return Message(voice.plain(key, **values), (section(voice.markup(key, **values)),))


def refusal(voice: Voice, reason: Reason, typed: str = "") -> Message:
    """Why something is refused and what to do instead; what was typed comes back to be copied."""
    return _with_what_was_typed(voice, reasons.say(voice, reason), typed)


def failure(voice: Voice, typed: str = "") -> Message:
    """Something broke on our side; nothing was recorded, and what was typed comes back."""
    return _with_what_was_typed(voice, voice.markup("answer.failure"), typed)


def unsure(voice: Voice, typed: str = "") -> Message:
    """The database was lost while it was recording: nobody knows yet."""
    return _with_what_was_typed(voice, voice.markup("answer.unsure"), typed)


def _with_what_was_typed(voice: Voice, said: Markup, typed: str) -> Message:
    blocks: list[Block] = [section(said)]
    if typed:
        blocks.append(context(voice.markup("answer.typed", typed=typed)))
    return Message(said, blocks)


def as_modal(voice: Voice, message: Message, title: str | None = None) -> View:
    """A message where only a form can be shown."""
    return modal(
        ids.MESSAGE_VIEW,
        title or voice.plain("answer.title"),
        message.blocks or (section(escape(message.text)),),
        close=voice.plain("answer.close"),
    )
