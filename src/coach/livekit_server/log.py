"""The server's log: kept small while it is being written."""

import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

KEPT = 5
FOLLOW_SECONDS = 0.2
MAX_BYTES = 5_000_000


def rotate(log: Path) -> None:
    """Shift log to log.1, log.1 to log.2 and so on, and keep five old ones.

    The log itself is copied and then emptied: its writer holds it open for appending.
    """
    if not log.exists() or log.stat().st_size == 0:
        return
    for number in range(KEPT - 1, 0, -1):
        older = _numbered(log, number)
        if older.exists():
            older.replace(_numbered(log, number + 1))
    shutil.copyfile(log, _numbered(log, 1))
    with log.open("r+b") as file:
        file.truncate(0)


def rotate_when_large(log: Path, max_bytes: int = MAX_BYTES) -> None:
    """Rotate once the log has reached this size."""
    if log.exists() and log.stat().st_size >= max_bytes:
        rotate(log)


def follow(log: Path, lines: int) -> Iterator[str]:
    """The last lines and then every new one, also after the log was rotated. Never ends."""
    with log.open("rb") as file:
        *before, rest = file.read().split(b"\n")
        yield from _decoded(before[-lines:] if lines else [])
        while True:
            if log.stat().st_size < file.tell():
                file.seek(0)
            *whole, rest = (rest + file.read()).split(b"\n")
            yield from _decoded(whole)
            time.sleep(FOLLOW_SECONDS)


def tail(log: Path, lines: int) -> list[str]:
    """The last lines, oldest first; empty when there is no log."""
    if not log.exists():
        return []
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:] if lines else []


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    return (line.decode(errors="replace") for line in lines)


def _numbered(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
