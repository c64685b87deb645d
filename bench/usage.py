"""What processes use: time of the cores, and memory."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import psutil

MB = 1_000_000
Processes = Callable[[], list[psutil.Process]]


def alone(pid: int) -> Processes:
    """This process without its children."""
    process = psutil.Process(pid)
    return lambda: [process]


def tree(pid: int) -> Processes:
    """This process and all that it started."""
    parent = psutil.Process(pid)
    return lambda: [parent, *parent.children(recursive=True)]


def below(pid: int) -> Processes:
    """All that this process started."""
    parent = psutil.Process(pid)
    return lambda: parent.children(recursive=True)


@dataclass(frozen=True, slots=True)
class Meter:
    """Weighs the parts of a program by name."""

    parts: Mapping[str, Processes]

    def cpu_s(self) -> dict[str, float]:
        """Seconds of a core that each part has used since it began, ended children included."""
        return {name: sum(map(_cpu_s, _living(found))) for name, found in self.parts.items()}

    def memory_mb(self) -> dict[str, float]:
        """Each part's proportional set size, in MB of a million bytes."""
        return {name: sum(map(_pss_mb, _living(found))) for name, found in self.parts.items()}

    @contextlib.contextmanager
    def stretch(self) -> Iterator[dict[str, float]]:
        """The cores that each part uses in the block, known when it ends; "machine" is everything
        that runs here.
        """
        cores: dict[str, float] = {}
        before, began = self._with_machine(), time.monotonic()
        yield cores
        seconds = time.monotonic() - began
        cores |= {
            name: (after - before[name]) / seconds for name, after in self._with_machine().items()
        }

    def _with_machine(self) -> dict[str, float]:
        return self.cpu_s() | {"machine": _busy_s()}


def _living(found: Processes) -> list[psutil.Process]:
    return [process for process in found() if process.is_running()]


def _cpu_s(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _pss_mb(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / MB
    except psutil.NoSuchProcess:
        return 0.0


def _busy_s() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq)
