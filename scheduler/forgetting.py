"""Once a day what has done its work is forgotten, in transactions so short that no click waits."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection

from storage import inbox, retention
from storage.clocks import team_time
from storage.workspaces import Workspace

Transaction = Callable[[], AbstractContextManager[Connection]]
_AT_ONCE = 200
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
    for portion in retention.PASSES:
        while True:
            with write() as conn:
                treated = portion(conn, team_id, workspace.policy, now, _AT_ONCE)
            if time.monotonic() > until:
                return True
            if treated < _AT_ONCE:
                break
    with write() as conn:
        inbox.claim(conn, team_id, key, now)
    return True
