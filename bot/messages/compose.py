"""What a message of ours says now, made from the facts: the same when it is sent and rewritten."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.views.blocks import Message
from storage.deliveries import Posted
from storage.workspaces import Workspace

Composer = Callable[[Connection, Workspace, Posted, datetime], Message | None]

COMPOSERS: Mapping[str, Composer] = {}


def compose(
    conn: Connection, workspace: Workspace, posted: Posted, now: datetime
) -> Message | None:
    """The present words of a posted message; None for a kind that never changes."""
    composer = COMPOSERS.get(posted.kind)
    return composer(conn, workspace, posted, now) if composer else None
