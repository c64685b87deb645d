"""A worker that has held its sessions makes room for a fresh one, and nobody misses a coach."""

from pathlib import Path

import psutil
import pytest
from tests.support.clients import both_heard
from tests.support.coach import worker_of
from tests.support.livekit import running_livekit
from tests.support.stage import Stage, running_stage
from tests.support.web_app import eventually

pytestmark = pytest.mark.integration

REPLACED_S = 40.0


async def hold_session(stage: Stage) -> None:
    """Two people, until the coach listens to one of them."""
    async with both_heard(stage.web, 60):
        await stage.close_room()


def successor(stage: Stage, before: psutil.Process) -> bool:
    """Whether another process stands in the worker's place."""
    try:
        return worker_of(stage.coach).pid != before.pid
    except (StopIteration, psutil.NoSuchProcess):
        return False


async def test_a_worker_that_held_its_sessions_is_replaced_once_nobody_is_there(
    tmp_path: Path,
) -> None:
    with running_livekit(tmp_path / "livekit") as livekit:
        home = tmp_path / "coach"
        async with running_stage(home, livekit, coach_worker_sessions="2") as stage:
            before = worker_of(stage.coach)
            await hold_session(stage)
            await hold_session(stage)
            assert before.is_running()
            await eventually(lambda: successor(stage, before), REPLACED_S)
            await hold_session(stage)
            log = stage.coach.log()
        assert "Worker process is done; starting another" in log, log
        assert "Worker process ended" not in log, log
        assert "Traceback" not in log, log
