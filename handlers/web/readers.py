"""Who asks, and what they sent: nothing that a stranger says is believed before it is looked at."""

import asyncio
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request

from bot.texts.catalogue import language_of

Network = IPv4Network | IPv6Network

_MOST_BYTES: Final = 64 * 1024
_MOST_FIELDS: Final = 50
_MOST_HOPS: Final = 20
_ARRIVES_WITHIN: Final = 15.0
"""Seconds for a whole form; a phone in a tunnel takes a few."""
_FORM: Final = "application/x-www-form-urlencoded"
_QUALITY: Final = re.compile(r"q=([01](?:\.\d{0,3})?)")
_UNSEEN: Final = re.compile(
    "[\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"
)
"""What turns the writing of everything around it, and what is no letter at all."""


class BadForm(Exception):
    """What came is no form that we can take; `problem` names a page of ours that says so."""

    def __init__(self, problem: str, status: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.status = status


@dataclass(frozen=True)
class Asked:
    """One request of a reader. `address` is where it came from, as far as limits care."""

    method: str
    token: str
    address: str
    chosen: str | None
    """The language they chose on the page."""
    preferred: str | None
    """The language of their browser, if it is one of ours."""
    form: Mapping[str, str] = field(default_factory=dict)


def address_of(request: Request, trusted: Sequence[Network]) -> str:
    """Whose limits count: the nearest address that is not one of our own proxies.

    A client may write anything into `X-Forwarded-For`; only what a trusted proxy has put behind it
    is believed, from the right (RFC 7239, section 8.1). Of IPv6 the first 64 bits count: whoever
    has one address of a network has them all.
    """
    nearest = request.client.host if request.client else ""
    hops = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for hop in reversed(hops[-_MOST_HOPS:]):
        if not _is_within(nearest, trusted) or not _is_address(hop.strip()):
            break
        nearest = hop.strip()
    return _network(nearest)


def preferred_language(headers: Headers) -> str | None:
    """The first of our languages that the browser asks for."""
    wanted: list[tuple[float, str]] = []
    for part in headers.get("accept-language", "")[:200].split(","):
        tag, _, rest = part.strip().partition(";")
        quality = _QUALITY.search(rest)
        language = language_of(tag)
        if language:
            wanted.append((float(quality[1]) if quality else 1.0, language))
    return max(wanted, key=lambda one: one[0])[1] if wanted else None


def comes_from_elsewhere(headers: Headers) -> bool:
    """Whether the browser says that another site sent this form.

    https://www.w3.org/TR/fetch-metadata/ – browsers that don't know it say nothing; the seal of the
    form stands behind this.
    """
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, cleaned; of a field that comes twice the first.

    Raises:
        BadForm: it is too large, too slow, or no form.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise BadForm("bad", 415)
    try:
        async with asyncio.timeout(_ARRIVES_WITHIN):
            body = await _body(request)
    except TimeoutError:
        raise BadForm("slow", 408) from None
    except ClientDisconnect:
        raise BadForm("bad", 400) from None
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise BadForm("bad", 400) from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(name, cleaned(value))
    return fields


def cleaned(text: str) -> str:
    """What a person can have meant to type: line ends as one sign, and nothing that is not seen."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in unified if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return _UNSEEN.sub("", kept).strip()


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise BadForm("large", 413)
    return bytes(body)


def _is_within(address: str, networks: Sequence[Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in one for one in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _network(address: str) -> str:
    if not _is_address(address):
        return ""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Network((found, 64), strict=False))
    return str(found)
