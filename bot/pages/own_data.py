"""The page of a referred person: what is kept of them and from whom, their answer, and the way out
(P2). What it shows is what articles 14 and 15 of the GDPR and article 32 of Japan's act on the
protection of personal information ask to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.pages.render import Frame, render
from bot.playbook.own_data import Wish, goes_at_once, wishes
from bot.playbook.terms import Consent

ERASE_SURE = "sure"
"""The box without which nothing is erased."""
WISH = "wish"
"""The name of every button; its value is a `Wish`."""


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """What is on record. Names carry no honorific, texts are empty when not known, times are aware
    UTC."""

    company: str
    person: str
    email: str
    need: str
    has_note: bool
    """There is a copy of a message, which was written for us and not for them."""
    referrer_company: str
    referrer: str
    owner: str
    received_at: datetime
    consent: Consent
    answered_at: datetime | None
    words: str
    """What they agree to now."""
    agreed_words: str = ""
    """What they agreed to, when that was recorded."""
    agreed_version: int = 0
    is_contact: bool = False
    """Of a company that is a customer by now."""
    erasure_asked_at: datetime | None = None
    erased_at: datetime | None = None


@dataclass(frozen=True)
class Shape:
    """What the template asks of the facts."""

    data: OwnData
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        return "erased" if self.data.erased_at else self.data.consent

    @property
    def wishes(self) -> tuple[Wish, ...]:
        return wishes(self.data.consent)

    @property
    def goes_at_once(self) -> bool:
        return goes_at_once(is_contact=self.data.is_contact)


def page(frame: Frame, data: OwnData, errors: Mapping[str, str] | None = None) -> str:
    """The whole page; `errors` by field of the form."""
    return render(
        "own_data.html",
        frame,
        data=data,
        shape=Shape(data, errors or {}),
        day=frame.voice.full_day_of,
        field_wish=WISH,
        field_sure=ERASE_SURE,
    )
