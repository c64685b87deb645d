"""What the processes of `coach start` load, and what that takes before anybody comes."""

import functools
import json
import subprocess
import sys

import pytest

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is weighed as Linux tells it"),
]

WEB = "coach.running"
WORKER = "coach.worker.process"
MOST_MB = {WEB: 62.0, WORKER: 106.0}
WEIGH = """
import json, sys
from pathlib import Path
import coach.cli
coach.cli.lighten(openid=False)
import {modules}
lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
(own,) = [int(line.split()[1]) for line in lines if line.startswith("Pss_Anon")]
print(json.dumps([own * 1024 / 1e6, list(sys.modules)]))
"""


@functools.cache
def loaded(modules: str) -> tuple[float, frozenset[str]]:
    """What no file backs of a fresh process after these imports, in MB, and every module in it."""
    done = subprocess.run(
        [sys.executable, "-c", WEIGH.format(modules=modules)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    own_mb, names = json.loads(done.stdout)
    return own_mb, frozenset(names)


UNUSED = {
    "alembic",
    "cryptography",
    "rich",
    "sqlalchemy.orm",
    "coach.evaluation",
    "coach.doctor",
    "coach.top",
}


@pytest.mark.parametrize("modules", [WEB, WORKER])
def test_a_process_stays_within_its_budget(modules: str) -> None:
    mb, names = loaded(modules)
    assert mb <= MOST_MB[modules], f"{mb:.0f} MB in {len(names)} modules"


@pytest.mark.parametrize("modules", [WEB, WORKER])
def test_a_process_loads_nothing_that_only_other_commands_need(modules: str) -> None:
    """What is loaded is also what a start waits for."""
    _, names = loaded(modules)
    assert not names & UNUSED


def test_the_web_app_loads_nothing_of_the_worker() -> None:
    _, names = loaded(WEB)
    worker = {"livekit.agents", "livekit.rtc", "numpy", "openai", "av", "coach.hints.engine"}
    assert not names & worker


def test_the_worker_loads_neither_web_app_nor_a_second_voice_detector() -> None:
    _, names = loaded(WORKER)
    assert not names & {"coach.running", "coach.web", "onnxruntime"}
