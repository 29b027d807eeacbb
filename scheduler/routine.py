"""The message of each working day in the team's channel, at the team's hour (R1)."""

from collections.abc import Iterator
from datetime import datetime

from bot.messages.compose import Kind
from bot.messages.letter import Letter
from bot.playbook.routine import routine_due
from scheduler.occasion import Occasion, owe
from storage.clocks import team_time
from storage.workspaces import Workspace


def occasions(workspace: Workspace, now: datetime) -> Iterator[Occasion]:
    """Today's message, while it is its time and there is a channel for it."""
    due = routine_due(now, team_time(workspace))
    if due is None or workspace.channel_id is None:
        return
    on = due.occurrence
    letter = Letter(Kind.ROUTINE, due.routine, workspace.channel_id, on.key, "weekly", on.due_at)
    yield Occasion(letter.key, lambda conn: owe(conn, workspace, letter, now, on.expires_at))
