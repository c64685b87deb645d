"""What the pages weigh and how quickly they answer: `make page-figures`. Exits 1 above a limit."""

import asyncio
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, expect
from tests.support.browser import Tab, chromium
from tests.support.clients import RtcPerson, person
from tests.support.livekit import running_livekit
from tests.support.pages import card, join, speaking, status
from tests.support.picture import picture
from tests.support.provider import HINT, Reply
from tests.support.stage import Stage, running_stage

MOST_BYTES = 220_000
MOST_JOIN_MS = 1000.0
MOST_TASK_MS = 200.0
LIMIT_MS = 30_000
LOADS = 5
AFTER_MS = 1500
"""What loads behind the button has come by then."""
TOKENS_PER_S = 28
HINTS = (
    HINT,
    "SUMMARY: A young voice wants company.\n"
    "SUGGESTION: Let them sense who in them hears that voice.\n"
    "FOLLOW-UP: What does the voice hope for? | What would it like from you?",
    "SUMMARY: There is a guard at the door.\n"
    "SUGGESTION: Thank the guard for its long work.\n"
    "FOLLOW-UP: How long has it stood there? | Whom does it protect?",
)
WATCH = """
const look = () => {
  if (document.querySelector("#join")?.checkVisibility()) window.joinAt = performance.now();
  else requestAnimationFrame(look);
};
look();
window.longTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longTasks.push(duration);
}).observe({ type: "longtask" });
"""


@dataclass(slots=True)
class Load:
    """One first visit with an empty cache: bytes over the wire with heads, requests, time."""

    encoded: int = 0
    requests: list[str] = field(default_factory=list)
    join_ms: float = 0.0


async def first_visit(browser: Browser, url: str) -> Load:
    """Open the page and wait until everything has come and the button stands there."""
    load = Load()
    context = await browser.new_context()
    await context.add_init_script(WATCH)
    page = await context.new_page()
    network = await context.new_cdp_session(page)

    def arrived(event: dict[str, Any]) -> None:
        load.encoded += int(event["encodedDataLength"])

    network.on("Network.loadingFinished", arrived)
    page.on("request", lambda request: load.requests.append(request.url))
    await network.send("Network.enable")
    await page.goto(url, wait_until="load")
    joining = await page.wait_for_function("window.joinAt")
    load.join_ms = await joining.json_value()
    await page.wait_for_timeout(AFTER_MS)
    await context.close()
    return load


async def longest_task(stage: Stage, browser: Browser) -> tuple[float, int]:
    """The longest task in milliseconds, and their number, while hints stream during a call."""
    context = await browser.new_context()
    await context.add_init_script(WATCH)
    page = Tab(await context.new_page())
    await page.page.goto(stage.web + "/facilitator")
    async with person("partner", stage.web) as partner, picture(partner):
        await partner.publish_microphone()
        await partner.agree()
        await join(page, camera=True)
        await status(page, "listening")
        await page.is_playing()
        await page.page.evaluate("window.longTasks.length = 0")
        await _stream_hints(page, partner, stage)
        tasks: list[float] = await page.page.evaluate("window.longTasks")
    await context.close()
    return max(tasks, default=0.0), len(tasks)


async def _stream_hints(page: Tab, partner: RtcPerson, stage: Stage) -> None:
    """The first after some speech, the others when asked for."""
    async with speaking(partner):
        for text in HINTS:
            stage.provider.chat.default = Reply(text, tokens_per_s=TOKENS_PER_S)
            if text != HINTS[0]:
                await page.page.keyboard.press("h")
            await expect(card(page)).to_contain_text(text.split("? | ")[1].split("\n")[0])
            await page.page.keyboard.press("n")


async def main() -> int:
    """Measure, print, and compare with the limits."""
    expect.set_options(timeout=LIMIT_MS)
    with tempfile.TemporaryDirectory() as folder, running_livekit(Path(folder) / "lk") as livekit:
        async with running_stage(Path(folder) / "coach", livekit) as stage, chromium() as browser:
            fine = [await _visits(browser, stage, name) for name in ("partner", "facilitator")]
            task_ms, count = await longest_task(stage, browser)
    print(f"{len(HINTS)} hints in a call: longest task {task_ms:.0f} ms, {count} above 50 ms")
    return 0 if all(fine) and task_ms <= MOST_TASK_MS else 1


async def _visits(browser: Browser, stage: Stage, name: str) -> bool:
    loads = [await first_visit(browser, f"{stage.web}/{name}") for _ in range(LOADS)]
    encoded = max(load.encoded for load in loads)
    join_ms = [load.join_ms for load in loads]
    print(
        f"/{name}: {encoded / 1000:.0f} kB, {len(loads[0].requests)} requests, "
        f"Join after {statistics.median(join_ms):.0f} ms (slowest {max(join_ms):.0f} ms)"
    )
    return encoded <= MOST_BYTES and max(join_ms) <= MOST_JOIN_MS


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
