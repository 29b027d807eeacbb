"""How long each step of a delivery may take (DESIGN §3). Safety rests on these durations."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Timing:
    """`lease` is how long a worker may hold a claim, `settle` how long Slack's history may lag
    behind an accepted post, `patience` how long Slack may take to answer one call.

    A post that began within its lease must have ended before anybody looks for it: opening a
    direct message and posting, each at its slowest, fit into the lease, and one into `settle`.
    """

    lease: timedelta = timedelta(seconds=90)
    settle: timedelta = timedelta(seconds=20)
    patience: timedelta = timedelta(seconds=10)
    back_off: timedelta = timedelta(seconds=5)
    most_tries: int = 5

    def __post_init__(self) -> None:
        if self.patience >= self.settle or self.longest_post >= self.lease:
            raise ValueError(f"{self}: a post could outlast its lease or its settle time")

    @property
    def longest_post(self) -> timedelta:
        """Opening a direct message and posting to it, each at Slack's slowest, with some room."""
        return 2.5 * self.patience
