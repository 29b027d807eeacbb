"""Processes that the load is sent to, or whose start is timed: the real bot, and bare floors."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.house import APP_TOKEN, BOT_TOKEN, CHANNEL, ROOT, SIGNING_SECRET

_PATIENCE = 30.0


def surroundings(database_url: str, api_url: str, *, by_socket: bool, port: int) -> dict[str, str]:
    """The environment in which `python -m bot run` finds the local Slack and a database."""
    way_in = (
        {"SLACK_APP_TOKEN": APP_TOKEN} if by_socket else {"SLACK_SIGNING_SECRET": SIGNING_SECRET}
    )
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        **way_in,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_API_URL": api_url,
        "DATABASE_URL": database_url,
        "GOEN_PORT": str(port),
        "GOEN_CHANNEL": CHANNEL,
    }


@contextmanager
def running_bot(database_url: str, api_url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """`python -m bot run` in HTTP mode: its port and its process id."""
    port = free_port()
    with (folder / "bot.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env=surroundings(database_url, api_url, by_socket=False, port=port),
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for_port(port, process)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(_PATIENCE)


@contextmanager
def running_floor(module: str, *arguments: str) -> Iterator[tuple[int, int]]:
    """A floor, which says its port when it is up and ends with its input; with its process id."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a process without pipes")
    with process:
        try:
            yield int(process.stdout.readline()), process.pid
        finally:
            process.stdin.close()
            process.wait(_PATIENCE)


def resident_megabytes(process_id: int) -> float:
    """The memory that a process holds now (RSS)."""
    held: int = psutil.Process(process_id).memory_info().rss
    return held / 1_000_000


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
