"""The frame that every form of ours has: save or cancel, and a record that it keeps in mind."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.texts.voice import Voice
from bot.views.blocks import modal


def save_form(
    voice: Voice, callback_id: str, title: str, blocks: Sequence[Block], kept: str | int = ""
) -> View:
    """A form whose answers are saved. `kept` comes back with them: the record it is about."""
    return modal(
        callback_id,
        title,
        blocks,
        submit=voice.plain("form.save"),
        close=voice.plain("form.cancel"),
        private_metadata=str(kept),
    )
