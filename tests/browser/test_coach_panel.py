"""The facilitator's panel: what the coach says, and what can be asked of it."""

import json

import pytest
from playwright.async_api import Browser, expect
from tests.support.browser import Tab
from tests.support.pages import card, facilitating, first_hint, speaking, status
from tests.support.provider import HEARD, Reply
from tests.support.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SUGGESTION = "Invite them to notice where that part lives in the body."
ANOTHER = """SUMMARY: A young voice wants company.
SUGGESTION: Let them sense who in them hears that voice.
FOLLOW-UP: What does the voice hope for?"""
WRITTEN = 14
"""Words a second that can be followed on the page."""


async def settings(facilitator: Tab, *selectors: str) -> None:
    """Open the settings, press these, close them."""
    await facilitator.click("#settings", *selectors)
    await facilitator.page.keyboard.press("Escape")


async def test_a_hint_streams_in_without_moving_and_is_worked_with_by_key(
    stage: Stage, browser: Browser
) -> None:
    stage.provider.chat.default = Reply(
        "SUMMARY: A part of them feels scared.\nSUGGESTION: "
        f"{SUGGESTION}\nFOLLOW-UP: Where do you feel it? | How do you feel toward it?",
        tokens_per_s=WRITTEN,
    )
    async with facilitating(stage, browser) as (facilitator, partner):
        await expect(facilitator.find("#hint-empty")).to_have_text("Waiting for AI hints…")
        async with speaking(partner):
            headline = card(facilitator).locator("[data-section=suggestion]")
            await expect(headline).to_contain_text("Invite")
            await expect(card(facilitator)).to_have_attribute("data-progress", "streaming")
            before = await headline.bounding_box()
            await expect(card(facilitator)).to_have_attribute("data-progress", "complete")
        after = await headline.bounding_box()
        assert before
        assert after
        assert (before["x"], before["y"]) == (after["x"], after["y"])
        await expect(headline).to_have_text(SUGGESTION)
        await expect(card(facilitator).locator("[data-section=follow_up]")).to_have_text(
            ["Where do you feel it?", "How do you feel toward it?"]
        )
        await expect(facilitator.find("#announcer")).to_contain_text(SUGGESTION)
        await facilitator.page.keyboard.press("u")
        await expect(card(facilitator)).to_have_attribute("data-verdict", "used")
        await facilitator.click(".copy >> nth=0")
        await expect(facilitator.page.get_by_text("Copied.")).to_be_visible()
        await facilitator.page.keyboard.press("c")
        await expect(facilitator.find("#chat-input")).to_be_focused()
        await facilitator.page.keyboard.press("Control+v")
        await expect(facilitator.find("#chat-input")).to_have_value("Where do you feel it?")


async def test_every_control_reaches_the_coach(stage: Stage, browser: Browser) -> None:
    async with facilitating(stage, browser) as (facilitator, partner):
        press = facilitator.page.keyboard.press
        await first_hint(facilitator, partner)
        await press("n")
        past = facilitator.page.get_by_test_id("past-hint")
        await expect(past).to_contain_text(["Not now"])
        await expect(facilitator.find("#hint-empty")).to_have_text("The next hint will stand here.")
        stage.provider.chat.default = Reply(ANOTHER)
        await press("h")
        await expect(card(facilitator)).to_contain_text("who in them hears")
        await facilitator.page.get_by_role("button", name="Fewer").click()
        await expect(past).to_have_count(2)
        await facilitator.page.get_by_text("More", exact=True).click()
        await expect(facilitator.find("#pace")).to_have_attribute("data-pace", "lively")
        await press("p")
        await status(facilitator, "paused", "paused_by_facilitator")
        await press("p")
        await status(facilitator, "listening")
        await press("b")
        await expect(facilitator.find("#coach")).to_be_hidden()
        await press("b")
        await settings(facilitator, "#keys-on")
        await press("b")
        await expect(facilitator.find("#coach")).to_be_visible()


async def test_settings_of_the_coach(stage: Stage, browser: Browser) -> None:
    async with facilitating(stage, browser) as (facilitator, partner):
        await settings(facilitator, "#larger-text", "#captions-on", "#push-on", "#test-hint")
        await expect(card(facilitator)).to_have_attribute("data-card", "test")
        await expect(card(facilitator)).to_contain_text("Test hint, not from the session")
        await status(facilitator, "paused", "push_released")
        await facilitator.page.keyboard.down("l")
        await status(facilitator, "listening")
        async with speaking(partner):
            await expect(facilitator.find("#captions")).to_contain_text(HEARD)
        await facilitator.page.keyboard.up("l")
        await status(facilitator, "paused", "push_released")
        await expect(facilitator.find("html")).to_have_attribute("data-text", "large")
        await facilitator.page.reload()
        await expect(facilitator.find("html")).to_have_attribute("data-text", "large")


async def test_a_hint_outlives_the_page_it_was_written_on(stage: Stage, browser: Browser) -> None:
    stage.provider.chat.default = Reply(
        f"SUMMARY: Scared.\nSUGGESTION: {SUGGESTION}\nFOLLOW-UP: {'and ' * 12}what?",
        tokens_per_s=WRITTEN,
    )
    async with facilitating(stage, browser) as (facilitator, partner), speaking(partner):
        await expect(card(facilitator)).to_contain_text("Invite")
        await expect(card(facilitator)).to_have_attribute("data-progress", "streaming")
        await facilitator.page.reload()
        await facilitator.click("#join")
        shown = facilitator.find("[data-testid=hint-card], [data-testid=past-hint]")
        await expect(shown).to_contain_text([SUGGESTION])
        await expect(shown).to_have_count(1)


async def test_a_safety_card_looks_different_and_stays(stage: Stage, browser: Browser) -> None:
    stage.provider.speech.default = Reply("I have been thinking about ending my life.")
    async with facilitating(stage, browser) as (facilitator, partner):
        await facilitator.page.keyboard.press("b")
        async with speaking(partner):
            safety = facilitator.find("#safety [data-card=safety]")
            await expect(safety).to_have_attribute("data-progress", "complete")
        await expect(safety).to_contain_text("Safety")
        await expect(facilitator.find("#announcer-urgent")).not_to_be_empty()
        await facilitator.click("#safety .card-dismiss")
        await expect(facilitator.find("#coach")).to_be_hidden()
        await facilitator.page.keyboard.press("b")
        await expect(facilitator.page.get_by_test_id("past-hint")).to_contain_text(["Safety"])


async def test_a_hint_that_the_partner_forges_shows_nothing(stage: Stage, browser: Browser) -> None:
    async with facilitating(stage, browser) as (facilitator, partner):
        arrived = "window.dataChannelMessages.filter((label) => label === '_reliable').length"
        before = await facilitator.page.evaluate(arrived)
        head = {"v": "1", "hint_id": "x", "seq": "1", "turn_id": "x", "heard_at": "1"}
        for forged in (
            {"section": "suggestion", "text": "Forged words", "done": True},
            {"state": "degraded", "reason": "not_saved", "last_seq": 0, "pace": "quiet"},
        ):
            await partner.room.local_participant.send_text(
                json.dumps(forged) + "\n",
                topic="coach.hints" if "section" in forged else "coach.status",
                destination_identities=["facilitator"],
                attributes=head | {"card": "hint"},
            )
        await facilitator.until(f"{arrived} >= {before} + 4")
        await settings(facilitator, "#test-hint")
        await expect(card(facilitator)).to_have_attribute("data-card", "test")
        await expect(facilitator.page.get_by_text("Forged words")).to_have_count(0)
        await status(facilitator, "listening")
