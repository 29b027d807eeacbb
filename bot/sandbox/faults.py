"""Faults on demand: what a network or a busy Slack does to a call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Faults that strike after the call has taken effect: unless it is patient with a slow answer, the
# caller cannot know whether it did.
AFTER = frozenset(
    {
        "accept_then_drop",
        "accept_then_reset",
        "accept_then_500",
        "accept_then_timeout",
        "truncated",
        "slow",
    }
)
BEFORE = frozenset({"429", "500", "reset", "timeout"})


@dataclass(frozen=True)
class Fault:
    """One fault. `delay` is how many seconds `timeout` and `accept_then_timeout` keep silent, and
    how late the answer of `slow` comes."""

    method: str
    kind: str
    retry_after: int = 1
    delay: float = 30.0
    when: Callable[[Mapping[str, Any]], bool] | None = None

    @property
    def after(self) -> bool:
        return self.kind in AFTER


class Faults:
    """The faults that wait for their call. A method of `*` strikes any Web API method;
    `response_url` and `upload` name the two addresses outside the Web API."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[tuple[Fault, list[int]]] = []

    def add(
        self,
        method: str,
        kind: str,
        *,
        times: int = 1,
        retry_after: int = 1,
        delay: float = 30.0,
        when: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> None:
        """Strike the next `times` calls of `method` (those whose arguments pass `when`).

        Raises ValueError for a kind that does not exist; `error:<slack_error>` answers ok:false.
        """
        if kind not in AFTER | BEFORE and not kind.startswith("error:"):
            raise ValueError(f"no such fault: {kind}")
        with self._lock:
            self._waiting.append((Fault(method, kind, retry_after, delay, when), [times]))

    def take(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """The fault that strikes this call, used up by one."""
        with self._lock:
            for fault, left in self._waiting:
                if fault.method not in ("*", method) or left[0] <= 0:
                    continue
                if fault.when is None or fault.when(args):
                    left[0] -= 1
                    return fault
        return None

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
