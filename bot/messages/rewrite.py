"""Keeping messages true: what shows a follow-up changes in place with it (R4)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.messages.compose import COMPOSERS, compose
from bot.messages.letter import Letter, shown_in
from bot.playbook.follow_ups import is_snoozed
from bot.playbook.terms import FollowUpState
from storage import deliveries, follow_ups
from storage.deliveries import NewDelivery, Posted
from storage.states import Method
from storage.workspaces import Workspace

_WORTH_CHANGING_FOR = timedelta(days=1)


def rewrite(
    conn: Connection,
    workspace: Workspace,
    changed: Iterable[int],
    now: datetime,
    cause: str,
    *,
    lives: timedelta = _WORTH_CHANGING_FOR,
) -> None:
    """Bring each message that shows one of these follow-ups in line with the records.

    One that waits is worded anew, or withdrawn when there is nothing left to do in it. One that is
    just being sent is marked, and rewritten when it has arrived. One that stands is changed in
    place; of several changes with one `cause`, the key of a request or a tick, the last counts.
    """
    messages = {
        message.delivery_id: message
        for follow_up_id in changed
        for message in deliveries.showing(conn, workspace.team_id, follow_up_id)
    }
    for message in messages.values():
        rewrite_one(conn, workspace, message, now, cause, lives=lives)


def rewrite_one(
    conn: Connection,
    workspace: Workspace,
    message: Posted,
    now: datetime,
    cause: str,
    *,
    lives: timedelta = _WORTH_CHANGING_FOR,
) -> None:
    """The same for one message, wherever it is on its way."""
    team_id = workspace.team_id
    letter = shown_in(conn, team_id, message)
    if letter is None or letter.kind not in COMPOSERS:
        return
    if message.slack_ts is None:
        if _changed_on_its_way(conn, workspace, message, letter, now):
            return
        # It arrived between the reading and the writing.
        arrived = deliveries.get(conn, team_id, message.delivery_id)
        if arrived is None or arrived.slack_ts is None:
            return
        message = arrived
    deliveries.change_message(
        conn,
        NewDelivery(
            team_id=team_id,
            dedup_key=f"update:{message.delivery_id}:{cause}"[:255],
            kind="update",
            channel=message.posted_channel or message.channel,
            method=Method.UPDATE,
            target_ts=message.slack_ts,
            payload=compose(conn, workspace, letter, now).payload(),
            due_at=now,
            expires_at=now + lives,
        ),
    )


def _changed_on_its_way(
    conn: Connection, workspace: Workspace, message: Posted, letter: Letter, now: datetime
) -> bool:
    team_id, delivery_id = workspace.team_id, message.delivery_id
    if not _has_anything_to_do(conn, team_id, letter, now):
        if deliveries.withdraw_unsent(conn, team_id, delivery_id, now):
            return True
    else:
        payload = compose(conn, workspace, letter, now).payload()
        if deliveries.replace_unsent(conn, team_id, delivery_id, payload):
            return True
    return deliveries.mark_stale(conn, team_id, delivery_id)


def _has_anything_to_do(conn: Connection, team_id: str, letter: Letter, now: datetime) -> bool:
    rows = (follow_ups.get(conn, team_id, one) for one in letter.follow_ups)
    return any(
        row and row.state is FollowUpState.OPEN and not is_snoozed(row.facts(), now) for row in rows
    )
