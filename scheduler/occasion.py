"""What comes once on a day, and the messages it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.messages.compose import compose
from bot.messages.letter import Letter
from storage import deliveries
from storage.deliveries import NewDelivery
from storage.workspaces import Workspace


@dataclass(frozen=True)
class Occasion:
    """Something that is considered once, whatever comes of it; `key` is claimed in the inbox.

    Without the claim, a digest that had nothing to say at nine would come at eleven, beside the
    message about what came in at eleven.
    """

    key: str
    plan: Callable[[Connection], object]


def owe(
    conn: Connection, workspace: Workspace, letter: Letter, now: datetime, expires_at: datetime
) -> bool:
    """Word a letter and owe it to Slack; False when that was done before."""
    message = compose(conn, workspace, letter, now)
    delivery_id = deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=workspace.team_id,
            dedup_key=letter.key,
            kind=letter.kind,
            channel=letter.to,
            payload=message.payload(),
            due_at=letter.due_at,
            expires_at=expires_at,
            follow_ups=letter.follow_ups,
        ),
    )
    return delivery_id is not None
