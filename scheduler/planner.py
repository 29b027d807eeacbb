"""What time brings: turns what is due into deliveries. Planning twice plans nothing twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from storage.engine import Store


@dataclass
class Planner:
    """One pass over every workspace."""

    store: Store
    clock: Callable[[], datetime]

    def run(self) -> None:
        """Plan what is due now."""
