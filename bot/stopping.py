"""Ending a process: told once it finishes what it has begun, told twice it ends at once."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

log = logging.getLogger(__name__)

GIVES_UP_AFTER = 13.0
"""Seconds for everything that is under way; the longest is a post, which Slack has ten for."""
_ENDS_AFTER = 15.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_KILLED_BY = 128


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """An event that is set by the first SIGINT or SIGTERM; the second ends the process."""
    told = threading.Event()

    def on_signal(number: int, _: FrameType | None) -> None:
        if told.is_set():
            os._exit(_KILLED_BY + number)
        told.set()

    before = {one: signal.signal(one, on_signal) for one in _SIGNALS}
    try:
        yield told
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def ended_in_time(give_up: Callable[[], object]) -> Iterator[None]:
    """End the process when the block does not end: `give_up` first lets go of what is held here.

    Nothing is lost by that. What was not committed never happened, and what was sent without an
    answer is in doubt, as after any death.
    """

    def let_go() -> None:
        log.warning("what is under way takes too long, and is left to others")
        try:
            give_up()
        except Exception:
            log.exception("what is held here could not be given back")
        leave()

    timers = (threading.Timer(GIVES_UP_AFTER, let_go), threading.Timer(_ENDS_AFTER, leave))
    for timer in timers:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        if any(
            not one.daemon for one in threading.enumerate() if one is not threading.main_thread()
        ):
            # Such as planning that waits for Slack: it holds nothing, and is done again elsewhere.
            leave()
        for timer in timers:
            timer.cancel()


def leave() -> None:
    """End the process without waiting for its threads."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)
