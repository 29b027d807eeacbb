"""A real SMTP server on a socket of this machine, which can be told to fail at any step."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

HANG_UP = ""
"""As an answer: the line is cut without one."""


@dataclass(frozen=True)
class Received:
    """A mail that the server took."""

    sender: str
    to: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.content, policy=policy.SMTP)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part
        text: str = part.get_content()
        return text


@dataclass
class Postbox:
    """What has come in. `answers` are given once each to a command (`CONNECT`, `MAIL`, `RCPT`,
    `DATA`, and `DOT` for what ends a text); `keeps` is whether a mail counts although its answer
    was none."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    keeps: bool = True
    port: int = 0
    user: str = ""
    received: list[Received] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    at_dot: Callable[[], None] = lambda: None
    """Called when a text has come whole, before it is answered to."""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def fail(self, at: str, *answers: str) -> None:
        self.answers.setdefault(at, []).extend(answers)

    def answer(self, at: str, usual: str) -> str:
        waiting = self.answers.get(at)
        return waiting.pop(0) if waiting else usual


class _Line(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        try:
            self._talk(self.server.postbox)
        except OSError:
            return

    def _talk(self, box: Postbox) -> None:
        if not self._say(box.answer("CONNECT", "220 postbox ESMTP")):
            return
        sender, to = "", [""]
        for line in self.rfile:
            command = line.decode("utf-8").strip()
            word = command[:4].upper()
            box.heard.append(command)
            if word in ("EHLO", "HELO"):
                usual = "250-postbox\r\n250 AUTH PLAIN" if box.user else "250 postbox"
            elif word == "QUIT":
                self._say("221 bye")
                return
            elif word == "MAIL":
                sender, to, usual = command[10:].split("<")[-1].split(">")[0], [], "250 ok"
            elif word == "RCPT":
                usual = "250 ok"
            elif word == "DATA":
                usual = "354 go on"
            else:
                usual = "235 welcome" if word == "AUTH" else "502 unknown"
            said = box.answer(word, usual)
            if not self._say(said):
                return
            if word == "RCPT" and said.startswith("25"):
                to.append(command.split("<")[1].split(">")[0])
            if word == "DATA" and said.startswith("354") and not self._text(box, sender, to):
                return

    def _text(self, box: Postbox, sender: str, to: list[str]) -> bool:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        else:
            return False
        box.at_dot()
        said = box.answer("DOT", "250 taken")
        if said.startswith("250") or (box.keeps and said == HANG_UP):
            box.received.append(Received(sender, tuple(to), b"".join(lines)))
        return self._say(said)

    def _say(self, text: str) -> bool:
        if text != HANG_UP:
            self.wfile.write(f"{text}\r\n".encode())
        return text != HANG_UP


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    postbox: Postbox


@contextmanager
def open_postbox(**known: str) -> Iterator[Postbox]:
    """A server on a port of its own, until the block ends."""
    with _Server(("127.0.0.1", 0), _Line) as server:
        server.postbox = Postbox(port=server.server_address[1], **known)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.postbox
        finally:
            server.shutdown()
            thread.join()
