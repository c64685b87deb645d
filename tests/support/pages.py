"""What people do on the pages, step by step, for tests that start where it gets interesting."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from livekit import rtc
from playwright.async_api import Browser, Locator, expect
from tests.support.browser import Tab, tab
from tests.support.clients import RtcPerson, person
from tests.support.speech import utterances
from tests.support.stage import Stage

SPEECH = utterances()["partner-scared"].path


async def join(page: Tab, *, camera: bool = False) -> None:
    """Press Join, without a picture unless asked: encoding one costs more than all the rest."""
    if not camera:
        await page.click("#preview-camera")
    await page.click("#join")


async def agree(page: Tab, *, camera: bool = False) -> None:
    """The partner's way in: join, read, agree."""
    await join(page, camera=camera)
    await page.click("#agree")


async def status(facilitator: Tab, state: str, reason: str = "") -> None:
    """Until the coach says that it is in this state, and for this reason if one is named."""
    await expect(facilitator.find(f".status[data-state={state}]")).to_be_visible()
    if reason:
        await expect(facilitator.find("#status-line")).to_have_attribute("data-reason", reason)


async def sees(page: Tab, **marks: str) -> None:
    """The stage says so of the other person."""
    for name, value in marks.items():
        await expect(page.find("#stage")).to_have_attribute(f"data-{name}", value)


def chatting(someone: RtcPerson) -> list[str]:
    """From now on, what is written to this person."""
    received: list[str] = []
    reading: set[asyncio.Task[None]] = set()

    async def read(reader: rtc.TextStreamReader) -> None:
        received.append(await reader.read_all())

    def take(reader: rtc.TextStreamReader, sender: str) -> None:
        task = asyncio.get_running_loop().create_task(read(reader))
        reading.add(task)
        task.add_done_callback(reading.discard)

    someone.room.register_text_stream_handler("lk.chat", take)
    return received


@asynccontextmanager
async def facilitating(
    stage: Stage, browser: Browser, *, path: str = "/facilitator", **context: Any
) -> AsyncIterator[tuple[Tab, RtcPerson]]:
    """The facilitator's page, and a partner who has agreed and is being listened to."""
    async with (
        tab(browser, stage.web + path, **context) as facilitator,
        person("partner", stage.web) as partner,
    ):
        await partner.publish_microphone()
        await partner.agree()
        await join(facilitator)
        await status(facilitator, "listening")
        yield facilitator, partner


@asynccontextmanager
async def speaking(partner: RtcPerson, *, silence_s: float = 8.0) -> AsyncIterator[None]:
    """Meanwhile the partner says something, and falls silent with the microphone on."""
    said = asyncio.create_task(partner.say(SPEECH, then_silence_s=silence_s))
    try:
        yield
    finally:
        said.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await said


def card(facilitator: Tab) -> Locator:
    """The one hint in the reader's eye."""
    return facilitator.find("#current [data-testid=hint-card]")


async def first_hint(facilitator: Tab, partner: RtcPerson) -> None:
    """The partner speaks until a whole hint stands on the page."""
    async with speaking(partner):
        await expect(card(facilitator)).to_have_attribute("data-progress", "complete")


async def ask_for_a_test_card(facilitator: Tab) -> None:
    """Through the settings; the card comes as hints do."""
    await facilitator.click("#settings", "#test-hint")
    await facilitator.page.keyboard.press("Escape")
    await expect(card(facilitator)).to_have_attribute("data-card", "test")
    await expect(card(facilitator)).to_have_attribute("data-progress", "complete")
