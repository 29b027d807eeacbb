"""What the end of a mail brings: its ask is taken back when it did not go out, and whoever clicked
is told of everything but success."""

from datetime import datetime

from sqlalchemy import Connection

from bot.messages import mails as messages
from bot.messages.rewrite import rewrite
from bot.playbook import asks as rules
from bot.playbook.reasons import Refusal
from bot.playbook.terms import AskState
from storage import (
    asks,
    customers,
    deliveries,
    follow_ups,
    inbox,
    mails,
    people,
    upkeep,
    workspaces,
)
from storage.claims import Claimed
from storage.deliveries import NewDelivery
from storage.follow_ups import Subject
from storage.mails import Mail, Outgoing
from storage.states import DeliveryState
from storage.stuck import WORTH_SAYING_FOR
from storage.workspaces import Workspace

_TELLING = "mail_news"
_NOT_SENT = frozenset({DeliveryState.DEAD, DeliveryState.EXPIRED, DeliveryState.CANCELLED})


def hurdle(conn: Connection, claimed: Claimed) -> str | None:
    """What has come up since the click that speaks against sending a mail: a word of `mail.why_*`,
    or None."""
    mail = Mail.read(claimed.payload)
    if mail is None:
        return "words_gone"
    team_id = claimed.team_id
    sender = people.get(conn, team_id, claimed.channel)
    contact = customers.get_contact(conn, team_id, mail.contact_id)
    ask = asks.get(conn, team_id, mail.ask_id)
    reasons = (
        ("ask_gone", ask is None or ask.deleted_at or ask.state is not AskState.SENT),
        ("contact_gone", contact is None or contact.deleted_at),
        ("opted_out", contact and contact.opted_out_at),
        ("complaint", contact and contact.complaint_at),
        ("address_changed", contact and contact.email != mail.to),
        ("sender_gone", sender is None or not sender.may_be_told),
        ("sender_changed", sender and sender.email != mail.sender),
    )
    return next((word for word, is_so in reasons if is_so), None)


def end(conn: Connection, one: Outgoing, now: datetime) -> bool:
    """Settle a mail that will not be tried any more, and tell. False when it moved meanwhile."""
    is_late = one.state is DeliveryState.PENDING
    becomes = DeliveryState.EXPIRED if is_late else DeliveryState.NEEDS_HUMAN
    if not mails.end(conn, one, becomes, one.last_error, now):
        return False
    tell(conn, one.team_id, one.id, now)
    return True


def tell(conn: Connection, team_id: str, delivery_id: int, now: datetime) -> None:
    """Draw the consequences of what a mail has come to."""
    workspace = workspaces.get(conn, team_id)
    one = mails.get(conn, team_id, delivery_id)
    if workspace is None or one is None:
        return
    if one.state in _NOT_SENT:
        _take_back(conn, workspace, one, now)
    message = messages.news(conn, workspace, one)
    if message is None:
        return
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=team_id,
            dedup_key=f"{_TELLING}:{one.id}:{one.channel}:{one.state}",
            kind=_TELLING,
            channel=one.channel,
            payload=message.payload(),
            due_at=now,
            expires_at=now + WORTH_SAYING_FOR,
        ),
    )


def _take_back(conn: Connection, workspace: Workspace, one: Outgoing, now: datetime) -> None:
    """The contact was not asked: the ask does not count, and somebody may ask anew."""
    mail = one.mail
    if mail is None:
        return
    team_id = workspace.team_id
    asks.lock_contact(conn, team_id, mail.contact_id)
    found = asks.get(conn, team_id, mail.ask_id)
    contact = customers.get_contact(conn, team_id, mail.contact_id)
    if found is None or contact is None or found.state is not AskState.SENT:
        return
    # In the order of a click on the follow-up, so that nobody waits for ever.
    for row in follow_ups.about(conn, team_id, Subject(ask_id=found.id)):
        follow_ups.locked(conn, team_id, row.id)
    has_referral = asks.has_referral(conn, team_id, found.id)
    moved = rules.cancel(found.facts(has_referral=has_referral))
    if isinstance(moved, Refusal):
        return
    asks.change(conn, team_id, found.id, state=moved.ask.state, answer=None, answered_at=None)
    subject = Subject(customer_id=contact.customer_id, contact_id=contact.id, ask_id=found.id)
    changed = follow_ups.apply(conn, team_id, subject, moved.effects, now)
    kept = upkeep.contact_changed(conn, workspace, contact.id, now)
    rewrite(conn, workspace, (*changed, *kept.changed), now, f"mail:{one.id}")
    inbox.by_itself(conn, workspace, now, "cancel_ask", "ask", found.id)
