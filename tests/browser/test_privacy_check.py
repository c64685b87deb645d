"""The privacy self-test on the facilitator's page, before joining."""

import pytest
from playwright.async_api import Browser, expect
from tests.support.accessible import violations
from tests.support.browser import tab
from tests.support.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONG_MS = 40_000


async def test_the_facilitator_sees_that_no_byte_reaches_the_partner(
    stage: Stage, browser: Browser
) -> None:
    async with tab(browser, f"{stage.web}/facilitator") as page:
        await page.click("#privacy-check")
        said = page.find("#privacy-said")
        await expect(said).to_contain_text("Testing: a test partner listens")
        await expect(page.find("#privacy-check")).to_be_disabled()
        await expect(said).to_have_attribute("data-stage", "kept", timeout=LONG_MS)
        await expect(said).to_contain_text("0 bytes reached the partner: the facilitator got")
        assert await violations(page.page) == []
