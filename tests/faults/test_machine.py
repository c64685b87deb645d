"""The machine sleeps, or its clock jumps."""

import asyncio
import signal
import time
from pathlib import Path

import psutil
import pytest
from tests.faults.conftest import Note, clean_log
from tests.faults.watching import GONE_S, call
from tests.support.coach import livekit_settings, running_coach
from tests.support.livekit import running_livekit
from tests.support.provider import scripted_provider

from coach.livekit_server import Endpoint
from coach.livekit_server.layout import Layout
from coach.livekit_server.processes import Record

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

SLEEP_S = 20.0
BACK_S = 20.0
BEAT_S = 2.5
JUMPS = ("+50", "-40", "+0")
"""Seconds; the call server keeps its clock, and refuses tokens that are off by over a minute."""
JUMP_S = 8.0
FAKE_TIME = "*/faketime/libfaketime.so.1"


async def test_the_laptop_sleeps(tmp_path: Path, note: Note) -> None:
    home = tmp_path / "livekit"
    with running_livekit(home) as livekit:
        async with scripted_provider() as provider:
            settings = livekit_settings(livekit) | {
                "openai_api_key": "sk-test",
                "openai_base_url": provider.base_url,
            }
            async with running_coach(tmp_path / "coach", "dev", environment=settings) as coach:
                with clean_log(coach.log):
                    async with call(coach.web) as both:
                        await both.expect_many_hints(provider)
                        await both.hear_a_hint()
                        asleep = machine(coach.process.pid, home)
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


async def test_the_clock_jumps(livekit: Endpoint, tmp_path: Path, note: Note) -> None:
    library = next(Path("/usr/lib").glob(FAKE_TIME), None)
    if library is None:
        pytest.skip("libfaketime is not installed")
    clock = tmp_path / "clock"
    clock.write_text("+0")
    async with scripted_provider() as provider:
        environment = livekit_settings(livekit) | {
            "openai_api_key": "sk-test",
            "openai_base_url": provider.base_url,
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        async with running_coach(tmp_path / "coach", "dev", environment=environment) as coach:
            with clean_log(coach.log):
                async with call(coach.web) as both:
                    await both.expect_many_hints(provider)
                    await both.hear_a_hint()
                    first = time.monotonic()
                    for jump in JUMPS:
                        clock.write_text(jump)
                        await asyncio.sleep(JUMP_S)
                        await both.hear_a_hint()
                    both.assert_each_once()
                    both.assert_sound(first)
                    assert both.watcher.longest_silence(first, time.monotonic()) < GONE_S
                    assert both.watcher.offline == []
                    assert coach.log().count("Joined room") == 1
                    note("the clock jumps by 50, -90 and 40 s", "nothing", noticed=None, back=None)
