"""Taking in a file of signals, from Slack or from the command line (I2)."""

from collections.abc import Callable
from datetime import datetime

from bot.playbook.signal_file import SignalFile
from bot.views.signals import FileCounts, RowProblem
from handlers.signal_news import Reach
from handlers.signal_taking import Outcome, take
from storage.engine import Store

_BATCH = 500


def take_file(
    store: Store,
    team_id: str,
    file: SignalFile,
    by: str,
    now: datetime,
    cause: str,
    reach: Reach,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[FileCounts, list[RowProblem]]:
    """Take a file in, batch by batch: how many rows of which outcome, and what is wrong with which.

    Taken in again, after it was cut off or mended, nothing counts twice. `on_progress` hears of
    each batch how many rows of how many are done.
    """
    outcomes: list[Outcome] = []
    problems: list[RowProblem] = []
    for start in range(0, len(file.rows), _BATCH):
        rows = file.rows[start : start + _BATCH]
        reads = [row.read for row in rows]
        verdicts = take(store, team_id, reads, by, now, f"{cause}:{start}", reach)
        for row, verdict in zip(rows, verdicts, strict=True):
            outcomes.append(verdict.outcome)
            problems += [RowProblem(row.line_number, one) for one in verdict.problems]
        if on_progress:
            on_progress(len(outcomes), len(file.rows))
    counted = FileCounts(*(outcomes.count(one) for one in Outcome))
    return counted, problems
