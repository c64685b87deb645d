"""The partner's word on being listened to: asked before, shown always, taken back at any time."""

import pytest
from playwright.async_api import Browser, expect
from tests.support.browser import Tab, tab
from tests.support.clients import RtcPerson, person
from tests.support.pages import agree, join
from tests.support.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def indicated(partner: Tab, state: str, words: str) -> None:
    indicator = partner.find("#coach-indicator")
    await expect(indicator).to_have_attribute("data-state", state)
    await expect(indicator).to_contain_text(words)


async def told(facilitator: RtcPerson, state: str, reason: str) -> None:
    """The facilitator sees the same."""
    await facilitator.until(lambda: facilitator.state() == (state, reason))


async def test_the_partner_is_asked_first_and_a_no_holds(stage: Stage, browser: Browser) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        tab(browser, stage.web + "/partner") as partner,
    ):
        await join(partner)
        await expect(partner.find("#consent")).to_be_focused()
        for promise in ("listen", "facilitator", "stop it for good"):
            await expect(partner.find(".consent-text")).to_contain_text(promise)
        assert "partner" not in facilitator.room.remote_participants
        await partner.click("#decline")
        await indicated(partner, "off", "The coach is off")
        await told(facilitator, "stopped", "no_consent")
        await partner.click("#allow-coach", "#consent-back", "#allow-coach", "#agree")
        await indicated(partner, "listening", "The coach is listening to you")
        await facilitator.until(facilitator.is_heard)


async def test_the_partner_can_pause_and_stop_the_coach(stage: Stage, browser: Browser) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        tab(browser, stage.web + "/partner") as partner,
    ):
        await agree(partner)
        await indicated(partner, "listening", "The coach is listening to you")
        await partner.click("#pause-coach")
        await indicated(partner, "paused", "The coach is paused")
        await told(facilitator, "paused", "paused_by_partner")
        await expect(partner.find("#pause-coach")).to_have_text("Resume coach")
        await partner.page.keyboard.press("p")
        await indicated(partner, "listening", "The coach is listening to you")
        await partner.click("#withdraw")
        await indicated(partner, "off", "The coach is off")
        await told(facilitator, "stopped", "consent_withdrawn")
        await partner.page.reload()
        await partner.click("#join")
        await expect(partner.find("#agree")).to_be_visible()


async def test_a_no_holds_while_the_web_app_is_away(stage: Stage, browser: Browser) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        tab(browser, stage.web + "/partner") as partner,
    ):
        await agree(partner)
        await indicated(partner, "listening", "The coach is listening to you")
        await partner.page.route("**/api/consent", lambda route: route.abort())
        await partner.click("#withdraw")
        await told(facilitator, "paused", "paused_by_partner")
        await partner.page.unroute("**/api/consent")
        await told(facilitator, "stopped", "consent_withdrawn")
        partner.errors[:] = [one for one in partner.errors if "ERR_FAILED" not in one]


async def test_who_agreed_and_reloads_is_not_asked_again(stage: Stage, browser: Browser) -> None:
    async with tab(browser, stage.web + "/partner") as partner:
        await agree(partner)
        await indicated(partner, "listening", "The coach is listening to you")
        await partner.page.reload()
        await partner.click("#join")
        await indicated(partner, "listening", "The coach is listening to you")
        await partner.click("#leave")
        await expect(partner.find("#ended")).to_contain_text("Camera and microphone are off.")
