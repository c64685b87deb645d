"""Real pages in a real Chromium; a console error or a policy violation fails the test."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--mute-audio",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream=fps=5",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
TAP = """
window.dataChannelMessages = [];
const Real = window.RTCPeerConnection;
const tap = (channel) => channel.addEventListener("message", (event) => {
  window.dataChannelMessages.push(channel.label);
});
window.RTCPeerConnection = class extends Real {
  constructor(...args) {
    super(...args);
    this.addEventListener("datachannel", (event) => tap(event.channel));
  }
  createDataChannel(...args) {
    const channel = super.createDataChannel(...args);
    tap(channel);
    return channel;
  }
};
"""
"""Counts every message that arrives on any data channel, below the SDK."""


@dataclass(slots=True)
class Tab:
    """One page of one browser, with everything that went wrong in it."""

    page: Page
    errors: list[str] = field(default_factory=list)

    async def data_messages(self) -> list[str]:
        """The labels of the channels on which something arrived, in order."""
        labels: list[str] = await self.page.evaluate("window.dataChannelMessages")
        return labels


@asynccontextmanager
async def chromium(*flags: str, microphone: Path | None = None) -> AsyncIterator[Browser]:
    """A headless Chromium whose microphone plays this file over and over."""
    spoken = [f"--use-file-for-fake-audio-capture={microphone}"] if microphone else []
    found = next(filter(None, map(shutil.which, NAMES)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found, args=[*FLAGS, *spoken, *flags]
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def tab(
    browser: Browser, url: str, *, width: int = 1280, height: int = 800
) -> AsyncIterator[Tab]:
    """A page in a context of its own; its errors fail the test when the block ends."""
    context = await browser.new_context(viewport={"width": width, "height": height})
    page = await context.new_page()
    opened = Tab(page)
    page.on(
        "console",
        lambda message: opened.errors.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: opened.errors.append(str(error)))
    await page.add_init_script(TAP)
    await page.goto(url)
    try:
        yield opened
    finally:
        await context.close()
    assert opened.errors == []
