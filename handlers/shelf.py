"""The team's catalogue, read once for everything in a turn that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.playbook import asking as rules
from bot.playbook.asking import ReadyAsk
from bot.playbook.offers import Kit
from bot.playbook.terms import MomentKind
from handlers.turn import Turn
from storage import offers, templates
from storage.offers import Offer
from storage.templates import Template


@dataclass(frozen=True)
class Shelf:
    """What may be offered, each by its id and in order. The texts in which the team asks are only
    read for an ask that is ready, and once for each moment."""

    turn: Turn
    offers: Mapping[int, Offer]
    _texts: dict[MomentKind, list[Template]] = field(default_factory=dict)

    def kit(self, only_offer: int | None = None) -> Kit:
        """As the rules see it; with `only_offer` nothing else may be offered."""
        chosen = (one for one in self.offers.values() if only_offer in (None, one.id))
        return Kit(offers=tuple(one.facts() for one in chosen))

    def worded(self, ready: ReadyAsk, language: str) -> ReadyAsk:
        """The same ask with the text that fits it best."""
        texts = self._texts_for(ready.moment.kind)
        return rules.worded(ready, [one.facts() for one in texts], language)

    def offer(self, ready: ReadyAsk) -> Offer | None:
        """What an ask offers."""
        return self.offers.get(ready.offer.id) if ready.offer else None

    def text(self, ready: ReadyAsk) -> Template | None:
        """The text of an ask; an earlier version too, when that is what the rep was shown."""
        if ready.template is None:
            return None
        of_moment = self._texts_for(ready.moment.kind)
        known = next((one for one in of_moment if one.id == ready.template.id), None)
        return known or templates.get(self.turn.conn, self.turn.team_id, ready.template.id)

    def _texts_for(self, moment: MomentKind) -> list[Template]:
        if moment not in self._texts:
            found = templates.for_moment(self.turn.conn, self.turn.team_id, moment)
            self._texts[moment] = found
        return self._texts[moment]


def shelf_of(turn: Turn) -> Shelf:
    found = offers.catalogue(turn.conn, turn.team_id)
    return Shelf(turn, {one.id: one for one in found})
