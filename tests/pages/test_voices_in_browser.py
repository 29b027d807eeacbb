"""The pages of customers' own words on a phone, in both languages."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.playbook.terms import Purpose, VoiceKind
from tests.house import Stage
from tests.pages.browser import PHONE, SIZES, looks_right, reading
from tests.pages.visits import has_contact, page_of
from tests.pages.voice_steps import PURPOSES, news, standing

TEXTS: dict[str, dict[str, Any]] = {
    "ja": {
        "words": {"testimonial": "よかったこと、変わったこと", "why": "決め手になったこと"},
        "hesitation": "ご検討中に迷ったこと",
        "website": "Webサイトと提案資料に",
        "send": "この内容で送る",
        "thanks": "お預かりしています",
        "change": "内容や範囲を変更する",
        "save": "変更を保存する",
        "open_withdrawal": "取り下げる",
        "withdraw": "言葉を取り下げる",
        "withdrawn": "取り下げを承りました",
        "mend": "ご確認ください",
    },
    "en": {
        "words": {"testimonial": "What has changed", "why": "What decided it?"},
        "hesitation": "What made you hesitate?",
        "website": "on its website",
        "send": "Send my words",
        "thanks": "We have your words",
        "change": "Change my words",
        "save": "Save my changes",
        "open_withdrawal": "Withdraw my words",
        "withdraw": "Withdraw my words",
        "withdrawn": "You withdrew your words",
        "mend": "Please check",
    },
}


@pytest.fixture
def contact_id(paged: Stage) -> int:
    return has_contact(paged)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("kind", VoiceKind)
def test_words_are_given_changed_and_withdrawn_on_a_phone(
    paged: Stage, browser: BrowserContext, contact_id: int, kind: VoiceKind, language: str
) -> None:
    says, name = TEXTS[language], f"{kind}-{language}"
    url = page_of(paged, contact_id, PURPOSES[kind])
    with reading(browser, f"{url}?lang={language}", PHONE) as page:
        looks_right(page, f"voice-{name}-phone")
        _say(page, language, kind)
        page.get_by_label(says["website"]).check()
        page.get_by_role("button", name=says["send"]).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(says["thanks"])
        looks_right(page, f"voice-{name}-thanks-phone")
        assert "見積が半日" in news(paged)[-1]

        page.get_by_text(says["change"]).click()
        page.get_by_label(says["website"]).uncheck()
        looks_right(page, f"voice-{name}-change-phone")
        page.get_by_role("button", name=says["save"]).click()
        expect(page.get_by_label(says["website"])).not_to_be_checked()
        assert "取り下げてください" in news(paged)[-1]

        page.locator("summary", has_text=says["open_withdrawal"]).click()
        page.get_by_role("button", name=says["withdraw"]).click()
        expect(page.get_by_text(says["withdrawn"])).to_be_visible()
        looks_right(page, f"voice-{name}-withdrawn-phone")
    assert standing(paged, contact_id, kind) is None


@pytest.mark.parametrize("size", SIZES)
def test_what_is_missing_is_said_beside_its_field(
    paged: Stage, browser: BrowserContext, contact_id: int, size: str
) -> None:
    says, url = TEXTS["ja"], page_of(paged, contact_id, Purpose.WHY)
    with reading(browser, url, SIZES[size]) as page:
        page.get_by_label(says["hesitation"]).fill("費用")
        page.get_by_label(says["words"]["why"]).fill("　")
        page.get_by_role("button", name=says["send"]).click()
        expect(page.get_by_role("alert")).to_contain_text(says["mend"])
        expect(page.get_by_role("alert")).to_be_focused()
        looks_right(page, f"voice-error-{size}")
        page.get_by_role("alert").get_by_role("link").click()
        expect(page.get_by_label(says["words"]["why"])).to_be_focused()
        expect(page.get_by_label(says["hesitation"])).to_have_value("費用")


def test_it_works_without_scripts_and_by_keyboard(
    paged: Stage, browser: BrowserContext, contact_id: int
) -> None:
    assert browser.browser
    plain = browser.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(page_of(paged, contact_id, Purpose.VOICE))
    page.get_by_label(TEXTS["ja"]["words"]["testimonial"]).focus()
    page.keyboard.insert_text("助かっています")
    for key in ("Tab", "Space", "Tab", "Tab", "ArrowUp", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_contain_text(TEXTS["ja"]["thanks"])
    plain.close()
    (told,) = news(paged)
    assert "助かっています" in told
    assert "会社名とお名前" in told


def _say(page: Page, language: str, kind: VoiceKind) -> None:
    says = TEXTS[language]
    page.get_by_label(says["words"][kind]).fill("見積が半日で出せるようになりました。")
    if kind is VoiceKind.WHY:
        page.get_by_label(says["hesitation"]).fill("ベテランが使ってくれるかどうか")
