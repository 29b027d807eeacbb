"""A mail as its reader gets it, made of plain values: nothing in them can become a header."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from typing import Any

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")
_LONGEST_LOCAL, _LONGEST_ADDRESS = 64, 254
"""Octets (RFC 5321 §4.5.3.1)."""
_KEPT = "\n\t"
_NEVER = frozenset({"Cc", "Cs"})
"""Control characters, and halves of a character."""
_PLAIN = re.compile(r"[A-Za-z0-9 '-]{0,50}")
_LINES = compat32.clone(linesep="\r\n")
_FOLDED = 70
_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True)
class Attachment:
    """A file of a mail; `subtype` is what follows `application/`."""

    name: str
    content: bytes
    subtype: str = "pdf"


@dataclass(frozen=True)
class Letter:
    """Who writes what to whom. The writer gets a copy that the reader does not see."""

    sender: str
    sender_name: str
    to: str
    to_name: str
    subject: str
    body: str
    attachment: Attachment | None = None


def is_address(text: str) -> bool:
    """Whether mail can be handed in for it: a plain `name@host.example` of ASCII, as every server
    takes it. Quoted names and the like don't pass: they are what injections are made of."""
    return (
        len(text) <= _LONGEST_ADDRESS
        and text.find("@") <= _LONGEST_LOCAL
        and _ADDRESS.fullmatch(text) is not None
    )


def message_id(key: str, sender: str) -> str:
    """The same for every try of one mail, so that whoever gets it twice can tell."""
    return f"<{_NOT_IN_AN_ID.sub('.', key)}@{sender.rpartition('@')[2]}>"


def written(letter: Letter, mark: str, at: datetime) -> bytes:
    """The mail in lines that end in CRLF (RFC 5322), with `mark` as its Message-ID.

    Raises:
        ValueError: an address is none.
    """
    for one in (letter.sender, letter.to):
        if not is_address(one):
            raise ValueError("not an address")
    message = _content(letter)
    message["From"] = _mailbox(letter.sender_name, letter.sender)
    message["To"] = _mailbox(letter.to_name, letter.to)
    message["Subject"] = _words(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = mark
    return message.as_bytes(policy=_LINES)


def _content(letter: Letter) -> "Message[Any, Any]":
    # Base64: no line of it can be too long, begin with a dot or be changed on its way.
    text = MIMEText(_clean(letter.body).replace("\n", "\r\n"), "plain", "utf-8")
    attached = letter.attachment
    if attached is None:
        return text
    file = MIMEApplication(attached.content, attached.subtype)
    name = ("utf-8", "", in_one_line(attached.name))
    file.add_header("Content-Disposition", "attachment", filename=name)
    return MIMEMultipart("mixed", None, [text, file])


def _mailbox(name: str, address: str) -> Header:
    header = _words(name)
    header.append(f"<{address}>", "us-ascii")
    return header


def _words(text: str) -> Header:
    """Text for a header. All but the plainest is encoded: what looks like an encoded word would be
    decoded by somebody on the way, with whatever line breaks there are in it."""
    line = in_one_line(text)
    return Header(line, "us-ascii" if _PLAIN.fullmatch(line) else "utf-8", maxlinelen=_FOLDED)


def in_one_line(text: str) -> str:
    """`text` without line breaks and control characters, as a header needs it."""
    return _clean(text).replace("\n", " ").replace("\t", " ").strip(" ")


def _clean(text: str) -> str:
    """Without what no mail may hold: control characters, and halves of a character."""
    lines = "\n".join(text.splitlines())
    return "".join(one for one in lines if one in _KEPT or unicodedata.category(one) not in _NEVER)
