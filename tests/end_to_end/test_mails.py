"""An ask by mail: shown whole, sent once by a click, and never a second time by itself (A4)."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from bot.mail.handing_in import Patience
from bot.playbook.terms import AskState, Role
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from storage import customers, mails
from storage.states import DeliveryState
from storage.tables import audit, delivery, person
from tests.end_to_end.steps import (
    LINE,
    YAMADA,
    click,
    contact,
    give_role,
    promoter,
    shown,
    the_asks,
    words,
)
from tests.house import EMMA, MORI, SATO, TANAKA, TEAM, Stage, stage
from tests.mail.postbox import HANG_UP, Postbox, open_postbox

YOSHINO_MAIL, SATO_MAIL = "yoshino@yamada.example", "sato@harukaze.example"
QUICK = Patience(step=2.0, verdict=0.4)


@pytest.fixture
def box() -> Iterator[Postbox]:
    with open_postbox() as found:
        yield found


@pytest.fixture
def live(tmp_path: Path, box: Postbox) -> Iterator[Stage]:
    with stage(
        f"sqlite:///{tmp_path}/goen.db",
        by_socket=True,
        smtp_url=SecretStr(box.url),
        public_url="https://goen.example",
    ) as found:
        found.bot.mailer.patience = QUICK
        yield found
        assert found.sandbox.refusals == []


def with_address(live: Stage, email: str | None = YOSHINO_MAIL) -> None:
    with live.bot.store.write() as conn:
        customers.change_contact(conn, TEAM, contact(live).id, email=email)


def ready(live: Stage) -> Message:
    """A ready ask to somebody with an address."""
    promoter(live, SATO)
    with_address(live)
    message = live.sandbox.act_as(SATO).command("/result", LINE).message
    assert message
    return message


def review(live: Stage, message: Message | None = None) -> View:
    sato = live.sandbox.act_as(SATO)
    sato.click(message or ready(live), ids.REVIEW_MAIL)
    return shown(sato)


def send(live: Stage) -> None:
    """Review, click, and let a minute pass."""
    view = review(live)
    assert live.sandbox.act_as(SATO).submit(view).ok
    live.settle()


def value(view: View, block_id: str) -> str:
    [found] = [one for one in view.blocks if one.get("block_id") == block_id]
    text: str = found["element"]["initial_value"]
    return text


def state_of(live: Stage) -> DeliveryState | None:
    with live.bot.store.read() as conn:
        found: DeliveryState | None = conn.execute(
            select(delivery.c.state).where(delivery.c.team_id == TEAM, delivery.c.method == "mail")
        ).scalar_one_or_none()
    return found


def dm(live: Stage, user: str = SATO) -> list[Message]:
    return live.sandbox.act_as(user).dm()


def later(live: Stage, **by: float) -> None:
    live.clock.move(**by)
    live.settle()


def test_what_was_shown_is_what_arrives_and_nothing_leaves_before_the_click(
    live: Stage, box: Postbox
) -> None:
    view = review(live)
    said = words(view)
    assert f"佐藤 美咲（{SATO_MAIL}）" in said
    assert f"吉野 真理さま（{YOSHINO_MAIL}）" in said
    live.settle()
    assert box.heard == []
    assert the_asks(live) == []

    assert live.sandbox.act_as(SATO).submit(view).ok
    live.settle()

    [mail] = box.received
    assert mail.message["Subject"] == value(view, ids.SUBJECT)
    assert mail.text.replace("\r\n", "\n").strip() == value(view, ids.BODY).strip()
    assert mail.message["To"].addresses[0].addr_spec == YOSHINO_MAIL
    assert mail.message["From"].addresses[0].addr_spec == SATO_MAIL
    assert mail.to == (YOSHINO_MAIL, SATO_MAIL)
    assert "Bcc" not in mail.message
    [ask] = the_asks(live)
    assert ask.state is AskState.SENT
    assert mail.message["Message-ID"] == (
        f"<mail.ask-{ask.id}.{SATO}.2026-11-16.{TEAM}@harukaze.example>"
    )
    assert state_of(live) is DeliveryState.SENT
    assert "メールを送信しています" in words(shown(live.sandbox.act_as(SATO)))


def test_the_mail_leads_to_the_contacts_own_page(live: Stage, box: Postbox) -> None:
    send(live)

    assert "https://goen.example/r/" in box.received[0].text


def test_words_may_still_be_changed_and_what_stands_there_goes_out(
    live: Stage, box: Postbox
) -> None:
    sato = live.sandbox.act_as(SATO)
    view = review(live)
    assert sato.submit(view, {ids.SUBJECT: "ご相談", ids.BODY: "吉野様\n.\nBcc: a@b.example"}).ok
    live.settle()

    [mail] = box.received
    assert mail.message["Subject"] == "ご相談"
    assert mail.text.replace("\r\n", "\n").strip() == "吉野様\n.\nBcc: a@b.example"
    assert mail.to == (YOSHINO_MAIL, SATO_MAIL)


def test_a_gap_that_was_left_is_named_and_nothing_is_sent(live: Stage, box: Postbox) -> None:
    sato = live.sandbox.act_as(SATO)
    view = review(live)

    reply = sato.submit(view, {ids.SUBJECT: "", ids.BODY: "特典は［特典の内容］です"})
    live.settle()

    assert not reply.ok
    assert box.heard == []
    assert the_asks(live) == []


@pytest.mark.parametrize("at", ["MAIL", "RCPT", "DATA"])
def test_what_is_put_off_by_the_server_is_sent_later_and_once(
    live: Stage, box: Postbox, at: str
) -> None:
    box.fail(at, "451 later", HANG_UP)
    send(live)
    assert state_of(live) is DeliveryState.PENDING
    assert box.received == []

    later(live, minutes=2)
    later(live, minutes=6)

    assert len(box.received) == 1
    assert state_of(live) is DeliveryState.SENT
    assert not any("送信できませんでした" in words(one) for one in dm(live))


@pytest.mark.parametrize("said", [HANG_UP, "421 closing", "!"])
def test_an_unclear_answer_never_leads_to_a_second_mail_and_asks_its_sender(
    live: Stage, box: Postbox, said: str
) -> None:
    box.fail("DOT", said)
    send(live)
    for _ in range(5):
        later(live, minutes=30)

    assert state_of(live) is DeliveryState.NEEDS_HUMAN
    assert box.heard.count("DATA") + box.heard.count("data") == 1
    [asked] = [one for one in dm(live) if "確認できませんでした" in words(one)]
    assert "自動で送り直すことはありません" in words(asked)
    assert SATO_MAIL in words(asked)
    [ask] = the_asks(live)
    assert ask.state is AskState.SENT


def doubted(live: Stage, box: Postbox) -> Message:
    box.fail("DOT", HANG_UP)
    send(live)
    return next(one for one in dm(live) if "確認できませんでした" in words(one))


def test_its_sender_says_that_it_arrived(live: Stage, box: Postbox) -> None:
    asked = doubted(live, box)

    after = click(live, live.sandbox.act_as(SATO), asked, ids.STUCK_ARRIVED)

    assert "は届いています" in words(after)
    assert state_of(live) is DeliveryState.ARRIVED
    assert the_asks(live)[0].state is AskState.SENT


def test_its_sender_says_that_it_did_not_and_asks_anew_by_a_new_preview(
    live: Stage, box: Postbox
) -> None:
    box.keeps = False
    asked = doubted(live, box)
    sato = live.sandbox.act_as(SATO)

    after = click(live, sato, asked, ids.STUCK_DROP)
    live.settle()
    assert "あらためてお送りいただけます" in words(after)
    assert the_asks(live)[0].state is AskState.CANCELLED
    assert box.received == []

    sato.click(after, ids.PREPARE_ASK)
    live.settle()
    sato.click(sato.dm()[-1], ids.REVIEW_MAIL)
    assert sato.submit(shown(sato)).ok
    live.settle()

    assert len(box.received) == 1
    assert [one.state for one in the_asks(live)] == [AskState.SENT, AskState.CANCELLED]


def test_nobody_but_its_sender_and_managers_may_say_so(live: Stage, box: Postbox) -> None:
    doubted(live, box)
    for user in (TANAKA, MORI, EMMA):
        live.sandbox.act_as(user).command("/goen")
    give_role(live, EMMA, Role.MANAGER)

    home = live.sandbox.act_as(EMMA).home()
    assert home
    assert f"<@{SATO}>" in words(home)
    assert ids.STUCK_AGAIN not in str(home.blocks)
    live.sandbox.act_as(EMMA).click(home, ids.STUCK_ARRIVED)
    live.settle()

    assert state_of(live) is DeliveryState.ARRIVED


def test_a_refused_mail_is_told_and_the_ask_is_taken_back(live: Stage, box: Postbox) -> None:
    box.fail("RCPT", "550 no such user")
    send(live)

    [told] = [one for one in dm(live) if "送信できませんでした" in words(one)]
    assert "550 no such user" in words(told)
    assert ids.PREPARE_ASK in str(told.blocks)
    assert state_of(live) is DeliveryState.DEAD
    assert the_asks(live)[0].state is AskState.CANCELLED
    assert box.received == []
    assert "いま紹介を依頼できます" in live.sandbox.act_as(SATO).command("/ask", YAMADA).words


def test_after_an_hour_without_a_server_its_sender_is_told(live: Stage, box: Postbox) -> None:
    box.fail("CONNECT", *["421 busy"] * 100)
    send(live)
    for _ in range(14):
        later(live, minutes=5)

    [told] = [one for one in dm(live) if "送信できませんでした" in words(one)]
    assert "1時間" in words(told)
    assert state_of(live) is DeliveryState.EXPIRED
    assert the_asks(live)[0].state is AskState.CANCELLED


def waiting(live: Stage, box: Postbox) -> None:
    """A mail that the server has put off once."""
    box.fail("MAIL", "451 later")
    send(live)
    assert state_of(live) is DeliveryState.PENDING


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"opted_out_at": True}, "連絡を望まれない"),
        ({"complaint_at": True}, "ご不満"),
        ({"email": "new@yamada.example"}, "メールアドレスが変更"),
        ({"deleted_at": True}, "削除されました"),
    ],
    ids=["opted out", "complaint", "address", "deleted"],
)
def test_what_comes_up_before_it_is_sent_keeps_it_back(
    live: Stage, box: Postbox, change: dict[str, object], why: str
) -> None:
    waiting(live, box)
    at = live.clock()
    values = {name: at if one is True else one for name, one in change.items()}
    with live.bot.store.write() as conn:
        customers.change_contact(conn, TEAM, contact_id(live), **values)

    later(live, minutes=2)

    assert box.received == []
    assert state_of(live) is DeliveryState.CANCELLED
    assert any(why in words(one) for one in dm(live))


def contact_id(live: Stage) -> int:
    return contact(live).id


def test_a_colleague_who_left_sends_nothing_any_more(live: Stage, box: Postbox) -> None:
    waiting(live, box)
    with live.bot.store.write() as conn:
        mine = update(person).where(person.c.team_id == TEAM, person.c.user_id == SATO)
        conn.execute(mine.values(is_active=False))

    live.clock.move(minutes=2)
    live.bot.mailer.run()

    assert box.received == []
    assert state_of(live) is DeliveryState.CANCELLED


def test_an_ask_that_is_cancelled_in_time_takes_its_mail_along(live: Stage, box: Postbox) -> None:
    waiting(live, box)
    sato = live.sandbox.act_as(SATO)

    sato.click(shown(sato), ids.CANCEL_ASK)
    later(live, minutes=10)

    assert box.received == []
    assert state_of(live) is DeliveryState.CANCELLED
    assert the_asks(live)[0].state is AskState.CANCELLED


def test_what_is_out_is_not_said_to_be_taken_back(live: Stage) -> None:
    send(live)
    sato = live.sandbox.act_as(SATO)

    sato.click(shown(sato), ids.CANCEL_ASK)
    live.settle()

    assert "取り消せません" in words(shown(sato))
    assert the_asks(live)[0].state is AskState.SENT


def test_a_worker_that_died_on_the_way_leaves_a_question_and_no_second_mail(
    live: Stage, box: Postbox
) -> None:
    assert live.sandbox.act_as(SATO).submit(review(live)).ok
    with live.bot.store.write() as conn:
        conn.execute(
            update(delivery)
            .where(delivery.c.team_id == TEAM, delivery.c.method == "mail")
            .values(
                state=DeliveryState.SENDING,
                owner="somebody",
                lease_until=live.clock() + timedelta(minutes=5),
            )
        )
    live.bot.deliverer.give_up()
    live.settle()
    assert state_of(live) is DeliveryState.SENDING

    later(live, minutes=6)

    assert state_of(live) is DeliveryState.NEEDS_HUMAN
    assert box.received == []
    assert any("確認できませんでした" in words(one) for one in dm(live))


def test_what_waits_in_a_restored_database_is_asked_about_and_not_sent(
    live: Stage, box: Postbox
) -> None:
    waiting(live, box)
    with live.bot.store.write() as conn:
        assert mails.hold_back(conn, TEAM) == 1
        assert mails.hold_back(conn, "T0OTHER") == 0

    later(live, minutes=2)

    assert box.received == []
    assert state_of(live) is DeliveryState.NEEDS_HUMAN


def test_a_lease_that_is_lost_before_the_dot_sends_nothing(live: Stage, box: Postbox) -> None:
    assert live.sandbox.act_as(SATO).submit(review(live)).ok
    live.bot.mailer.patience = Patience(step=2.0, verdict=3600.0)

    live.settle()

    assert box.received == []
    assert "." not in box.heard


def test_a_slow_mail_server_keeps_no_message_waiting(live: Stage, box: Postbox) -> None:
    live.bot.mailer.patience = Patience(step=5.0, verdict=5.0)
    box.at_dot = lambda: time.sleep(1.5)
    assert live.sandbox.act_as(SATO).submit(review(live)).ok
    live.bot.mailer.start()
    live.bot.mailer.wake()
    before = time.monotonic()

    live.bot.planner.run()
    live.bot.deliverer.run()

    assert time.monotonic() - before < 1.0
    live.sandbox.wait_for(lambda: state_of(live) is DeliveryState.SENT)
    live.bot.mailer.stop()


def test_without_an_address_or_a_server_it_is_not_offered(live: Stage, tmp_path: Path) -> None:
    message = ready(live)
    with_address(live, "吉野@山田.example")
    again = live.sandbox.act_as(SATO).command("/ask", YAMADA).message
    assert ids.REVIEW_MAIL in str(message.blocks)
    assert again
    assert ids.REVIEW_MAIL not in str(again.blocks)

    with stage(f"sqlite:///{tmp_path}/other.db", by_socket=True) as closed:
        assert ids.REVIEW_MAIL not in str(ready(closed).blocks)


def test_an_address_that_changed_since_the_preview_is_not_written_to(
    live: Stage, box: Postbox
) -> None:
    view = review(live)
    with_address(live, "other@yamada.example")

    live.sandbox.act_as(SATO).submit(view)
    live.settle()

    assert box.heard == []
    assert the_asks(live) == []


def test_the_audit_knows_who_sent_what_without_its_words(live: Stage) -> None:
    send(live)

    with live.bot.store.read() as conn:
        rows = conn.execute(select(audit).where(audit.c.team_id == TEAM)).all()
    [noted] = [row for row in rows if row.action == "mail_ask"]
    assert noted.user_id == SATO
    assert "yamada" not in str([row.detail for row in rows])


def test_a_person_who_is_erased_gets_no_mail_that_waited(live: Stage, box: Postbox) -> None:
    waiting(live, box)
    who: Person = live.sandbox.act_as(SATO)
    assert who.dm() is not None
    with live.bot.store.read() as conn:
        [row] = conn.execute(
            select(delivery).where(delivery.c.team_id == TEAM, delivery.c.method == "mail")
        ).all()
    with live.bot.store.write() as conn:
        conn.execute(
            update(delivery)
            .where(delivery.c.team_id == TEAM, delivery.c.id == row.id)
            .values(payload={}, is_blank=True)
        )

    later(live, minutes=2)

    assert box.received == []
    assert state_of(live) is DeliveryState.CANCELLED
