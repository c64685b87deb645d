"""What the processes of sessions count, summed up by their worker.

Each tells its figures in whole, every few seconds, in Prometheus' text format, by a datagram.
"""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from coach.metrics import WorkerMetrics, exposition

TELL_SECONDS = 2.0
SILENT_SECONDS = 10.0
"""A process that has told nothing for so long has ended."""
MOST_BYTES = 200_000
NOT_SUMMED = ("_start_time_seconds", "_max_fds")


class Teller:
    """In the process of a session: tells what `read` gives, until the process ends."""

    def __init__(self, to: socket.socket, name: int, read: Callable[[], str]) -> None:
        self._to = to
        self._name = name
        self._read = read
        self._ended = threading.Event()
        threading.Thread(target=self._run, name="figures", daemon=True).start()

    def end(self) -> None:
        """Tell a last time."""
        self._ended.set()
        self._tell()

    def _run(self) -> None:
        while not self._ended.wait(TELL_SECONDS):
            self._tell()

    def _tell(self) -> None:
        """The next telling makes up for one that finds no room, or nobody who listens."""
        with contextlib.suppress(OSError):
            self._to.send(f"{self._name}\n{self._read()}".encode())


class Tally:
    """In the worker: its own metrics, and those of all its processes."""

    def __init__(self) -> None:
        self.metrics = WorkerMetrics()
        self._told: dict[str, tuple[float, str]] = {}
        self._ended = ""

    @contextmanager
    def listening(self) -> Iterator[socket.socket]:
        """Where processes tell theirs, until the block ends."""
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        with ours, theirs:
            ours.setblocking(False)
            theirs.setblocking(False)
            loop.add_reader(ours.fileno(), self._take, ours)
            try:
                yield theirs
            finally:
                loop.remove_reader(ours.fileno())

    def _take(self, end: socket.socket) -> None:
        name, _, text = end.recv(MOST_BYTES).decode().partition("\n")
        self._told[name] = asyncio.get_running_loop().time(), text

    def exposition(self) -> str:
        """The sums of now."""
        own = exposition(self.metrics)
        if not self._told and not self._ended:
            return own
        self._settle()
        return summed([own, self._ended, *(text for _, text in self._told.values())])

    def _settle(self) -> None:
        """Of a process that has ended its counts remain, and its sessions are over."""
        now = asyncio.get_running_loop().time()
        for name, (told_at, text) in tuple(self._told.items()):
            if now - told_at > SILENT_SECONDS:
                del self._told[name]
                self._ended = summed([self._ended, text], gauges=False)


def summed(texts: Iterable[str], *, gauges: bool = True) -> str:
    """Expositions as one; of what can't be summed, the first."""
    total: dict[str, Metric] = {}
    for family in (found for text in texts for found in text_string_to_metric_families(text)):
        if gauges or family.type != "gauge":
            _add(total.setdefault(family.name, _empty(family)), family)
    registry = CollectorRegistry()
    registry.register(_Fixed(list(total.values())))
    return generate_latest(registry).decode()


def _empty(family: Metric) -> Metric:
    return Metric(family.name, family.documentation, family.type)


def _add(into: Metric, family: Metric) -> None:
    places = {_key(sample.name, sample.labels): at for at, sample in enumerate(into.samples)}
    for sample in family.samples:
        at = places.get(_key(sample.name, sample.labels))
        if at is None:
            into.add_sample(sample.name, sample.labels, sample.value)
        elif not sample.name.endswith(NOT_SUMMED):
            before = into.samples[at]
            into.samples[at] = before._replace(value=before.value + sample.value)


def _key(name: str, labels: dict[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


class _Fixed(Collector):
    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> list[Metric]:
        """As they are."""
        return self._families
