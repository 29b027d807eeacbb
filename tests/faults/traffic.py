"""Slack's traffic: deliveries of every kind, each with the effect it must have, at any rate."""

import json
import math
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from itertools import cycle
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Connection, Table, func, select

from bot.playbook.effects import Open
from bot.playbook.policy import Policy
from bot.playbook.terms import FollowUpKind
from bot.sandbox import User
from bot.sandbox.outbound import Delivery
from bot.texts.voice import Voice
from bot.views import ids
from bot.views.follow_ups import Place, Target
from storage import contact_states, customers, follow_ups
from storage.customers import NewContact, NewCustomer
from storage.engine import Store
from storage.follow_ups import Subject
from storage.seed import SEEDED_BY
from storage.tables import audit, contact, customer, nps, person, result
from storage.trouble import until_it_passes
from tests.end_to_end.steps import shown
from tests.faults.replicas import Fleet
from tests.faults.signed import FORM, JSON, Signed
from tests.house import CHANNEL, MORI, SATO, TEAM

COMPANIES = ("山田製作所", "大川商店", "中村工業", "北風物産", "南海電装", "西村精機")
"""A morning's results are not all of one customer, whose records wait for each other."""
_LOOKS_FOR = 20.0
_SENDERS = 64
"""Enough that a slow answer never keeps the next request waiting."""


@dataclass(frozen=True)
class Piece:
    """One delivery of Slack's, and a count of its effects: 0 before it, 1 for ever after."""

    kind: str
    delivery: Delivery
    effects: Callable[[Connection], int]

    @property
    def packed(self) -> tuple[bytes, str]:
        """The body as Slack sends it, and its content type."""
        payload = self.delivery.payload
        if self.delivery.kind == "events_api":
            return json.dumps(payload, ensure_ascii=False).encode(), JSON
        if self.delivery.kind == "slash_commands":
            return urlencode(payload).encode(), FORM
        return urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode(), FORM


@dataclass(frozen=True)
class Answer:
    """How a delivery was answered: `seconds` from when it should have been sent."""

    piece: Piece
    status: int
    text: str
    seconds: float
    had_effect: bool
    """Whether its effect stood in the database by the time the answer came."""

    @property
    def is_done(self) -> bool:
        """Whether Slack, and the person, were told that it is on record."""
        if self.status != HTTPStatus.OK or not self.text:
            return self.status == HTTPStatus.OK
        if self.piece.kind == "form":
            return json.loads(self.text).get("response_action") == "update"
        return not (says("answer.failure", self.text) or says("answer.unsure", self.text))


def begin(fleet: Fleet) -> None:
    """Customers of Sato's, and everybody known."""
    sato = fleet.sandbox.act_as(SATO)
    for company in COMPANIES:
        view = sato.command("/nps", f"{company} 吉野様 9").view
        assert view and sato.submit(view).ok
        sato.close(shown(sato))
    fleet.sandbox.act_as(MORI).command("/goen", "help")


def commands(fleet: Fleet, names: Sequence[str]) -> list[Piece]:
    """`/result` lines, each about a figure of its own."""
    sato = fleet.sandbox.act_as(SATO)
    pieces = []
    with fleet.unheard():
        for company, name in zip(cycle(COMPANIES), names, strict=False):
            sato.command("/result", f"{company} {name} 4.2h 2.2h")
            pieces.append(Piece("command", _latest(fleet), _rows(result, result.c.kpi == name)))
    return pieces


def clicks(fleet: Fleet, store: Store, names: Sequence[str]) -> list[Piece]:
    """Follow-ups, each ticked off by a click."""
    owed = [_owed(store, name, fleet.clock()) for name in names]
    sato = fleet.sandbox.act_as(SATO)
    listed = sato.command("/goen", "followups")
    pieces = []
    with fleet.unheard():
        for one in owed:
            sato.click(listed, ids.FOLLOW_UP_DONE)
            clicked = _latest(fleet)
            clicked.payload["actions"][0]["value"] = str(Target(one, Place.MINE))
            done = (audit.c.record == "follow_up", audit.c.record_id == str(one))
            pieces.append(Piece("click", clicked, _rows(audit, *done)))
    return pieces


def forms(fleet: Fleet, names: Sequence[str]) -> list[Piece]:
    """Filled forms, each with the first score of a new customer."""
    sato = fleet.sandbox.act_as(SATO)
    pieces = []
    for name in names:
        view = sato.command("/nps", f"「{name}」 「担当」様 9").view
        assert view
        with fleet.unheard():
            sato.submit(view)
            pieces.append(Piece("form", _latest(fleet), _scores(name)))
        sato.close(view)
    return pieces


def events(fleet: Fleet, names: Sequence[str]) -> list[Piece]:
    """People who join the team channel."""
    pieces = []
    for name in names:
        fleet.sandbox.add_user(User(name, name.lower(), name, f"{name}@harukaze.example"))
        with fleet.unheard():
            fleet.sandbox.join(CHANNEL, name)
            joined = (person.c.user_id == name, person.c.is_member)
            pieces.append(Piece("event", _latest(fleet), _rows(person, *joined)))
    return pieces


def says(key: str, text: str) -> bool:
    """Whether the answer to a command is this one."""
    return bool(json.loads(text)["text"].startswith(Voice("ja", "Asia/Tokyo").plain(key)))


def send(url: str, piece: Piece) -> tuple[int, str]:
    """Deliver it once, on a connection of its own."""
    line = Signed(url)
    try:
        return line.send(*piece.packed)
    finally:
        line.close()


def at_rate(
    deliveries: Sequence[tuple[Piece, str]], per_second: float, store: Store
) -> list[Answer]:
    """Send each piece to its replica, at so many a second whatever the answers take."""
    start = time.monotonic() + 0.1

    def one(number: int, piece: Piece, url: str) -> Answer:
        due = start + number / per_second
        time.sleep(max(due - time.monotonic(), 0.0))
        status, text = send(url, piece)
        seconds = time.monotonic() - due
        effects = until_it_passes(lambda: _now(store, piece), time.monotonic() + _LOOKS_FOR)
        return Answer(piece, status, text, seconds, effects == 1)

    with ThreadPoolExecutor(_SENDERS) as pool:
        sent = [pool.submit(one, n, *delivery) for n, delivery in enumerate(deliveries)]
        return [future.result() for future in sent]


def _now(store: Store, piece: Piece) -> int:
    with store.read() as conn:
        return piece.effects(conn)


def at_once(piece: Piece, urls: Sequence[str]) -> list[tuple[int, str]]:
    """Deliver it to all replicas at the same moment."""
    together = threading.Barrier(len(urls))

    def one(url: str) -> tuple[int, str]:
        together.wait()
        return send(url, piece)

    with ThreadPoolExecutor(len(urls)) as pool:
        return list(pool.map(one, urls))


def percentile(seconds: Sequence[float], share: float) -> float:
    """The time within which this share of them ended."""
    return sorted(seconds)[math.ceil(share * len(seconds)) - 1]


def _owed(store: Store, company: str, now: datetime) -> int:
    """A follow-up of Sato's about somebody at a new customer; its id."""
    with store.write() as conn:
        (customer_id,) = customers.create_all(
            conn, TEAM, now, [NewCustomer(company, owner_id=SATO)], SEEDED_BY
        )
        (contact_id,) = customers.add_contacts(
            conn, TEAM, now, [NewContact(customer_id, "吉野")], SEEDED_BY
        )
        contact_states.refresh(conn, TEAM, contact_id, Policy())
        thanks = Open(FollowUpKind.THANKS_REFERRAL, SATO, now)
        (opened,) = follow_ups.apply(conn, TEAM, Subject(contact_id=contact_id), [thanks], now)
    return opened


def _latest(fleet: Fleet) -> Delivery:
    delivery, _ = fleet.sandbox.deliveries[-1]
    return delivery


def _rows(table: Table, *where: ColumnElement[bool]) -> Callable[[Connection], int]:
    counted = select(func.count()).select_from(table).where(table.c.team_id == TEAM, *where)
    return lambda conn: int(conn.execute(counted).scalar_one())


def _scores(company: str) -> Callable[[Connection], int]:
    counted = (
        select(func.count())
        .select_from(nps)
        .join(contact, contact.c.id == nps.c.contact_id)
        .join(customer, customer.c.id == contact.c.customer_id)
        .where(customer.c.name == company, customer.c.team_id == TEAM)
    )
    return lambda conn: int(conn.execute(counted).scalar_one())
