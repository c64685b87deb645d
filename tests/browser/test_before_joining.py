"""The way in: devices, what may be wrong with them, and what is remembered."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.support.browser import Tab, chromium, tab
from tests.support.clients import person
from tests.support.speech import utterances, with_silence
from tests.support.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


SLOW_DEVICES = """() => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    await new Promise((resolve) => { window.give = resolve; });
    window.late = await real(wanted);
    return window.late;
  };
}"""
"""They come when `give` is called, and stand in `late` then."""


def failure(page: Tab, kind: str) -> str:
    return f"[data-testid=failure][data-kind={kind}]"


async def in_call(page: Tab) -> None:
    await expect(page.find("html")).to_have_attribute("data-phase", "call")


async def test_who_may_not_use_the_devices_is_told_how_to_and_can_join(stage: Stage) -> None:
    async with (
        chromium(allowed=False) as browser,
        tab(browser, stage.web + "/facilitator") as page,
    ):
        await page.click("#request-devices")
        for kind, device in (("audio", "microphone"), ("video", "camera")):
            told = page.find(failure(page, kind))
            await expect(told).to_have_attribute("data-failure", "denied")
            await expect(told).to_contain_text(f"allow the {device}, then try again")
        await expect(page.find("#request-devices")).to_have_text("Try again")
        await page.page.get_by_role("button", name="Join without a microphone").click()
        await in_call(page)
        await expect(page.find("#mute")).to_have_attribute("data-on", "false")
        notices = page.page.get_by_test_id("notice")
        await expect(
            notices.filter(has_text="This site may not use your microphone")
        ).to_be_visible()
        await expect(page.page).to_have_title("Muted · No Bad Parts")


async def test_without_any_device_the_call_is_still_open(stage: Stage) -> None:
    async with (
        chromium(devices=False) as browser,
        tab(browser, stage.web + "/facilitator") as page,
    ):
        for kind in ("audio", "video"):
            told = page.find(failure(page, kind))
            await expect(told).to_have_attribute("data-failure", "none")
            await expect(told).to_contain_text("Plug one in")
        await page.click("#join")
        await in_call(page)


async def test_a_microphone_that_gives_no_sound_is_named(stage: Stage, tmp_path: Path) -> None:
    spoken = utterances()["partner-small-talk"].path
    silent = with_silence(spoken, tmp_path / "silent.wav", lead_s=30.0, trail_s=0.0)
    async with (
        chromium(microphone=silent) as browser,
        tab(browser, stage.web + "/partner") as page,
    ):
        await expect(page.find("#level")).to_be_visible()
        await expect(page.find("#silent-mic")).to_be_visible()


async def test_a_camera_that_is_turned_off_while_it_starts_stays_off(
    stage: Stage, browser: Browser
) -> None:
    async with tab(browser, stage.web + "/facilitator") as page:
        await expect(page.find("#preview-video")).to_be_visible()
        await page.page.evaluate(SLOW_DEVICES)
        for wanted in ("false", "true", "false"):
            await page.click("#preview-camera")
            await expect(page.find("#preview-camera")).to_have_attribute("data-on", wanted)
        await page.page.evaluate("window.give()")
        await page.until("window.late?.getTracks().every((one) => one.readyState === 'ended')")
        await expect(page.find("#preview-video")).to_be_hidden()
        await page.click("#join")
        await in_call(page)
        await expect(page.find("#camera")).to_have_attribute("data-on", "false")


async def test_choices_are_remembered_and_the_next_visit_joins_at_once(
    stage: Stage, browser: Browser
) -> None:
    async with (
        person("partner", stage.web) as partner,
        tab(browser, stage.web + "/facilitator") as page,
    ):
        await expect(page.find("#preview-video")).to_be_visible()
        await page.until("document.querySelector('#level').ariaValueNow > 0")
        await page.find("#name").fill("Ada")
        await page.find("#prejoin-microphone").select_option(index=2)
        chosen = await page.find("#prejoin-microphone").input_value()
        await page.click("#preview-camera", "#join-at-once")
        await page.click("#join")
        await in_call(page)
        await expect(page.find("#camera")).to_have_attribute("data-on", "false")
        await partner.until(lambda: _name(partner.room.remote_participants) == "Ada")
        await page.click("#leave")
        await expect(page.find("#ended")).to_contain_text("Camera and microphone are off.")
        await expect(page.find("#rejoin")).to_be_visible()
        await page.page.reload()
        await in_call(page)
        await page.click("#settings")
        await expect(page.find("#call-microphone")).to_have_value(chosen)


def _name(people: Mapping[str, object]) -> str:
    return str(getattr(people.get("facilitator"), "name", ""))


async def test_the_check_finds_everything_good(stage: Stage, browser: Browser) -> None:
    async with tab(browser, stage.web + "/check") as page:
        await page.click("#start-check")
        await expect(page.find("#verdict")).to_have_text("All good: you can join.", timeout=30_000)
        steps = page.page.get_by_test_id("step")
        await expect(page.find("[data-testid=step][data-outcome=ok]")).to_have_count(
            await steps.count()
        )
        await page.click("#copy-report")
        await expect(page.find("#verdict")).to_have_text("Copied.")
