"""The programme's handbook for whoever has its link: what it says, and what it gives away."""

import io
from datetime import date, timedelta

import pypdf
import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import insert

from bot.playbook.public_numbers import Count, PublicNumber
from bot.playbook.terms import CustomerKind, OfferKind, Purpose
from storage import offers, page_links, workspaces
from storage.tables import published_number
from tests.house import MORI, TEAM, Stage
from tests.pages.browser import SIZES, looks_right, reading
from tests.pages.visits import ask, has_contact, page_of, send

DAY = date(2026, 11, 16)
COUNTS = (
    Count(PublicNumber.REFERRERS, 48, 48, DAY),
    Count(PublicNumber.SATISFACTION, 612, 71, DAY),
    Count(PublicNumber.RENEWAL, 59, 64, DAY),
    Count(PublicNumber.REPEAT, 3, 4, DAY),
)
"""The last of them stands on too few."""


@pytest.fixture
def url(paged: Stage) -> str:
    paged.sandbox.act_as(MORI).command("/goen")
    with paged.bot.store.write() as conn:
        conn.execute(insert(published_number), [{"team_id": TEAM, **vars(one)} for one in COUNTS])
    return page_of(paged, 0, Purpose.HANDBOOK)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "contents", "title"),
    [
        ("ja", "私たちのお約束", "ご紹介の流れ"),
        ("en", "What we promise you", "How a referral works"),
    ],
)
def test_everybody_can_read_it(
    browser: BrowserContext, url: str, language: str, contents: str, title: str, size: str
) -> None:
    with reading(browser, f"{url}?lang={language}", SIZES[size]) as page:
        looks_right(page, f"handbook-{language}-{size}")
        page.get_by_role("link", name=contents).click()
        expect(page.get_by_role("heading", name=contents)).to_be_in_viewport()
        expect(page.get_by_role("heading", name=title)).to_be_attached()


def test_it_says_what_the_team_has_set_and_offers(paged: Stage, url: str) -> None:
    with paged.bot.store.write() as conn:
        workspaces.change_policy(conn, TEAM, {"first_contact_within": 48, "ask_again_after": 90})
        workspaces.change(conn, TEAM, ideal_customer="<b>見積</b>に時間がかかる方")
        offers.add(
            conn,
            TEAM,
            kind=OfferKind.COMMUNITY,
            title_ja="工場見学会",
            title_en="a factory tour",
            involves_money=False,
            audience=CustomerKind.PARTNER,
            valid_until=date(2026, 12, 31),
            created_by=MORI,
            created_at=paged.clock(),
        )
    said = ask(url).text.replace("<wbr>", "")
    for part in ("48時間以内", "90日に1回まで", "&lt;b&gt;見積&lt;/b&gt;に時間がかかる方"):
        assert part in said
    assert "コミュニティ（パートナー向け）、2026年12月31日まで" in said
    assert "A factory tour" in ask(f"{url}?lang=en").text

    paged.clock.move(days=60)
    assert "工場見学会" not in ask(url).text.replace("<wbr>", "")


def test_published_numbers_say_their_day_and_count_and_too_few_are_silent(url: str) -> None:
    said = ask(url).text.replace("<wbr>", "")
    for part in ("48人", "8.6", "92%", "71人の平均", "64社", "2026年11月16日時点"):
        assert part in said
    assert "追加でご契約" not in said


def test_the_referral_page_shows_the_same_numbers(paged: Stage, url: str) -> None:
    said = ask(page_of(paged, has_contact(paged))).text.replace("<wbr>", "")
    assert "92%" in said
    assert url in said


@pytest.mark.parametrize(
    ("language", "says"), [("ja", "ご紹介の流れ"), ("en", "How a referral works")]
)
def test_the_same_comes_in_print(url: str, language: str, says: str) -> None:
    found = ask(f"{url}/handbook.pdf?lang={language}")
    assert found.headers["Content-Type"] == "application/pdf"
    assert found.headers["Cache-Control"] == "no-store"
    book = pypdf.PdfReader(io.BytesIO(found.content))
    assert book.trailer["/Root"]["/Lang"] == language
    assert says in "".join(page.extract_text() for page in book.pages)


def test_nothing_can_be_sent_to_it(url: str) -> None:
    assert send(url, {"said": "x"}).status == 405


@pytest.mark.parametrize("file", ["", "/handbook.pdf"])
def test_a_closed_handbook_is_like_one_that_never_was(paged: Stage, url: str, file: str) -> None:
    with paged.bot.store.write() as conn:
        page_links.revoke(conn, TEAM, Purpose.HANDBOOK, 0, paged.clock() + timedelta(seconds=1))
    gone, unknown = ask(f"{url}{file}"), ask(f"{paged.web}/h/{'x' * 22}{file}")
    assert gone.status == unknown.status == 404
    assert gone.content == unknown.content
