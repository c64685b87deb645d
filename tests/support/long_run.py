"""The long session as a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MINUTES = 6
LIMIT_S = 60 * MINUTES + 120
STOP_S = 30


def long_run(folder: Path) -> dict[str, Any]:
    """Hold it, and give its report, with its log."""
    command = [sys.executable, "-m", "tests.support.long_session", "--minutes", str(MINUTES)]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--report", str(folder / "report.json")],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    code = _end_of(process)
    said = log.read_text(errors="replace")
    assert code == 0, f"exit {code}:\n{said}"
    report: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return report | {"log": said}


def _end_of(process: subprocess.Popen[bytes]) -> int | None:
    """Its exit code, None where it had to be stopped; it ends in any case."""
    try:
        return process.wait(LIMIT_S)
    except subprocess.TimeoutExpired:
        return None
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
