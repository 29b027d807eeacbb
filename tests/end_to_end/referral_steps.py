"""What conversations about referrals are made of."""

from sqlalchemy import select

from bot.playbook.terms import (
    AskState,
    FollowUpKind,
    FollowUpState,
    MomentKind,
)
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person, Reply
from bot.views import ids
from handlers.request import Entry, Request
from storage import asks, customers, follow_ups, referrals, tables
from storage.follow_ups import Subject
from storage.referrals import Referral
from tests.house import CHANNEL, MORI, SATO, TEAM
from tests.house import Stage as Live

LINE = "山田製作所 > 鈴木商事 鈴木様 見積を早くしたい"


def has_customer(live: Live, company: str, contact: str, owner: str | None = SATO) -> int:
    with live.bot.store.write() as conn:
        customer_id = customers.create(
            conn, TEAM, live.clock(), name=company, owner_id=owner, created_by=SATO
        )
        return customers.add_contact(
            conn, TEAM, live.clock(), customer_id=customer_id, name=contact, created_by=SATO
        )


def rows(live: Live) -> list[Referral]:
    with live.bot.store.read() as conn:
        found = conn.execute(select(tables.referral.c.id).order_by(tables.referral.c.id)).scalars()
        kept = [referrals.get(conn, TEAM, one) for one in found.all()]
    return [row for row in kept if row]


def the_row(live: Live) -> Referral:
    (row,) = rows(live)
    return row


def owed(live: Live, referral_id: int) -> set[FollowUpKind]:
    with live.bot.store.read() as conn:
        about = follow_ups.about(conn, TEAM, Subject(referral_id=referral_id))
    return {one.kind for one in about if one.state is FollowUpState.OPEN}


def received(sato: Person, line: str = LINE) -> Message:
    reply = sato.command("/referral", line)
    assert reply.view is None, reply.view
    assert reply.message
    return reply.message


def opened(reply: Reply) -> View:
    assert reply.view, reply.words
    return reply.view


def agreed(sato: Person, card: Message) -> Message:
    form = opened(sato.click(card, ids.REFERRAL_CONSENT))
    assert sato.submit(form, {ids.CONSENT: "agreed", ids.CONSENT_HOW: "吉野様からのメール"}).ok
    return fresh_card(sato)


def fresh_card(sato: Person) -> Message:
    """Close every form and look at the referral anew."""
    while view := sato.view():
        sato.close(view)
    listed = sato.command("/referral", "list")
    assert listed.message
    return listed.message


def step(sato: Person, action_id: str) -> Reply:
    """Open the card from the list and click there."""
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    return sato.click(card, action_id)


def words(view: View | None) -> str:
    assert view
    return str(view.blocks)


def request(live: Live, user: str, name: str, value: object) -> Request:
    """A click as it comes from a message that somebody kept."""
    return Request(
        entry=Entry.ACTION,
        name=name,
        key=f"action:{user}:{name}:{live.clock().isoformat()}",
        team_id=TEAM,
        user_id=user,
        user_team_id=TEAM,
        now=live.clock(),
        value=str(value),
        trigger_id="1.2.3",
    )


def sent_ask(live: Live, contact_id: int) -> int:
    with live.bot.store.write() as conn:
        return asks.add(
            conn,
            TEAM,
            contact_id=contact_id,
            moment=MomentKind.RESULT,
            state=AskState.SENT,
            sent_by=SATO,
            sent_at=live.clock(),
            created_by=SATO,
            created_at=live.clock(),
        )


def in_channel(live: Live) -> list[Message]:
    live.settle()
    return [m for m in live.sandbox.act_as(MORI).messages(CHANNEL) if "鈴木商事" in m.text]


def won(sato: Person, amount: str = "120万") -> None:
    agreed(sato, received(sato))
    step(sato, ids.REFERRAL_CONTACTED)
    step(sato, ids.REFERRAL_MEETING)
    form = opened(step(sato, ids.REFERRAL_WON))
    assert sato.submit(form, {ids.WHY: "実績を評価", ids.AMOUNT: amount}).ok
