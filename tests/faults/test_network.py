"""A network that drops packets and is late: the call goes on, and so do the hints."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.conftest import Note, clean_log
from tests.faults.watching import call
from tests.support.bad_link import FAR, TUNNEL, bad_link
from tests.support.livekit import running_livekit
from tests.support.stage import running_stage

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

INSIDE = "COACH_TEST_NAMESPACE"
LOSS, DELAY_S = 0.3, 0.3
BAD_S = 20.0
APART_S = 8.0
"""Hints follow each other no sooner."""


def in_namespace(test: str) -> None:
    """Run this test once more, in a network namespace of its own."""
    if os.geteuid() != 0 or not Path(TUNNEL).exists():
        pytest.skip(f"a network namespace with a tunnel needs root and {TUNNEL}")
    namespace = ["unshare", "--net"]
    probe = subprocess.run([*namespace, "true"], capture_output=True, text=True, check=False)
    if probe.returncode:
        pytest.skip(f"no network namespace may be made here: {probe.stderr.strip()}")
    inside = subprocess.run(
        [
            *namespace,
            *("sh", "-c", 'ip link set lo up && exec "$@"', "sh"),
            *(sys.executable, "-m", "pytest", "-q", "-s", "-m", "faults", f"{__file__}::{test}"),
        ],
        env=os.environ | {INSIDE: "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert inside.returncode == 0, inside.stdout + inside.stderr
    print(inside.stdout)


async def test_every_third_packet_is_lost_and_the_others_are_late(
    request: pytest.FixtureRequest, tmp_path: Path, note: Note
) -> None:
    if INSIDE not in os.environ:
        await asyncio.to_thread(in_namespace, request.node.name)
        return
    with bad_link() as link, running_livekit(tmp_path / "livekit", at=FAR) as livekit:
        async with running_stage(tmp_path / "coach", livekit) as stage:
            with clean_log(stage.coach.log):
                async with call(stage.web) as both:
                    await both.expect_many_hints(stage.provider)
                    await both.hear_a_hint()
                    link.passed = link.dropped = 0
                    link.loss, link.delay_s = LOSS, DELAY_S
                    bad = time.monotonic()
                    await asyncio.sleep(APART_S)
                    await both.hear_a_hint()
                    await asyncio.sleep(max(0.0, bad + BAD_S - time.monotonic()))
                    lost = link.dropped / (link.passed + link.dropped)
                    link.loss, link.delay_s = 0.0, 0.0
                    mended = time.monotonic()
                    await both.until_back(mended + 2)
                    await both.hear_a_hint()
                    both.assert_each_once()
                    both.assert_sound(bad)
                    assert lost == pytest.approx(LOSS, abs=0.05)
                    told = both.watcher.told_offline(bad) is not None
                    note(
                        "30 % of packets lost, the others 300 ms late each way, for 20 s",
                        "hints come" + ('; "AI offline" for a while' if told else ""),
                        noticed=None,
                        back=None,
                    )
