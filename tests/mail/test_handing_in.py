"""One mail and one server: what was certainly not sent, what was, and what nobody can say."""

import socket
import time
from collections.abc import Iterator

import pytest

from bot.mail.handing_in import (
    Fate,
    HeldBack,
    NotTaken,
    Parcel,
    Patience,
    Taken,
    Unclear,
    hand_in,
    try_out,
)
from bot.mail.server import MailServer, read_server
from tests.mail.postbox import HANG_UP, Postbox, open_postbox

PARCEL = Parcel(
    "sato@harukaze.example", "a@b.example", "sato@harukaze.example", b"S: x\r\n\r\n.\r\n"
)
QUICK = Patience(step=2.0, verdict=0.3)


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with open_postbox() as found:
        yield found


def handed_in(box: Postbox, *, may_go: bool = True, parcel: Parcel = PARCEL) -> Fate:
    return hand_in(read_server(box.url), parcel, lambda: may_go, QUICK)


def test_a_mail_is_taken_once_with_a_copy_for_its_sender(postbox: Postbox) -> None:
    assert handed_in(postbox) == Taken()

    [mail] = postbox.received
    assert mail.sender == "sato@harukaze.example"
    assert mail.to == ("a@b.example", "sato@harukaze.example")
    assert postbox.heard[-1].upper() == "QUIT"


def test_a_line_with_a_single_dot_ends_nothing(postbox: Postbox) -> None:
    handed_in(postbox)

    assert postbox.received[0].content == PARCEL.content


@pytest.mark.parametrize(
    ("at", "said", "is_final"),
    [
        ("CONNECT", "554 go away", True),
        ("CONNECT", "421 busy", False),
        ("CONNECT", HANG_UP, False),
        ("MAIL", "550 not yours", True),
        ("MAIL", "451 later", False),
        ("RCPT", "550 no such user", True),
        ("RCPT", "450 greylisted", False),
        ("RCPT", HANG_UP, False),
        ("DATA", "554 no", True),
        ("DATA", "451 later", False),
        ("DATA", HANG_UP, False),
        ("DOT", "554 spam", True),
        ("DOT", "452 full", False),
    ],
)
def test_what_is_refused_was_certainly_not_sent(
    postbox: Postbox, at: str, said: str, is_final: bool
) -> None:
    postbox.fail(at, said)

    fate = handed_in(postbox)

    assert isinstance(fate, NotTaken)
    assert fate.is_final is is_final
    assert postbox.received == []


def test_an_answer_is_kept_without_the_addresses_in_it(postbox: Postbox) -> None:
    postbox.fail("RCPT", "550 5.1.1 <a@b.example>: unknown in b.example")

    assert handed_in(postbox) == NotTaken("550 5.1.1 <…>: unknown in b.example", is_final=True)


@pytest.mark.parametrize("said", [HANG_UP, "421 closing", "what?", "354 go on"])
def test_after_the_dot_anything_but_a_clear_answer_is_a_doubt(postbox: Postbox, said: str) -> None:
    postbox.fail("DOT", said)

    assert isinstance(handed_in(postbox), Unclear)


def test_a_verdict_that_does_not_come_in_time_is_a_doubt(postbox: Postbox) -> None:
    postbox.at_dot = lambda: time.sleep(2 * QUICK.verdict)

    assert isinstance(handed_in(postbox), Unclear)


def test_what_is_held_back_at_the_last_moment_is_not_sent(postbox: Postbox) -> None:
    assert handed_in(postbox, may_go=False) == HeldBack()

    assert postbox.received == []


def test_a_copy_that_is_refused_does_not_keep_the_mail_back(postbox: Postbox) -> None:
    postbox.fail("RCPT", "250 ok", "550 no copies")

    assert handed_in(postbox) == Taken()
    assert postbox.received[0].to == ("a@b.example",)


def test_a_server_that_is_not_there_may_come_back() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fate = hand_in(MailServer("127.0.0.1", port, is_wrapped=False), PARCEL, lambda: True, QUICK)

    assert isinstance(fate, NotTaken)
    assert not fate.is_final


def test_a_password_is_handed_over_and_a_wrong_one_is_final() -> None:
    with open_postbox(user="goen") as box:
        server = read_server(f"smtp://goen:p%40ss@127.0.0.1:{box.port}")
        assert hand_in(server, PARCEL, lambda: True, QUICK) == Taken()
        box.fail("AUTH", "535 who are you?")
        fate = hand_in(server, PARCEL, lambda: True, QUICK)

    assert fate == NotTaken("535 who are you?", is_final=True)
    assert any(one.startswith("AUTH PLAIN") for one in box.heard)


def test_trying_out_sends_nothing_and_says_what_is_wrong(postbox: Postbox) -> None:
    server = read_server(postbox.url)
    assert try_out(server, QUICK) is None

    postbox.fail("CONNECT", "554 go away")

    assert "554 go away" in (try_out(server, QUICK) or "")
    assert not any(one.startswith("MAIL") for one in postbox.heard)


def test_a_server_elsewhere_that_does_not_encrypt_is_refused(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MailServer, "is_local", property(lambda _: False))

    fate = handed_in(postbox)

    assert isinstance(fate, NotTaken)
    assert fate.is_final
    assert not any(one.startswith("MAIL") for one in postbox.heard)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587, is_wrapped=False)),
        ("smtps://mail.example/", MailServer("mail.example", 465, is_wrapped=True)),
        (
            "smtp://a%40b:p%3Aw@mail.example:25",
            MailServer("mail.example", 25, is_wrapped=False, user="a@b", password="p:w"),
        ),
    ],
    ids=["starttls", "tls", "user"],
)
def test_an_address_of_a_server_is_read(url: str, server: MailServer) -> None:
    assert read_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example:25",
        "http://mail.example",
        "smtp://",
        "smtp://a:se#cret@mail.example",
        "smtp://a:se/cret@mail.example",
        "smtp://mail.example:99999",
        "smtp://a:パス@mail.example",
    ],
)
def test_what_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_server(url)

    assert "secret" not in str(refused.value)


def test_a_password_is_in_no_log() -> None:
    assert "hunter2" not in repr(read_server("smtp://a:hunter2@mail.example"))
