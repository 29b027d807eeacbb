"""Settling messages that need a human, on Home: it arrived, send it again, drop it. Of a mail its
sender says whether it arrived, in the message that asks for it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.playbook.rights import Action
from bot.views import ids
from handlers import home, mails
from handlers.answers import Answer
from handlers.reading import record_id
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import mails as outgoing
from storage import stuck

Settle = Callable[[Connection, str, int, datetime], bool]


def register(routes: Routes) -> None:
    for name, choice, how in (
        (ids.STUCK_ARRIVED, "arrived", stuck.mark_arrived),
        (ids.STUCK_AGAIN, "again", stuck.send_again),
        (ids.STUCK_DROP, "drop", stuck.drop),
    ):
        routes.add(Entry.ACTION, name, partial(settle, choice=choice, how=how))


def settle(turn: Turn, *, choice: str, how: Settle) -> Answer:
    """Do what somebody decided about one message, and show what is left."""
    delivery_id = record_id(turn.request.value)
    mail = outgoing.get(turn.conn, turn.team_id, delivery_id)
    if mail:
        return mails.settle(turn, mail, choice) or home.show(turn)
    turn.allow(Action.SETTLE_DELIVERY)
    if not how(turn.conn, turn.team_id, delivery_id, turn.now):
        raise turn.sorry("stuck.settled")
    turn.audit(Action.SETTLE_DELIVERY, "delivery", delivery_id, choice=choice)
    return home.show(turn)
