"""Wins are told to the whole team, and the message stays true when a win is corrected or undone."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.playbook.terms import Stage
from bot.texts.voice import Voice
from bot.views.blocks import Message
from bot.views.referrals import Name
from bot.views.wins import Win, withdrawn, won
from storage import announcements, customers, deliveries, referrals
from storage.announcements import Announced
from storage.deliveries import NewDelivery
from storage.referrals import Referral
from storage.states import DeliveryState, Method
from storage.workspaces import Workspace

_WORTH_TELLING_FOR = timedelta(days=7)


def announce(
    conn: Connection, workspace: Workspace, referral_id: int, now: datetime, cause: str
) -> None:
    """Bring the team's channel in line with a referral: tell of a win, correct it, take it back.

    Without a channel nothing is told. `cause` is the key of the request that changed it.
    """
    row = referrals.get(conn, workspace.team_id, referral_id)
    if row is None or workspace.channel_id is None:
        return
    key = f"win:{referral_id}"
    told = announcements.find(conn, workspace.team_id, key)
    is_won = row.stage is Stage.WON and row.deleted_at is None
    if told is None:
        if is_won:
            _owe(conn, workspace, key, _message(conn, workspace, row), now)
    elif told.slack_ts and told.posted_channel:
        message = _message(conn, workspace, row) if is_won else _withdrawn(workspace, row)
        _change(conn, workspace, told, message, now, cause)
    else:
        _change_unsent(conn, workspace, key, row, now, cause)


def _change_unsent(
    conn: Connection, workspace: Workspace, key: str, row: Referral, now: datetime, cause: str
) -> None:
    """Nothing stands in Slack yet. What a worker has in hand is followed by a message of its own,
    because it can be neither stopped nor found."""
    if row.stage is Stage.WON and row.deleted_at is None:
        text = _message(conn, workspace, row)
        until = now + _WORTH_TELLING_FOR
        done = announcements.revise(conn, workspace.team_id, key, text.payload(), now, until)
    else:
        text = _withdrawn(workspace, row)
        done = announcements.withdraw(conn, workspace.team_id, key, now) or _is_over(
            announcements.find(conn, workspace.team_id, key)
        )
    if not done:
        _owe(conn, workspace, f"{key}:{cause}"[:255], text, now)


def _is_over(told: Announced | None) -> bool:
    over = {DeliveryState.CANCELLED, DeliveryState.EXPIRED, DeliveryState.DEAD}
    return told is not None and told.state in over


def _owe(conn: Connection, workspace: Workspace, key: str, message: Message, now: datetime) -> None:
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=workspace.team_id,
            dedup_key=key,
            kind="win",
            channel=workspace.channel_id or "",
            payload=message.payload(),
            due_at=now,
            expires_at=now + _WORTH_TELLING_FOR,
        ),
    )


def _change(
    conn: Connection,
    workspace: Workspace,
    told: Announced,
    message: Message,
    now: datetime,
    cause: str,
) -> None:
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=workspace.team_id,
            dedup_key=f"update:{told.delivery_id}:{cause}"[:255],
            kind="update",
            channel=told.posted_channel or "",
            method=Method.UPDATE,
            target_ts=told.slack_ts,
            payload=message.payload(),
            due_at=now,
            expires_at=now + _WORTH_TELLING_FOR,
        ),
    )


def _message(conn: Connection, workspace: Workspace, row: Referral) -> Message:
    referrer = customers.get_contact(conn, workspace.team_id, row.referrer_id)
    if referrer is None:
        raise LookupError(f"no contact {row.referrer_id}")
    return won(
        _voice(workspace),
        Win(
            company=row.company,
            referrer=Name(referrer.customer_name, referrer.name),
            owner_id=row.owner_id,
            reason=row.reason,
            amount_minor=row.amount_minor,
            currency=row.currency,
        ),
    )


def _withdrawn(workspace: Workspace, row: Referral) -> Message:
    return withdrawn(_voice(workspace), row.company)


def _voice(workspace: Workspace) -> Voice:
    return Voice(workspace.locale, workspace.timezone)
