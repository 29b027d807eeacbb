"""The referral page as a customer uses it: on a phone and at a desk, in both languages."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.sandbox.messages import words_in
from tests.house import SATO, Stage
from tests.pages.browser import DESKTOP, PHONE, SIZES, looks_right, reading
from tests.pages.visits import has_contact, page_of

TEXTS = {
    "ja": {
        "company": "ご紹介先の会社名",
        "person": "ご紹介先のお名前",
        "email": "ご紹介先のメールアドレス",
        "add_note": "ひとこと添える",
        "note": "お困りのことや",
        "send": "この内容で紹介する",
        "thanks": "ご紹介ありがとうございます。",
        "mend": "ご確認ください",
    },
    "en": {
        "company": "Their company",
        "person": "Their name",
        "email": "Their email",
        "add_note": "Add a note",
        "note": "What they need",
        "send": "Send the introduction",
        "thanks": "Thank you for the introduction.",
        "mend": "Please check",
    },
}


@pytest.fixture
def url(paged: Stage) -> str:
    return page_of(paged, has_contact(paged))


def fill_in(page: Page, language: str) -> None:
    says = TEXTS[language]
    page.get_by_role("textbox", name=says["company"]).fill("株式会社𠮷田電機")
    page.get_by_role("textbox", name=says["person"]).fill("𠮷田 健一")
    page.get_by_role("textbox", name=says["email"]).fill("yoshida@yoshida.example")
    page.get_by_text(says["add_note"]).click()
    page.get_by_role("textbox", name=says["note"]).fill("見積に時間がかかっているそうです。")
    page.get_by_role("checkbox").check()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", TEXTS)
def test_a_referral_that_is_filled_in_appears_in_the_reps_messages(
    paged: Stage, browser: BrowserContext, url: str, language: str, size: str
) -> None:
    says = TEXTS[language]
    with reading(browser, f"{url}?lang={language}", SIZES[size]) as page:
        looks_right(page, f"referral-{language}-{size}")
        fill_in(page, language)
        page.get_by_role("button", name=says["send"]).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(says["thanks"])
        assert page.url.endswith(f"/thanks?lang={language}")
        looks_right(page, f"referral-thanks-{language}-{size}")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text(says["thanks"])

    paged.settle()
    (message,) = [m for m in paged.sandbox.act_as(SATO).dm() if "紹介が届きました" in m.text]
    told = "\n".join(words_in(message.blocks))
    for part in ("𠮷田電機", "𠮷田 健一", "yoshida@yoshida.example", "見積に時間", "𠮷野 真理"):
        assert part in told


@pytest.mark.parametrize("language", TEXTS)
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    browser: BrowserContext, url: str, language: str
) -> None:
    says = TEXTS[language]
    with reading(browser, f"{url}?lang={language}", PHONE) as page:
        fill_in(page, language)
        page.get_by_role("textbox", name=says["company"]).fill("　")
        page.evaluate("document.forms[0].noValidate = true")
        page.get_by_role("button", name=says["send"]).click()
        expect(page.get_by_role("alert")).to_contain_text(says["mend"])
        expect(page.get_by_role("alert")).to_be_focused()
        looks_right(page, f"referral-error-{language}-phone")
        page.get_by_role("alert").get_by_role("link").click()
        expect(page.get_by_role("textbox", name=says["company"])).to_be_focused()
        expect(page.get_by_role("textbox", name=says["person"])).to_have_value("𠮷田 健一")
        expect(page.get_by_role("textbox", name=says["note"])).to_have_value(
            "見積に時間がかかっているそうです。"
        )
        expect(page.get_by_role("checkbox")).to_be_checked()
        page.get_by_role("textbox", name=says["company"]).fill("𠮷田電機")
        page.get_by_role("button", name=says["send"]).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(says["thanks"])


def test_the_whole_page_works_by_keyboard(browser: BrowserContext, url: str) -> None:
    with reading(browser, url, DESKTOP) as page:
        page.get_by_label("ご紹介先の会社名").focus()
        page.keyboard.insert_text("鈴木商事")
        page.keyboard.press("Tab")
        page.keyboard.insert_text("鈴木 一郎")
        for key in ("Tab", "Tab", "Enter", "Tab"):
            page.keyboard.press(key)
        page.keyboard.insert_text("よろしくお願いします")
        for key in ("Tab", "Space", "Tab", "Enter"):
            page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).to_have_text("ご紹介ありがとうございます。")


def test_it_works_without_scripts(paged: Stage, browser: BrowserContext, url: str) -> None:
    assert browser.browser
    plain = browser.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(url)
    assert page.get_by_role("button", name="コピー").count() == 0
    expect(page.get_by_role("textbox", name="ページのリンク")).to_have_value(url)
    page.get_by_label("ご紹介先の会社名").fill("鈴木商事")
    page.get_by_label("ご紹介先のお名前").fill("鈴木 一郎")
    page.get_by_role("button", name="この内容で紹介する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ご紹介ありがとうございます。")
    plain.close()
    paged.settle()
    assert any("鈴木 一郎" in m.text for m in paged.sandbox.act_as(SATO).dm())


def test_the_link_is_handed_on_in_one_tap(browser: BrowserContext, url: str) -> None:
    browser.grant_permissions(["clipboard-read", "clipboard-write"])
    with reading(browser, url, PHONE) as page:
        page.get_by_role("button", name="コピー").click()
        expect(page.get_by_role("status")).to_have_text("リンクをコピーしました。")
        assert page.evaluate("navigator.clipboard.readText()") == url
        line = page.get_by_role("link", name="LINE").get_attribute("href") or ""
        mail = page.get_by_role("link", name="メール").get_attribute("href") or ""
    assert line.startswith("https://line.me/R/share?text=")
    assert re.fullmatch(r"mailto:\?subject=[\w.%~-]+&body=[\w.%~-]+", mail)
    assert "%0D%0A" in mail


def test_the_language_is_one_tap_away(browser: BrowserContext, url: str) -> None:
    with reading(browser, url, PHONE) as page:
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("same challenge")
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_pages_of_refusal_look_right_too(paged: Stage, browser: BrowserContext) -> None:
    with reading(browser, f"{paged.web}/r/{'A' * 22}?lang=ja", PHONE) as page:
        looks_right(page, "gone-ja-phone")
