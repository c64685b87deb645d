"""What Prometheus reads of this product. No label names a session or a person."""

from collections import Counter as Count
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

STATES = (
    "waiting_for_partner",
    "waiting_for_consent",
    "listening",
    "thinking",
    "paused",
    "stopped",
    "degraded",
)
CONSENTS = ("none", "granted", "declined", "withdrawn")
CARDS = ("hint", "safety", "test")
STAGES = ("stt", "llm_first", "total")
PARTS = ("stt", "llm")
ERRORS = (
    "key_refused",
    "rate_limited",
    "model_not_found",
    "slow",
    "failing",
    "cut",
    "garbled",
    "insecure",
    "unreachable",
    "refused",
)
COMINGS = ("present", "dispatched", "waiting")
BUCKETS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0)

Standing = tuple[str, str]
"""A session's state, and the partner's consent ("" before any answer)."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # the library leaves it untyped


class WorkerMetrics:
    """Of one worker process; sessions in threads of it may use them at the same time."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        self._sessions = _Sessions()
        own.register(self._sessions)
        ProcessCollector("coach_worker", registry=own)
        self.jobs = Counter("coach_jobs", "Dispatches that the worker took.", registry=own)
        self.hints = Counter("coach_hints", "Cards shown, by kind.", ["card"], registry=own)
        self.dropped = Counter(
            "coach_hints_dropped", "Hints that came to nothing, by rule.", ["rule"], registry=own
        )
        self.cut = Counter("coach_hints_cut", "Cards broken off on the screen.", registry=own)
        self.repaired = Counter(
            "coach_hints_repaired", "Sections changed or left out, by rule.", ["rule"], registry=own
        )
        self.latency = Histogram(
            "coach_hint_latency_seconds",
            "Of unasked hints: stt and total from the end of speech, llm_first from the request.",
            ["stage"],
            buckets=BUCKETS,
            registry=own,
        )
        self.provider_errors = Counter(
            "coach_provider_errors",
            "Failed calls, by part and kind.",
            ["part", "kind"],
            registry=own,
        )
        self._begin_at_zero()

    @contextmanager
    def session(self, read: Callable[[], Standing]) -> Iterator[None]:
        """Count a session, by what `read` says of it, until the block ends."""
        self._sessions.running.append(read)
        try:
            yield
        finally:
            self._sessions.running.remove(read)

    def provider_failed(self, part: str, reason: str) -> None:
        """A call failed, for this reason of the status contract."""
        self.provider_errors.labels(part, reason.removeprefix(f"{part}_")).inc()

    def _begin_at_zero(self) -> None:
        """A counter that first appears with its first event hides that event from rates."""
        for card in CARDS:
            self.hints.labels(card)
        for stage in STAGES:
            self.latency.labels(stage)
        for part in PARTS:
            for kind in ERRORS:
                self.provider_errors.labels(part, kind)


class WebMetrics:
    """Of the web app's process. `worker_ready`: whether its worker is registered; None without
    one. `open_pages`: how many pages hold a connection.
    """

    def __init__(
        self,
        worker_ready: Callable[[], bool] | None,
        open_pages: Callable[[], int] = lambda: 0,
    ) -> None:
        own = self.registry = CollectorRegistry()
        ProcessCollector("coach_web", registry=own)
        if worker_ready is not None:
            tell_registered(own, worker_ready)
        pages = Gauge("coach_open_pages", "Pages that hold a connection.", registry=own)
        pages.set_function(open_pages)
        self.missed = Counter(
            "coach_missed",
            "Times that a facilitator's page heard nothing of the coach, by what came of it.",
            ["state"],
            registry=own,
        )
        for state in COMINGS:
            self.missed.labels(state)


def tell_registered(registry: CollectorRegistry, ready: Callable[[], bool]) -> None:
    """Have these figures say whether a worker is registered."""
    gauge = Gauge("coach_worker_registered", "Whether the worker is registered.", registry=registry)
    gauge.set_function(lambda: float(ready()))


def exposition(metrics: WorkerMetrics | WebMetrics) -> str:
    """The figures of now in Prometheus' text format."""
    return generate_latest(metrics.registry).decode()


class _Sessions(Collector):
    """Running sessions, asked at the moment of reading."""

    def __init__(self) -> None:
        self.running: list[Callable[[], Standing]] = []

    def collect(self) -> Iterator[Metric]:
        """Sessions by state and by consent; all of them are named, also those with none."""
        standings = [read() for read in tuple(self.running)]
        states = Count(state for state, _ in standings)
        consents = Count(consent or "none" for _, consent in standings)
        yield _gauge("coach_sessions", "Running sessions, by state.", "state", STATES, states)
        yield _gauge(
            "coach_consents", "Running sessions, by consent.", "consent", CONSENTS, consents
        )


def _gauge(
    name: str, about: str, label: str, known: tuple[str, ...], counted: Count[str]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value in dict.fromkeys((*known, *counted)):
        family.add_metric([value], counted[value])
    return family
