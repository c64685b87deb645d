"""The call: what one person does is what the other one sees and hears."""

import pytest
from livekit import rtc
from livekit.rtc import TrackSource
from playwright.async_api import Browser, expect
from tests.support.browser import Tab, tab
from tests.support.clients import RtcPerson, person
from tests.support.pages import agree, chatting, join, sees, speaking, status
from tests.support.picture import picture
from tests.support.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SELF_DEVICE = (
    "document.querySelector('#self-video').srcObject?.getVideoTracks()[0]?.getSettings().deviceId"
)


def published(
    watcher: RtcPerson, identity: str, source: TrackSource.ValueType
) -> rtc.RemoteTrackPublication | None:
    """What this watcher sees of the other one's device, if it is there at all."""
    other = watcher.room.remote_participants.get(identity)
    tracks = other.track_publications.values() if other else ()
    return next((one for one in tracks if one.source == source and one.track), None)


def is_on(watcher: RtcPerson, identity: str, source: TrackSource.ValueType) -> bool:
    found = published(watcher, identity, source)
    return found is not None and not found.muted


async def test_what_the_other_person_does_stands_on_the_page(
    stage: Stage, browser: Browser
) -> None:
    async with tab(browser, stage.web + "/facilitator") as page:
        await join(page)
        await expect(page.find("#stage-words")).to_contain_text("Waiting for your partner")
        await expect(page.page).to_have_title("Waiting · No Bad Parts")
        async with person("partner", stage.web) as partner:
            await partner.publish_microphone()
            await sees(page, other="present")
            await expect(page.page).to_have_title("In session · No Bad Parts")
            await expect(page.find("#other-badge .badge-muted")).to_be_hidden()
            async with picture(partner):
                await page.is_playing()
                async with speaking(partner):
                    await sees(page, speaking="true")
            await expect(page.find("#stage-words")).to_contain_text("is here, camera off")
            async with picture(partner, TrackSource.SOURCE_SCREENSHARE):
                await sees(page, screen="true")
                await page.is_playing("#screen-video")
            await sees(page, screen="false")
            await _chat(page, partner)
        await sees(page, other="absent")
        async with person("partner", stage.web):
            await sees(page, other="present")


async def _chat(page: Tab, other: RtcPerson) -> None:
    received = chatting(other)
    await other.room.local_participant.send_text("Can you <b>hear</b> me?", topic="lk.chat")
    await expect(page.page).to_have_title("(1) In session · No Bad Parts")
    await page.page.keyboard.press("c")
    await expect(page.find("[data-mine=false]")).to_contain_text("Can you <b>hear</b> me?")
    await page.page.keyboard.type("Yes, now I can: m p c")
    await page.click("#chat-send", "#chat-close")
    await other.until(lambda: received == ["Yes, now I can: m p c"])
    await expect(page.find("#mute")).to_have_attribute("data-on", "true")


async def test_what_one_does_on_the_page_reaches_the_other(stage: Stage, browser: Browser) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        tab(browser, stage.web + "/partner") as page,
    ):
        await agree(page, camera=True)
        await facilitator.until(lambda: is_on(facilitator, "partner", TrackSource.SOURCE_CAMERA))
        await _mute_states(page, facilitator)
        await _camera(page, facilitator)
        await page.click("#self-view")
        await expect(page.find("#self-view")).to_have_attribute("data-corner", "bottom-left")


async def _mute_states(page: Tab, other: RtcPerson) -> None:
    def heard() -> bool:
        return is_on(other, "partner", TrackSource.SOURCE_MICROPHONE)

    indicator = page.find("#coach-indicator")
    await other.until(heard)
    await expect(indicator).to_have_attribute("data-state", "listening")
    await page.click("#mute")
    await other.until(lambda: not heard())
    await expect(indicator).to_have_attribute("data-state", "paused")
    await expect(page.page).to_have_title("Muted · No Bad Parts")
    await indicator.click()
    await page.page.keyboard.down(" ")
    await other.until(heard)
    await page.page.keyboard.up(" ")
    await other.until(lambda: not heard())
    await page.page.keyboard.press("m")
    await other.until(heard)


async def _camera(page: Tab, other: RtcPerson) -> None:
    def seen() -> bool:
        return is_on(other, "partner", TrackSource.SOURCE_CAMERA)

    before = await page.page.evaluate(SELF_DEVICE)
    await page.click("#settings")
    await page.find("#call-camera").select_option(index=1)
    await page.until(f"({SELF_DEVICE}) && ({SELF_DEVICE}) !== '{before}'")
    await page.find("#call-microphone").select_option(index=1)
    await page.page.keyboard.press("Escape")
    await page.page.keyboard.press("v")
    await other.until(lambda: not seen())


async def test_hints_are_covered_while_the_whole_screen_is_shared(
    stage: Stage, browser: Browser
) -> None:
    async with (
        tab(browser, stage.web + "/facilitator") as page,
        person("partner", stage.web) as partner,
    ):
        await join(page)
        await page.click("#share")
        await partner.until(lambda: is_on(partner, "facilitator", TrackSource.SOURCE_SCREENSHARE))
        await expect(page.find("#covered")).to_be_visible()
        await page.click("#uncover")
        await expect(page.find("#hint-empty")).to_be_visible()
        await page.click("#share")
        await partner.until(
            lambda: published(partner, "facilitator", TrackSource.SOURCE_SCREENSHARE) is None
        )


async def test_a_second_tab_takes_over_and_the_first_says_so(
    stage: Stage, browser: Browser
) -> None:
    async with (
        person("facilitator", stage.web) as facilitator,
        tab(browser, stage.web + "/partner") as partner,
    ):
        await agree(partner)
        await sees(partner, other="present")
        second = await partner.second_tab()
        await second.click("#join", "#agree")
        await expect(partner.find("#ended")).to_contain_text("open in another tab")
        await sees(second, other="present")
        await second.page.close()
        await partner.click("#rejoin")
        await expect(partner.find("#coach-indicator")).to_have_attribute("data-state", "listening")
        await facilitator.leave()
        await sees(partner, other="absent")
        await expect(partner.find("#stage-words")).to_contain_text("Waiting for your facilitator")


async def test_a_muted_partner_is_named_as_the_reason_for_silence(
    stage: Stage, browser: Browser
) -> None:
    async with (
        tab(browser, stage.web + "/facilitator") as page,
        person("partner", stage.web) as partner,
    ):
        await partner.agree()
        await partner.publish_microphone()
        await join(page)
        await status(page, "listening")
        for publication in partner.room.local_participant.track_publications.values():
            assert isinstance(publication.track, rtc.LocalAudioTrack)
            publication.track.mute()
        await expect(page.find("#other-badge .badge-muted")).to_be_visible()
        await expect(page.find("#status-line")).to_have_attribute("data-reason", "partner_muted")
