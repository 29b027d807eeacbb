"""The team's catalogue, read once for everything in a turn that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.playbook.offers import Kit
from handlers.turn import Turn
from storage import offers, templates
from storage.offers import Offer
from storage.templates import Template


@dataclass(frozen=True)
class Shelf:
    """What may be offered and the texts in which the team asks, each by its id and in order."""

    offers: Mapping[int, Offer]
    templates: Mapping[int, Template]

    def kit(self, only_offer: int | None = None) -> Kit:
        """As the rules see it; with `only_offer` nothing else may be offered."""
        return Kit(
            offers=tuple(
                one.facts() for one in self.offers.values() if only_offer in (None, one.id)
            ),
            templates=tuple(one.facts() for one in self.templates.values()),
        )


def shelf_of(turn: Turn) -> Shelf:
    return Shelf(
        offers={one.id: one for one in offers.catalogue(turn.conn, turn.team_id)},
        templates={one.id: one for one in templates.current(turn.conn, turn.team_id)},
    )
