"""A mail says what was previewed, and nothing typed becomes a header, a recipient or a command."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.letter import Attachment, Letter, is_address, message_id, written

AT = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
SATO, YOSHINO = "sato@harukaze.example", "yoshino@yamada.example"
MARK = message_id("mail:12:U0SATO:2026-11-16", SATO)
HEADERS = ["From", "To", "Subject", "Date", "Message-ID"]


def letter(**changed: str) -> Letter:
    known = {
        "sender": SATO,
        "sender_name": "佐藤 美咲",
        "to": YOSHINO,
        "to_name": "髙﨑 𠮷塚",
        "subject": "見積作成時間の成果と、ひとつご相談",
        "body": "吉野様\n\nいつもお世話になっております。\n.\n以上",
    }
    return Letter(**(known | changed))


def read(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=policy.SMTP)
    assert isinstance(found, EmailMessage)
    return found


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part
    text: str = part.get_content()
    return text.replace("\r\n", "\n").rstrip("\n")


def test_a_mail_reads_back_as_it_was_written() -> None:
    message = read(written(letter(), MARK, AT))

    assert message["Subject"] == letter().subject
    assert message["From"].addresses[0].display_name == "佐藤 美咲"
    assert message["From"].addresses[0].addr_spec == SATO
    assert [one.addr_spec for one in message["To"].addresses] == [YOSHINO]
    assert message["Message-ID"] == "<mail.12.U0SATO.2026-11-16@harukaze.example>"
    assert message["Date"].datetime == AT
    assert body(message) == letter().body


def test_a_pdf_is_attached_under_its_name() -> None:
    pdf = Attachment("成果サマリー.pdf", b"%PDF-1.7 ...")
    message = read(written(Letter(**{**vars(letter()), "attachment": pdf}), MARK, AT))

    [part] = message.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    assert part.get_filename() == "成果サマリー.pdf"
    assert part.get_content() == pdf.content
    assert body(message) == letter().body


@pytest.mark.parametrize("subject", ["ご相談　とお礼", "a  b", "髙﨑 𠮷塚 ﾊﾝｶｸ", "🎉 " * 40])
def test_a_subject_is_not_tidied(subject: str) -> None:
    message = read(written(letter(subject=subject), MARK, AT))

    assert message["Subject"] == subject.strip()


HOSTILE = [
    "x\r\nBcc: victim@example.com",
    "x\nBcc: victim@example.com",
    "x\r\n\r\nnew body",
    "x\u2028Bcc: a@b.example",
    "x\x0bBcc: a@b.example\x00",
    "=?utf-8?q?=0D=0ABcc:_a=40b.example?=",
    '"," <victim@example.com>',
    "a" * 3000,
    "あ" * 2000,
    "\ud800 half",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_header(text: str) -> None:
    for name in ("subject", "sender_name", "to_name"):
        message = read(written(letter(**{name: text}), MARK, AT))
        assert [one for one in message if one in HEADERS] == HEADERS
        assert "Bcc" not in message
        assert [one.addr_spec for one in message["To"].addresses] == [YOSHINO]
        assert [one.addr_spec for one in message["From"].addresses] == [SATO]


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_there_is_one_reader_and_one_writer(a: str, b: str, c: str) -> None:
    content = written(letter(subject=a, to_name=b, body=c), MARK, AT)

    message = read(content)

    assert set(message.keys()) <= {
        *HEADERS,
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
    assert [one.addr_spec for one in message["To"].addresses] == [YOSHINO]
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nRCPT TO:<c@d.example>",
        "a@b.example, c@d.example",
        "<a@b.example>",
        '"a b"@c.example',
        "a@b",
        "a@-b.example",
        "a..b@c.example",
        "吉野@yamada.example",
        "a@例え.example",
        "a" * 65 + "@b.example",
        "a@" + "b" * 250 + ".example",
        "",
    ],
)
def test_what_is_no_plain_address_is_written_to_by_nobody(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(ValueError):
        written(letter(to=address), MARK, AT)


@pytest.mark.parametrize("address", [SATO, "o'neil+x@a-b.co.jp", "1@2.example"])
def test_plain_addresses_are_taken(address: str) -> None:
    assert is_address(address)
