"""What a worker that runs alone tells of itself over HTTP."""

from pathlib import Path

import aiohttp
import pytest
from tests.support.coach import free_port
from tests.support.metrics import samples

from coach.errors import CoachError
from coach.settings import Settings
from coach.worker.monitor import monitored
from coach.worker.tally import Tally

pytestmark = pytest.mark.integration

TOKEN = "metrics-token-of-the-test"
FORWARDED = {"X-Forwarded-For": "192.0.2.1"}


def settings(home: Path, **given: object) -> Settings:
    return Settings.model_validate({"coach_home": home, "coach_worker_port": free_port(), **given})


async def test_it_lives_is_ready_or_not_and_gives_its_figures(tmp_path: Path) -> None:
    ours, ready = settings(tmp_path), [False]
    base = f"http://127.0.0.1:{ours.coach_worker_port}"
    async with monitored(ours, lambda: ready[0], Tally()), aiohttp.ClientSession() as http:
        for now, status in ((False, 503), (True, 200)):
            ready[0] = now
            async with http.get(f"{base}/healthz") as reply:
                assert reply.status == 200
            async with http.get(f"{base}/readyz") as reply:
                assert reply.status == status
                assert (await reply.json())["checks"] == {"worker": now}
            async with http.get(f"{base}/metrics") as reply:
                found = samples(await reply.text())
                assert found["coach_worker_registered", ""] == now
                assert ("coach_jobs_total", "") in found
        async with http.get(f"{base}/metrics", headers=FORWARDED) as reply:
            assert reply.status == 401, "a proxy's requests come from elsewhere"


async def test_with_a_token_its_figures_are_for_who_brings_it(tmp_path: Path) -> None:
    ours = settings(tmp_path, metrics_token=TOKEN)
    url = f"http://127.0.0.1:{ours.coach_worker_port}/metrics"
    async with monitored(ours, lambda: True, Tally()), aiohttp.ClientSession() as http:
        for token, status in (("", 401), ("guess", 401), (TOKEN, 200)):
            headers = {"Authorization": f"Bearer {token}", **FORWARDED}
            async with http.get(url, headers=headers) as reply:
                assert reply.status == status


async def test_a_taken_port_is_an_error_and_none_serves_nothing(tmp_path: Path) -> None:
    ours = settings(tmp_path)
    async with monitored(ours, lambda: True, Tally()):
        with pytest.raises(CoachError, match=f"port {ours.coach_worker_port} is taken"):
            async with monitored(ours, lambda: True, Tally()):
                pass
    async with monitored(settings(tmp_path, coach_worker_port=None), lambda: True, Tally()):
        pass
