"""A network that drops packets and is late, at both people's: the call and the hints go on."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.faults.conftest import Note, clean_log
from tests.faults.watching import call
from tests.support.bad_link import FAR, TUNNEL, bad_link
from tests.support.coach import Coach
from tests.support.livekit import running_livekit
from tests.support.stage import running_stage

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

INSIDE = "COACH_TEST_NAMESPACE"
LOSS, DELAY_S = 0.3, 0.3
BAD_S = 20.0
LEAST_PACKETS = 400
"""Of the sound alone there are more."""


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


def ports_of(coach: Coach) -> frozenset[int]:
    """Those that the coach talks to LiveKit from: it is bad at the people's end alone."""
    parent = psutil.Process(coach.process.pid)
    sockets = [
        one
        for process in (parent, *parent.children(recursive=True))
        for one in process.net_connections("inet")
    ]
    return frozenset(one.laddr.port for one in sockets if one.laddr)


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
                    link.spared = ports_of(stage.coach)
                    link.passed = link.dropped = 0
                    link.loss, link.delay_s = LOSS, DELAY_S
                    bad = time.monotonic()
                    await both.hear_a_later_hint(bad)
                    await asyncio.sleep(max(0.0, bad + BAD_S - time.monotonic()))
                    carried = link.passed + link.dropped
                    lost = link.dropped / carried
                    link.loss, link.delay_s = 0.0, 0.0
                    mended = time.monotonic()
                    await both.until_back(mended + 2)
                    await both.hear_a_hint()
                    both.assert_each_once()
                    both.assert_sound(bad)
                    assert carried > LEAST_PACKETS
                    assert lost == pytest.approx(LOSS, abs=0.07)
                    told = both.watcher.told_offline(bad) is not None
                    note(
                        "both people lose 30 % of packets, the rest come 300 ms late, for 20 s",
                        "hints come" + ('; "AI offline" for a while' if told else ""),
                        noticed=None,
                        back=None,
                    )
