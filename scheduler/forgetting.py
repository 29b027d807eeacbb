"""Once a day what has done its work is forgotten, in transactions so short that no click waits."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection

from storage import inbox, retention
from storage.clocks import team_time
from storage.retention import Pass
from storage.workspaces import Workspace

Transaction = Callable[[], AbstractContextManager[Connection]]
_AT_ONCE = 100
"""Rows of one transaction."""
_LONGEST = 2.0
"""Seconds after which planning goes on; what is left is forgotten in the next passes."""


def forget(read: Transaction, write: Transaction, workspace: Workspace, now: datetime) -> bool:
    """The pass of the team's local day, or a part of it; False when it was made already."""
    team_id = workspace.team_id
    key = f"forgetting:{team_time(workspace).date_of(now)}"
    with read() as conn:
        if inbox.seen(conn, team_id, [key]):
            return False
    until = time.monotonic() + _LONGEST
    for one in retention.PASSES:
        if not _forget_all(one, read, write, workspace, now, until):
            return True
    with write() as conn:
        inbox.claim(conn, team_id, key, now)
    return True


def _forget_all(
    one: Pass,
    read: Transaction,
    write: Transaction,
    workspace: Workspace,
    now: datetime,
    until: float,
) -> bool:
    """False when it took too long, and the rest has to wait."""
    team_id, after = workspace.team_id, None
    while True:
        with read() as conn:
            found = one.find(conn, team_id, workspace.policy, now, after)
        for start in range(0, len(found.ids), _AT_ONCE):
            if time.monotonic() > until:
                return False
            with write() as conn:
                one.drop(conn, team_id, found.ids[start : start + _AT_ONCE])
        after = found.after
        if after is None:
            return True
