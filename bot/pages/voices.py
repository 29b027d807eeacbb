"""The page on which customers say something in their own words, and take it back (P3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.pages.render import Frame, render
from bot.playbook.terms import Credit, VoiceKind, VoiceUse
from bot.playbook.voices import MOST_WORDS, PUBLIC, Given

WORDS, HESITATION, CREDIT, WITHDRAW = "words", "hesitation", "credit", "withdraw"
"""The fields of the forms, beside one for each public use."""
TICKED: Final = "yes"


@dataclass(frozen=True)
class VoiceFacts:
    """Whose page it is, what was said so far, and what a tick permits.

    `kept` is what stands on record, from `kept_on`; `withdrawn_on` is the day on which the last
    words were taken back. Days are written out, and empty when there is none. `terms` are the
    sentences that somebody agrees to, those of `PUBLIC` beside their boxes.
    """

    kind: VoiceKind
    customer: str
    contact: str
    terms: Mapping[VoiceUse, str]
    kept: Given | None = None
    kept_on: str = ""
    withdrawn_on: str = ""

    @property
    def asks_about_doubts(self) -> bool:
        """Whoever chose us lately still knows what spoke against it."""
        return self.kind is VoiceKind.WHY

    @property
    def permitted(self) -> Sequence[VoiceUse]:
        """Where strangers may read what is kept."""
        return [use for use in PUBLIC if self.kept and use in self.kept.uses]


@dataclass(frozen=True)
class Typed:
    """What stands in the form, and by field what is wrong with it."""

    given: Given
    errors: Mapping[str, str] = field(default_factory=dict)


NOTHING: Final = Given("", "", Credit.COMPANY, frozenset())
"""An empty form: nothing is permitted that is not ticked."""


def page(frame: Frame, facts: VoiceFacts, typed: Typed) -> str:
    return render(
        "voice.html",
        frame,
        facts=facts,
        typed=typed,
        public=PUBLIC,
        credits=tuple(Credit),
        most=MOST_WORDS,
        ticked=TICKED,
    )
