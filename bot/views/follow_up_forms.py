"""The forms behind a follow-up's buttons: its draft, a date to put it off to, a new owner."""

from collections.abc import Iterator
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    RichTextBlock,
    RichTextElementParts,
    RichTextPreformattedElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.texts.voice import Voice
from bot.views import ids
from bot.views.blocks import actions, button, context, field_input, modal, section
from bot.views.drafts import Draft
from bot.views.follow_ups import Item, Target, what

_DRAFT_TEXT = 3000
"""Characters of a draft in one block, as in the other text blocks of the reference."""


def draft_view(voice: Voice, shown: Item, draft: Draft, target: Target, *, can_tick: bool) -> View:
    """The text for the customer, to be copied, and the tick for when it was sent."""
    blocks: list[Block] = [
        section(what(voice, shown)),
        context(voice.markup("follow_ups.draft_hint")),
        context(voice.markup("follow_ups.draft_subject")),
        _to_copy(draft.subject),
        context(voice.markup("follow_ups.draft_body")),
        *(_to_copy(part) for part in _parts(draft.body)),
    ]
    if can_tick:
        label = voice.plain("follow_ups.done_after_draft")
        blocks.append(actions(button(label, ids.FOLLOW_UP_DONE, str(target), style="primary")))
    return modal(
        ids.MESSAGE_VIEW,
        voice.plain("follow_ups.draft_title"),
        blocks,
        close=voice.plain("answer.close"),
    )


def snooze_form(voice: Voice, shown: Item, first: date, origin: str) -> View:
    """Until which day it is put off; `first` is the first one that may be chosen."""
    return modal(
        ids.SNOOZE_FORM,
        voice.plain("follow_ups.snooze_title"),
        [
            section(what(voice, shown)),
            field_input(
                ids.SNOOZE_DAY,
                voice.plain("follow_ups.snooze_day"),
                DatePickerElement(action_id=ids.SNOOZE_DAY, initial_date=first.isoformat()),
                hint=voice.plain("follow_ups.snooze_hint"),
            ),
        ],
        submit=voice.plain("follow_ups.snooze_submit"),
        close=voice.plain("form.cancel"),
        private_metadata=origin,
    )


def hand_over_form(voice: Voice, shown: Item, origin: str) -> View:
    """Who takes over."""
    hint = "referral" if shown.company else "single"
    return modal(
        ids.HAND_OVER_FORM,
        voice.plain("follow_ups.hand_over_title"),
        [
            section(what(voice, shown)),
            field_input(
                ids.NEW_OWNER,
                voice.plain("follow_ups.new_owner"),
                UserSelectElement(action_id=ids.NEW_OWNER),
                hint=voice.plain(f"follow_ups.hand_over_hint_{hint}"),
            ),
        ],
        submit=voice.plain("follow_ups.hand_over"),
        close=voice.plain("form.cancel"),
        private_metadata=origin,
    )


def _to_copy(text: str) -> RichTextBlock:
    """Preformatted text, taken as it is: no mention or markup in it comes alive."""
    return RichTextBlock(
        elements=[RichTextPreformattedElement(elements=[RichTextElementParts.Text(text=text)])]
    )


def _parts(text: str) -> Iterator[str]:
    """A long draft in blocks that end with a paragraph where they can."""
    rest = text or "–"
    while len(rest) > _DRAFT_TEXT:
        cut = rest.rfind("\n\n", 1, _DRAFT_TEXT)
        cut = cut if cut > 0 else _DRAFT_TEXT
        yield rest[:cut]
        rest = rest[cut:].lstrip("\n")
    if rest:
        yield rest
