"""Processes of the product, seen from outside."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil

POLL_SECONDS = 0.02


def processes_of(home: Path) -> list[str]:
    """The command lines of the living processes that name this folder."""
    return [
        line
        for process in psutil.process_iter(["cmdline", "status"])
        if str(home) in (line := " ".join(process.info["cmdline"] or []))
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def until(condition: Callable[[], object], what: str, timeout_s: float = 20.0) -> None:
    """Wait until the condition holds; fails with `what` after the timeout. Blocks."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, f"not within {timeout_s} s: {what}"
        time.sleep(POLL_SECONDS)
