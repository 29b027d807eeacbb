"""How a running bot is: what liveness, readiness and the metrics are told.

Everything slow is asked aside and remembered for some seconds, so that a database or a Slack that
does not answer makes a part missing and never makes an answer wait.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.telemetry.cached import Cached
from bot.telemetry.metrics import Gauges
from scheduler.errands import Errands
from scheduler.ticker import Ticker
from storage import pulse
from storage.engine import Store
from storage.migrate import newest_schema, schema_of
from storage.pulse import Backlog

LONGEST_TICK = 60.0
"""Seconds without a tick after which the process counts as stuck; one comes every 15."""
_DATABASE_FRESH, _SLACK_FRESH = 5.0, 60.0
_PATIENCE = 2.0


@dataclass(frozen=True)
class _Seen:
    """What the last look at the database found."""

    is_migrated: bool
    backlog: Backlog | None
    clock_offset: float | None


@dataclass
class Health:
    """`clock` is the one that the bot goes by, `wall_clock` this machine's. `slack_answers` says
    whether Slack takes our token, and `is_linked` whether Socket Mode's link stands; in HTTP mode
    there is none, and it is true."""

    store: Store
    ticker: Ticker
    errands: Errands
    clock: Callable[[], datetime]
    wall_clock: Callable[[], datetime]
    slack_answers: Callable[[], bool]
    is_linked: Callable[[], bool] = lambda: True
    _database: Cached[_Seen] = field(init=False)
    _slack: Cached[bool] = field(init=False)

    def __post_init__(self) -> None:
        self._database = Cached("database", self._look, _DATABASE_FRESH, _PATIENCE)
        self._slack = Cached("slack", self.slack_answers, _SLACK_FRESH, _PATIENCE)

    def missing_to_live(self) -> list[str]:
        """The parts that have died; only a new process helps. Answers at once."""
        parts = {
            "ticker": self.ticker.seconds_since_tick < LONGEST_TICK,
            "delivery": self.ticker.is_delivering,
            "errands": self.errands.is_running,
        }
        return [name for name, is_there in parts.items() if not is_there]

    def missing_to_serve(self) -> list[str]:
        """The parts without which this process should get no work."""
        return [name for name, is_there in self._parts().items() if not is_there]

    def gauges(self) -> Gauges:
        """What the metrics show of this moment."""
        seen = self._database.get()
        backlog = seen.backlog if seen else None
        return Gauges(
            deliveries=_by_name(backlog) if backlog else None,
            oldest_due_seconds=self._lag(backlog) if backlog else None,
            clock_offset_seconds=seen.clock_offset if seen else None,
            tick_age_seconds=self.ticker.seconds_since_tick,
            ready=self._parts(),
        )

    def _parts(self) -> dict[str, bool]:
        seen = self._database.get()
        dead = self.missing_to_live()
        return {
            "ticker": "ticker" not in dead,
            "delivery": "delivery" not in dead,
            "errands": "errands" not in dead,
            "database": seen is not None,
            "schema": seen is not None and seen.is_migrated,
            "slack": self.is_linked() and self._slack.get() is True,
        }

    def _lag(self, backlog: Backlog) -> float:
        if backlog.oldest_due is None:
            return 0.0
        return max(0.0, (self.clock() - backlog.oldest_due).total_seconds())

    def _look(self) -> _Seen:
        with self.store.read() as conn:
            theirs = pulse.database_time(conn)
            offset = (self.wall_clock() - theirs).total_seconds() if theirs else None
            if schema_of(conn) != newest_schema():
                return _Seen(is_migrated=False, backlog=None, clock_offset=offset)
            return _Seen(
                is_migrated=True,
                backlog=pulse.backlog(conn, self.clock()),
                clock_offset=offset,
            )


def _by_name(backlog: Backlog) -> dict[str, int]:
    return {state.value: count for state, count in backlog.counts.items()}
