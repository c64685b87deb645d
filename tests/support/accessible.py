"""What axe-core finds wrong with a page as it stands."""

from pathlib import Path

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """(rules) => axe
    .run(document, { resultTypes: ["violations"], ...rules })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    ))"""
CONTRAST = {"runOnly": ["color-contrast"]}


async def violations(page: Page) -> list[str]:
    """Every finding in light colours, and those of contrast in dark ones as well; from here on
    nothing on the page moves.
    """
    await page.emulate_media(reduced_motion="reduce")
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.evaluate(RUN, {})
    await page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in await page.evaluate(RUN, CONTRAST)]
    await page.emulate_media(color_scheme="light")
    return found
