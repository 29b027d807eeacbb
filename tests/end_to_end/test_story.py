"""The whole referral loop as a rep lives it: by Socket Mode and HTTP, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from tests.house import CHANNEL, MORI, ROOT, SATO, Stage, stage


@pytest.fixture(params=["socket", "http"])
def loop(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with stage(database_url, by_socket=request.param == "socket") as found:
        yield found
        assert found.sandbox.refusals == []


def offers(message: Message, action_id: str) -> bool:
    """Whether a message has this button."""
    return f"'{action_id}'" in str(message.blocks)


def reminder(person: Person, words: str) -> Message:
    """The latest direct message that lets its reader tick off something of these words."""
    found = [m for m in person.dm() if words in m.words and offers(m, ids.FOLLOW_UP_DONE)]
    assert found, f"no reminder of {words!r} in {[m.text for m in person.dm()]}"
    return found[-1]


def block_with(message: Message, words: str, action_id: str) -> str:
    """The block id of the buttons that belong to the item of these words."""
    seen = False
    for block in message.blocks:
        seen = seen or words in str(block)
        if seen and action_id in str(block):
            return str(block["block_id"])
    raise AssertionError(f"{words!r} has no {action_id} in {message.words}")


def tick_off(on: Stage, person: Person, words: str) -> Message:
    """Tick one item off where it was reminded, and see the message change in its place."""
    message = reminder(person, words)
    block = block_with(message, words, ids.FOLLOW_UP_DONE)
    person.click(message, ids.FOLLOW_UP_DONE, block_id=block)
    on.settle()
    changed = next(m for m in person.dm() if m.ts == message.ts)
    assert changed.blocks != message.blocks
    return changed


def submitted(who: Person, **values: Any) -> None:
    view = who.view()
    assert view
    outcome = who.submit(view, values)
    assert outcome.ok, outcome


def card(person: Person) -> View:
    """The referral's card, opened from Home."""
    home = person.home()
    assert home
    person.click(home, ids.OPEN_REFERRAL)
    view = person.view()
    assert view
    return view


def leave(person: Person) -> None:
    """Close whatever is open."""
    view = person.view()
    if view:
        person.close(view, everything=True)


def test_the_loop_from_a_file_of_customers_to_the_last_thanks(loop: Stage) -> None:
    mori = loop.sandbox.act_as(MORI)
    mori.command("/goen")
    mori.command("/goen", "import")
    file = mori.upload("customers.csv", (ROOT / "samples" / "customers.csv").read_bytes())
    submitted(mori, **{ids.IMPORT_FILE: [file.id]})
    leave(mori)
    loop.settle()

    sato = loop.sandbox.act_as(SATO)
    assert "推奨者候補" in sato.command("/nps", "山田製作所 9 対応が早い").words

    logged = sato.command("/result", "山田製作所 見積作成時間 4.2h 2.2h")
    assert "−48%" in logged.words
    assert "吉野 真理" in logged.words

    sato.click(logged, ids.SEND_ASK)
    loop.settle()
    asked = next(m for m in sato.dm() if offers(m, ids.LOG_REFERRAL))
    assert SATO in sato.command("/ask", "山田製作所").words

    sato.click(asked, ids.LOG_REFERRAL)
    submitted(sato, company="鈴木商事", person="鈴木様", need="見積を早くしたい")
    leave(sato)
    loop.settle()
    tick_off(loop, sato, "ご紹介のお礼を伝える")

    sato.click(card(sato), ids.REFERRAL_CONSENT)
    submitted(sato, consent="agreed", consent_how="吉野様からの電話")
    leave(sato)
    loop.settle()
    tick_off(loop, sato, "鈴木さまに初回の連絡をする")

    sato.click(card(sato), ids.REFERRAL_MEETING)
    leave(sato)
    loop.settle()
    tick_off(loop, sato, "商談のお礼")

    # The next Monday is a public holiday, on which nobody is written to.
    loop.clock.move(days=7)
    loop.settle()
    assert not [m for m in sato.dm() if "進捗を共有する" in m.words]
    loop.clock.move(days=1)
    loop.settle()
    tick_off(loop, sato, "進捗を共有する")

    sato.click(card(sato), ids.REFERRAL_WON)
    submitted(sato, why="見積の速さ", amount="120万")
    leave(sato)
    loop.settle()
    assert any("鈴木商事" in m.words for m in sato.messages(CHANNEL))
    told = tick_off(loop, sato, "受注")

    sato.click(told, ids.FOLLOW_UP_UNDO)
    loop.settle()
    tick_off(loop, sato, "受注")
    home = sato.home()
    assert home
    assert "進行中の紹介" not in home.words or "鈴木商事" not in home.words
    assert "鈴木商事" in sato.command("/nps", "鈴木商事 10").words


def test_a_loss_goes_back_to_the_referrer_with_its_reason_and_can_be_reopened(
    loop: Stage,
) -> None:
    sato = loop.sandbox.act_as(SATO)
    sato.command("/nps", "山田製作所 吉野様 9")
    submitted(sato)
    leave(sato)
    received = sato.command("/referral", "山田製作所 > 鈴木商事 鈴木様")

    sato.click(received, ids.REFERRAL_LOST)
    submitted(sato, why="時期が合わなかった")
    leave(sato)
    loop.settle()

    news = reminder(sato, "鈴木商事")
    assert "時期が合わなかった" in news.words
    sato.click(card(sato), ids.REFERRAL_REOPEN)
    leave(sato)
    loop.settle()
    changed = next(m for m in sato.dm() if m.ts == news.ts)
    assert changed.blocks != news.blocks
