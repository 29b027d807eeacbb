"""The referral page of a contact (P1): what it says, and what of it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from bot.pages.render import Frame, render
from bot.pages.sharing import Share
from bot.texts.public_numbers import Said

COMPANY, PERSON, EMAIL, NOTE, AGREED = "company", "person", "email", "note", "agreed"
"""The five fields."""
MOST_NOTE = 1_000


@dataclass(frozen=True)
class Numbers:
    """What the team publishes about itself (S6), and of which day."""

    said: Sequence[Said] = ()
    as_of: str = ""


@dataclass(frozen=True)
class ReferralFacts:
    """Whose page it is, and what happens with what is sent.

    `letter` is what the referred person will read, by paragraphs, `words` what the tick confirms.
    `code` is the page's address as an SVG of ours.
    """

    customer: str
    contact: str
    sender: str
    letter: Sequence[str]
    words: str
    share: Share
    code: Markup
    numbers: Numbers = Numbers()
    handbook: str = ""
    """Where the programme is described; empty when it is not published."""


@dataclass(frozen=True)
class Typed:
    """What stands in the form, and by field what is wrong with it."""

    fields: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


@dataclass(frozen=True)
class NextSteps:
    """What happens after a referral, and when."""

    sender: str
    hours: int
    """Until the first contact."""
    days: int
    """Between two pieces of news."""
    again: str
    """Where another person can be referred."""


def page(frame: Frame, facts: ReferralFacts, typed: Typed) -> str:
    return render("referral.html", frame, facts=facts, typed=typed, most_note=MOST_NOTE)


def thanks(frame: Frame, steps: NextSteps) -> str:
    return render("referral_thanks.html", frame, steps=steps)
