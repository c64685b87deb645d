"""For everybody: nothing that axe finds, no mouse needed, and a phone is enough."""

import pytest
from playwright.async_api import Browser, expect
from tests.support.accessible import violations
from tests.support.browser import ACROSS, PHONE, STILL, Tab, chromium, tab
from tests.support.clients import person
from tests.support.pages import (
    ask_for_a_test_card,
    card,
    facilitating,
    first_hint,
    join,
    sees,
    speaking,
    status,
)
from tests.support.picture import picture
from tests.support.provider import Reply
from tests.support.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MOST_TABS = 40
SHEET = "document.querySelector('#coach').offsetHeight"
FOCUSED = """() => {
    const at = document.activeElement;
    const ring = at.matches("input[type=radio]") ? at.nextElementSibling : at;
    const shown = ring.matches("body, section") || getComputedStyle(ring).outlineStyle !== "none";
    return [at.id, shown ? "seen" : "unseen"];
}"""
OUTSIDE = """() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ["the page itself"] : [];
    const outside = [...document.querySelectorAll("button, input, select, h1")].filter((one) => {
        if (!one.checkVisibility() || one.closest(".visually-hidden, .segments")) return false;
        const { left, right } = one.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
    });
    return [...wide, ...outside.map((one) => one.id || one.className)];
}"""


async def is_fine(page: Tab, state: str) -> None:
    assert (state, await violations(page.page)) == (state, [])


async def fits(page: Tab, state: str) -> None:
    assert (state, await page.page.evaluate(OUTSIDE)) == (state, [])


async def test_axe_finds_nothing_before_and_after_the_call(stage: Stage) -> None:
    async with chromium(allowed=False) as browser, tab(browser, stage.web, **STILL) as page:
        await expect(page.find("#doors")).to_be_visible()
        await is_fine(page, "home")
        await page.page.goto(stage.web + "/facilitator")
        await is_fine(page, "before joining")
        await page.click("#request-devices")
        await expect(page.page.get_by_test_id("failure")).to_have_count(2)
        await is_fine(page, "devices denied")
        await page.click("#join")
        await expect(page.find("#controls")).to_be_visible()
        await is_fine(page, "in the call without devices")
        await page.click("#leave")
        await expect(page.find("#ended")).to_be_visible()
        await is_fine(page, "after the call")
        await page.page.goto(stage.web + "/check")
        await is_fine(page, "check")


async def test_axe_finds_nothing_on_the_partners_page(stage: Stage, browser: Browser) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        tab(browser, stage.web + "/partner", **STILL) as page,
    ):
        await expect(page.find("#preview-video")).to_be_visible()
        await is_fine(page, "preview")
        await join(page)
        await is_fine(page, "consent")
        await page.click("#agree")
        await expect(page.find("#coach-indicator")).to_have_attribute("data-state", "listening")
        await is_fine(page, "listened to")
        await facilitator.room.local_participant.send_text("Hello", topic="lk.chat")
        await page.click("#pause-coach", "#chat-toggle")
        await expect(page.find("#coach-indicator")).to_have_attribute("data-state", "paused")
        await is_fine(page, "paused, with the chat")
        await page.click("#chat-close", "#withdraw", "#allow-coach")
        await is_fine(page, "asked again")
        await page.click("#decline", "#settings")
        await is_fine(page, "settings")


async def test_axe_finds_nothing_on_the_facilitators_page(stage: Stage, browser: Browser) -> None:
    async with facilitating(stage, browser, path="/facilitator?debug=1", **STILL) as (
        page,
        partner,
    ):
        await is_fine(page, "waiting for hints")
        await first_hint(page, partner)
        await is_fine(page, "a hint")
        await page.page.keyboard.press("n")
        await ask_for_a_test_card(page)
        await is_fine(page, "a test card and the history")
        stage.provider.speech.default = Reply("I have been thinking about ending my life.")
        async with speaking(partner):
            await expect(page.find("#safety [data-card=safety]")).to_be_visible()
        await page.click("#settings", "#larger-text", "#captions-on", "#push-on")
        await is_fine(page, "settings")
        await page.page.keyboard.press("Escape")
        await status(page, "paused", "push_released")
        await is_fine(page, "safety, captions, push to listen, larger text")
        await page.click("#debug summary")
        await is_fine(page, "debug")


async def tab_to(page: Tab, wanted: str) -> None:
    """Press Tab until this is in focus, and see on the way that each focus shows."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        await page.page.keyboard.press("Tab")
        at, shown = await page.page.evaluate(FOCUSED)
        assert shown == "seen", f"no focus to be seen at {at}, after {passed}"
        if at == wanted:
            return
        passed.append(at)
    raise AssertionError(f"{wanted} is not reached; passed {passed}")


async def press(page: Tab, wanted: str, key: str = "Enter") -> None:
    await tab_to(page, wanted)
    await page.page.keyboard.press(key)


async def test_a_partner_needs_no_mouse(stage: Stage, browser: Browser) -> None:
    async with tab(browser, stage.web + "/partner") as page:
        await press(page, "preview-camera")
        await tab_to(page, "name")
        await page.page.keyboard.type("Robin")
        await expect(page.find("#join")).to_be_enabled()
        await page.page.keyboard.press("Enter")
        await expect(page.find("#agree")).to_be_enabled()
        await press(page, "agree")
        indicator = page.find("#coach-indicator")
        await expect(indicator).to_have_attribute("data-state", "listening")
        await press(page, "pause-coach")
        await expect(indicator).to_have_attribute("data-state", "paused")
        await page.page.keyboard.press("p")
        await expect(indicator).to_have_attribute("data-state", "listening")
        await page.page.keyboard.press("m")
        await expect(page.find("#mute")).to_have_attribute("data-on", "false")
        await press(page, "settings")
        await tab_to(page, "call-microphone")
        await page.page.keyboard.press("Escape")
        await press(page, "leave")
        await expect(page.find("#ended")).to_be_focused()
        await press(page, "rejoin")
        await expect(indicator).to_be_visible()


async def test_a_facilitator_needs_no_mouse(stage: Stage, browser: Browser) -> None:
    async with facilitating(stage, browser) as (page, partner):
        await first_hint(page, partner)
        await press(page, "hint-used")
        await expect(card(page)).to_have_attribute("data-verdict", "used")
        await tab_to(page, "hint-fewer")
        await page.page.keyboard.press("Tab")
        await page.page.keyboard.press("Enter")
        await expect(page.page.get_by_text("Copied.")).to_be_visible()
        await tab_to(page, "hint-now")
        await tab_to(page, "")
        await page.page.keyboard.press("ArrowRight")
        await expect(page.find("#pace")).to_have_attribute("data-pace", "lively")
        await page.page.keyboard.press("p")
        await status(page, "paused", "paused_by_facilitator")
        await page.page.keyboard.press("c")
        await page.page.keyboard.type("See you")
        await page.page.keyboard.press("Enter")
        await expect(page.find("[data-mine=true]")).to_contain_text("See you")
        await press(page, "leave")
        await expect(page.find("#ended")).to_be_focused()


async def test_a_phone_is_enough(stage: Stage, browser: Browser) -> None:
    async with facilitating(stage, browser, **PHONE, **STILL) as (page, partner), picture(partner):
        await first_hint(page, partner)
        headline = card(page).locator("[data-section=suggestion]")
        await expect(headline).to_be_in_viewport(ratio=1)
        await expect(page.find("#remote-video")).to_be_in_viewport()
        await expect(page.find("#leave")).to_be_in_viewport(ratio=1)
        await fits(page, "a hint, upright")
        await is_fine(page, "a hint, upright")
        low = await page.find("#coach").bounding_box()
        await page.page.tap("#sheet-handle")
        await page.until(
            f"document.querySelector('#coach').offsetHeight > {low and low['height']} + 50"
        )
        await fits(page, "the sheet drawn up")
        await page.page.set_viewport_size(ACROSS)
        await expect(page.find("#remote-video")).to_be_in_viewport()
        await expect(page.find("#leave")).to_be_in_viewport(ratio=1)
        await fits(page, "a hint, across")
        await is_fine(page, "a hint, across")


async def test_the_partner_joins_from_a_phone(stage: Stage, browser: Browser) -> None:
    async with (
        person("facilitator", stage.web),
        tab(browser, stage.web + "/partner", **PHONE, **STILL) as page,
    ):
        await fits(page, "before joining")
        await join(page)
        await fits(page, "consent")
        await page.click("#agree")
        await sees(page, other="present")
        await expect(page.find("#coach-indicator")).to_be_in_viewport(ratio=1)
        await expect(page.find("#pause-coach")).to_be_in_viewport(ratio=1)
        await fits(page, "in the call")
        await page.page.set_viewport_size(ACROSS)
        await expect(page.find("#pause-coach")).to_be_in_viewport(ratio=1)
        await fits(page, "in the call, across")
