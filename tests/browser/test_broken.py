"""What breaks under a call, and how the pages come back by themselves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.support.accessible import violations
from tests.support.browser import NETWORK_LOSS, Tab, tab
from tests.support.clients import person
from tests.support.coach import worker_of
from tests.support.livekit import running_livekit
from tests.support.pages import agree, ask_for_a_test_card, facilitating, join, sees, status
from tests.support.stage import Stage, running_stage

from coach.livekit_server.layout import Layout
from coach.livekit_server.processes import Record

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

OPERATOR = "/facilitator?debug=1"
LONG_MS = 40_000


async def connected(page: Tab) -> None:
    await expect(page.find("html")).to_have_attribute(
        "data-connection", "connected", timeout=LONG_MS
    )


async def beat(page: Tab) -> None:
    """Until the coach is heard anew: what stands on the page may be older than the break."""
    known = len(await page.data_messages())
    await page.until(f"window.dataChannelMessages.length >= {known + 6}")


@asynccontextmanager
async def mending(page: Tab) -> AsyncIterator[None]:
    """Something breaks the call inside; it mends, says so, and never calls the coach gone."""
    before = len(await page.marks())
    yield
    await page.until(
        f"window.marks.slice({before}).includes('data-connection=reconnecting')"
        " && document.documentElement.dataset.connection === 'connected'"
    )
    await expect(page.find("#banner")).to_contain_text("Reconnected.")
    await beat(page)
    assert "data-offline=true" not in (await page.marks())[before:]


@pytest.mark.parametrize("kind", ["signal", "full"])
async def test_a_broken_connection_mends_and_hints_go_on(
    stage: Stage, browser: Browser, kind: str
) -> None:
    async with facilitating(stage, browser, path=OPERATOR, expected=NETWORK_LOSS) as (page, _):
        await page.click("#debug summary")
        async with mending(page):
            await page.click(f"#debug-{kind}-reconnect")
        await page.click("#debug summary")
        await sees(page, other="present")
        await ask_for_a_test_card(page)
        await status(page, "listening")


async def test_a_control_right_after_a_new_connection_is_answered(
    stage: Stage, browser: Browser
) -> None:
    async with facilitating(stage, browser, path=OPERATOR, expected=NETWORK_LOSS) as (page, _):
        await page.click("#debug summary", "#debug-full-reconnect")
        await page.until(
            "window.marks.includes('data-connection=reconnecting')"
            " && document.documentElement.dataset.connection === 'connected'"
        )
        await page.page.keyboard.press("p")
        await status(page, "paused", "paused_by_facilitator")
        await expect(page.page.get_by_test_id("notice")).to_have_count(0)


async def test_a_page_without_network_says_so_and_returns(stage: Stage, browser: Browser) -> None:
    async with facilitating(stage, browser, path=OPERATOR, expected=NETWORK_LOSS) as (page, _):
        await page.click("#debug summary")
        async with mending(page):
            await page.page.context.set_offline(True)
            await page.click("#debug-full-reconnect")
            await expect(page.find("#banner")).to_contain_text("Reconnecting… stay on this page.")
            await expect(page.page).to_have_title("Reconnecting… · No Bad Parts")
            assert await violations(page.page) == []
            await page.page.context.set_offline(False)
        await status(page, "listening")


async def test_a_coach_that_stands_still_and_dies_is_told_within_seconds_and_comes_back(
    stage: Stage, browser: Browser
) -> None:
    """One that is killed at once may be back before there is anything to tell."""
    async with facilitating(stage, browser) as (page, _):
        worker = worker_of(stage.coach)
        worker.suspend()
        offline = page.find("#offline")
        await expect(offline).to_have_text("AI offline — continue as normal.", timeout=7000)
        await expect(page.page).to_have_title("AI offline · No Bad Parts")
        await expect(page.find("#hint-now")).to_be_disabled()
        await sees(page, other="present")
        assert await violations(page.page) == []
        worker.kill()
        await expect(offline).to_be_hidden(timeout=LONG_MS)
        await status(page, "listening")
        await ask_for_a_test_card(page)


async def test_a_partner_who_leaves_and_returns_is_heard_again(
    stage: Stage, browser: Browser
) -> None:
    async with facilitating(stage, browser) as (page, partner):
        await partner.leave()
        await status(page, "waiting_for_partner")
        await sees(page, other="absent")
        async with person("partner", stage.web) as again:
            await again.publish_microphone()
            await again.agree()
            await sees(page, other="present")
            await status(page, "listening")


async def test_both_pages_outlive_a_restart_of_the_server(tmp_path: Path, browser: Browser) -> None:
    with running_livekit(tmp_path / "livekit") as livekit:
        async with (
            running_stage(tmp_path / "coach", livekit) as stage,
            tab(browser, stage.web + "/facilitator", expected=NETWORK_LOSS) as facilitator,
            tab(browser, stage.web + "/partner", expected=NETWORK_LOSS) as partner,
        ):
            await join(facilitator)
            await agree(partner)
            await status(facilitator, "listening")
            _kill_server(tmp_path / "livekit")
            for page in (facilitator, partner):
                await page.until("window.marks.includes('data-connection=reconnecting')")
            for page in (facilitator, partner):
                await connected(page)
                await sees(page, other="present")
            await expect(partner.find("#coach-indicator")).to_have_attribute(
                "data-state", "listening", timeout=LONG_MS
            )
            await beat(facilitator)
            await status(facilitator, "listening")
            await ask_for_a_test_card(facilitator)


def _kill_server(home: Path) -> None:
    """Its keeper starts it again, as a service manager would."""
    record = Record.read(Layout(home).record)
    assert record
    server = record.server.process()
    assert server
    server.kill()
