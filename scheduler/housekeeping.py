"""Once a day, what only time brings: stale scores and overdue reports become follow-ups (M1 M2),
and the numbers that customers may see are counted anew (S6)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection

from bot.messages.rewrite import rewrite
from storage import inbox, public_numbers, stale, upkeep
from storage.clocks import team_time
from storage.workspaces import Workspace

Transaction = Callable[[], AbstractContextManager[Connection]]
_Find = Callable[[Connection, int], list[int]]
_Keep = Callable[[Connection, int], tuple[int, ...]]
_AT_ONCE = 200
"""Records of one transaction, so that nobody's click waits long for the writer's lock."""


def keep(read: Transaction, write: Transaction, workspace: Workspace, now: datetime) -> None:
    """The pass of the team's local day, if it has not been made."""
    team_id, policy = workspace.team_id, workspace.policy
    key = f"upkeep:{team_time(workspace).date_of(now)}"
    with read() as conn:
        if inbox.seen(conn, team_id, [key]):
            return
    _walk(
        write,
        workspace,
        lambda conn, after: stale.contacts(conn, team_id, policy, now, after, _AT_ONCE),
        lambda conn, one: upkeep.contact_changed(conn, workspace, one, now).changed,
        now,
        f"{key}:contacts",
    )
    _walk(
        write,
        workspace,
        lambda conn, after: stale.customers(conn, team_id, policy, now, after, _AT_ONCE),
        lambda conn, one: upkeep.customer_changed(conn, workspace, one, now),
        now,
        f"{key}:customers",
    )
    _count_anew(read, write, workspace, now)
    # Last, so that a process that dies on the way does it again; nothing is opened twice.
    with write() as conn:
        inbox.claim(conn, team_id, key, now)


def _count_anew(read: Transaction, write: Transaction, workspace: Workspace, now: datetime) -> None:
    with read() as conn:
        if not public_numbers.chosen(conn, workspace.team_id):
            return
        counts = public_numbers.count(conn, workspace, now)
    with write() as conn:
        # Chosen again: an admin may have changed it while it was counted.
        public_numbers.recount(conn, workspace.team_id, counts)


def _walk(
    write: Transaction, workspace: Workspace, find: _Find, keep_up: _Keep, now: datetime, key: str
) -> None:
    """Through all records in the order of their ids, some in each transaction."""
    after = 0
    while True:
        with write() as conn:
            found = find(conn, after)
            changed = [changed for one in found for changed in keep_up(conn, one)]
            rewrite(conn, workspace, changed, now, f"{key}:{after}")
            for follow_up_id in changed:
                inbox.by_itself(conn, workspace, now, "keep_up", "follow_up", follow_up_id)
        if len(found) < _AT_ONCE:
            return
        after = found[-1]
