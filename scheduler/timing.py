"""How long each step of a delivery may take (DESIGN §3). Safety rests on these durations."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Timing:
    """`lease` is how long a worker may hold a claim, `settle` how long Slack's history may lag
    behind an accepted post, `patience` how long Slack may take to answer one call.

    A post that passed the fence must have ended before anybody looks for it: one call fits into
    `settle`, opening a direct message and posting to it into the lease. What failed waits for
    `back_off`, then each time as long as it has waited in all, at most `longest_wait`.
    """

    lease: timedelta = timedelta(seconds=45)
    settle: timedelta = timedelta(seconds=20)
    patience: timedelta = timedelta(seconds=10)
    back_off: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(minutes=5)
    most_tries: int = 5

    def __post_init__(self) -> None:
        if self.patience >= self.settle or self.longest_post >= self.lease:
            raise ValueError(f"{self}: a post could outlast its lease or its settle time")

    @property
    def longest_post(self) -> timedelta:
        """Opening a direct message and posting to it, each at Slack's slowest, with some room."""
        return 2.5 * self.patience

    def next_wait(
        self, first_try_at: datetime | None, now: datetime, least: timedelta
    ) -> timedelta:
        """How long to wait with what goes on failing, so that it is tried ever less often."""
        waited = now - first_try_at if first_try_at else least
        return min(max(waited, least), self.longest_wait)
