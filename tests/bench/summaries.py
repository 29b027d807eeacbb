"""The page for a customer's superior, as PDF and picture, and a burst of them beside commands.

Floor: typst compiling the very template with the very data to the same two formats, and nothing
else: no choice of results, no wording, no look at what was cut.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import typst

from bot import pictures
from bot.pictures.press import Press
from bot.pictures.summary import TEMPLATE, data_of
from bot.playbook.terms import Direction
from bot.texts.voice import Voice
from storage import errands, results
from storage.engine import Store
from storage.states import ErrandKind
from tests.bench import commands
from tests.bench.measure import Compared, Spread, alternate, timed
from tests.house import SATO, TEAM
from tests.pictures.pages import summary

_FOLDER = Path(pictures.__file__).parent
_FIRST = 1
"""Sato's first account in the books, see `books`; each fifth one is his."""


@dataclass(frozen=True)
class Size:
    """`burst` pages are asked for at once while commands come in at a fixed pace."""

    calls: int = 2
    rounds: int = 7
    burst: int = 50
    command: commands.Size = field(
        # A busy team's hour; five times as many would fill the machine by themselves.
        default_factory=lambda: commands.Size(paced=400, per_second=40.0)
    )


def measure(size: Size) -> Compared:
    """Seconds for one page."""
    press, voice, page = Press(), Voice("ja", "Asia/Tokyo"), summary()
    data = json.dumps(data_of(page, voice), ensure_ascii=False)

    def floor() -> object:
        compiler = typst.Compiler(
            str(_FOLDER / "templates" / f"{TEMPLATE}.typ"),
            root=str(_FOLDER / "templates"),
            font_paths=[str(_FOLDER / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"data": data},
        )
        pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
        return pdf, compiler.compile(format="png", ppi=150)

    def ours() -> object:
        return press.print(TEMPLATE, data_of(page, voice))

    return alternate(timed(floor, size.calls), timed(ours, size.calls), size.rounds)


def measure_burst(
    database_url: str, floor_url: str, folder: Path, now: datetime, size: Size
) -> Spread:
    """Seconds within which 99 of 100 commands are answered meanwhile."""

    def ask(store: Store) -> None:
        for number in range(size.burst):
            _ask_for_one(store, _FIRST + 5 * number, now)

    return commands.measure_beside(database_url, floor_url, folder, size.command, ask)


def _ask_for_one(store: Store, customer: int, now: datetime) -> None:
    with store.write() as conn:
        results.add(
            conn,
            TEAM,
            customer_id=customer,
            contact_id=customer,
            kpi="見積作成時間",
            before=Decimal("4.2"),
            after=Decimal("2.2"),
            before_unit="h",
            after_unit="h",
            direction=Direction.LOWER,
            period="",
            note="",
            percent=Decimal(-48),
            improved=True,
            measured_at=now,
            created_by=SATO,
            created_at=now,
        )
        errands.add(
            conn,
            TEAM,
            now,
            kind=ErrandKind.SUMMARY,
            key=f"summary:{customer}",
            asked_by=SATO,
            detail={"contact": customer, "day": now.date().isoformat()},
        )
