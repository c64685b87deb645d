"""The note on a session: written by the coach, edited and taken along by the facilitator."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.support.accessible import violations
from tests.support.browser import Tab
from tests.support.pages import facilitating, first_hint, join, status
from tests.support.provider import HINT, Call, Reply
from tests.support.stage import Stage

from coach.settings import Settings
from coach.store import open_store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOTE = "THEMES: fear | home\nPARTS: the scared part\nHELPED: -\nOPEN: what it protects"


def answer(call: Call) -> Reply:
    return Reply(NOTE if "THEMES:" in call.messages[0]["content"] else HINT)


async def stored(stage: Stage, session_id: str) -> str | None:
    """The note as the store has it."""
    async with open_store(Settings(coach_home=stage.coach.log_file.parent / "home")) as store:
        return await store.summaries.of(session_id)


async def reloaded(facilitator: Tab) -> None:
    """The page asks whether a note should be lost; in the call again nothing is."""
    facilitator.page.on("dialog", lambda dialog: dialog.accept())
    await facilitator.page.reload()
    await join(facilitator)
    await status(facilitator, "listening")


async def test_a_note_is_written_edited_downloaded_and_outlives_the_call(
    stage: Stage, browser: Browser, tmp_path: Path
) -> None:
    stage.provider.chat.default = answer
    async with facilitating(stage, browser) as (facilitator, partner):
        await facilitator.click("#note", "#write-note")
        told = facilitator.find("#note-status")
        await expect(told).to_have_text("Nothing was said yet that the coach may know of.")
        await facilitator.click("#close-note")
        await first_hint(facilitator, partner)
        await facilitator.click("#note", "#write-note")
        themes = facilitator.find("#note-themes")
        await expect(themes).to_have_value("fear\nhome")
        assert "what it protects" in str(await stored(stage, partner.session_id))
        await reloaded(facilitator)
        await facilitator.click("#note")
        await expect(themes).to_have_value("fear\nhome")
        await themes.fill("home")
        assert await violations(facilitator.page) == []
        await facilitator.click("#close-note", "#leave")
        await expect(facilitator.find("#ended")).to_be_visible()
        await facilitator.click("#open-note")
        async with (
            facilitator.page.expect_response(lambda one: one.request.method == "DELETE"),
            facilitator.page.expect_download() as download,
        ):
            await facilitator.click("#note-markdown")
        kept = tmp_path / "note.md"
        await (await download.value).save_as(kept)
        text = kept.read_text(encoding="utf-8")
        assert "## Themes\n- home\n" in text
        assert "- what it protects" in text
        assert await stored(stage, partner.session_id) is None
        await facilitator.click("#discard-note")
        await expect(facilitator.find("#write-note")).to_be_visible()
