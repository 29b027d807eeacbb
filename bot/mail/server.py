"""The mail server that takes what Goen sends, as `GOEN_SMTP_URL` names it."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """Where and as whom to hand in mail (RFC 6409).

    `smtps` is encrypted from the first byte; `smtp` becomes so by STARTTLS, and stays plain only
    within this machine. The password is in no `repr`.
    """

    host: str
    port: int
    is_wrapped: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_local(self) -> bool:
        """Whether nobody else can listen on the way."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def read_server(url: str) -> MailServer:
    """`smtp://user:password@host:587` or `smtps://…`; the user and the password may be left out,
    what is special in them is percent-encoded.

    Raises:
        ValueError: it is neither. The message does not repeat it, for it holds a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("it is no address") from None
    if parts.scheme not in _PORTS or not parts.hostname or _has_more(parts):
        raise ValueError("it must look like smtp://user:password@host:587 or smtps://…:465")
    if not url.isascii():
        raise ValueError("what is not ASCII in it must be percent-encoded")
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        is_wrapped=parts.scheme == "smtps",
        user=_decoded(parts.username),
        password=_decoded(parts.password),
    )


def _decoded(part: str | None) -> str:
    """As AUTH takes it: ASCII (RFC 4954)."""
    text = unquote(part or "")
    if not text.isascii():
        raise ValueError("the user and the password may only hold ASCII")
    return text


def _has_more(parts: SplitResult) -> bool:
    """A `#` or `?` in a password that is not encoded would cut it in two."""
    return parts.path not in ("", "/") or bool(parts.query or parts.fragment)
