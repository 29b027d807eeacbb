"""Handing in one mail by SMTP (RFC 5321), and what became of it.

A mail that was sent can't be looked up. The server takes it with the dot that ends its text and
with nothing before: whatever fails until then was certainly not sent, and whatever stays unanswered
after it may have been. So the dot goes out by itself, after a last look whether to send it at all.
"""

import logging
import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass

from bot.mail.server import MailServer

log = logging.getLogger(__name__)

_END = b".\r\n"
_GOODBYE_SECONDS = 2.0
_LONGEST_ANSWER = 300
_ANY_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
_NO_REPLY = 421
"""The server gives up the connection; after the dot that does not say whether it took the mail."""


@dataclass(frozen=True)
class Parcel:
    """A mail and its envelope: `copy_to` gets it too, if the server agrees."""

    sender: str
    to: str
    copy_to: str | None
    content: bytes


@dataclass(frozen=True)
class Taken:
    """The server is responsible for it from now on."""


@dataclass(frozen=True)
class NotTaken:
    """It was certainly not sent. `is_final` when no later try will do better."""

    error: str
    is_final: bool


@dataclass(frozen=True)
class HeldBack:
    """`may_go` said no; nothing was sent."""


@dataclass(frozen=True)
class Unclear:
    """It may have been sent, and nobody will ever say."""

    error: str


Fate = Taken | NotTaken | HeldBack | Unclear


@dataclass(frozen=True)
class Patience:
    """Seconds that the server may take: for each step, and to answer to a whole mail, which it may
    have to examine first."""

    step: float = 15.0
    verdict: float = 60.0


def hand_in(
    server: MailServer, parcel: Parcel, may_go: Callable[[], bool], patience: Patience
) -> Fate:
    """Send it, unless `may_go` refuses at the very last moment."""
    is_out = False
    try:
        # Without its dot a text that is cut off is no mail.
        with closing(_connected(server, patience.step)) as line:
            _offer(line, parcel)
            line.send(_dotted(parcel.content))
            if not may_go():
                return HeldBack()
            _wait_up_to(line, patience.verdict)
            is_out = True
            line.send(_END)
            fate = _verdict(*line.getreply())
            _say_goodbye(line)
    except (OSError, smtplib.SMTPException) as error:
        return Unclear(_told(error)) if is_out else _not_taken(error)
    return fate


def try_out(server: MailServer, patience: Patience) -> str | None:
    """Whether the server can be reached and knows us; None, or what is wrong. Sends nothing."""
    try:
        with closing(_connected(server, patience.step)) as line:
            _say_goodbye(line)
    except (OSError, smtplib.SMTPException) as error:
        return _told(error)
    return None


def _connected(server: MailServer, seconds: float) -> smtplib.SMTP:
    """A line to the server, encrypted unless nobody can listen, on which it knows who we are."""
    if server.is_wrapped:
        context = ssl.create_default_context()
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=seconds, context=context
        )
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=seconds)
    try:
        line.ehlo_or_helo_if_needed()
        if not (server.is_wrapped or server.is_local):
            line.starttls(context=ssl.create_default_context())
        if server.user:
            line.login(server.user, server.password)
        line.ehlo_or_helo_if_needed()
    except BaseException:
        line.close()
        raise
    return line


def _offer(line: smtplib.SMTP, parcel: Parcel) -> None:
    """The envelope, as far as the word that the text may come."""
    _expect(line.mail(parcel.sender), 250)
    _expect(line.rcpt(parcel.to), 250, 251)
    if parcel.copy_to and parcel.copy_to != parcel.to:
        code, said = line.rcpt(parcel.copy_to)
        if code not in (250, 251):
            log.warning("no copy for the sender: %s", _spoken(code, said))
    _expect(line.docmd("DATA"), 354)


def _expect(reply: tuple[int, bytes], *codes: int) -> None:
    code, said = reply
    if code not in codes:
        raise smtplib.SMTPResponseException(code, said)


def _dotted(content: bytes) -> bytes:
    """Without a line that would end the text early (RFC 5321 §4.5.2)."""
    lines = content.splitlines()
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _wait_up_to(line: smtplib.SMTP, seconds: float) -> None:
    if line.sock:
        line.sock.settimeout(seconds)


def _verdict(code: int, said: bytes) -> Fate:
    """What the answer to a whole mail means (RFC 5321 §4.2.1)."""
    if 200 <= code < 300:
        return Taken()
    if 400 <= code < 600 and code != _NO_REPLY:
        return NotTaken(_spoken(code, said), is_final=code >= 500)
    return Unclear(_spoken(code, said))


def _not_taken(error: Exception) -> NotTaken:
    """What can't be said differently later is final: a refusal, a missing ability, a certificate
    that is not the server's."""
    if isinstance(error, smtplib.SMTPResponseException):
        return NotTaken(_told(error), is_final=500 <= error.smtp_code < 600)
    is_final = isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLCertVerificationError)
    return NotTaken(_told(error), is_final=is_final)


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _spoken(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _spoken(code: int, said: bytes | str) -> str:
    """What a server answered, without addresses: it stands in logs and outlives its mail."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _ANY_ADDRESS.sub("…", " ".join(f"{code} {text}".split()))[:_LONGEST_ANSWER]


def _say_goodbye(line: smtplib.SMTP) -> None:
    """As one does; nothing depends on it any more."""
    _wait_up_to(line, _GOODBYE_SECONDS)
    with suppress(OSError, smtplib.SMTPException):
        line.docmd("QUIT")
