"""A team whose time the tests move by hand, and the planner that looks at it."""

import pytest

from scheduler.planner import Planner
from storage.engine import Store
from storage.workspaces import Workspace
from tests.house import TEAM, Clock
from tests.scheduler.stand import START, enter, nobody_new


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def team(store: Store, clock: Clock) -> Workspace:
    return enter(store, clock.now)


@pytest.fixture
def planner(store: Store, team: Workspace, clock: Clock) -> Planner:
    assert team.team_id == TEAM
    return Planner(store, clock, nobody_new)
