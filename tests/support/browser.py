"""Real pages in a real Chromium; a console error or a policy violation fails the test."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    async_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--mute-audio",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
ALLOWED = "--use-fake-ui-for-media-stream"
DEVICES = "--use-fake-device-for-media-stream=fps=5,device-count=2"
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
UPRIGHT: ViewportSize = {"width": 360, "height": 740}
ACROSS: ViewportSize = {"width": 740, "height": 360}
PHONE: dict[str, Any] = {"viewport": UPRIGHT, "is_mobile": True, "has_touch": True}
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
NETWORK_LOSS = re.compile(r"WebSocket connection to|net::ERR_|status of 50[234]|code: 1006")
"""What Chromium itself prints when a server goes away."""
LIMIT_S = 30.0

TAP = """
window.dataChannelMessages = [];
window.marks = [];
new MutationObserver((changes) => {
  for (const { attributeName, target } of changes)
    window.marks.push(`${attributeName}=${target.getAttribute(attributeName)}`);
}).observe(document, {
  subtree: true,
  attributes: true,
  attributeFilter: ["data-phase", "data-connection", "data-offline"],
});
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
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
});
"""
"""Counts the messages of all data channels, below the SDK; keeps the marks that the page has worn;
reports what the policy forbids."""


@dataclass(slots=True)
class Tab:
    """One page of one browser, with everything that went wrong in it."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    async def click(self, *selectors: str) -> None:
        """One after the other."""
        for selector in selectors:
            await self.page.locator(selector).click()

    async def data_messages(self) -> list[str]:
        """The labels of the channels on which something arrived, in order."""
        labels: list[str] = await self.page.evaluate("window.dataChannelMessages")
        return labels

    async def marks(self) -> list[str]:
        """Phase, connection and offline mark of the page, every one that it has worn, in order."""
        worn: list[str] = await self.page.evaluate("window.marks")
        return worn

    async def until(self, expression: str) -> None:
        """Until this JavaScript expression holds in the page."""
        await self._within(
            expression,
            f"""() => new Promise((resolve) => {{
                const look = () => (({expression}) ? resolve() : setTimeout(look, 20));
                look();
            }})""",
        )

    async def is_playing(self, selector: str = "#remote-video") -> None:
        """Until the video goes on from wherever it stands now."""
        await self._within(
            f"{selector} plays",
            """(selector) => new Promise((resolve) => {
                let last = null;
                const look = () => {
                    const { videoWidth, currentTime } = document.querySelector(selector);
                    if (videoWidth && last !== null && currentTime !== last) return resolve();
                    last = videoWidth ? currentTime : null;
                    setTimeout(look, 50);
                };
                look();
            })""",
            selector,
        )

    async def _within(self, what: str, script: str, given: Any = None) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                await self.page.evaluate(script, given)
        except TimeoutError:
            worn = await self.marks()
            raise AssertionError(f"not within {LIMIT_S} s: {what}; marks {worn}") from None

    async def second_tab(self) -> "Tab":
        """The same address in the same browser, as a person opens it twice."""
        page = await self.page.context.new_page()
        second = Tab(page, self.errors)
        _watch(second)
        await page.goto(self.page.url)
        return second


@asynccontextmanager
async def chromium(
    *flags: str, microphone: Path | None = None, allowed: bool = True, devices: bool = True
) -> AsyncIterator[Browser]:
    """A headless Chromium. `microphone` plays this file over and over; `allowed` answers yes to
    every question for a device, else the answer is no; without `devices` there are none.
    """
    chosen = [*FLAGS, *flags]
    chosen += [ALLOWED] if allowed else []
    chosen += [DEVICES] if devices else []
    chosen += [f"--use-file-for-fake-audio-capture={microphone}"] if microphone else []
    found = next(filter(None, map(shutil.which, NAMES)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=chosen)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def tab(
    browser: Browser, url: str, *, expected: re.Pattern[str] | None = None, **context: Any
) -> AsyncIterator[Tab]:
    """A page in a context of its own, opened with Playwright's options for one; every error in it
    that is not `expected` fails the test when the block ends.
    """
    opened_in = await browser.new_context(**{"viewport": DESKTOP, **context})
    await opened_in.add_init_script(TAP)
    opened = Tab(await opened_in.new_page())
    _watch(opened)
    await opened.page.goto(url)
    try:
        yield opened
    finally:
        await opened_in.close()
    wrong = [error for error in opened.errors if not (expected and expected.search(error))]
    assert not wrong, "\n".join(wrong)


def _watch(opened: Tab) -> None:
    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            opened.errors.append(f"{message.text} {message.location.get('url', '')}")

    opened.page.on("console", note)
    opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
