"""Keeping posted messages true: what shows a follow-up changes in place with it (R4)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.messages.compose import compose
from storage import deliveries
from storage.deliveries import NewDelivery
from storage.states import Method
from storage.workspaces import Workspace

_WORTH_CHANGING_FOR = timedelta(days=1)


def rewrite(
    conn: Connection, workspace: Workspace, changed: Iterable[int], now: datetime, cause: str
) -> None:
    """Owe Slack an update of each message that shows one of these follow-ups.

    `cause` makes the update one of its kind: the key of the request or tick that changed them.
    Reminders that were not sent yet are withdrawn, and planned anew if they are still wanted.
    """
    posted = {}
    for follow_up_id in changed:
        deliveries.cancel_reminders(conn, workspace.team_id, follow_up_id, now)
        for message in deliveries.showing(conn, workspace.team_id, follow_up_id):
            posted[message.delivery_id] = message
    for message in posted.values():
        text = compose(conn, workspace, message, now)
        if text is None:
            continue
        deliveries.enqueue(
            conn,
            NewDelivery(
                team_id=workspace.team_id,
                dedup_key=f"update:{message.delivery_id}:{cause}"[:255],
                kind="update",
                channel=message.posted_channel,
                method=Method.UPDATE,
                target_ts=message.slack_ts,
                payload=text.payload(),
                due_at=now,
                expires_at=now + _WORTH_CHANGING_FOR,
            ),
        )
