"""A Slack workspace and what its admins set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.playbook.policy import Policy
from bot.playbook.terms import Promise
from storage import restored
from storage.tables import workspace


@dataclass(frozen=True)
class Workspace:
    """Settings of one workspace. `policy` already holds the numbers its admins changed."""

    team_id: str
    name: str
    bot_user_id: str
    channel_id: str | None
    locale: str
    timezone: str
    country: str
    currency: str
    policy: Policy
    ideal_customer: str
    offers_reviewed_at: datetime | None
    ideal_customer_other: str = ""
    """`ideal_customer` is in the team's own language, this is it in Goen's other one."""
    reconcile_since: datetime | None = None
    """The database was restored and does not know yet what was said in Slack after this."""
    promise: Promise = Promise.AT_MOST_ONCE

    def ideal_customer_in(self, language: str) -> str:
        """Who has the problem that we solve, as the team says it in a language; may be empty."""
        return self.ideal_customer if language == self.locale else self.ideal_customer_other


_NAMES = tuple(f.name for f in fields(Workspace))
COLUMNS = tuple(workspace.c[name] for name in _NAMES)
"""What `read` takes, in its order."""
_GET = select(*COLUMNS).where(workspace.c.team_id == bindparam("team"))
_ALL = select(*COLUMNS).order_by(workspace.c.team_id)
_SET = update(workspace).where(workspace.c.team_id == bindparam("team"))


def get(conn: Connection, team_id: str) -> Workspace | None:
    row = conn.execute(_GET, {"team": team_id}).one_or_none()
    return read(row) if row else None


def every(conn: Connection) -> list[Workspace]:
    return [read(row) for row in conn.execute(_ALL)]


def create(conn: Connection, new: Workspace, now: datetime) -> None:
    values = {f.name: getattr(new, f.name) for f in fields(new)}
    here = restored.database_id(conn)
    conn.execute(insert(workspace), values | {"policy": {}, "created_at": now, "database_id": here})


def change(conn: Connection, team_id: str, **columns: object) -> None:
    """Set plain columns such as `channel_id` or `ideal_customer`."""
    conn.execute(_SET.values(**columns), {"team": team_id})


def change_policy(conn: Connection, team_id: str, numbers: Mapping[str, int | str]) -> None:
    """Replace the numbers that differ from the playbook's defaults; see `NUMBERS`."""
    conn.execute(_SET.values(policy=dict(numbers)), {"team": team_id})


_DAYS = {
    "nps_fresh_for",
    "ask_again_after",
    "ask_answer_after",
    "progress_every",
    "result_report_every",
    "result_fresh_for",
}
_HOURS = {"first_contact_within", "thanks_within"}
_TIMES = {"digest_at", "routine_at"}
NUMBERS = ("promoter_threshold", *sorted(_DAYS), *sorted(_HOURS), *sorted(_TIMES))
"""The names of a policy's numbers that admins may change: days, hours, or HH:MM."""


def numbers_of(policy: Policy) -> dict[str, int | str]:
    """A policy's changeable numbers as they are stored and shown in a form."""
    return {name: _number(name, getattr(policy, name)) for name in NUMBERS}


def _number(name: str, value: Any) -> int | str:
    if name in _DAYS:
        return int(value / timedelta(days=1))
    if name in _HOURS:
        return int(value / timedelta(hours=1))
    return f"{value:%H:%M}" if name in _TIMES else int(value)


def _from_number(name: str, value: int | str) -> Any:
    if name in _DAYS:
        return timedelta(days=int(value))
    if name in _HOURS:
        return timedelta(hours=int(value))
    return time.fromisoformat(str(value)) if name in _TIMES else int(value)


def read(row: Sequence[Any]) -> Workspace:
    """A workspace from the values of `COLUMNS`."""
    values = dict(zip(_NAMES, row, strict=True))
    values["policy"] = _policy(values["country"], tuple(values["policy"].items()))
    return Workspace(**values)


@lru_cache(maxsize=64)
def _policy(country: str, numbers: tuple[tuple[str, int | str], ...]) -> Policy:
    """The numbers that admins changed on top of the playbook's; most requests find the same."""
    changed = {name: _from_number(name, value) for name, value in numbers}
    return replace(Policy(country=country), **changed)
