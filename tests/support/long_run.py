"""The long session as a process of its own, beside the tests of the same run."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MINUTES = 6
LIMIT_S = 60 * MINUTES + 120
STOP_S = 30


class LongRun:
    """A session that began some time ago."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process = process
        self._folder = folder

    def report(self) -> dict[str, Any]:
        """What came of it; waits for its end."""
        try:
            code = self._process.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            code = None
        assert code == 0, f"exit {code}:\n{(self._folder / 'log').read_text(errors='replace')}"
        report: dict[str, Any] = json.loads((self._folder / "report.json").read_text())
        return report


@contextmanager
def long_run(folder: Path) -> Iterator[LongRun]:
    """Begin it; it ends with the block."""
    command = [sys.executable, "-m", "tests.support.long_session", "--minutes", str(MINUTES)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--report", str(folder / "report.json")],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield LongRun(process, folder)
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
