"""The weekly rhythm in the team's channel: the counts of each day's message (R1)."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.messages.letter import Letter, voice_for
from bot.playbook.contact_state import ask_window
from bot.playbook.terms import FollowUpKind
from bot.playbook.terms import Routine as Day
from bot.playbook.working_time import DAY, PersonTime, local_instant
from bot.views import routine as views
from bot.views.blocks import Message
from bot.views.routine import Count, Friday, Monday, Routine, Thursday, Tuesday
from storage import people, rhythm
from storage.clocks import team_time
from storage.rhythm import ByOwner
from storage.workspaces import Workspace

_WEEK = timedelta(weeks=1)
_THANKS = (
    FollowUpKind.THANKS_REFERRAL,
    FollowUpKind.THANKS_MEETING,
    FollowUpKind.THANKS_WIN,
    FollowUpKind.LOSS_NEWS,
    FollowUpKind.NOT_A_FIT_NEWS,
)


def routine(conn: Connection, workspace: Workspace, letter: Letter, now: datetime) -> Message:
    """The message of the day that the letter names, as the records stand."""
    facts = _FACTS[Day(letter.subject)](conn, workspace, date.fromisoformat(letter.day), now)
    return views.show(voice_for(conn, workspace, letter.to), facts)


def _monday(conn: Connection, workspace: Workspace, _: date, now: datetime) -> Routine:
    since = ask_window(now, workspace.policy).nps_since
    return Monday(
        stale=_named(conn, workspace, rhythm.stale_scores(conn, workspace.team_id, since)),
        candidates=_named(conn, workspace, rhythm.candidates(conn, workspace.team_id, since)),
    )


def _tuesday(conn: Connection, workspace: Workspace, day: date, now: datetime) -> Routine:
    window = ask_window(now, workspace.policy)
    return Tuesday(
        reports=_owed(conn, workspace, (FollowUpKind.RESULT_REPORT,), _end(workspace, day)),
        askable=_named(conn, workspace, rhythm.askable(conn, workspace.team_id, window)),
    )


def _thursday(conn: Connection, workspace: Workspace, day: date, _: datetime) -> Routine:
    end = _end(workspace, day)
    return Thursday(
        updates=_owed(conn, workspace, (FollowUpKind.PROGRESS_UPDATE,), end),
        thanks=_owed(conn, workspace, _THANKS, end),
    )


def _friday(conn: Connection, workspace: Workspace, day: date, now: datetime) -> Routine:
    team = team_time(workspace)
    monday = _monday_of(day)
    figures = rhythm.week(conn, workspace.team_id, workspace.policy, _start(team, monday), now)
    coming = monday + _WEEK
    days = [coming + n * DAY for n in sorted(team.calendar.weekdays)]
    return Friday(
        first=monday,
        last=day,
        figures=vars(figures),
        next_week=_owed(conn, workspace, tuple(FollowUpKind), _end(workspace, coming)),
        days_off=[one for one in days if not team.calendar.is_working_day(one)],
    )


_FACTS = {
    Day.MONDAY: _monday,
    Day.TUESDAY: _tuesday,
    Day.THURSDAY: _thursday,
    Day.FRIDAY: _friday,
}


def _owed(
    conn: Connection, workspace: Workspace, kinds: tuple[FollowUpKind, ...], before: datetime
) -> Count:
    return _named(conn, workspace, rhythm.owed(conn, workspace.team_id, kinds, before))


def _named(conn: Connection, workspace: Workspace, by_owner: ByOwner) -> Count:
    """By name: what nobody owns, and what somebody owns who has left, is the team's."""
    names = {person.user_id: person.name for person in people.team(conn, workspace.team_id)}
    found: dict[str, int] = {}
    for owner, count in by_owner.items():
        name = names.get(owner or "", "")
        found[name] = found.get(name, 0) + count
    return Count(found)


def _monday_of(day: date) -> date:
    return day - day.weekday() * DAY


def _start(team: PersonTime, day: date) -> datetime:
    return local_instant(day, time(0), team.tz)


def _end(workspace: Workspace, day: date) -> datetime:
    """When the week of this day is over in the team's zone."""
    return _start(team_time(workspace), _monday_of(day) + _WEEK)
