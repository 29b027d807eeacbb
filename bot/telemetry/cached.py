"""Asking something slow without ever waiting for it long."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass
class _Question:
    asked_at: float
    answered: threading.Event = field(default_factory=threading.Event)


@dataclass
class Cached(Generic[T]):
    """The answer to a question that a database or Slack may take long for.

    It counts for `fresh_for` seconds. Whoever asks again after that waits `patience` seconds at
    most; nobody waits for a question that has been out for longer, and it is never asked twice at
    the same time.
    """

    name: str
    ask: Callable[[], T]
    fresh_for: float
    patience: float
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _question: _Question | None = None
    _answer: tuple[float, T] | None = None

    def get(self) -> T | None:
        """None when the answer failed or did not come in time."""
        with self._lock:
            fresh = self._fresh()
            if fresh is not None:
                return fresh[1]
            if self._question is None:
                self._question = _Question(time.monotonic())
                # A thread that hangs in a dead connection must not keep the process alive.
                threading.Thread(
                    target=self._find_out,
                    args=(self._question,),
                    name=f"goen-{self.name}",
                    daemon=True,
                ).start()
            question = self._question
        question.answered.wait(max(0.0, question.asked_at + self.patience - time.monotonic()))
        with self._lock:
            fresh = self._fresh()
        return fresh[1] if fresh is not None else None

    def _fresh(self) -> tuple[float, T] | None:
        found = self._answer
        return found if found and found[0] + self.fresh_for > time.monotonic() else None

    def _find_out(self, question: _Question) -> None:
        try:
            answer = (time.monotonic(), self.ask())
        except Exception as error:  # noqa: BLE001 - whatever it is, there is no answer
            log.warning("%s: %s", self.name, error)
            answer = None
        with self._lock:
            self._answer = answer
            self._question = None
        question.answered.set()
