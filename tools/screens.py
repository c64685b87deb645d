"""Pictures of the pages in their main states, taken from a real session: `make screenshots`."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ViewportSize, expect
from tests.support.browser import DESKTOP, Tab, chromium, tab
from tests.support.clients import RtcPerson
from tests.support.coach import worker_of
from tests.support.livekit import running_livekit
from tests.support.pages import first_hint, sees, speaking, status
from tests.support.picture import picture
from tests.support.provider import Reply
from tests.support.stage import ROOM, Stage, running_stage
from tools.portrait_camera import write_camera

from coach.notices import send_notice
from coach.settings import Settings
from coach.store import open_store
from coach.worker.timekeeper import WARNING

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
PHONE: ViewportSize = {"width": 390, "height": 844}
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
HINT = """SUMMARY: A scared part is close, and being asked about it feels like a lot.
SUGGESTION: Invite them to notice where that scared part lives in the body.
FOLLOW-UP: Where in or around your body do you sense it? | How do you feel toward it right now?
REMINDER: Slow is fine. The part sets the pace."""
LIMIT_MS = 30_000
TALL: ViewportSize = {"width": 1280, "height": 1440}
FIGURES: dict[str, Any] = {
    "duration_s": 3120,
    "listened_s": 2760,
    "talk_share": 0.58,
    "longest_silence_s": 95,
    "hints_shown": 9,
    "hints_used": 4,
    "hints_dismissed": 2,
    "latency_p50_ms": 1680,
    "latency_p95_ms": 2350,
    "line": {"good": 0.96, "weak": 0.03, "lost": 0.01},
}
CRISIS = "I have been thinking about ending my life."


class Named(RtcPerson):
    """Somebody with a name."""

    def __init__(self, identity: str, web: str, name: str) -> None:
        super().__init__(identity, web)
        self.name = name

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await super().post(path, {**body, "participant_name": self.name})


@asynccontextmanager
async def seen_person(identity: str, web: str, name: str) -> AsyncIterator[RtcPerson]:
    """In the room with camera and microphone."""
    someone = Named(identity, web, name)
    await someone.join()
    await someone.publish_microphone()
    try:
        async with picture(someone):
            yield someone
    finally:
        await someone.leave()


async def shoot(page: Tab, name: str, *, dark: bool = False, phone: bool = False) -> None:
    """The window as it stands on a desktop; in dark colours and on a phone as well when asked."""
    await page.page.mouse.move(0, 0)
    await page.page.evaluate("document.activeElement.blur()")
    await _take(page, name)
    if dark:
        await page.page.emulate_media(color_scheme="dark")
        await _take(page, f"{name}-dark")
        await page.page.emulate_media(color_scheme="light")
    if phone:
        await page.page.set_viewport_size(PHONE)
        await _take(page, f"{name}-phone")
        await page.page.set_viewport_size(DESKTOP)


async def _take(page: Tab, name: str) -> None:
    """Without notices: that of a silent microphone comes by itself."""
    for notice in await page.page.get_by_role("button", name="Dismiss").all():
        await notice.click()
    await page.page.screenshot(path=FOLDER / f"{name}.png")


async def facilitators_page(stage: Stage, browser: Browser) -> None:
    """Before joining, waiting, a hint, the safety card, settings, offline, after the call."""
    async with tab(browser, stage.web + "/facilitator", **STILL) as page:
        await page.is_playing("#preview-video")
        await page.find("#name").fill("Ada")
        await page.click("#devices summary")
        await page.click("#privacy-check")
        await expect(page.find("#privacy-said")).to_have_attribute("data-stage", "kept")
        await shoot(page, "facilitator-before", phone=True)
        await page.click("#join")
        async with seen_person("partner", stage.web, "Robin") as partner:
            await page.is_playing()
            await status(page, "waiting_for_consent")
            await shoot(page, "facilitator-waiting", phone=True)
            await partner.agree()
            await status(page, "listening")
            await _hints(page, partner, stage)
            await page.click("#settings")
            await shoot(page, "facilitator-settings")
            await page.page.keyboard.press("Escape")
            await _offline(page, stage)
        await page.click("#leave")
        await shoot(page, "ended")


async def _hints(page: Tab, partner: RtcPerson, stage: Stage) -> None:
    await first_hint(page, partner)
    await sees(page, speaking="false")
    await shoot(page, "facilitator", dark=True, phone=True)
    await page.page.keyboard.press("u")
    await page.page.keyboard.press("n")
    stage.provider.speech.default = Reply(CRISIS)
    async with speaking(partner):
        safety = page.find("#safety [data-card=safety]")
        await expect(safety).to_have_attribute("data-progress", "complete")
    await sees(page, speaking="false")
    await shoot(page, "facilitator-safety", dark=True, phone=True)
    await page.click("#safety .card-dismiss")


async def _offline(page: Tab, stage: Stage) -> None:
    worker = worker_of(stage.coach)
    worker.suspend()
    await expect(page.find("#offline")).to_be_visible()
    await shoot(page, "facilitator-offline", phone=True)
    worker.kill()


async def partners_page(stage: Stage, browser: Browser) -> None:
    """Before joining, consent, the call."""
    async with (
        seen_person("facilitator", stage.web, "Ada"),
        tab(browser, stage.web + "/partner", **STILL) as page,
    ):
        await page.is_playing("#preview-video")
        await page.find("#name").fill("Robin")
        await page.click("#devices summary")
        await shoot(page, "partner-before", phone=True)
        await page.click("#join")
        await shoot(page, "partner-consent", dark=True, phone=True)
        await page.click("#agree")
        await page.is_playing()
        await page.is_playing("#self-video")
        await expect(page.find("#coach-indicator")).to_have_attribute("data-state", "listening")
        await shoot(page, "partner-call", dark=True, phone=True)
        await page.click("#pause-coach")
        await expect(page.find("#coach-indicator")).to_have_attribute("data-state", "paused")
        async with stage.api() as server:
            await send_notice(server, ROOM, WARNING, ["partner"])
        await expect(page.page.get_by_test_id("notice")).to_have_count(1)
        await page.page.screenshot(path=FOLDER / "partner-notice.png")
        await shoot(page, "partner-paused")


async def sessions_page(stage: Stage, browser: Browser) -> None:
    """A session just made, and one that is over, in figures."""
    async with tab(browser, stage.web + "/sessions", **STILL) as page:
        for name in ("Tuesday", "Thursday"):
            await page.find("#session-name").fill(name)
            await page.click("#create")
            await expect(page.page.get_by_role("heading", name=name)).to_be_visible()
        async with open_store(Settings(coach_home=stage.coach.log_file.parent / "home")) as store:
            session_id = (await store.sessions.latest(2))[-1].session_id
            await store.figures.keep(session_id, FIGURES, {})
        await page.page.get_by_role("button", name="End and erase").last.click()
        await page.click("#end-now")
        await page.click(".figures summary >> visible=true")
        await expect(page.find(".chart >> visible=true")).to_have_count(4)
        await page.page.set_viewport_size(TALL)
        await shoot(page, "sessions", dark=True, phone=True)


async def check_page(stage: Stage, browser: Browser) -> None:
    """The self-test with its answers."""
    async with tab(browser, stage.web + "/check", **STILL) as page:
        await page.click("#start-check")
        await expect(page.find("#verdict")).to_have_text("All good: you can join.")
        await shoot(page, "check", phone=True)


async def denied_page(stage: Stage) -> None:
    """Devices that the browser does not give, and what to do."""
    async with (
        chromium(allowed=False) as browser,
        tab(browser, stage.web + "/partner", **STILL) as page,
    ):
        await page.click("#request-devices")
        await expect(page.page.get_by_test_id("failure")).to_have_count(2)
        await shoot(page, "partner-denied", phone=True)


async def main() -> None:
    """One after the other, each in a fresh session."""
    expect.set_options(timeout=LIMIT_MS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),  # the browser shows the camera's path as its name
        running_livekit(Path(folder) / "lk") as livekit,
    ):
        camera = write_camera(Path(folder) / "camera.y4m")
        async with (
            running_stage(Path(folder) / "coach", livekit) as stage,
            chromium(f"--use-file-for-fake-video-capture={camera.name}") as browser,
        ):
            stage.provider.chat.default = Reply(HINT)
            await partners_page(stage, browser)
            await stage.close_room()
            await sessions_page(stage, browser)
            await check_page(stage, browser)
            await denied_page(stage)
            await stage.close_room()
            await facilitators_page(stage, browser)


if __name__ == "__main__":
    asyncio.run(main())
