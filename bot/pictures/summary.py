"""The page that a contact hands to their superior: what got better, on one A4 (A5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date

from bot.pictures.axis import ticks
from bot.pictures.phrases import phrases, sentences
from bot.pictures.qr import qr_svg
from bot.playbook.measures import Change, Measure, rounded_percent
from bot.playbook.summaries import Kpi, Shown
from bot.playbook.terms import Direction
from bot.texts.measures import before_and_after, headline, measure
from bot.texts.voice import Voice

TEMPLATE = "summary"
MOST_TYPED = 300
"""Letters of one text that are looked at: more never fit, and measuring them takes long."""
_MOST_PEOPLE = _MOST_STEPS = 3


@dataclass(frozen=True)
class Member:
    """Somebody behind the result; `is_ours` when they work for the seller."""

    name: str
    role: str
    is_ours: bool


@dataclass(frozen=True)
class Step:
    """What happens next, as the rep typed it: when, what, who."""

    when: str
    what: str
    who: str


@dataclass(frozen=True)
class Quote:
    """The customer's own words, and the day on which they agreed to be quoted."""

    text: str
    by: str
    agreed_on: date


@dataclass(frozen=True)
class Summary:
    """Everything on the page. Empty `title` and `lead` are written from the figures."""

    seller: str
    customer: str
    made_on: date
    shown: Shown
    division: str = ""
    title: str = ""
    lead: str = ""
    since: date | None = None
    quote: Quote | None = None
    members: Sequence[Member] = field(default_factory=tuple)
    steps: Sequence[Step] = field(default_factory=tuple)
    address: str | None = None


def data_of(summary: Summary, voice: Voice) -> dict[str, Any]:
    """The page as its template wants it, in the language of the customer.

    Raises:
        ValueError: there is no figure to show, or the address is none of ours.
    """
    if not summary.shown.figures:
        raise ValueError("a summary needs a result that got better")
    say = voice.plain
    customer = summary.customer[:MOST_TYPED]
    title = (summary.title or title_of(summary.shown, voice))[:MOST_TYPED]
    return {
        "lang": voice.language,
        "title": say("summary.document", customer=customer),
        "seller": summary.seller[:MOST_TYPED],
        "label": say("summary.label"),
        "date": _day(summary.made_on, voice),
        "audience": _audience(summary, voice),
        "headline": _headline(title, voice),
        "lead": (summary.lead or lead_of(summary, voice))[:MOST_TYPED],
        "figures": [_figure(kpi, voice) for kpi in summary.shown.figures],
        "bars": _bars(summary.shown.bars, voice),
        "course": _course(summary.shown.course, summary.since, voice),
        "quote": _quote(summary.quote, voice),
        "people": {
            "title": say("summary.people"),
            "rows": [_member(one) for one in summary.members[:_MOST_PEOPLE]],
        },
        "next": {
            "title": say("summary.next"),
            "rows": [
                {
                    "when": one.when[:MOST_TYPED],
                    "what": one.what[:MOST_TYPED],
                    "who": one.who[:MOST_TYPED],
                }
                for one in summary.steps[:_MOST_STEPS]
            ],
        },
        "foot": _foot(summary, customer, voice),
    }


def title_of(shown: Shown, voice: Voice) -> str:
    """The headline that the greatest improvement writes by itself."""
    best = shown.figures[0]
    change = headline(voice, best.change).lstrip("−+")
    way = "down" if best.change.direction is Direction.LOWER else "up"
    return voice.plain(f"summary.title_{way}", kpi=best.name, change=change)


def lead_of(summary: Summary, voice: Voice) -> str:
    """Since when, and how many figures speak."""
    n = len(summary.shown.bars)
    if summary.since:
        since = format_date(
            summary.since,
            {"ja": "yyyy年M月", "en": "MMMM yyyy"}[voice.language],
            locale=voice.locale,
        )
        return voice.plain("summary.lead_since", since=since, n=n)
    return voice.plain("summary.lead", n=n)


def _day(day: date, voice: Voice) -> str:
    pattern = {"ja": "yyyy年M月d日", "en": "d MMMM yyyy"}[voice.language]
    return format_date(day, pattern, locale=voice.locale)


def _audience(summary: Summary, voice: Voice) -> str:
    values = {"customer": summary.customer[:MOST_TYPED], "division": summary.division}
    return voice.plain("summary.audience_of" if summary.division else "summary.audience", **values)


def _headline(title: str, voice: Voice) -> list[list[str]]:
    """Sentences of pieces that stay together; English breaks between words by itself."""
    if voice.language == "ja":
        return [phrases(one) for one in sentences(title)]
    return [[title]]


def _figure(kpi: Kpi, voice: Voice) -> dict[str, Any]:
    value, unit = _large(kpi.change, voice)
    before, after = _before_and_after(kpi, voice)
    notes = [voice.plain("summary.from_to", before=before, after=after)]
    if kpi.period:
        notes.append(kpi.period)
    return {"label": kpi.name, "value": value, "unit": unit, "notes": notes}


def _large(change: Change, voice: Voice) -> tuple[str, str]:
    """The figure and its unit apart: −48 and %, +9.4 and pt, +12 and 件."""
    if change.points is not None:
        return _signed(change.points, voice), voice.plain("summary.points")
    percent = rounded_percent(change)
    if percent is not None:
        return _signed(Decimal(percent), voice), "%"
    difference = change.after - change.before
    whole = measure(voice, Measure(abs(difference), change.unit))
    number = voice.number(abs(difference))
    if whole.startswith(number):
        return _signed(difference, voice), whole.removeprefix(number).strip()
    return ("−" if difference < 0 else "+") + whole, ""


def _signed(value: Decimal, voice: Voice) -> str:
    return ("−" if value < 0 else "+") + voice.number(abs(value))


def _before_and_after(kpi: Kpi, voice: Voice) -> tuple[str, str]:
    return before_and_after(voice, kpi.before, kpi.after, kpi.change)


def _bars(kpis: Sequence[Kpi], voice: Voice) -> dict[str, Any]:
    rows = []
    for kpi in kpis:
        before, after = _before_and_after(kpi, voice)
        longest = max(abs(kpi.change.before), abs(kpi.change.after)) or Decimal(1)
        rows.append(
            {
                "label": kpi.name,
                "change": headline(voice, kpi.change),
                "good": kpi.change.improved,
                "before": {"share": float(abs(kpi.change.before) / longest), "text": before},
                "after": {"share": float(abs(kpi.change.after) / longest), "text": after},
            }
        )
    return {
        "title": voice.plain("summary.bars"),
        "before": voice.plain("summary.before"),
        "after": voice.plain("summary.after"),
        "rows": rows,
    }


def _course(kpi: Kpi | None, since: date | None, voice: Voice) -> dict[str, Any] | None:
    if kpi is None:
        return None
    values = [point.value for point in kpi.course]
    marks = ticks(values)
    low, span = marks[0], marks[-1] - marks[0]

    def share(value: Decimal) -> float:
        return float((value - low) / span)

    first, last = (_value(kpi, value, voice) for value in (values[0], values[-1]))
    return {
        "title": voice.plain("summary.course"),
        "subtitle": kpi.name,
        "alt": voice.plain("summary.course_alt", kpi=kpi.name, first=first, last=last),
        "ticks": [{"share": share(mark), "text": voice.number(mark)} for mark in marks],
        "points": [
            {
                "label": _month(point.day, voice),
                "share": share(point.value),
                "text": voice.number(point.value),
            }
            for point in kpi.course
        ],
        "golive": _golive(kpi, since, voice),
    }


def _value(kpi: Kpi, value: Decimal, voice: Voice) -> str:
    return measure(voice, Measure(value, kpi.change.unit))


def _month(day: date | None, voice: Voice) -> str:
    if day is None:
        return voice.plain("summary.course_before")
    return format_date(day, {"ja": "M月", "en": "MMM"}[voice.language], locale=voice.locale)


def _golive(kpi: Kpi, since: date | None, voice: Voice) -> dict[str, Any] | None:
    """The line of the beginning, when it lies in one of the months shown."""
    if since is None:
        return None
    for index, point in enumerate(kpi.course):
        if point.day and (point.day.year, point.day.month) == (since.year, since.month):
            return {"index": index, "text": voice.plain("summary.golive")}
    return None


def _quote(quote: Quote | None, voice: Voice) -> dict[str, str] | None:
    if quote is None:
        return None
    agreed = _day(quote.agreed_on, voice)
    return {
        "text": quote.text[:MOST_TYPED],
        "by": voice.plain("summary.quote_by", name=quote.by[:MOST_TYPED], day=agreed),
    }


def _member(one: Member) -> dict[str, Any]:
    words = one.name.split()
    latin = len(words) > 1 and all(word[0].isascii() for word in words)
    initial = (words[0][0] + words[-1][0]).upper() if latin else one.name[:1]
    return {"initial": initial, "name": one.name, "role": one.role, "ours": one.is_ours}


def _foot(summary: Summary, customer: str, voice: Voice) -> dict[str, Any]:
    say, address = voice.plain, summary.address
    which = "foot" if address else "foot_without_link"
    return {
        "headline": say("summary.foot_title"),
        "text": say(f"summary.{which}"),
        "url": address,
        "shown-url": address.split("//", 1)[-1] if address else None,
        "qr": qr_svg(address) if address else None,
        "qr-alt": say("summary.qr_alt", address=address) if address else "",
        "small": say(
            "summary.small", customer=customer, seller=summary.seller, year=summary.made_on.year
        ),
    }
