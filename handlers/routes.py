"""Which handler answers what. One look-up in a dict, because every listener that Bolt itself has to
try costs each request time."""

from collections.abc import Callable
from dataclasses import dataclass, field

from handlers.answers import Answer
from handlers.request import Entry, Request
from handlers.turn import Turn

Handler = Callable[[Turn], Answer]


@dataclass(frozen=True)
class Route:
    """A handler, and whether it only reads: then it takes no writer's lock and no inbox key.

    One that is open to newcomers is called before anybody's right to use Goen is checked, and
    checks it itself: the first to come has no team yet.
    """

    handler: Handler
    reads: bool = False
    open_to_newcomers: bool = False


@dataclass
class Routes:
    """The table of everything a person or Slack can do to Goen."""

    table: dict[tuple[Entry, str], Route] = field(default_factory=dict)

    def add(
        self,
        entry: Entry,
        name: str,
        handler: Handler,
        *,
        reads: bool = False,
        open_to_newcomers: bool = False,
    ) -> None:
        """Raises ValueError when something answers to that name already."""
        if (entry, name) in self.table:
            raise ValueError(f"two handlers answer {entry} {name!r}")
        self.table[entry, name] = Route(handler, reads, open_to_newcomers)

    def find(self, request: Request) -> Route | None:
        return self.table.get((request.entry, request.name))

    def names(self, entry: Entry) -> list[str]:
        """Everything that answers at one door, for the manifest."""
        return sorted(name for door, name in self.table if door is entry)
