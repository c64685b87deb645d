"""Both pages and the rehearsing coach, as `coach dev` starts them without a key."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from tests.support.browser import chromium, tab
from tests.support.coach import Coach, livekit_settings, running_coach
from tests.support.livekit import running_livekit
from tests.support.pages import agree, card, join
from tests.support.speech import utterances

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOOPED = utterances()["partner-looped"].path
HINT_MS = 40_000


@pytest_asyncio.fixture(loop_scope="session")
async def rehearsal(tmp_path: Path) -> AsyncIterator[Coach]:
    """Offline recogniser and rule-based hints; what it logged stands beside a failure. The server
    is its own: on the shared one another coach of this name might take the session.
    """
    with running_livekit(tmp_path / "livekit") as livekit:
        environment = livekit_settings(livekit)
        async with running_coach(tmp_path / "coach", "dev", environment=environment) as coach:
            yield coach
            print(coach.log())


async def test_a_hint_stands_in_the_facilitators_page_and_not_a_byte_in_the_partners(
    rehearsal: Coach, browser: Browser
) -> None:
    async with (
        chromium(microphone=LOOPED) as speaking,
        tab(browser, f"{rehearsal.web}/facilitator") as facilitator,
        tab(speaking, f"{rehearsal.web}/partner") as partner,
    ):
        await join(facilitator)
        await expect(facilitator.page.get_by_text("Waiting for AI hints…")).to_be_visible()
        await agree(partner)
        await expect(partner.find("#coach-indicator")).to_contain_text("listening to you")
        hint = card(facilitator)
        await expect(hint).to_be_visible(timeout=HINT_MS)
        await expect(hint).to_contain_text("?")
        await expect(hint.get_by_role("button", name="Used")).to_be_visible()
        words = (await hint.inner_text()).lower()
        assert "guilty" in words or "angry" in words or "mother" in words
        assert await partner.data_messages() == []
        assert await facilitator.data_messages() != []
        for page in (facilitator.page, partner.page):
            await expect(page.get_by_text("No Bad Parts • alpha")).to_be_visible()
            await expect(page.locator("#rehearsal")).to_have_text(
                "Rehearsal: offline recogniser and rule-based hints, not AI"
            )
