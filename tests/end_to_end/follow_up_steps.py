"""What conversations about follow-ups have in common: finding them, and clicking in place."""

from datetime import timedelta

from bot.playbook.terms import FollowUpKind
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from storage import follow_ups
from storage.follow_ups import Row
from tests.house import TEAM
from tests.house import Stage as Live


def row_of(live: Live, kind: FollowUpKind) -> Row:
    """The latest follow-up of this kind."""
    with live.bot.store.read() as conn:
        team = follow_ups.of_team(conn, TEAM)
        settled = follow_ups.settled_lately(conn, TEAM, live.clock.now - timedelta(days=400), 50)
    return max((row for row in (*team, *settled) if row.kind is kind), key=lambda row: row.id)


def reminded(live: Live, who: Person) -> Message:
    """The latest direct message, after everything that is due has come."""
    live.settle()
    return who.dm()[-1]


def buttons(place: Message | View, action_id: str) -> list[str]:
    """The values of these buttons, from top to bottom."""
    return [
        element["value"]
        for block in place.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == action_id
    ]


def again(who: Person, message: Message) -> Message:
    """The same message as it stands now."""
    return next(one for one in who.dm() if one.ts == message.ts)


def do(
    live: Live, who: Person, message: Message, action_id: str, value: str | None = None
) -> Message:
    """Click in a direct message; it changes in its place."""
    who.click(message, action_id, value=value)
    live.settle()
    return again(who, message)
