"""The rows of the table: what is measured on which database, at which size, against which goal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from storage.engine import Store, open_engine
from storage.migrate import migrate
from tests.bench import books, claims, commands, figures, reminders, start, summaries, whom_to_ask
from tests.bench.commands import Kind
from tests.bench.table import Line, rate, said, seconds
from tests.house import Postgres
from tests.scheduler.stand import enter

_BOTH = ("SQLite", "PostgreSQL")
_P99 = 0.05
"""Seconds within which 99 of 100 commands are to be answered."""
_P99_BESIDE = 0.2
"""The same while pages are being printed."""


@dataclass(frozen=True)
class Sizes:
    """How much of everything: the whole, or just enough to see that it works."""

    databases: Sequence[str] = _BOTH
    kinds: Sequence[Kind] = tuple(Kind)
    command: commands.Size = field(default_factory=commands.Size)
    contacts: Sequence[int] = (1_000, 100_000, 1_000_000)
    whom: whom_to_ask.Size = field(default_factory=whom_to_ask.Size)
    customers: int = 100_000
    dashboard: figures.Size = field(default_factory=figures.Size)
    due: claims.Size = field(default_factory=claims.Size)
    pace: reminders.Size = field(default_factory=reminders.Size)
    begin: start.Size = field(default_factory=start.Size)
    summary: summaries.Size = field(default_factory=summaries.Size)


FULL = Sizes()
TINY = Sizes(
    databases=("SQLite",),
    kinds=(Kind.ANSWERED,),
    command=commands.Size(
        contacts=1_000, requests=6, rounds=1, connections=2, paced=6, paced_rounds=1
    ),
    contacts=(1_000,),
    whom=whom_to_ask.Size(calls=1, rounds=1),
    customers=1_000,
    dashboard=figures.Size(calls=1, rounds=1),
    due=claims.Size(due=20, channels=10, batch=5, jobs=3, rounds=1),
    pace=reminders.Size(reminders=4, channels=2),
    begin=start.Size(rounds=1, cold=0),
    summary=summaries.Size(
        rounds=1, burst=2, command=commands.Size(contacts=1_000, paced=6, paced_rounds=1)
    ),
)


@dataclass
class Bench:
    """Where it is measured: empty databases, as many as are asked for."""

    sizes: Sizes
    folder: Path
    postgres: Postgres
    now: datetime
    _made: int = 0

    def address(self, database: str, stack: ExitStack) -> str:
        if database == "PostgreSQL":
            return stack.enter_context(self.postgres.database())
        self._made += 1
        return f"sqlite:///{self.folder}/{self._made}.db"

    @contextmanager
    def store(self, database: str) -> Iterator[Store]:
        """An empty, migrated database."""
        with ExitStack() as stack:
            address = self.address(database, stack)
            migrate(address)
            store = Store(open_engine(address))
            stack.callback(store.close)
            yield store


def measure(
    names: Sequence[str], sizes: Sizes, folder: Path, postgres: Postgres
) -> Iterator[tuple[str, list[Line]]]:
    """These rows, one after the other, each with its lines."""
    bench = Bench(sizes, folder, postgres, datetime.now(UTC))
    for name in names:
        yield name, list(_ROWS[name](bench))


def _command(bench: Bench) -> Iterator[Line]:
    goal = f"< {said(_P99)}"
    for database in bench.sizes.databases:
        for kind in bench.sizes.kinds:
            with ExitStack() as stack:
                address, floor = (bench.address(database, stack) for _ in range(2))
                found = commands.measure(kind, address, floor, bench.folder, bench.sizes.command)
            yield rate(kind.value, database, found.throughput, 0.5)
            yield seconds("processor", database, found.processor, None)
            yield Line(
                "paced",
                database,
                said(found.p99.median) + (f", {found.refused} ✗" if found.refused else ""),
                said(found.floor_p99.median),
                goal=goal,
                is_met=found.p99.median < _P99 and not found.refused,
            )
    yield Line("memory", database, f"{found.megabytes:.0f} MB")


def _whom(bench: Bench) -> Iterator[Line]:
    for database in bench.sizes.databases:
        for contacts in bench.sizes.contacts:
            with bench.store(database) as store:
                with store.write() as conn:
                    books.fill(conn, contacts, bench.now)
                found = whom_to_ask.measure(store, bench.now, bench.sizes.whom)
            yield seconds("whom", database, found, 4, contacts)


def _claims(bench: Bench) -> Iterator[Line]:
    size = bench.sizes.due
    for database in bench.sizes.databases:
        with bench.store(database) as store:
            found = claims.measure(store, bench.now, size)
        yield rate("claims", database, found, 30, size.due)


def _figures(bench: Bench) -> Iterator[Line]:
    many = bench.sizes.customers
    for database in bench.sizes.databases:
        with bench.store(database) as store:
            enter(store, bench.now)
            with store.write() as conn:
                books.fill(conn, many, bench.now)
                books.fill_programme(conn, many, bench.now)
            found = figures.measure(store, bench.now, bench.sizes.dashboard)
        yield seconds("figures", database, found, 10, many)


def _reminders(bench: Bench) -> Iterator[Line]:
    size = bench.sizes.pace
    for database in bench.sizes.databases:
        with bench.store(database) as store:
            found = reminders.measure(store, size)
        if found.lost or found.doubled:
            raise RuntimeError(f"{found.lost} reminders lost, {found.doubled} doubled")
        yield seconds("reminders", database, found.seconds, 1.1, size.reminders)


def _start(bench: Bench) -> Iterator[Line]:
    with ExitStack() as stack:
        found = start.measure(bench.address("SQLite", stack), bench.sizes.begin)
    yield seconds("start", "SQLite", found.wall, 2)
    yield seconds("processor", "SQLite", found.processor, None)


def _summary(bench: Bench) -> Iterator[Line]:
    size = bench.sizes.summary
    yield seconds("summary", "", summaries.measure(size), 1.3)
    for database in bench.sizes.databases:
        with ExitStack() as stack:
            address, floor = (bench.address(database, stack) for _ in range(2))
            p99 = summaries.measure_burst(address, floor, bench.folder, bench.now, size)
        yield Line(
            "beside",
            database,
            said(p99.median),
            goal=f"< {said(_P99_BESIDE)}",
            is_met=p99.median < _P99_BESIDE,
            n=size.burst,
        )


_ROWS: Mapping[str, Callable[[Bench], Iterator[Line]]] = {
    "command": _command,
    "whom": _whom,
    "claims": _claims,
    "figures": _figures,
    "reminders": _reminders,
    "start": _start,
    "summary": _summary,
}
ALL = tuple(_ROWS)
