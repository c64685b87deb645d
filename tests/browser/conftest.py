"""One coach and one browser for all tests of the pages; a fresh session and fresh pages a test."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from tests.support.browser import chromium
from tests.support.stage import Stage, fresh_session, running_stage

from coach.livekit_server import Endpoint

expect.set_options(timeout=15_000)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def shared_stage(
    livekit: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Started as `coach dev` with a server and a provider of the tests."""
    async with running_stage(tmp_path_factory.mktemp("coach"), livekit) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def stage(shared_stage: Stage) -> AsyncIterator[Stage]:
    """The coach in a fresh session."""
    async with fresh_session(shared_stage) as stage:
        yield stage


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Has two of each device, and says yes to every question."""
    async with chromium() as browser:
        yield browser
