"""What a rep can hand to a contact, as buttons beside the contact's name."""

from collections.abc import Iterator
from enum import StrEnum

from slack_sdk.models.blocks import ButtonElement

from bot.texts.voice import Voice
from bot.views import ids
from bot.views.blocks import button


class Material(StrEnum):
    """Something to hand over; its value is the button's id, whose value is the contact's."""

    SUMMARY = ids.MATERIAL_SUMMARY
    PAGE = ids.MATERIAL_PAGE
    VOICE = ids.MATERIAL_VOICE
    HANDBOOK = ids.MATERIAL_HANDBOOK


READY: tuple[Material, ...] = tuple(Material)
"""What can be made at all, in the order of the buttons."""
WITHOUT_PAGES = frozenset({Material.SUMMARY, Material.HANDBOOK})
"""What can be made where customers can't reach Goen."""


def ready(*, has_pages: bool) -> tuple[Material, ...]:
    """What can be handed over here."""
    return tuple(one for one in READY if has_pages or one in WITHOUT_PAGES)


def buttons(
    voice: Voice, contact_id: int, materials: tuple[Material, ...]
) -> Iterator[ButtonElement]:
    for one in materials:
        yield button(voice.plain(f"material.{one.name.lower()}"), one, contact_id)
