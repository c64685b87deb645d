"""Which process is ours: known again by pid, start time and executable together."""

import contextlib
import json
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import psutil

SAME_START_SECONDS = 2.0
POLL_SECONDS = 0.02
GRACE_SECONDS = 5.0
FORCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells a process from a later one with the same pid."""

    pid: int
    started: float
    exe: str

    @classmethod
    def of(cls, pid: int) -> Self:
        """Mark a running process. Raises psutil.Error when it has ended."""
        process = psutil.Process(pid)
        return cls(pid, _start_time(process), process.exe())

    def process(self) -> psutil.Process | None:
        """The same process if it still runs, else None."""
        try:
            process = psutil.Process(self.pid)
            same = (
                _lives(process)
                and abs(_start_time(process) - self.started) < SAME_START_SECONDS
                and process.exe() == self.exe
            )
        except psutil.Error:
            return None
        return process if same else None


@dataclass(frozen=True, slots=True)
class Record:
    """The two processes of a started server: the keeper, and the server that it watches over."""

    keeper: Mark
    server: Mark

    def write(self, path: Path) -> None:
        """Replace the file in one step."""
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(self)), encoding="utf-8")
        part.replace(path)

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The last record, or None when there is none that can be read."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return cls(keeper=Mark(**content["keeper"]), server=Mark(**content["server"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None


def end(processes: Iterable[psutil.Process], grace_s: float, force_s: float) -> None:
    """TERM, wait, TERM again, wait, KILL; returns when none is left.

    livekit-server waits on the first TERM until everybody has left, ignores one that comes within
    its first 0.1 s, and takes the second as an order.
    """
    left = list(processes)
    for seconds in (grace_s, force_s):
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
        left = still_running(left, seconds)
        if not left:
            return
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    still_running(left, force_s)


def still_running(processes: Iterable[psutil.Process], timeout_s: float) -> list[psutil.Process]:
    """Wait until these have ended; returns those that have not after the timeout.

    A zombie has ended: some containers' first process never takes them away.
    """
    until = time.monotonic() + timeout_s
    left = [process for process in processes if _lives(process)]
    while left and time.monotonic() < until:
        time.sleep(POLL_SECONDS)
        left = [process for process in left if _lives(process)]
    return left


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _start_time(process: psutil.Process) -> float:
    """Seconds; counted from boot on Linux, whose wall-clock start times move with the clock."""
    created = process.create_time()
    return created - psutil.boot_time() if sys.platform == "linux" else created
