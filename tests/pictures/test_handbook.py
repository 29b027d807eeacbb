"""The handbook in print: as many pages as it needs, that people and machines can read."""

import io
from datetime import date
from decimal import Decimal

import pypdf
import pytest

from bot.pictures.handbook import MOST_PAGES, TEMPLATE, data_of
from bot.pictures.press import Press, Printed
from bot.playbook.handbook import Gain, Handbook, Section, offered, pledges
from bot.playbook.offers import Offer
from bot.playbook.policy import Policy
from bot.playbook.public_numbers import Figure, PublicNumber
from bot.playbook.terms import CustomerKind, OfferKind
from bot.texts.handbook import Document, document
from bot.texts.voice import Voice
from tests.pictures.test_summary import HOSTILE

TODAY = date(2026, 11, 22)
PRESS = Press()


def handbook(text: str | None = None, *, offers: int = 6) -> Handbook:
    """A full handbook; with `text` everything that a person types is that."""
    kinds = list(OfferKind)
    gains = (
        Gain(
            Offer(
                number,
                kinds[number % len(kinds)],
                audience=CustomerKind.PARTNER,
                valid_until=date(2027, 3, 31),
            ),
            text or f"特典{number}",
        )
        for number in range(offers)
    )
    values = zip(PublicNumber, ("48", "8.6", "92", "48"), strict=True)
    return Handbook(
        seller=text or "株式会社ハルカゼ",
        as_of=TODAY,
        pledges=pledges(Policy()),
        ideal_customer=text or "見積に時間がかかっている方",
        gains=offered(gains, TODAY),
        figures=tuple(Figure(kind, Decimal(value), 64, TODAY) for kind, value in values),
        has_pages=True,
    )


def written(found: Handbook, language: str = "ja") -> Document:
    return document(found, Voice(language, "Asia/Tokyo"))


def printed(found: Handbook, language: str = "ja") -> Printed:
    return PRESS.print(TEMPLATE, data_of(written(found, language)), most_pages=MOST_PAGES)


def read(found: Printed) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(found.pdf))


def text_of(found: Printed) -> str:
    return "".join(page.extract_text() for page in read(found).pages).replace("\n", "")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_print_has_language_title_tags_and_two_pages(language: str) -> None:
    found = printed(handbook(), language)
    book = read(found)
    assert len(book.pages) == 2
    root = book.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert book.metadata is not None
    assert "株式会社ハルカゼ" in str(book.metadata.title)
    assert found.replaced == ""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_section_can_be_reached_from_the_bookmarks(language: str) -> None:
    titles = [one.title for one in written(handbook(), language).parts]
    outline = read(printed(handbook(), language)).outline
    assert [one.title for one in outline if not isinstance(one, list)] == titles
    assert len(titles) == len(Section)


def test_everything_that_is_said_stands_in_the_print() -> None:
    text = text_of(printed(handbook())).replace("\u200b", "")
    for part in ("24時間以内", "60日に1回まで", "特典3", "92%", "見積に時間がかかっている方"):
        assert part in text


def test_equal_data_give_equal_bytes() -> None:
    assert printed(handbook()).pdf == printed(handbook()).pdf


def test_forty_long_offers_take_more_pages() -> None:
    book = read(printed(handbook("とても長い特典の名前です。" * 16, offers=40)))
    assert 3 < len(book.pages) <= MOST_PAGES


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_gives_a_good_print(text: str) -> None:
    found = read(printed(handbook(text)))
    assert 1 <= len(found.pages) <= MOST_PAGES
    assert "24時間以内" in "".join(page.extract_text() for page in found.pages)


@pytest.mark.parametrize("word", ["W" * 300, "a.b/" * 80], ids=["letters", "an address"])
def test_a_word_without_end_stays_on_the_page(word: str) -> None:
    page = read(printed(handbook(word))).pages[0]
    positions: list[float] = []
    page.extract_text(
        visitor_text=lambda text, _cm, tm, *_: positions.append(tm[4]) if text.strip() else None
    )
    assert max(positions) < float(page.mediabox.width)
