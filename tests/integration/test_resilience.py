"""The coach comes on a busy machine, and comes back after it was killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from tests.support.clients import RtcPerson, both_heard, person
from tests.support.coach import livekit_settings, running_coach, worker_of
from tests.support.provider import scripted_provider
from tests.support.speech import utterances
from tests.support.stage import services

from coach.livekit_server import Endpoint

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

SPEECH = utterances()["partner-scared"].path


@contextmanager
def busy_machine() -> Iterator[None]:
    """Every core runs a loop that never rests."""
    burn = [sys.executable, "-c", "while True: pass"]
    burners = [subprocess.Popen(burn) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


async def hear_a_hint(facilitator: RtcPerson, partner: RtcPerson) -> None:
    seen = len(facilitator.hints)
    await partner.say(SPEECH)
    await facilitator.until(
        lambda: any(hint.complete for hint in facilitator.hints[seen:]), timeout_s=40
    )


async def test_the_coach_comes_when_every_core_is_busy(livekit: Endpoint, tmp_path: Path) -> None:
    async with scripted_provider() as provider:
        environment = services(livekit, provider) | {
            "coach_room": "busy",
        }
        async with running_coach(tmp_path, "dev", environment=environment) as coach:
            with busy_machine():
                async with (
                    person("facilitator", coach.web) as facilitator,
                    person("partner", coach.web) as partner,
                ):
                    await facilitator.until(facilitator.coach, timeout_s=30)
                    await partner.publish_microphone()
                    await partner.agree()
                    await facilitator.until(facilitator.is_heard, timeout_s=30)


async def test_after_kill_9_the_coach_returns_and_counts_on(
    livekit: Endpoint, tmp_path: Path
) -> None:
    async with scripted_provider() as provider:
        environment = services(livekit, provider) | {
            "coach_room": "killed",
        }
        async with (
            running_coach(tmp_path, "dev", environment=environment) as coach,
            both_heard(coach.web) as (facilitator, partner),
        ):
            await facilitator.call("coach.pace", {"pace": "lively"})
            await hear_a_hint(facilitator, partner)
            first = worker_of(coach)
            first.send_signal(signal.SIGKILL)
            await coach.until(lambda: coach.log().count("Connected to LiveKit server") == 2)
            await facilitator.summon()
            await hear_a_hint(facilitator, partner)
            shown = [hint.attributes["seq"] for hint in facilitator.hints if hint.complete]
            assert shown == sorted(set(shown), key=int)
            assert int(shown[-1]) > 1
            assert first.pid != worker_of(coach).pid


async def test_the_partners_pause_holds_for_the_next_coach(
    livekit: Endpoint, tmp_path: Path
) -> None:
    async with scripted_provider() as provider:
        environment = services(livekit, provider) | {
            "coach_room": "paused",
        }
        async with (
            running_coach(tmp_path, "dev", environment=environment) as coach,
            person("facilitator", coach.web) as facilitator,
            person("partner", coach.web) as partner,
        ):
            await partner.publish_microphone()
            await partner.agree()
            await partner.until(partner.coach)
            assert await partner.call("coach.pause") == {"paused_by": ["partner"]}
            worker_of(coach).send_signal(signal.SIGKILL)
            await coach.until(lambda: coach.log().count("Connected to LiveKit server") == 2)
            await facilitator.summon()
            assert facilitator.statuses[-1]["reason"] == "paused_by_partner"
            await partner.say(SPEECH)
            assert provider.calls == []


async def test_nothing_is_left_running_when_the_parent_is_killed(
    livekit: Endpoint, tmp_path: Path
) -> None:
    async with running_coach(tmp_path, "dev", environment=livekit_settings(livekit)) as coach:
        family = psutil.Process(coach.process.pid).children(recursive=True)
        assert family
        coach.process.send_signal(signal.SIGKILL)
        _, alive = psutil.wait_procs(family, timeout=15)
        assert alive == []
