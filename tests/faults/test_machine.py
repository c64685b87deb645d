"""The machine sleeps, or its clock jumps."""

import asyncio
import shutil
import signal
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from tests.faults.conftest import Note, clean_log
from tests.faults.watching import GONE_S, call
from tests.support.coach import running_coach
from tests.support.livekit import running_livekit
from tests.support.provider import scripted_provider
from tests.support.stage import running_stage, services

from coach.livekit_server import Endpoint
from coach.livekit_server.layout import Layout
from coach.livekit_server.processes import Record

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

SLEEP_S = 20.0
BACK_S = 20.0
BEAT_S = 2.5
JUMPS = (50, -40, 0)
"""Seconds beside the true time; the call server keeps its own clock, and refuses tokens that are
off by over a minute.
"""
JUMP_S = 8.0
SHIM = Path(__file__).parents[1] / "support" / "jumping_clock.c"


@dataclass(frozen=True, slots=True)
class Clock:
    """The wall's clock of web app and worker; libfaketime's is too slow for the LiveKit SDK."""

    library: Path
    offset: Path

    def environment(self) -> dict[str, str]:
        """Of a program that goes by it."""
        return {"LD_PRELOAD": str(self.library), "JUMPING_CLOCK": str(self.offset)}

    def jump(self, seconds: int) -> None:
        """From now on it is off by so much."""
        with self.offset.open("r+b") as file:
            file.write(struct.pack("l", seconds))


async def test_the_laptop_sleeps(tmp_path: Path, note: Note) -> None:
    home = tmp_path / "livekit"
    with running_livekit(home) as livekit:
        async with running_stage(tmp_path / "coach", livekit) as stage:
            with clean_log(stage.coach.log):
                async with call(stage.web) as both:
                    await both.expect_many_hints(stage.provider)
                    await both.hear_a_hint()
                    asleep = machine(stage.coach.process.pid, home)
                    for process in asleep:
                        process.send_signal(signal.SIGSTOP)
                    try:
                        await asyncio.sleep(SLEEP_S)
                    finally:
                        for process in asleep:
                            process.send_signal(signal.SIGCONT)
                    woke = time.monotonic()
                    back = await both.until_back(woke + BEAT_S)
                    await both.hear_a_hint()
                    both.assert_each_once()
                    assert back - woke <= BACK_S
                    sound = next(at for at in both.watcher.sound.at if at > woke)
                    saw = f"no call while it sleeps; sound back {sound - woke:.1f} s after"
                    note(
                        "server, web app and worker sleep for 20 s",
                        saw,
                        noticed=None,
                        back=back - woke,
                    )


def machine(coach: int, livekit_home: Path) -> list[psutil.Process]:
    """Everything but the two people."""
    parent = psutil.Process(coach)
    record = Record.read(Layout(livekit_home).record)
    assert record is not None
    server = record.server.process()
    assert server is not None
    return [parent, *parent.children(recursive=True), server]


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("a clock that jumps needs Linux and a C compiler")
    library, offset = tmp_path / "clock.so", tmp_path / "offset"
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(SHIM)]
    subprocess.run(command, check=True)
    offset.write_bytes(struct.pack("l", 0))
    return Clock(library, offset)


async def test_the_clock_jumps(livekit: Endpoint, tmp_path: Path, clock: Clock, note: Note) -> None:
    async with scripted_provider() as provider:
        settings = services(livekit, provider)
        environment = settings | clock.environment()
        async with running_coach(tmp_path / "coach", "dev", environment=environment) as coach:
            with clean_log(coach.log):
                async with call(coach.web) as both:
                    await both.expect_many_hints(provider)
                    await both.hear_a_hint()
                    first = time.monotonic()
                    for seconds in JUMPS:
                        clock.jump(seconds)
                        await asyncio.sleep(JUMP_S)
                        await both.hear_a_hint()
                    both.assert_each_once()
                    both.assert_sound(first)
                    assert both.watcher.longest_silence(first, time.monotonic()) < GONE_S
                    assert both.watcher.offline == []
                    assert coach.log().count("Joined room") == 1
                    note("the clock jumps by 50, -90 and 40 s", "nothing", noticed=None, back=None)
