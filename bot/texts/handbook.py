"""The handbook in words, the same for the page, the print and whoever reads it aloud (O3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.playbook.handbook import Gain, Handbook, Pledge, PledgeKind, Section
from bot.texts.public_numbers import as_of, say
from bot.texts.voice import Voice


@dataclass(frozen=True)
class Line:
    """One thing that is said: what it is, more about it, and the figure that it names."""

    head: str
    text: str = ""
    figure: str = ""


@dataclass(frozen=True)
class Part:
    """A section: a sentence before its lines and one below, each of which may be missing."""

    section: Section
    title: str
    lead: str = ""
    lines: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Document:
    """A whole handbook in one language."""

    language: str
    name: str
    seller: str
    label: str
    headline: str
    lead: str
    contents: str
    as_of: str
    parts: tuple[Part, ...]
    foot: str
    small: str


def document(handbook: Handbook, voice: Voice) -> Document:
    """The handbook in the language of a voice."""
    say_it, day = voice.plain, voice.full_day(handbook.as_of)
    return Document(
        language=voice.language,
        name=say_it("handbook.document", seller=handbook.seller),
        seller=handbook.seller,
        label=say_it("handbook.label"),
        headline=say_it("handbook.headline"),
        lead=say_it("handbook.lead"),
        contents=say_it("handbook.contents"),
        as_of=say_it("handbook.as_of", day=day),
        parts=tuple(_WRITERS[one](handbook, voice) for one in handbook.sections),
        foot=say_it("handbook.foot"),
        small=say_it("handbook.small", seller=handbook.seller, day=day),
    )


def _who(handbook: Handbook, voice: Voice) -> Part:
    ideal = handbook.ideal_customer or voice.plain("handbook.ideal_default")
    return Part(
        Section.WHO,
        voice.plain("handbook.who"),
        lead=voice.plain("handbook.who_lead", seller=handbook.seller),
        lines=(Line(voice.plain("handbook.who_ideal"), _capital(ideal)),),
    )


def _how(handbook: Handbook, voice: Voice) -> Part:
    tell = "handbook.how_tell_page" if handbook.has_pages else "handbook.how_tell_text"
    return Part(
        Section.HOW,
        voice.plain("handbook.how"),
        lines=(
            _line(voice, "how_ask"),
            Line(voice.plain("handbook.how_tell"), voice.plain(tell)),
            _line(voice, "how_contact"),
            _line(voice, "how_hear"),
        ),
    )


def _promises(handbook: Handbook, voice: Voice) -> Part:
    lines = tuple(_pledge(one, voice) for one in handbook.pledges)
    return Part(Section.PROMISES, voice.plain("handbook.promises"), lines=lines)


def _pledge(pledge: Pledge, voice: Voice) -> Line:
    match pledge.kind:
        case PledgeKind.PROGRESS:
            figure = voice.plain("handbook.every_days", n=pledge.time // timedelta(days=1))
        case PledgeKind.ASK_AGAIN:
            figure = voice.plain("handbook.once_in_days", n=pledge.time // timedelta(days=1))
        case _:
            figure = voice.plain("handbook.hours", n=pledge.time // timedelta(hours=1))
    key = f"handbook.{pledge.kind}"
    return Line(voice.plain(key), voice.plain(f"{key}_text"), figure)


def _gain(handbook: Handbook, voice: Voice) -> Part:
    return Part(
        Section.GAIN,
        voice.plain("handbook.gain"),
        lead=voice.plain("handbook.gain_lead"),
        lines=tuple(Line(_capital(one.title), _about(one, voice)) for one in handbook.gains),
    )


def _about(gain: Gain, voice: Voice) -> str:
    about = voice.plain(f"offer_kind.{gain.offer.kind}")
    if gain.offer.audience:
        audience = voice.plain(f"handbook.for_{gain.offer.audience}")
        about = voice.plain("handbook.gain_for", kind=about, audience=audience)
    if gain.offer.valid_until:
        day = voice.full_day(gain.offer.valid_until)
        about = voice.plain("handbook.gain_until", about=about, day=day)
    return about


def _gifts(handbook: Handbook, voice: Voice) -> Part:
    rule = voice.plain(f"handbook.gifts_{handbook.gift_rule}")
    return Part(Section.GIFTS, voice.plain("handbook.gifts"), lead=rule)


def _numbers(handbook: Handbook, voice: Voice) -> Part:
    return Part(
        Section.NUMBERS,
        voice.plain("handbook.numbers"),
        lines=tuple(Line(one.name, one.about, one.value) for one in say(handbook.figures, voice)),
        note=as_of(handbook.figures, voice),
    )


def _privacy(_: Handbook, voice: Voice) -> Part:
    lines = tuple(_line(voice, f"privacy_{one}") for one in ("keep", "consent", "erase"))
    return Part(Section.PRIVACY, voice.plain("handbook.privacy"), lines=lines)


def _stop(handbook: Handbook, voice: Voice) -> Part:
    contact = "handbook.stop_contact_page" if handbook.has_pages else "handbook.stop_contact_text"
    return Part(
        Section.STOP,
        voice.plain("handbook.stop"),
        lines=(
            _line(voice, "stop_asks"),
            Line(voice.plain("handbook.stop_contact"), voice.plain(contact)),
        ),
    )


def _capital(text: str) -> str:
    """What stands inside a sentence elsewhere, as the beginning of its own."""
    return text[:1].upper() + text[1:]


def _line(voice: Voice, name: str) -> Line:
    return Line(voice.plain(f"handbook.{name}"), voice.plain(f"handbook.{name}_text"))


_WRITERS: dict[Section, Callable[[Handbook, Voice], Part]] = {
    Section.WHO: _who,
    Section.HOW: _how,
    Section.PROMISES: _promises,
    Section.GAIN: _gain,
    Section.GIFTS: _gifts,
    Section.NUMBERS: _numbers,
    Section.PRIVACY: _privacy,
    Section.STOP: _stop,
}
