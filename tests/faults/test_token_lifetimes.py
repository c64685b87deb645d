"""A session that outlives its tokens, with a broken connection in the lifetime of each."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect
from tests.support.browser import NETWORK_LOSS, Tab, chromium, tab
from tests.support.pages import join, sees
from tests.support.practice import create, signed_in_desk
from tests.support.web_app import Client, eventually

from coach.livekit_server import Endpoint
from coach.web import join as joining

pytestmark = [pytest.mark.faults, pytest.mark.lengthy]

expect.set_options(timeout=15_000)
LEEWAY = timedelta(minutes=1)
"""For so long the server takes a token that has expired."""
LIFE_S = 4.0


@pytest_asyncio.fixture
async def desk(
    tmp_path: Path, livekit: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    """A practice whose tokens open the room for four seconds, leeway and all."""
    monkeypatch.setattr(joining, "TOKEN_LIFE", timedelta(seconds=LIFE_S) - LEEWAY)
    async with signed_in_desk(tmp_path, livekit) as client:
        yield client


async def outlive(page: Tab, other: Tab) -> None:
    """A token's life goes by, and the connection breaks after it; nobody does anything."""
    over = time.monotonic() + LIFE_S
    await eventually(lambda: time.monotonic() > over)
    before = len(await page.marks())
    await page.click("#debug-full-reconnect")
    await page.until(
        f"window.marks.slice({before}).includes('data-connection=reconnecting')"
        " && document.documentElement.dataset.connection === 'connected'"
    )
    await sees(page, other="present")
    await sees(other, other="present")


async def test_a_session_outlives_three_tokens_with_a_loss_in_each_and_nobody_notices(
    desk: Client,
) -> None:
    _, secrets = await create(desk)
    links = {
        role: str(desk.make_url(f"/session/{role}?debug=1#invite={secret}"))
        for role, secret in secrets.items()
    }
    async with (
        chromium() as browser,
        tab(browser, links["facilitator"], expected=NETWORK_LOSS) as facilitator,
        tab(browser, links["partner"], expected=NETWORK_LOSS) as partner,
    ):
        await join(facilitator)
        await join(partner)
        await partner.click("#decline")
        await sees(facilitator, other="present")
        for page in (facilitator, partner):
            await page.click("#debug summary")
        joined = [len(await page.marks()) for page in (facilitator, partner)]
        for page, other in ((facilitator, partner), (partner, facilitator), (facilitator, partner)):
            await outlive(page, other)
        for page, known in ((facilitator, joined[0]), (partner, joined[1])):
            phases = [mark for mark in (await page.marks())[known:] if "phase" in mark]
            assert set(phases) == {"data-phase=call"}
            await expect(page.page.get_by_test_id("notice")).to_have_count(0)
