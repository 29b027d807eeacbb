"""A referred person on a phone: everybody can read their page and use it, in both languages."""

import pytest
from playwright.sync_api import BrowserContext, expect

from bot.playbook.terms import Consent, Purpose
from bot.sandbox.person import Person
from bot.views import ids
from tests.end_to_end.referral_steps import fresh_card, has_customer, opened, received, the_row
from tests.house import SATO
from tests.house import Stage as Live
from tests.pages.browser import looks_right, reading
from tests.pages.visits import page_of

LINE = "山田製作所 > 鈴木商事 「鈴木 一郎」様 見積を早くしたい"
AGREE = {"ja": "連絡を受け取る", "en": "Yes, you may contact me"}
STOP = {"ja": "今後の連絡を停止する", "en": "Do not contact me again"}
SURE = {"ja": "内容を確認し、削除を希望します", "en": "I have read this and want my data deleted"}
ERASE = {"ja": "情報を削除する", "en": "Delete my data"}
BENEFIT = {"ja": "初回の業務診断（60分）を無料で", "en": "A free 60-minute review of your process"}


@pytest.fixture
def sato(paged: Live) -> Person:
    """The rep of a referral by 吉野 of 山田製作所."""
    has_customer(paged, "山田製作所", "吉野 真理")
    person = paged.sandbox.act_as(SATO)
    received(person, LINE)
    return person


@pytest.mark.usefixtures("sato")
@pytest.mark.parametrize("language", ["ja", "en"])
def test_they_agree_stop_and_are_forgotten_by_keyboard(
    paged: Live, browser: BrowserContext, language: str
) -> None:
    address = f"{page_of(paged, the_row(paged).id, Purpose.OPT_OUT)}?lang={language}"
    with reading(browser, address) as page:
        looks_right(page, f"own-data-{language}")
        page.get_by_role("button", name=AGREE[language], exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=STOP[language])).to_be_visible()
        assert the_row(paged).consent is Consent.AGREED
        looks_right(page, f"own-data-agreed-{language}")

        page.get_by_role("button", name=STOP[language]).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=AGREE[language], exact=True)).to_be_visible()
        assert the_row(paged).consent is Consent.OPTED_OUT
        looks_right(page, f"own-data-stopped-{language}")

        page.locator("summary").press("Enter")
        page.get_by_label(SURE[language]).press("Space")
        looks_right(page, f"own-data-before-erasing-{language}")
        page.get_by_role("button", name=ERASE[language]).press("Enter")
        expect(page.locator("form")).to_have_count(0)
        assert the_row(paged).person == ""
        looks_right(page, f"own-data-erased-{language}")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_benefit_is_read_on_a_phone(
    paged: Live, sato: Person, browser: BrowserContext, language: str
) -> None:
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    pages = opened(sato.click(card, ids.REFERRED_PAGES))
    form = opened(sato.click(pages, ids.EDIT_BENEFIT))
    given = {
        ids.BENEFIT_TITLE: BENEFIT[language],
        ids.NAMING: "named",
        ids.NAMING_HOW: "電話で確認",
    }
    assert sato.submit(form, given).ok
    address = page_of(paged, the_row(paged).id, Purpose.BENEFIT)
    with reading(browser, f"{address}?lang={language}") as page:
        looks_right(page, f"benefit-{language}")
