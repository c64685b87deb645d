"""Whole parts are taken away: the call server, the web app, the disk."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from tests.faults.conftest import Note, assert_no_exception, clean_log
from tests.faults.watching import GAP_S, GONE_S, call
from tests.support.coach import running_coach
from tests.support.livekit import running_livekit
from tests.support.provider import scripted_provider
from tests.support.stage import running_stage, services

from coach.livekit_server import Endpoint
from coach.livekit_server.layout import Layout
from coach.livekit_server.processes import Record

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

DISK = "1m"


async def test_the_call_server_is_killed(tmp_path: Path, note: Note) -> None:
    home = tmp_path / "livekit"
    with running_livekit(home) as livekit:
        async with running_stage(tmp_path / "coach", livekit) as stage, call(stage.web) as both:
            await both.expect_many_hints(stage.provider)
            await both.hear_a_hint()
            record = Record.read(Layout(home).record)
            assert record is not None
            server = record.server.process()
            assert server is not None
            killed = time.monotonic()
            server.kill()
            await both.facilitator.until(
                lambda: any(at > killed + 2 for at in both.watcher.sound.at), timeout_s=60
            )
            sound = next(at for at in both.watcher.sound.at if at > killed + 2)
            await both.facilitator.until(lambda: both.watcher.beats[-1][0] > sound, timeout_s=60)
            await both.until_heard(60)
            back = time.monotonic()
            await both.hear_a_later_hint(killed)
            both.assert_each_once()
            assert_no_exception(stage.coach.log())
            saw = f"the call reconnects by itself (sound back after {sound - killed:.1f} s)"
            note("call server killed (SIGKILL)", saw, noticed=None, back=back - killed)


async def test_the_web_app_is_killed_with_all_that_it_started(
    livekit: Endpoint, tmp_path: Path, note: Note
) -> None:
    home = tmp_path / "coach"
    async with contextlib.AsyncExitStack() as stack:
        first = await stack.enter_async_context(running_stage(home, livekit))
        both = await stack.enter_async_context(call(first.web))
        await both.expect_many_hints(first.provider)
        await both.hear_a_hint()
        family = psutil.Process(first.coach.process.pid).children(recursive=True)
        killed = time.monotonic()
        first.coach.process.send_signal(signal.SIGKILL)
        _, orphans = await asyncio.to_thread(psutil.wait_procs, family, 15)
        assert orphans == []
        second = await stack.enter_async_context(running_stage(home, livekit))
        second.provider.chat.default = first.provider.chat.default
        up = time.monotonic()
        both.facilitator.web = both.partner.web = second.web
        await both.facilitator.until(lambda: both.watcher.beats[-1][0] > up)
        await both.until_heard()
        back = time.monotonic()
        await both.hear_a_later_hint(killed)
        both.assert_each_once()
        noticed = both.watcher.told_offline(killed)
        assert noticed is not None
        assert noticed <= GONE_S
        assert_no_exception(second.coach.log())
        both.assert_sound(killed)
        note("web app killed (SIGKILL)", "AI offline", noticed=noticed, back=back - killed)


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A file system of its own, for root alone."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a file system")
    place.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no file system may be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


async def test_the_disk_is_full(livekit: Endpoint, tmp_path: Path, note: Note) -> None:
    with small_disk(tmp_path / "disk") as disk:
        async with scripted_provider() as provider:
            settings = services(livekit, provider) | {"coach_home": str(disk / "home")}
            async with running_coach(tmp_path / "coach", "dev", environment=settings) as coach:
                with clean_log(coach.log):
                    async with call(coach.web) as both:
                        await both.hear_a_hint()
                        full = time.monotonic()
                        _fill(disk)
                        await both.facilitator.call("coach.test_hint")
                        await both.facilitator.until(
                            lambda: both.facilitator.state()[1] == "not_saved"
                        )
                        noticed = time.monotonic() - full
                        (disk / "filler").unlink()
                        await both.facilitator.call("coach.test_hint")
                        await both.facilitator.until(
                            lambda: both.facilitator.state()[1] != "not_saved"
                        )
                        await both.facilitator.until(lambda: both.seqs() == [1, 2, 3])
                        assert both.watcher.sound.longest_gap(full, time.monotonic()) < GAP_S
                        note(
                            "the store's disk is full",
                            "hints go on; can't be saved",
                            noticed=noticed,
                            back=None,
                        )


def _fill(disk: Path) -> None:
    free = shutil.disk_usage(disk).free
    with contextlib.suppress(OSError), (disk / "filler").open("wb") as filler:
        filler.write(b"\0" * (free + 4096))
