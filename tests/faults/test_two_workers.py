"""Two workers; the one with the session dies, and the other takes it."""

import time
from pathlib import Path

import pytest
from tests.faults.conftest import Note
from tests.faults.test_worker import BACK_S, BEAT_S
from tests.faults.watching import GONE_S, call
from tests.support.coach import running_coach, running_worker, worker_of
from tests.support.provider import scripted_provider
from tests.support.stage import services

from coach.livekit_server import Endpoint

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

CONNECTED, JOINED = "Connected to LiveKit server", "Joined room"


async def test_one_of_two_workers_dies(livekit: Endpoint, tmp_path: Path, note: Note) -> None:
    home = tmp_path / "coach"
    async with scripted_provider() as provider:
        settings = services(livekit, provider)
        async with running_coach(home, "dev", environment=settings) as coach:
            with running_worker(tmp_path / "second", home / "home", **settings) as second:
                await second.until(lambda: CONNECTED in second.log())
                async with call(coach.web) as both:
                    await both.hear_a_hint()
                    killed = time.monotonic()
                    if JOINED in second.log():
                        second.process.kill()
                    else:
                        worker_of(coach).kill()
                    back = await both.until_back(killed + BEAT_S)
                    await both.hear_a_hint()
                    both.assert_each_once()
                    both.assert_sound(killed)
                noticed = both.watcher.told_offline(killed)
                assert noticed is None or noticed <= GONE_S
                assert back - killed <= BACK_S
                log = coach.log() + second.log()
                assert log.count(JOINED) == 2, log
                saw = both.watcher.saw(killed)
                note("one of two workers dies", saw, noticed=noticed, back=back - killed)
