"""`make demo` in a real browser: what a newcomer clicks in the first two minutes."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from bot.demo.people import CHANNEL_ID, EMMA, SATO
from bot.demo.run import Demo, demo, opening_time
from tests.sandbox.browser import PHONE, launched, picture, visit

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def running() -> Iterator[Demo]:
    with demo(0, 1, FRIDAY) as found:
        yield found
        assert found.sandbox.refusals == []


def messages_of(running: Demo, user: str) -> str:
    return f"{running.sandbox.url}/#/{user}/{running.sandbox.act_as(user).dm_id}"


def say(page: Page, line: str) -> Locator:
    """Type a line into the composer; the answer that comes."""
    answers = page.locator(".message.ephemeral")
    before = answers.count()
    composer = page.get_by_role("combobox", name=re.compile("へのメッセージ|^Message "))
    composer.fill(line)
    composer.press("Escape")
    composer.press("Enter")
    expect(answers).to_have_count(before + 1, timeout=10_000)
    return answers.last


def test_the_demo_opens_on_a_working_afternoon_whatever_today_is() -> None:
    sunday = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert opening_time(sunday) == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert opening_time(datetime(2026, 11, 24, 1, 0, tzinfo=UTC)) == opening_time(sunday)


def test_a_result_becomes_an_ask_and_the_ask_a_referral(
    running: Demo, browser: BrowserContext
) -> None:
    with visit(browser, messages_of(running, SATO)) as page:
        expect(say(page, "/nps 山田製作所 9 対応が早い")).to_contain_text("推奨者候補")
        answer = say(page, "/result 山田製作所 見積作成時間 4.2h 2.2h")
        expect(answer).to_contain_text("−48%")
        picture(page, "demo-result-ja")

        answer.get_by_role("button", name="送付済みにする").click()
        expect(answer).to_contain_text("送付済み")
        answer.get_by_role("button", name="紹介があった").click()
        form = page.get_by_role("dialog")
        form.get_by_label("紹介先の会社").fill("鈴木商事")
        form.get_by_role("button", name="保存").click()
        expect(form).to_contain_text("鈴木商事")
        picture(page, "demo-referral-ja")
        page.keyboard.press("Escape")

        thanks = page.locator(".message", has_text="吉野 真理さまにご紹介のお礼を伝える").last
        expect(thanks).to_be_visible(timeout=20_000)
        thanks.get_by_role("button", name="完了").last.click()
        expect(thanks).to_contain_text("完了しました", timeout=10_000)
        picture(page, "demo-reminder-ja")


def test_the_next_morning_brings_the_digest_and_the_teams_routine(
    running: Demo, browser: BrowserContext
) -> None:
    with visit(browser, messages_of(running, EMMA)) as page:
        expect(say(page, "/ask")).to_contain_text("Prepare ask")
        picture(page, "demo-ask-en")
        # Monday is a public holiday in Japan, so the week begins on Tuesday.
        page.get_by_role("button", name="Next Monday").click()
        expect(page.get_by_text(re.compile("Tue, Nov 24")).first).to_be_visible(timeout=30_000)
        digest = page.locator(".message", has_text="Follow-ups for Tue, Nov 24")
        expect(digest.last).to_contain_text("Mark done")
        picture(page, "demo-digest-en")
        page.goto(f"{running.sandbox.url}/#/{EMMA}/home")
        expect(page.get_by_text("To do today", exact=True)).to_be_visible()
        picture(page, "demo-home-en")
    with visit(browser, f"{running.sandbox.url}/#/{SATO}/{CHANNEL_ID}") as page:
        expect(page.locator(".message", has_text="火曜：").last).to_be_visible()
        picture(page, "demo-routine-ja")
    with visit(browser, f"{running.sandbox.url}/#/{SATO}/home", PHONE) as page:
        expect(page.get_by_text("今日やること").first).to_be_visible()
        picture(page, "demo-home-ja-phone")
