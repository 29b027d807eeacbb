"""What a signal lets somebody know at once: a ready ask after an upsell, a pause after a complaint.

Most signals are only counted. Whoever owns the customer hears of what changes what they may do, in
their working hours; of a whole import they hear in a few messages and a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block
from sqlalchemy import Connection

from bot.pages.site import CLOSED, Site
from bot.playbook.contact_state import ContactState, TagChange, tag_change
from bot.playbook.rights import Actor
from bot.playbook.signals import Signal, SignalKind
from bot.playbook.terms import MomentKind
from bot.texts.voice import Voice
from bot.views import moments as moment_views
from bot.views import nps as nps_views
from bot.views import signals as views
from bot.views.blocks import Message
from handlers.asking import at_once
from handlers.request import Entry, Request
from handlers.turn import Turn
from storage import customers, deliveries, people
from storage.clocks import time_of
from storage.customers import Contact
from storage.deliveries import NewDelivery
from storage.directory import Meant
from storage.people import Person
from storage.workspaces import Workspace

_MOST_EACH = 5
"""Messages that one person gets for one batch; of the others they get the number."""
_LIVES = timedelta(days=7)
_MOMENTS = {SignalKind.RENEWAL: MomentKind.RENEWAL, SignalKind.UPSELL: MomentKind.UPSELL}

States = Mapping[int, tuple[ContactState | None, ContactState | None]]
"""Of each contact before and after, by their id."""


@dataclass(frozen=True)
class Reach:
    """What an ask may hold: links to the customer's pages, and a way to send it by mail."""

    site: Site = CLOSED
    has_mail: bool = False


@dataclass(frozen=True)
class News:
    """A signal that was taken: whom it is about, and the score or moment it was logged as."""

    signal_id: int
    signal: Signal
    whom: Meant
    record_id: int | None


@dataclass
class Told:
    """How many messages each person got for a batch, and how many pieces of news they did not."""

    messages: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)


def tell(
    conn: Connection,
    workspace: Workspace,
    news: News,
    states: States,
    now: datetime,
    told: Told,
    reach: Reach,
) -> None:
    """Owe the owner a message, if this is something to be told at once."""
    if now - news.signal.at > workspace.policy.signal_news_for:
        return
    contact = _about(conn, workspace, news, states, now)
    if contact is None:
        return
    for person in _readers(conn, workspace, contact.owner_id):
        if told.messages.get(person.user_id, 0) >= _MOST_EACH:
            told.left_out[person.user_id] = told.left_out.get(person.user_id, 0) + 1
            continue
        told.messages[person.user_id] = told.messages.get(person.user_id, 0) + 1
        key = f"signal:{news.signal_id}:{person.user_id}"
        turn = _turn(conn, workspace, person, now, key, reach)
        _owe(conn, workspace, person, key, _message(turn, news, contact, states), now)


def sum_up(conn: Connection, workspace: Workspace, told: Told, now: datetime, cause: str) -> None:
    """Say how much more there was."""
    for user_id, count in sorted(told.left_out.items()):
        person = people.get(conn, workspace.team_id, user_id)
        if person:
            message = views.more(Voice(person.locale, person.timezone), count)
            _owe(conn, workspace, person, f"signals:{cause}:{user_id}", message, now)


def _about(
    conn: Connection, workspace: Workspace, news: News, states: States, now: datetime
) -> Contact | None:
    """The contact whom there is something to be told about."""
    kind, contact_id = news.signal.kind, news.whom.contact_id
    if kind in _MOMENTS:
        return customers.get_contact(conn, workspace.team_id, contact_id or 0)
    if kind is SignalKind.NPS and contact_id:
        before, after = states[contact_id]
        tag = tag_change(before, after, now, workspace.policy) if after else TagChange.UNCHANGED
        if tag is TagChange.APPEARED:
            return customers.get_contact(conn, workspace.team_id, contact_id)
    if kind is SignalKind.TICKET_OPENED and news.signal.is_complaint:
        concerned = [contact_id] if contact_id else sorted(states)
        paused = (one for one in concerned if one in states and _is_paused(*states[one]))
        for one in paused:
            contact = customers.get_contact(conn, workspace.team_id, one)
            if contact and contact.customer_id == news.whom.customer_id:
                return contact
    return None


def _is_paused(before: ContactState | None, after: ContactState | None) -> bool:
    """Whether somebody could be asked, and no longer can."""
    return bool(before and before.is_askable and after and not after.is_askable)


def _message(turn: Turn, news: News, contact: Contact, states: States) -> Message:
    names = {"customer": contact.customer_name, "contact": contact.name}
    kind, record_id = news.signal.kind, news.record_id or 0
    if kind is SignalKind.TICKET_OPENED:
        person = contact.name if news.whom.contact_id else None
        return views.paused(turn.voice, contact.customer_id, contact.customer_name, person)
    _, state = states[contact.id]
    ask: list[Block] = at_once(turn, contact, state)
    if kind is SignalKind.NPS:
        return nps_views.logged(
            turn.voice,
            **names,
            nps_id=record_id,
            score=news.signal.score or 0,
            tag=TagChange.APPEARED,
            at_once=ask,
        )
    return moment_views.logged(
        turn.voice,
        **names,
        moment_id=record_id,
        contact_id=contact.id,
        kind=_MOMENTS[kind],
        source_link=None,
        at_once=ask,
    )


def _readers(conn: Connection, workspace: Workspace, owner_id: str | None) -> list[Person]:
    """The owner; of what nobody owns, or somebody who has left, the managers."""
    owner = people.get(conn, workspace.team_id, owner_id) if owner_id else None
    if owner and owner.may_be_told:
        return [owner]
    return people.managers(conn, workspace.team_id)


def _turn(
    conn: Connection, workspace: Workspace, me: Person, now: datetime, key: str, reach: Reach
) -> Turn:
    """What this person would see if they had logged it themselves."""
    request = Request(
        entry=Entry.EVENT,
        name="signal",
        key=key,
        team_id=workspace.team_id,
        user_id=me.user_id,
        user_team_id=workspace.team_id,
        now=now,
    )
    actor = Actor(me.user_id, workspace.team_id, me.role)
    voice = Voice(me.locale, me.timezone)
    return Turn(conn, request, workspace, me, actor, voice, reach.site, reach.has_mail)


def _owe(
    conn: Connection,
    workspace: Workspace,
    person: Person,
    key: str,
    message: Message,
    now: datetime,
) -> None:
    days = time_of(workspace, person)
    due_at = now if days.in_working_hours(now) else days.next_working_start(now)
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=workspace.team_id,
            dedup_key=key[:255],
            kind="signal",
            channel=person.user_id,
            payload=message.payload(),
            due_at=due_at,
            expires_at=due_at + _LIVES,
        ),
    )
