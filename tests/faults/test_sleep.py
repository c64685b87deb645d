"""The machine sleeps, and lines are cut: open page and coach come back by themselves."""

import asyncio
import signal
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import aiohttp
import psutil
import pytest
import pytest_asyncio
from playwright.async_api import Browser
from tests.faults.watching import call
from tests.support.browser import NETWORK_LOSS, chromium, tab
from tests.support.coach import worker_of
from tests.support.metrics import samples
from tests.support.relay import Relay, relay
from tests.support.stage import Stage

from coach.worker.server import SLEPT_SECONDS

pytestmark = [
    pytest.mark.faults,
    pytest.mark.lengthy,
    pytest.mark.asyncio(loop_scope="module"),
]

WAIT_S = 60.0
AWOKEN = "connecting to LiveKit anew"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


def page_through(line: Relay) -> str:
    return f"http://127.0.0.1:{line.port}/facilitator"


async def read(stage: Stage, name: str) -> float:
    async with aiohttp.ClientSession() as http, http.get(f"{stage.web}/metrics") as reply:
        return samples(await reply.text())[name, ""]


async def until(stage: Stage, name: str, wanted: float) -> None:
    found = -1.0
    try:
        async with asyncio.timeout(WAIT_S):
            while found != wanted:
                await asyncio.sleep(0.2)
                found = await read(stage, name)
    except TimeoutError:
        raise AssertionError(f"{name} is {found}, not {wanted}:\n{stage.coach.log()}") from None


async def sleep(stage: Stage, seconds: float) -> None:
    """Stop every process of the coach, and let them go on."""
    tree = [psutil.Process(stage.coach.process.pid), worker_of(stage.coach)]
    for process in tree:
        process.send_signal(signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        for process in tree:
            process.send_signal(signal.SIGCONT)


async def test_an_open_page_holds_the_machine_and_a_closed_one_lets_go(
    stage: Stage, browser: Browser
) -> None:
    assert await read(stage, "coach_open_pages") == 0
    async with relay(urlsplit(stage.web).port or 0) as line:
        async with tab(
            browser, f"http://127.0.0.1:{line.port}/facilitator", expected=NETWORK_LOSS
        ) as page:
            await until(stage, "coach_open_pages", 1)
            async with page.page.expect_request("**/api/presence"):
                line.cut()
            await until(stage, "coach_open_pages", 1)
        await until(stage, "coach_open_pages", 0)


async def test_after_sleep_page_and_coach_are_back(stage: Stage, browser: Browser) -> None:
    async with (
        relay(urlsplit(stage.web).port or 0) as line,
        tab(browser, page_through(line), expected=NETWORK_LOSS) as page,
    ):
        await until(stage, "coach_open_pages", 1)
        await sleep(stage, SLEPT_SECONDS + 2)
        async with page.page.expect_request("**/api/presence"):
            line.cut()
        await stage.coach.until(lambda: AWOKEN in stage.coach.log())
        await until(stage, "coach_worker_registered", 1)
        await until(stage, "coach_open_pages", 1)
    async with call(stage.web) as both:
        await both.hear_a_hint()
