"""The page of a benefit: what a referred person is given, and who is to be thanked for it (P4)."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.pages.render import Frame, render
from bot.playbook.benefits import Standing, spelled


@dataclass(frozen=True, kw_only=True)
class BenefitFacts:
    """A benefit and whose it is. Names carry no honorific; the referrer's are empty unless they
    agreed to be named."""

    company: str
    person: str
    referrer_company: str
    referrer: str
    title: str
    note: str
    code: str
    valid_until: date | None
    used_at: datetime | None
    standing: Standing
    owner: str


def page(frame: Frame, benefit: BenefitFacts) -> str:
    """The whole page."""
    return render(
        "benefit.html",
        frame,
        benefit=benefit,
        code=spelled(benefit.code),
        day=frame.voice.full_day,
        day_of=frame.voice.full_day_of,
    )
