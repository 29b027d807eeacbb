"""Texts to take along: each in a box of its own, whose copy button takes it as it is."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    RichTextBlock,
    RichTextPreformattedElement,
    RichTextSectionElement,
)
from slack_sdk.models.blocks.block_elements import RichTextElementParts

from bot.views.blocks import clip

_LONGEST_TEXT = 6000


def copyable(texts: Sequence[tuple[str, str]]) -> RichTextBlock:
    """Pairs of a label, which may be empty, and a text."""
    elements: list[RichTextSectionElement | RichTextPreformattedElement] = []
    for label, text in texts:
        if label:
            bold = RichTextElementParts.Text(text=label, style={"bold": True})
            elements.append(RichTextSectionElement(elements=[bold]))
        part = RichTextElementParts.Text(text=clip(text, _LONGEST_TEXT) or "–")
        elements.append(RichTextPreformattedElement(elements=[part]))
    return RichTextBlock(elements=elements)
