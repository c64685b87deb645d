"""Both pages together: speech in at the partner's, a hint out at the facilitator's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect
from tests.support.browser import Tab, chromium, tab
from tests.support.coach import Coach
from tests.support.speech import utterances

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LOOPED = utterances()["partner-looped"].path
HINT_MS = 40_000


@asynccontextmanager
async def both(coach: Coach) -> AsyncIterator[tuple[Tab, Tab]]:
    """Facilitator's and partner's page; the partner's microphone speaks and falls silent."""
    async with (
        chromium() as quiet,
        chromium(microphone=LOOPED) as speaking,
        tab(quiet, f"{coach.web}/facilitator") as facilitator,
        tab(speaking, f"{coach.web}/partner") as partner,
    ):
        yield facilitator, partner


async def join(page: Page) -> None:
    await page.locator("#join").click()


async def agree_and_join(page: Page) -> None:
    await join(page)
    await page.get_by_role("button", name="Agree and join").click()


async def test_a_hint_stands_in_the_facilitators_page_and_not_a_byte_in_the_partners(
    rehearsal: Coach,
) -> None:
    async with both(rehearsal) as (facilitator, partner):
        await join(facilitator.page)
        await expect(facilitator.page.get_by_text("Waiting for AI hints…")).to_be_visible()
        await agree_and_join(partner.page)
        await expect(partner.page.locator("#coach-indicator")).to_contain_text("listening to you")
        card = facilitator.page.get_by_test_id("hint-card")
        await expect(card).to_be_visible(timeout=HINT_MS)
        await expect(card).to_contain_text("?")
        await expect(card.get_by_role("button", name="Used")).to_be_visible()
        words = (await card.inner_text()).lower()
        assert "guilty" in words or "angry" in words or "mother" in words
        assert await partner.data_messages() == []
        assert await facilitator.data_messages() != []
        for page in (facilitator.page, partner.page):
            await expect(page.get_by_text("No Bad Parts • alpha")).to_be_visible()
            await expect(page.locator("#rehearsal")).to_have_text(
                "Rehearsal: offline recogniser and rule-based hints, not AI"
            )


async def test_hints_are_still_there_after_a_reload(rehearsal: Coach) -> None:
    async with both(rehearsal) as (facilitator, partner):
        await join(facilitator.page)
        await agree_and_join(partner.page)
        card = facilitator.page.get_by_test_id("hint-card")
        await expect(card.get_by_role("button", name="Used")).to_be_visible(timeout=HINT_MS)
        await expect(card.get_by_role("button", name="Copy").first).to_be_visible()
        followup = await card.get_by_role("button", name="Copy").count()
        assert followup
        await rehearsal.until(lambda: "Hint sent" in rehearsal.log())
        await facilitator.page.reload()
        await join(facilitator.page)
        await expect(
            facilitator.page.locator("[data-testid=hint-card], [data-testid=past-hint]").first
        ).to_be_visible()


async def test_without_agreement_nothing_is_heard(rehearsal: Coach) -> None:
    before = rehearsal.log().count("Listening to participant")
    async with both(rehearsal) as (facilitator, partner):
        await join(facilitator.page)
        await join(partner.page)
        await partner.page.get_by_role("button", name="Join without the coach").click()
        await expect(partner.page.locator("#coach-indicator")).to_contain_text("off")
        await expect(facilitator.page.locator("#status-line")).not_to_contain_text("Listening")
        assert rehearsal.log().count("Listening to participant") == before
