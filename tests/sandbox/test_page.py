"""The sandbox's page in a real browser, with a real Bolt app behind it."""

from __future__ import annotations

import re
import socket
import threading
import time
import urllib.request
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from bot.sandbox import Channel, Sandbox, User, Workspace
from tests.sandbox.browser import DESKTOP, PHONE, launched, picture, visit
from tests.sandbox.page_bot import MANIFEST, register, reminder
from tests.sandbox.stand import by_http, make_app, make_client, make_sandbox

FRIDAY_NINE = 1_795_132_800.0  # 2026-11-20 09:00 in Tokyo, Thursday 19:00 in New York
JUMPS = {"one_hour": 3_600, "next_morning": 86_400, "next_monday": 3 * 86_400}
SATO, CARTER = "U1", "U2"
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

WORKSPACE = Workspace(
    team_id="T1",
    name="青葉ソリューションズ",
    domain="aoba",
    users=(
        User(SATO, "sato", "佐藤 美咲", "sato@example.com", title="営業", avatar_color="#b4501a"),
        User(
            CARTER,
            "carter",
            "Daniel Carter",
            "carter@example.com",
            locale="en-US",
            tz="America/New_York",
            title="Account executive",
        ),
    ),
    channels=(Channel("C1", "sales", (SATO, CARTER), topic="紹介の輪を広げる"),),
)


class Clock:
    """A clock that stands still between jumps."""

    def __init__(self) -> None:
        self.now = FRIDAY_NINE

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Stage:
    """A sandbox with a bot, and a way to look at it. Jumps wait for `dawdle`, which is set."""

    sandbox: Sandbox
    browser: BrowserContext
    dawdle: threading.Event

    def remind(self, user: str = SATO) -> None:
        make_client(self.sandbox).chat_postMessage(channel=user, text="今日", blocks=reminder())

    def url(self, user: str = SATO, place: str = "") -> str:
        return f"{self.sandbox.url}/#/{user}/{place}"

    def dm(self, user: str = SATO) -> str:
        return self.url(user, self.sandbox.act_as(user).dm_id)


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def port() -> int:
    """One port for all sandboxes, so that the browser keeps the page's files in its cache."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        found: int = place.getsockname()[1]
    return found


@pytest.fixture
def stage(browser: BrowserContext, port: int) -> Iterator[Stage]:
    clock = Clock()
    dawdle = threading.Event()
    dawdle.set()

    def jump(to: str, _zone: str) -> str:
        clock.now += JUMPS[to]
        make_client(sandbox).chat_postMessage(channel=SATO, text="朝のまとめ", blocks=reminder())
        assert dawdle.wait(10)
        return ""

    sandbox = make_sandbox(workspace=WORKSPACE, manifest=MANIFEST, clock=clock, on_jump=jump)
    sandbox.start(port)
    try:
        app = make_app(sandbox)
        register(app)
        with by_http(sandbox, app):
            yield Stage(sandbox, browser, dawdle)
        assert sandbox.refusals == []
    finally:
        sandbox.stop()


@pytest.fixture
def page(stage: Stage) -> Iterator[Page]:
    """The direct message of 佐藤 with the app, with one reminder in it."""
    stage.remind()
    with visit(stage.browser, stage.dm()) as found:
        expect(found.get_by_role("heading", name="今日のフォロー")).to_be_visible()
        yield found


def composer(page: Page) -> Any:
    return page.get_by_role("combobox", name=re.compile("へのメッセージ|^Message "))


def test_a_slash_lists_the_commands_and_the_answer_is_for_its_person_only(page: Page) -> None:
    composer(page).press_sequentially("/")
    options = page.get_by_role("listbox", name="コマンド").get_by_role("option")
    expect(options).to_have_count(3)
    expect(options.nth(1)).to_contain_text("顧客名 0–10")
    picture(page, "commands-ja")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(composer(page)).to_have_value("/nps ")
    expect(page.locator(".usage")).to_contain_text("/nps 顧客名 0–10")
    page.keyboard.type("山田製作所 9")
    page.keyboard.press("Enter")
    answer = page.locator(".message.ephemeral")
    expect(answer).to_contain_text("あなただけに表示されています")
    expect(answer).to_contain_text("山田製作所 9 を記録しました")
    expect(composer(page)).to_have_value("")
    answer.get_by_role("button", name="元に戻す").click()
    expect(answer).to_contain_text("元に戻しました。")
    expect(answer.get_by_role("button", name="元に戻す")).to_have_count(0)


def test_a_command_that_does_not_exist_is_named_and_the_line_is_kept(page: Page) -> None:
    composer(page).fill("/npx 山田")
    composer(page).press("Enter")
    expect(page.locator(".toast")).to_contain_text("/npx というコマンドはありません")
    expect(composer(page)).to_have_value("/npx 山田")


def test_the_enter_that_ends_a_japanese_composition_sends_nothing(stage: Stage, page: Page) -> None:
    composer(page).focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "山田", "selectionStart": 2, "selectionEnd": 2}
    )
    composing_enter: dict[str, Any] = {"key": "Enter", "code": "Enter"}
    keyboard.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, **composing_enter},
    )
    keyboard.send("Input.insertText", {"text": "山田様"})
    expect(composer(page)).to_have_value("山田様")
    assert [message.user for message in stage.sandbox.act_as(SATO).dm()].count(SATO) == 0
    composer(page).press("Enter")
    expect(page.locator(".message").last).to_contain_text("山田様")


def test_a_clicked_button_changes_its_message_in_place(page: Page) -> None:
    message = page.locator(".message")
    before = message.get_attribute("data-ts")
    picture(page, "reminder-ja")
    message.get_by_role("button", name="連絡した").click()
    expect(message).to_contain_text("完了しました")
    expect(message.get_by_role("button", name="連絡した")).to_have_count(0)
    assert message.get_attribute("data-ts") == before


def test_what_destroys_is_asked_about_first(page: Page) -> None:
    page.get_by_role("button", name="やめる").click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("取り消しますか？")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator(".message")).to_have_count(1)
    page.get_by_role("button", name="やめる").click()
    dialog.get_by_role("button", name="取り消す").click()
    expect(page.locator(".message")).to_have_count(0)


def test_a_modal_finds_a_customer_refuses_by_field_and_closes_when_it_is_right(
    page: Page, tmp_path: Path
) -> None:
    composer(page).fill("/result")
    composer(page).press("Enter")
    modal = page.get_by_role("dialog", name="成果を記録")
    expect(modal).to_be_visible()
    customer = modal.get_by_role("combobox", name="顧客")
    expect(customer).to_be_focused()
    page.keyboard.type("山田")
    options = modal.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text(["（株）山田製作所", "山田商店"])
    picture(page, "modal-ja")
    page.keyboard.press("Enter")
    expect(customer).to_have_value("（株）山田製作所")
    file = tmp_path / "資料.csv"
    file.write_text("a,b\n")
    modal.locator("input[type=file]").set_input_files(file)
    expect(modal.get_by_role("listitem")).to_contain_text("資料.csv")
    modal.get_by_role("button", name="記録する").click()
    kpi = modal.locator("[data-block-id=kpi]")
    expect(kpi.get_by_role("alert")).to_contain_text("必須")
    kpi.get_by_role("textbox").fill("？")
    kpi.get_by_role("textbox").press("Enter")
    expect(kpi.get_by_role("alert")).to_have_text("KPI の名前を入力してください。")
    expect(kpi.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    picture(page, "modal-error-ja")
    kpi.get_by_role("textbox").fill("見積作成時間")
    modal.get_by_role("button", name="記録する").click()
    expect(modal).to_have_count(0)
    expect(page.locator(".message").last).to_contain_text("（株）山田製作所：見積作成時間")


def test_dates_people_and_several_choices_are_picked_by_keyboard(stage: Stage, page: Page) -> None:
    composer(page).fill("/result")
    composer(page).press("Enter")
    modal = page.get_by_role("dialog", name="成果を記録")
    modal.locator("[data-block-id=day] button").press("Enter")
    page.keyboard.press("ArrowRight")
    picture(page, "calendar-ja")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(modal.locator("[data-block-id=day] button")).to_contain_text("2026年11月28日")
    offers = modal.get_by_role("combobox", name="特典")
    offers.press("ArrowDown")
    offers.press("Enter")
    offers.press("Escape")
    expect(modal.get_by_role("button", name="情報提供 を削除")).to_be_visible()
    owner = modal.get_by_role("combobox", name="担当")
    owner.fill("ｃａｒｔｅｒ")
    owner.press("Enter")
    expect(owner).to_have_value("Daniel Carter")
    modal.get_by_role("button", name="やめる").click()
    expect(modal).to_have_count(0)
    assert stage.sandbox.act_as(SATO).view() is None


def test_escape_closes_what_is_on_top_and_then_the_modal(page: Page) -> None:
    page.get_by_role("button", name="ショートカット").click()
    page.get_by_role("menuitem", name="誰にお願いするか").click()
    modal = page.get_by_role("dialog", name="成果を記録")
    modal.get_by_role("combobox", name="特典").click()
    expect(modal.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(modal.get_by_role("listbox")).to_have_count(0)
    expect(modal).to_be_visible()
    page.keyboard.press("Escape")
    expect(modal).to_have_count(0)


def test_a_message_offers_the_message_shortcuts(stage: Stage, page: Page) -> None:
    stage.sandbox.act_as(CARTER).say("C1", "鈴木商事をご紹介します")
    page.get_by_role("button", name="sales").click()
    message = page.locator(".message", has_text="鈴木商事をご紹介します")
    message.hover()
    message.get_by_role("button", name="その他のアクション").click()
    picture(page, "message-menu-ja")
    page.get_by_role("menuitem", name="紹介を記録する").click()
    expect(page.locator(".message.ephemeral")).to_contain_text("紹介として記録しました")


def test_home_shows_what_the_bot_published_and_its_buttons_work(page: Page) -> None:
    page.get_by_role("navigation", name="Goen").get_by_role("button", name="ホーム").click()
    expect(page.get_by_role("heading", name="今日のリスト")).to_be_visible()
    picture(page, "home-ja")
    page.get_by_role("button", name="成果を記録").click()
    expect(page.get_by_role("dialog", name="成果を記録")).to_be_visible()


def test_another_person_has_another_language_time_and_view(stage: Stage, page: Page) -> None:
    page.get_by_role("button", name="sales").click()
    stage.sandbox.act_as(SATO).say("C1", "おはようございます")
    expect(page.locator(".message .when")).to_have_text("9:00")
    page.get_by_role("button", name="佐藤 美咲 として操作中").click()
    picture(page, "people-ja")
    page.get_by_role("menuitemradio", name="Daniel Carter").click()
    expect(page.get_by_role("button", name="Acting as Daniel Carter (New York")).to_be_visible()
    expect(page.locator(".message .when")).to_have_text("7:00 PM")
    expect(page.locator(".day")).to_contain_text("Thursday, November 19")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    picture(page, "channel-en")
    page.get_by_role("button", name="Goen", exact=True).click()
    expect(page.get_by_text("This is your direct message with Goen")).to_be_visible()
    picture(page, "welcome-en")
    page.get_by_role("button", name="/nps 山田製作所 9").click()
    expect(composer(page)).to_have_value("/nps 山田製作所 9")


def test_moving_the_clock_shows_what_time_brings(page: Page) -> None:
    page.get_by_role("button", name="sales").click()
    expect(page.locator(".clock-time")).to_have_text("11月20日(金) 9:00")
    page.get_by_role("button", name="時計を進める：次の月曜").click()
    expect(page.locator(".clock-time")).to_have_text("11月23日(月) 9:00")
    expect(page.locator(".toast")).to_contain_text("11月23日(月) 9:00 になりました")
    picture(page, "clock-ja")
    unread = page.get_by_role("navigation").get_by_label("未読 1 件")
    expect(unread).to_be_visible()
    page.get_by_role("button", name="Goen 未読").click()
    expect(unread).to_have_count(0)
    expect(page.locator(".day").last).to_contain_text("今日　11月23日月曜日")


def test_a_long_jump_shows_that_it_is_under_way_and_what_arrives_meanwhile(
    stage: Stage, page: Page
) -> None:
    stage.dawdle.clear()
    before = page.locator(".message").count()
    page.get_by_role("button", name="時計を進める：翌朝").click()
    expect(page.locator(".message")).to_have_count(before + 1)
    expect(page.get_by_role("status").filter(has_text="時計を進めています…")).to_be_visible()
    expect(page.locator(".jump:enabled")).to_have_count(0)
    expect(page.locator(".clock-time")).to_have_text("11月21日(土) 9:00")
    picture(page, "clock-moving-ja")
    composer(page).fill("書きかけ")
    stage.dawdle.set()
    expect(page.locator(".toast")).to_contain_text("新着メッセージが 1 件")
    expect(page.locator(".jump:enabled")).to_have_count(3)
    expect(composer(page)).to_be_focused()


def test_a_reload_keeps_the_open_modal_and_what_the_bot_knows_of_it(page: Page) -> None:
    composer(page).fill("/result")
    composer(page).press("Enter")
    modal = page.get_by_role("dialog", name="成果を記録")
    modal.get_by_role("textbox", name="KPI").fill("x" * 3)
    modal.get_by_role("button", name="記録する").click()
    expect(modal.get_by_role("alert").first).to_be_visible()
    page.reload()
    expect(modal).to_be_visible()
    expect(modal.get_by_role("textbox", name="KPI")).to_have_value("xxx")
    page.keyboard.press("Escape")
    expect(modal).to_have_count(0)
    page.reload()
    expect(composer(page)).to_be_visible()
    expect(modal).to_have_count(0)


def test_what_arrives_while_a_channel_is_being_loaded_is_shown(stage: Stage, page: Page) -> None:
    stage.sandbox.act_as(CARTER).say("C1", "前から")

    def slow(route: Route) -> None:
        found = route.fetch()
        stage.sandbox.act_as(CARTER).say("C1", "その間に")
        time.sleep(0.2)
        route.fulfill(response=found)

    page.route("**/ui/history*", slow)
    page.get_by_role("button", name="sales").click()
    expect(page.get_by_text("前から")).to_be_visible()
    expect(page.get_by_text("その間に")).to_be_visible()


def test_what_was_read_here_is_read_everywhere(stage: Stage, page: Page) -> None:
    url = stage.url(SATO, "C1")
    unread = "未読 1 件"
    with visit(stage.browser, url) as other:
        expect(other.get_by_role("button", name="sales", exact=True)).to_be_visible()
        stage.remind()
        expect(page.locator(".message")).to_have_count(2)
        stage.sandbox.act_as(CARTER).say("C1", "どうぞ")
        expect(other.get_by_text("どうぞ")).to_be_visible()
        for each in (page, other):
            expect(each.get_by_label(unread)).to_have_count(0)
    stage.sandbox.act_as(CARTER).say("C1", "もう一つ")
    expect(page.get_by_label(unread)).to_be_visible()
    page.reload()
    expect(page.get_by_label(unread)).to_be_visible()


def test_a_file_of_the_bot_is_saved_by_a_click(stage: Stage, page: Page) -> None:
    make_client(stage.sandbox).files_upload_v2(
        channel=stage.sandbox.act_as(SATO).dm_id, filename="一覧.csv", content="a,b\n"
    )
    with page.expect_download() as saved:
        page.get_by_role("link", name="一覧.csv").click()
    assert saved.value.suggested_filename == "一覧.csv"
    assert saved.value.path().read_text() == "a,b\n"


def test_a_picture_of_the_bot_is_shown_with_its_description(stage: Stage, page: Page) -> None:
    client = make_client(stage.sandbox)
    place = client.files_getUploadURLExternal(
        filename="page.png", length=len(PIXEL), alt_txt="One page of results"
    )
    urllib.request.urlopen(urllib.request.Request(place["upload_url"], data=PIXEL)).close()
    client.files_completeUploadExternal(
        channel_id=stage.sandbox.act_as(SATO).dm_id,
        files=[{"id": place["file_id"], "title": "Preview"}],
    )
    picture = page.get_by_role("img", name="One page of results")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 1)
    expect(page.get_by_role("link", name="Preview")).to_be_visible()


def test_what_people_write_never_becomes_markup(stage: Stage, page: Page) -> None:
    evil = '<img src=x onerror="document.title=1"> <b>x</b> *b* javascript:alert(1) &amp;lt;'
    stage.sandbox.act_as(CARTER).say("C1", evil)
    make_client(stage.sandbox).chat_postMessage(
        channel="C1", text="<javascript:alert(1)|押す> <https://example.com/?a=1&amp;b=2|見る>"
    )
    page.get_by_role("button", name="sales").click()
    expect(page.locator(".message").first).to_contain_text(
        '<img src=x onerror="document.title=1"> <b>x</b> b javascript:alert(1) &amp;lt;'
    )
    expect(page.locator(".message img, .message b, .message script")).to_have_count(0)
    links = page.locator(".message", has_text="押す").get_by_role("link")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.com/?a=1&b=2")


def test_a_message_whose_words_were_changed_is_marked_as_edited(stage: Stage, page: Page) -> None:
    client = make_client(stage.sandbox)
    sent = client.chat_postMessage(channel=SATO, text="四月")
    expect(page.get_by_text("四月")).to_be_visible()
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="五月")
    expect(page.locator(".message").last).to_contain_text("五月 （編集済み）")


def test_emphasis_in_japanese_needs_half_width_space_as_in_slack(stage: Stage, page: Page) -> None:
    text = "これは*太字*ではない が *これ* は太字 `code` ~消す~ _斜体_ 、`文`、 *全*　。"
    make_client(stage.sandbox).chat_postMessage(channel=SATO, text=text)
    last = page.locator(".message", has_text="ではない")
    expect(last.locator("strong")).to_have_text("これ")
    expect(last.locator("code")).to_have_text("code")
    expect(last).to_contain_text(
        "これは*太字*ではない が これ は太字 code 消す 斜体 、`文`、 *全*　。"
    )


def test_the_page_comes_back_when_the_sandbox_was_away(browser: BrowserContext, port: int) -> None:
    first = make_sandbox(workspace=WORKSPACE, manifest=MANIFEST).start(port)
    page = browser.new_page()
    page.goto(f"{first.url}/#/{CARTER}/C1")
    expect(composer(page)).to_be_visible()
    first.stop()
    expect(page.get_by_text("Lost the connection to the sandbox")).to_be_visible()
    second = make_sandbox(workspace=WORKSPACE, manifest=MANIFEST)
    second.start(port)
    try:
        expect(page.get_by_text("Lost the connection")).to_be_hidden()
        second.act_as(SATO).say("C1", "戻りました")
        expect(page.locator(".message")).to_contain_text("戻りました")
    finally:
        page.close()
        second.stop()


@pytest.mark.parametrize(
    ("user", "size"),
    [(SATO, DESKTOP), (SATO, PHONE), (CARTER, DESKTOP), (CARTER, PHONE)],
    ids=["ja-desktop", "ja-phone", "en-desktop", "en-phone"],
)
def test_everything_fits_the_window(
    stage: Stage, user: str, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    stage.remind(user)
    name = request.node.callspec.id
    with visit(stage.browser, stage.dm(user), size) as page:
        expect(page.locator(".message")).to_be_visible()
        picture(page, f"dm-{name}")
        assert _overflow(page) <= 0
        composer(page).fill("/result")
        composer(page).press("Enter")
        expect(page.locator(".panel-modal")).to_be_visible()
        picture(page, f"modal-{name}")
        assert _overflow(page) <= 0
        page.keyboard.press("Escape")
        if size == PHONE:
            page.locator(".side-toggle").click()
            page.get_by_role("button", name="sales").click()
            expect(page.get_by_role("heading", name="sales")).to_be_visible()


def _overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found
