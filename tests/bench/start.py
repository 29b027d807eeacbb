"""From the start of `python -m bot run` to a bot that is connected to Slack, on a database that is
up to date.

Floor: a process that only imports what no such bot can do without.
"""

import subprocess
import sys
import time
from dataclasses import dataclass

import psutil
import yaml

from bot.sandbox import Sandbox
from storage.migrate import migrate
from tests.bench.measure import Compared, compared
from tests.bench.servers import free_port, surroundings
from tests.house import APP_TOKEN, BOT_TOKEN, ROOT, SIGNING_SECRET, people

_FLOOR = "import slack_bolt, sqlalchemy; print(flush=True); input()"
_PATIENCE = 60.0


@dataclass(frozen=True)
class Size:
    rounds: int = 7
    cold: int = 1


@dataclass(frozen=True)
class Found:
    """Seconds by the clock on the wall, and of the processor."""

    wall: Compared
    processor: Compared


def measure(database_url: str, size: Size) -> Found:
    migrate(database_url)
    floors, ours = [], []
    for number in range(size.cold + size.rounds):
        taken = (_floor(), _ours(database_url))
        # The first finds the files cold.
        if number >= size.cold:
            floors.append(taken[0])
            ours.append(taken[1])
    return Found(
        wall=compared([one[0] for one in floors], [one[0] for one in ours]),
        processor=compared([one[1] for one in floors], [one[1] for one in ours]),
    )


def _floor() -> tuple[float, float]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", _FLOOR],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # It ends with its input.
        stderr=subprocess.DEVNULL,
    )
    with process:
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError("the floor did not start")
        return time.perf_counter() - began, _processor_seconds(process)


def _ours(database_url: str) -> tuple[float, float]:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    with Sandbox(people(), manifest, BOT_TOKEN, APP_TOKEN, SIGNING_SECRET) as sandbox:
        env = surroundings(database_url, sandbox.api_url, by_socket=True, port=free_port())
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with process:
            try:
                sandbox.wait_for(lambda: sandbox.connected, _PATIENCE)
                return time.perf_counter() - began, _processor_seconds(process)
            finally:
                process.terminate()


def _processor_seconds(process: "subprocess.Popen[bytes]") -> float:
    used = psutil.Process(process.pid).cpu_times()
    return float(used.user + used.system)
