"""Readers of the pages, by plain HTTP: what a browser sends and what anybody else may send."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlencode, urlsplit

from bot.playbook.terms import Purpose
from storage import customers, page_links
from tests.house import SATO, TEAM, Stage

CUSTOMER, CONTACT = "髙﨑製作所", "𠮷野 真理"
FORM = "application/x-www-form-urlencoded"
_SEAL = re.compile(r'name="seal" value="([^"]+)"')


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def location(self) -> str:
        return self.headers.get("Location") or ""

    @property
    def seal(self) -> str:
        found = _SEAL.search(self.text)
        assert found, self.text
        return found[1]


def ask(
    url: str,
    method: str = "GET",
    body: bytes | str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answered:
    """One request; nothing is followed."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, body, dict(headers or {}))
        response = connection.getresponse()
        return Answered(response.status, response.headers, response.read())
    finally:
        connection.close()


def send(url: str, fields: Mapping[str, str], **headers: str) -> Answered:
    """A form as a browser sends it."""
    return ask(url, "POST", urlencode(fields), {"Content-Type": FORM, **headers})


def fill_in(url: str, **fields: str) -> Answered:
    """Open a page and send its form."""
    return send(url, {"seal": ask(url).seal, **fields})


def has_contact(live: Stage, owner: str | None = SATO, locale: str | None = None) -> int:
    """A contact of a customer; their id."""
    with live.bot.store.write() as conn:
        now = live.clock()
        customer_id = customers.create(
            conn, TEAM, now, name=CUSTOMER, owner_id=owner, created_by=SATO, locale=locale
        )
        return customers.add_contact(
            conn, TEAM, now, customer_id=customer_id, name=CONTACT, created_by=SATO
        )


def page_of(live: Stage, subject_id: int, purpose: Purpose = Purpose.REFERRAL) -> str:
    """The address of somebody's page."""
    with live.bot.store.write() as conn:
        link = page_links.make(conn, TEAM, purpose, subject_id, live.clock())
    return live.bot.dispatcher.site.address(purpose, link.token)
