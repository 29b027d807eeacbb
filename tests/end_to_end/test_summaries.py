"""From a result to the page for the customer's superior, in the rep's direct messages (A5)."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
import zxingcpp
from PIL import Image

from bot.playbook.terms import Purpose
from bot.sandbox.files import File
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from scheduler.delivery import Deliverer
from scheduler.errands import MOST_TRIES
from scheduler.pace import Pace
from storage import customers, page_links
from tests.end_to_end.referral_steps import has_customer
from tests.end_to_end.steps import LINE, YAMADA, YOSHINO, contact, shown, words
from tests.house import EMMA, SATO, TEAM, Stage, stage

SITE = "https://go.harukaze.example"


@pytest.fixture
def sato(live: Stage) -> Person:
    """A rep whose customer has one good result."""
    return with_result(live)


def with_result(on: Stage, user: str = SATO, line: str = LINE) -> Person:
    has_customer(on, YAMADA, YOSHINO, user)
    who = on.sandbox.act_as(user)
    assert who.command("/result", line).message
    return who


def make(on: Stage, who: Person) -> None:
    """Click below the latest answer, and wait for the page."""
    who.click(who.dm()[-1], ids.MAKE_SUMMARY)
    on.settle()


def open_form(who: Person) -> View:
    card = who.command("/goen", f"customer {YAMADA}").view
    assert card
    who.click(card, ids.MATERIAL_SUMMARY)
    return shown(who)


def submit(on: Stage, who: Person, values: dict[str, Any]) -> Message:
    """Fill the form in and have the page made: the message that brings it."""
    assert who.submit(open_form(who), values).ok
    assert "作成しています" in shown(who).words
    who.close(shown(who), everything=True)
    on.settle()
    return page_in(who)


def page_in(who: Person) -> Message:
    """The latest message with files."""
    return [message for message in who.dm() if message.files][-1]


def content(on: Stage, message: Message, suffix: str) -> bytes:
    (item,) = [file for file in message.files if file["name"].endswith(suffix)]
    found: File | None = on.sandbox.file(item["id"])
    assert found
    return found.content


def pdf_of(on: Stage, message: Message) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content(on, message, ".pdf")))


def text_of(on: Stage, message: Message) -> str:
    return "".join(page.extract_text() for page in pdf_of(on, message).pages).replace("\n", "")


def find_what_was_shared(on: Stage) -> None:
    """As it comes after the settle time, by a clock that the test moves."""
    worker = Deliverer(
        on.bot.store, on.bot.clients, "later", on.clock, Pace(0), seconds=on.clock.seconds
    )
    worker.run()
    on.clock.move(minutes=1)
    worker.run()


def test_one_click_below_a_result_brings_the_page_with_its_picture_and_texts(
    live: Stage, sato: Person
) -> None:
    make(live, sato)

    assert any("作成しています" in message.text for message in sato.dm())
    message = page_in(sato)
    document = pdf_of(live, message)
    assert len(document.pages) == 1
    assert document.trailer["/Root"]["/Lang"] == "ja"
    assert "見積作成時間が48%減りました" in text_of(live, message)
    assert "吉野 真理さま" in text_of(live, message)
    assert [file["name"].rsplit(".")[-1] for file in message.files] == ["pdf", "png"]
    assert message.files[0]["title"] == "成果サマリー 山田製作所さま 2026-11-16.pdf"
    assert "−48%" in message.files[1]["alt_txt"]
    for part in ("社内報用の文章", "チャット用", "4.2時間 → 2.2時間"):
        assert part in message.words


def test_a_customer_who_reads_english_gets_an_english_page(live: Stage) -> None:
    who = with_result(live, EMMA, f"{YAMADA} Quote time 4.2h 2.2h")
    with live.bot.store.write() as conn:
        customers.change(conn, TEAM, contact(live).customer_id, locale="en")

    make(live, who)

    message = page_in(who)
    assert pdf_of(live, message).trailer["/Root"]["/Lang"] == "en"
    assert "Quote time fell by 48%" in text_of(live, message)
    assert "is ready" in message.words
    assert "What happens next" not in message.words, "nothing was said of that"


def test_texts_are_kept_for_the_next_page(live: Stage, sato: Person) -> None:
    said = {
        ids.SUMMARY_TITLE: "見積の時間が半分に。",
        ids.SUMMARY_DIVISION: "営業本部",
        ids.SUMMARY_QUOTE: "商談の日のうちにお出しできます。",
        ids.SUMMARY_QUOTE_BY: "吉野 真理様",
        ids.SUMMARY_AGREED_ON: "2026-11-10",
        ids.SUMMARY_THEIRS: "吉野 真理 / 部長",
        ids.SUMMARY_OURS: "佐藤 美咲 / 担当営業",
        ids.SUMMARY_STEPS: "12月上旬 / 第二営業部へ展開 / 吉野・佐藤",
    }
    message = submit(live, sato, said)

    for part in (
        "見積の時間が半分に。",
        "営業本部",
        "お出しできます。",
        "2026年11月10日",
        "12月上旬",
    ):
        assert part in text_of(live, message)
    assert "「商談の日のうちにお出しできます。」（吉野 真理）" in message.words
    entries = open_form(sato).to_slack(TEAM)["state"]["values"]
    assert entries[ids.SUMMARY_STEPS][ids.SUMMARY_STEPS]["value"] == said[ids.SUMMARY_STEPS]
    assert entries[ids.SUMMARY_AGREED_ON][ids.SUMMARY_AGREED_ON]["selected_date"] == "2026-11-10"


@pytest.mark.parametrize(
    ("values", "block", "said"),
    [
        pytest.param(
            {ids.SUMMARY_QUOTE: "早い。"},
            ids.SUMMARY_AGREED_ON,
            "同意をいただいた日",
            id="words that nobody agreed to",
        ),
        pytest.param(
            {
                ids.SUMMARY_QUOTE: "早い。",
                ids.SUMMARY_QUOTE_BY: "",
                ids.SUMMARY_AGREED_ON: "2026-11-10",
            },
            ids.SUMMARY_QUOTE_BY,
            "どなたの言葉",
            id="words of nobody",
        ),
        pytest.param(
            {ids.SUMMARY_AGREED_ON: "2026-11-17"},
            ids.SUMMARY_AGREED_ON,
            "今日まで",
            id="a day that is still ahead",
        ),
        pytest.param({ids.SUMMARY_OURS: "a\nb\nc"}, ids.SUMMARY_OURS, "3名まで", id="many people"),
        pytest.param({ids.SUMMARY_STEPS: "a\nb\nc\nd"}, ids.SUMMARY_STEPS, "3つ", id="many steps"),
    ],
)
def test_what_the_page_could_not_show_is_said_beside_its_field(
    sato: Person, values: dict[str, Any], block: str, said: str
) -> None:
    answer = sato.submit(open_form(sato), values)
    assert said in answer.errors[block]


def test_what_was_cut_and_replaced_is_told(live: Stage, sato: Person) -> None:
    steps = "\n".join(["12月上旬 / " + "とても長い予定です。" * 15] * 3)
    message = submit(live, sato, {ids.SUMMARY_STEPS: steps, ids.SUMMARY_DIVISION: "안"})

    assert "縮めました：これからの進め方" in message.words
    assert "置き換えました：안" in message.words


def test_without_a_result_to_be_proud_of_the_way_to_one_is_shown(live: Stage) -> None:
    has_customer(live, YAMADA, YOSHINO)
    who = live.sandbox.act_as(SATO)
    assert who.command("/result", f"{YAMADA} 見積作成時間 2.2h 4.2h").message

    card = who.command("/goen", f"customer {YAMADA}").view
    assert card
    answer = who.click(card, ids.MATERIAL_SUMMARY)

    assert answer.view
    assert "まだ記録されていません" in answer.view.words


def test_where_goen_may_not_upload_the_texts_come_with_the_way_to_allow_it(
    live: Stage, sato: Person
) -> None:
    live.sandbox.faults.add("files.getUploadURLExternal", "error:missing_scope")

    make(live, sato)

    said = words(sato.dm()[-1])
    assert "files:write" in said
    assert "4.2時間 → 2.2時間" in said


def test_two_clicks_bring_one_page(live: Stage, sato: Person) -> None:
    answer = sato.dm()[-1]
    for _ in range(2):
        sato.click(answer, ids.MAKE_SUMMARY)
    live.settle()

    assert len([message for message in sato.dm() if message.files]) == 1


@pytest.mark.parametrize("fault", ["500", "reset"])
def test_an_upload_that_breaks_off_is_made_again_and_shown_once(
    live: Stage, sato: Person, fault: str
) -> None:
    live.sandbox.faults.add("upload", fault)
    make(live, sato)
    assert [message for message in sato.dm() if message.files] == []

    live.clock.move(minutes=2)
    live.settle()

    assert len([message for message in sato.dm() if message.files]) == 1


def test_after_the_last_try_it_is_said_that_no_page_came(live: Stage, sato: Person) -> None:
    live.sandbox.faults.add("upload", "500", times=MOST_TRIES)
    make(live, sato)
    for _ in range(MOST_TRIES):
        live.clock.move(minutes=5)
        live.settle()

    assert "作れませんでした" in sato.dm()[-1].text


def test_a_contact_who_is_gone_meanwhile_gets_no_page(live: Stage, sato: Person) -> None:
    sato.click(sato.dm()[-1], ids.MAKE_SUMMARY)
    with live.bot.store.write() as conn:
        customers.change(conn, TEAM, contact(live).customer_id, deleted_at=live.clock())
    live.settle()

    assert [message for message in sato.dm() if message.files] == []
    assert "取りやめました" in sato.dm()[-1].text


def test_a_person_who_is_erased_is_on_no_page_any_more(live: Stage, sato: Person) -> None:
    make(live, sato)
    (file, picture) = page_in(sato).files
    find_what_was_shared(live)

    view = sato.command("/goen", f"erase {YAMADA} {YOSHINO}").view
    assert view
    assert sato.submit(view).ok
    sato.close(shown(sato), everything=True)
    for _ in range(3):
        live.settle()
        live.clock.move(minutes=5)

    assert live.sandbox.file(file["id"]) is None
    assert live.sandbox.file(picture["id"]) is None
    ours = [one for one in sato.dm() if one.user != SATO and not one.ephemeral]
    assert all("吉野" not in message.words for message in ours)


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Stage]:
    """With pages that customers can reach."""
    with stage(f"sqlite:///{tmp_path}/goen.db", by_socket=True, public_url=SITE) as found:
        yield found
        assert found.sandbox.refusals == []


def test_the_code_on_the_page_leads_to_the_contacts_referral_page(public: Stage) -> None:
    who = with_result(public)

    make(public, who)

    with public.bot.store.read() as conn:
        link = page_links.current(conn, TEAM, Purpose.REFERRAL, contact(public).id)
    assert link
    picture = Image.open(io.BytesIO(content(public, page_in(who), ".png")))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{SITE}/r/{link.token}"]
