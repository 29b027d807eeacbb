"""Workers that are born warm.

A nest is a process that works a little by itself, so that whatever is made at its first use is
made: compiled statements, most of all. Then it closes its connections and forks, in a millisecond
and as often as it is told to. Each of its young opens connections of its own.
"""

import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from tests.faults.workers import Bench, Post, die_with_parent, fork, kill, pipe

log = logging.getLogger(__name__)

Task = Callable[..., object]
"""What one of the young does: a function of a module, called with its own bench first."""


class Nest:
    """The line to a nest; see `nest`."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def hatch(self, name: str, task: Task, *args: Any) -> int:
        """A worker of this name begins a task; its process id."""
        self._line.send((name, task, args))
        pid: int = self._line.recv()
        return pid

    def bury(self, pid: int) -> int:
        """Wait until it is dead; its exit code, as `os.waitstatus_to_exitcode` has it."""
        self._line.send(pid)
        code: int = self._line.recv()
        return code

    def kill(self, pid: int) -> int:
        """SIGKILL; its exit code, which is another one if it was dead before."""
        os.kill(pid, signal.SIGKILL)
        return self.bury(pid)


@contextmanager
def nest(post: Post, warm_up: Callable[[Bench], None]) -> Iterator[Nest]:
    """A nest that is warm. All that came of it die with it."""
    mine, theirs = pipe()
    process = fork(_sit, post, warm_up, theirs)
    theirs.close()
    try:
        # Whoever listens is told by an end of file that it died.
        mine.recv()
        yield Nest(mine)
    finally:
        kill(process)


def _sit(post: Post, warm_up: Callable[[Bench], None], line: Connection) -> None:
    bench = Bench(post, "the nest")
    warm_up(bench)
    bench.store.close()
    line.send("warm")
    while True:
        told = line.recv()
        if isinstance(told, int):
            _, status = os.waitpid(told, 0)
            line.send(os.waitstatus_to_exitcode(status))
        else:
            line.send(_hatch(bench, *told))


def _hatch(bench: Bench, name: str, task: Task, args: tuple[Any, ...]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        die_with_parent()
        task(Bench(bench.post, name, bench.store), *args)
    except BaseException:
        log.exception("%s", name)
    finally:
        # Without what the nest would do at its end.
        os._exit(0)
