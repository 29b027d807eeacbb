"""What time brings: turns what is due into deliveries. Planning twice plans nothing twice.

Each workspace is looked at without a writer's lock; only what is due is then planned, each thing in
a short transaction of its own that claims its key first.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection

from bot.telemetry.about import about, new_id
from scheduler import announcing, digests, forgetting, housekeeping, offers, routine
from scheduler.occasion import Occasion
from scheduler.reconciling import Reconciler
from storage import departures, inbox, people, workspaces
from storage.clocks import team_time
from storage.engine import Store
from storage.workspaces import Workspace

log = logging.getLogger(__name__)

Transaction = Callable[[], AbstractContextManager[Connection]]
RefreshTeam = Callable[[Workspace, datetime], object]
_LONGEST_SWEEP = 2.0
"""Seconds for deleting what departed workspaces have left; the rest follows in the next passes."""


@dataclass
class Planner:
    """One pass over every workspace that this process `serves`, having its token. `refresh_team`
    asks Slack who the team is by now."""

    store: Store
    clock: Callable[[], datetime]
    refresh_team: RefreshTeam
    serves: Callable[[str], bool] = lambda _: True
    reconciler: Reconciler | None = None

    def run(self) -> None:
        """Plan what is due now; what goes wrong in one workspace is logged and stays there."""
        now = self.clock()
        with self.store.read() as conn:
            known = workspaces.every(conn)
        for workspace in known:
            if not self.serves(workspace.team_id):
                continue
            with about(request=new_id(), team_id=workspace.team_id):
                try:
                    self._run(workspace, now)
                except Exception:
                    log.exception("planning failed")
        if departures.sweep(self.store, now, _LONGEST_SWEEP):
            self.store.scrub()

    def _run(self, workspace: Workspace, now: datetime) -> None:
        self._refresh_roster(workspace, now)
        if not self._is_caught_up(workspace, now):
            return
        plan(self.store.read, self.store.write, workspace, now)
        if workspace.reconcile_since and self.reconciler:
            self.reconciler.finish(workspace, workspace.reconcile_since, now)
        if forgetting.forget(self.store.read, self.store.write, workspace, now):
            self.store.scrub()

    def _is_caught_up(self, workspace: Workspace, now: datetime) -> bool:
        """Whether the database knows what stands in Slack, which a restored one has to learn."""
        since = workspace.reconcile_since
        if since is None or self.reconciler is None:
            return True
        return self.reconciler.catch_up(workspace, since, now)

    def _refresh_roster(self, workspace: Workspace, now: datetime) -> None:
        """Once a day, and every hour until it has worked; a new channel is another team."""
        local = team_time(workspace).local(now)
        done = f"roster:{workspace.channel_id}:{local.date()}"
        with self.store.read() as conn:
            if workspace.channel_id is None or inbox.seen(conn, workspace.team_id, [done]):
                return
        with self.store.write() as conn:
            if not inbox.claim(conn, workspace.team_id, f"{done}T{local:%H}", now):
                return
        try:
            self.refresh_team(workspace, now)
        except (SlackApiError, OSError) as error:
            log.warning("the team of %s could not be read: %s", workspace.team_id, error)
            return
        with self.store.write() as conn:
            inbox.claim(conn, workspace.team_id, done, now)


def plan(read: Transaction, write: Transaction, workspace: Workspace, now: datetime) -> None:
    """Plan what is due in one workspace, by way of transactions that read and that write."""
    with read() as conn:
        due = list(_occasions(conn, workspace, now))
        seen = inbox.seen(conn, workspace.team_id, [one.key for one in due])
        has_to_announce = announcing.is_due(conn, workspace, now)
    for occasion in due:
        if occasion.key in seen:
            continue
        with write() as conn:
            if inbox.claim(conn, workspace.team_id, occasion.key, now):
                occasion.plan(conn)
    # After the digests: what stands in one needs no message of its own.
    if has_to_announce:
        with write() as conn:
            announcing.announce(conn, workspace, now)
    housekeeping.keep(read, write, workspace, now)


def _occasions(conn: Connection, workspace: Workspace, now: datetime) -> Iterator[Occasion]:
    yield from routine.occasions(workspace, now)
    for person in people.team(conn, workspace.team_id):
        yield from digests.occasions(workspace, person, now)
        yield from offers.occasions(workspace, person, now)
