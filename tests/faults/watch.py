"""What must be true of a town after everything that happens in it (DESIGN §3, R2, rights)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.messages.compose import Kind
from bot.playbook.announcements import ON_THE_CLOCK
from bot.playbook.terms import FollowUpState, Role
from bot.sandbox.directory import direct_message
from bot.sandbox.state import Call
from storage import follow_ups, people, workspaces
from storage.clocks import team_time, time_of
from storage.follow_ups import Row
from storage.states import DeliveryState, Method
from storage.tables import delivery, shown_follow_up
from tests.faults.invariants import broken, taken_by
from tests.faults.rights_trial import TOO_SLOW
from tests.faults.town import PEOPLE, Town
from tests.house import TEAM

_WAITS = (TOO_SLOW, "OnItsWay")
"""A busy machine, and an erasure that is run again because a message that names the person is being
sent."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OURS = ("bot.", "handlers.", "scheduler.", "storage.")
_BY_ITSELF = frozenset(Kind)
_USERS = {direct_message(user): user for user in PEOPLE}


@dataclass
class Watch:
    """Looks at everything that was posted since it looked last, and at the database."""

    town: Town
    _seen: int = 0
    _latest: datetime = EPOCH

    def wrong(self) -> list[str]:
        """What is not as it must be; nothing, if all is well."""
        calls = self.town.sandbox.calls
        new, self._seen = calls[self._seen :], len(calls)
        posts = [call for call in new if call.method == "chat.postMessage" and call.ok]
        now = self.town.clock()
        with self.town.bot.store.trial() as conn:
            found = broken(conn)
            for post in posts:
                # What a clock that was ahead has planned comes early once it is right again.
                since = self.town.travelled if now >= self._latest else None
                found += _wrong_with(conn, post, since)
        self._latest = max(self._latest, now)
        twice = [key for key, times in taken_by(calls).items() if times > 1]
        found += [f"posted twice: {key}" for key in twice]
        # What Slack's library and the sandbox's server log of a faltering Slack is not our failure.
        said = (
            one
            for one in self.town.errors.found
            if one.startswith(_OURS) and not any(wait in one for wait in _WAITS)
        )
        found += [f"logged: {one}" for one in said]
        found += [f"Slack would refuse: {one}" for one in self.town.sandbox.refusals]
        self.town.errors.found.clear()
        return found

    def owed_too_long(self) -> list[str]:
        """What is overdue when everything has been well for minutes."""
        unsettled = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DOUBT)
        late = select(delivery).where(
            delivery.c.state.in_(unsettled), delivery.c.due_at <= self.town.clock()
        )
        with self.town.bot.store.read() as conn:
            return [f"not delivered: {dict(row)}" for row in conn.execute(late).mappings()]


def _is_failure(logged: str) -> bool:
    """What Slack's library and the sandbox's server log of a faltering Slack is none of ours."""
    return logged.startswith(_OURS) and not any(wait in logged for wait in _WAITS)


def _wrong_with(
    conn: Connection, post: Call, travelled: Mapping[str, datetime] | None
) -> Iterator[str]:
    """`travelled` says when somebody came to where they are; None does not judge the hour."""
    key = post.args["metadata"]["event_payload"]["key"]
    row = conn.execute(select(delivery).where(delivery.c.dedup_key == key)).one()
    if row.kind not in _BY_ITSELF:
        return
    at = datetime.fromtimestamp(post.at, tz=row.due_at.tzinfo)
    shown = _shown(conn, row.id)
    user = _USERS.get(post.args["channel"])
    if user:
        yield from _wrong_reader(conn, row, user, shown)
    if travelled is None or row.first_try_at <= travelled.get(user or "", EPOCH):
        # It was their working time where they were when it was first tried.
        return
    if not _is_time_for(conn, user, shown, at):
        yield f"posted outside of working hours, at {at}: {key}"


def _shown(conn: Connection, delivery_id: int) -> list[Row]:
    named = select(shown_follow_up.c.follow_up_id).where(
        shown_follow_up.c.delivery_id == delivery_id
    )
    found = (follow_ups.get(conn, TEAM, one) for one in conn.execute(named).scalars())
    return [one for one in found if one]


def _wrong_reader(conn: Connection, row: Any, user: str, shown: list[Row]) -> Iterator[str]:
    """A direct message goes to whom it is owed to by name, and shows them what they may see."""
    if row.method == Method.POST and row.channel != user:
        yield f"{row.dedup_key} went to {user}"
    reader = people.get(conn, TEAM, user)
    if reader is None or not reader.may_own:
        yield f"{row.dedup_key} went to {user}, who is not of the team"
        return
    for one in shown:
        is_theirs = one.owed_by == user or one.owed_by is None
        if one.state is FollowUpState.OPEN and not is_theirs and reader.role is Role.REP:
            yield f"{row.dedup_key} shows {user} what {one.owed_by} owes"


def _is_time_for(conn: Connection, user: str | None, shown: list[Row], at: datetime) -> bool:
    """Whether it may come at this hour: anything that is no message of the 24-hour clock only
    while its reader works."""
    workspace = workspaces.get(conn, TEAM)
    assert workspace
    if any(one.kind in ON_THE_CLOCK for one in shown):
        return True
    days = time_of(workspace, people.get(conn, TEAM, user)) if user else team_time(workspace)
    return days.in_working_hours(at)
