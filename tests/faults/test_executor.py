"""Sessions in processes of their own: the same session, and a crash that stays in its process."""

import asyncio
import signal
from collections.abc import AsyncIterator

import aiohttp
import psutil
import pytest
import pytest_asyncio
from tests.faults.watching import call
from tests.support.coach import worker_of
from tests.support.metrics import samples
from tests.support.stage import Stage, fresh_session, running_stage

from coach.livekit_server import Endpoint

pytestmark = [
    pytest.mark.faults,
    pytest.mark.lengthy,
    pytest.mark.asyncio(loop_scope="module"),
]

COUNTED_S = 30.0
CONNECTED = "Connected to LiveKit server"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_stage(
    livekit: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    home = tmp_path_factory.mktemp("coach")
    async with running_stage(home, livekit, coach_executor="process") as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(shared_stage: Stage) -> AsyncIterator[Stage]:
    async with fresh_session(shared_stage) as stage:
        yield stage


async def counted(stage: Stage, name: str, label: str, wanted: float) -> None:
    """Until the metrics of the worker and its processes say so."""
    found: dict[tuple[str, str], float] = {}
    try:
        async with asyncio.timeout(COUNTED_S), aiohttp.ClientSession() as http:
            while found.get((name, label)) != wanted:
                await asyncio.sleep(0.2)
                async with http.get(f"{stage.web}/metrics") as reply:
                    found = samples(await reply.text())
    except TimeoutError:
        raise AssertionError(f"{name} {label} is {found.get((name, label))}") from None


def process_of_the_session(stage: Stage) -> psutil.Process:
    """The one below the worker that holds media connections."""
    below = worker_of(stage.coach).children(recursive=True)
    (found,) = (one for one in below if one.net_connections("udp"))
    return found


async def test_a_session_is_held_counted_and_logged_as_in_a_thread(stage: Stage) -> None:
    async with call(stage.web) as both:
        await both.hear_a_hint()
        both.assert_each_once()
        await counted(stage, "coach_hints_total", "hint", 1)
        await counted(stage, "coach_sessions", "listening", 1)
        assert "Joined room: no-bad-parts" in stage.coach.log()
    await stage.close_room()
    await counted(stage, "coach_sessions", "listening", 0)
    await counted(stage, "coach_hints_total", "hint", 1)


async def test_a_crash_ends_one_session_and_another_process_takes_it_back(stage: Stage) -> None:
    async with call(stage.web) as both:
        await both.hear_a_hint()
        connections = stage.coach.log().count(CONNECTED)
        joined = stage.coach.log().count("Joined room")
        process_of_the_session(stage).send_signal(signal.SIGSEGV)
        await stage.coach.until(lambda: stage.coach.log().count("Joined room") > joined)
        await both.until_heard()
        await both.hear_a_hint()
        both.assert_each_once()
        assert stage.coach.log().count(CONNECTED) == connections, "the worker went on"
