"""What Prometheus may ask: how many, how late, how long, and what went wrong.

Each bot has a registry of its own. The labels come from closed sets (doors, routes, states) or are
bounded here; there is none for workspaces or people.
"""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_HANDLER_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)
"""Slack waits three seconds."""
_TICK_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_MOST_ERRORS = 200
"""Pairs of method and error that are told apart; Slack has far fewer that Goen can meet."""
OTHER = "other"
AGAIN = "again"
"""The outcome of a request that had taken effect before."""

# Nobody asks when a counter began, and it would double the page.
disable_created_metrics()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Gauges:
    """What is read when somebody asks. None: it could not be found out just now."""

    deliveries: Mapping[str, int] | None
    oldest_due_seconds: float | None
    clock_offset_seconds: float | None
    tick_age_seconds: float
    ready: Mapping[str, bool]


class Metrics:
    """The numbers of one bot. Counting is safe from every thread."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._handler_seconds = Histogram(
            "goen_handler_seconds",
            "From a request of Slack's to its answer.",
            ("entry", "route"),
            buckets=_HANDLER_BUCKETS,
            registry=self.registry,
        )
        self._handled = Counter(
            "goen_handled",
            "Requests by how they ended.",
            ("entry", "route", "outcome"),
            registry=self.registry,
        )
        self._duplicates = Counter(
            "goen_inbox_duplicates",
            "Requests that had taken effect before.",
            ("entry",),
            registry=self.registry,
        )
        self._deliveries = Counter(
            "goen_delivery_outcomes",
            "Tries to deliver, by what came of them.",
            ("method", "outcome"),
            registry=self.registry,
        )
        self._slack_errors = Counter(
            "goen_slack_errors",
            "Calls of Slack that were refused or not answered.",
            ("method", "error"),
            registry=self.registry,
        )
        self._limited = Counter(
            "goen_slack_rate_limited",
            "Calls of Slack that were answered with 429.",
            ("method",),
            registry=self.registry,
        )
        self._tick_seconds = Histogram(
            "goen_tick_seconds",
            "Passes of planning.",
            buckets=_TICK_BUCKETS,
            registry=self.registry,
        )
        self._errors_seen: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def handled(self, entry: str, route: str, outcome: str, seconds: float) -> None:
        self._handler_seconds.labels(entry, route).observe(seconds)
        self._handled.labels(entry, route, outcome).inc()
        if outcome == AGAIN:
            self._duplicates.labels(entry).inc()

    def delivered(self, method: str, outcome: str) -> None:
        self._deliveries.labels(method, outcome).inc()

    def slack_error(self, method: str, error: str) -> None:
        """A call of a Web API method, or of a `response_url`, that did not go well."""
        self._slack_errors.labels(*self._bounded(method, error)).inc()
        if error == "ratelimited":
            self._limited.labels(method).inc()

    def ticked(self, seconds: float) -> None:
        self._tick_seconds.observe(seconds)

    def serve_gauges(self, read: Callable[[], Gauges]) -> None:
        """Ask `read` at each scrape; it must answer at once, from what it last found out."""
        self.registry.register(_Reader(read))

    def page(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)

    def _bounded(self, method: str, error: str) -> tuple[str, str]:
        pair = (method, error if _CODE.fullmatch(error) else OTHER)
        with self._lock:
            if pair not in self._errors_seen and len(self._errors_seen) >= _MOST_ERRORS:
                return OTHER, OTHER
            self._errors_seen.add(pair)
        return pair


@dataclass(frozen=True, eq=False)
class _Reader(Collector):
    read: Callable[[], Gauges]

    def describe(self) -> list[Metric]:
        """Nothing: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        now = self.read()
        if now.deliveries is not None:
            states = GaugeMetricFamily(
                "goen_deliveries", "Deliveries that are not over.", labels=("state",)
            )
            for state, count in now.deliveries.items():
                states.add_metric((state,), count)
            yield states
        for name, text, value in (
            (
                "goen_delivery_lag_seconds",
                "By how much the oldest due delivery is late.",
                now.oldest_due_seconds,
            ),
            (
                "goen_clock_offset_seconds",
                "How far this machine's clock is ahead of the database's.",
                now.clock_offset_seconds,
            ),
            ("goen_tick_age_seconds", "Since the last pass of planning.", now.tick_age_seconds),
        ):
            if value is not None:
                yield GaugeMetricFamily(name, text, value=value)
        ready = GaugeMetricFamily("goen_ready", "1 for each part that is ready.", labels=("part",))
        for part, is_ready in now.ready.items():
            ready.add_metric((part,), float(is_ready))
        yield ready
