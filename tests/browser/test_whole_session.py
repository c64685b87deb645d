"""A session from its making to its erasing, as both people see it, on either engine."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from pydantic import SecretStr
from tests.support.accessible import violations
from tests.support.browser import Tab, chromium, tab
from tests.support.coach import Coach, livekit_settings, running_coach
from tests.support.livekit import running_livekit
from tests.support.pages import agree, card, join, status
from tests.support.postgres import running_postgres
from tests.support.provider import HEARD, HINT, Call, Reply, scripted_provider
from tests.support.speech import utterances, with_silence
from tests.support.stores import Engine

from coach.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

KEY = "correct-horse-battery-staple"
SPEECH = utterances()["partner-scared"].path
NAME = "Wilhelmina on Tuesday"
NOTE = "THEMES: fear | home\nPARTS: the scared part\nHELPED: -\nOPEN: what it protects"
WORDS = ("scared", "Invite them to notice", "Wilhelmina", "what it protects")


@dataclass(frozen=True, slots=True)
class Practice:
    """`coach start` with an access key, and the store behind it."""

    coach: Coach
    engine: Engine


def answer(call: Call) -> Reply:
    return Reply(NOTE if "THEMES:" in call.messages[0]["content"] else HINT)


def engine_of(name: str, home: Path, stack: AsyncExitStack) -> Engine:
    """An empty store; PostgreSQL's server ends with the stack."""
    if name == "sqlite":
        return Engine(name, Settings(coach_home=home))
    url = stack.enter_context(running_postgres()).make_database("practice")
    return Engine(name, Settings(coach_home=home, database_url=SecretStr(url)))


@pytest_asyncio.fixture(params=["sqlite", "postgresql"], loop_scope="session")
async def practice(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Practice]:
    """With a LiveKit server of its own: on a shared one another coach might take the session."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    async with AsyncExitStack() as stack:
        engine = engine_of(request.param, tmp_path / "coach" / "home", stack)
        livekit = stack.enter_context(running_livekit(tmp_path / "livekit"))
        provider = await stack.enter_async_context(scripted_provider())
        provider.chat.default = answer
        database = engine.settings.database_url
        environment = {
            **livekit_settings(livekit),
            "openai_api_key": "sk-test",
            "openai_base_url": provider.base_url,
            "coach_access_key": KEY,
            "coach_drain_seconds": "0",
            **({"database_url": database.get_secret_value()} if database else {}),
        }
        running = running_coach(tmp_path / "coach", "start", environment=environment)
        coach = await stack.enter_async_context(running)
        yield Practice(coach, engine)
        print(coach.log())


async def sign_in(desk: Tab) -> None:
    await desk.find("#access-key").fill(KEY)
    await desk.click("#key-form button", "#inside a")


async def invite(desk: Tab) -> dict[str, str]:
    """Create a session; the link of each of the two people."""
    await desk.find("#session-name").fill(NAME)
    await desk.click("#create")
    await expect(desk.find(".session-name")).to_have_text(NAME)
    roles = ("partner", "facilitator")
    return {role: await desk.find(f"#{role}-link").input_value() for role in roles}


async def indicated(partner: Tab, state: str) -> None:
    await expect(partner.find("#coach-indicator")).to_have_attribute("data-state", state)


async def write_note(facilitator: Tab) -> None:
    await facilitator.click("#note", "#write-note")
    await expect(facilitator.find("#note-open")).to_have_value("what it protects")
    await facilitator.click("#close-note")


async def pause_and_resume(facilitator: Tab, partner: Tab) -> None:
    """Each of the two in turn; the other one sees it."""
    for by, pressed in (("partner", partner), ("facilitator", facilitator)):
        await pressed.click("#pause-coach")
        await status(facilitator, "paused", f"paused_by_{by}")
        await indicated(partner, "paused")
        await pressed.click("#pause-coach")
        await status(facilitator, "listening")
        await indicated(partner, "listening")


async def overseen(desk: Tab) -> None:
    """The list tells who is here, and the figures so far."""
    here = r"Here now: partner since .+, facilitator since .+, coach since "
    await expect(desk.find(".session-here")).to_have_text(re.compile(here))
    await desk.click(".figures summary")
    await expect(desk.find(".chart svg")).not_to_have_count(0)
    await expect(desk.find(".figures-list")).to_contain_text("Your partner spoke")
    assert await violations(desk.page) == []


async def withdraw(facilitator: Tab, partner: Tab) -> None:
    """The coach stops at once, and writes nothing any more."""
    await partner.click("#withdraw")
    await indicated(partner, "off")
    await status(facilitator, "stopped", "consent_withdrawn")


async def take_note(facilitator: Tab, target: Path) -> str:
    """The note as it was downloaded after the call."""
    await facilitator.click("#open-note")
    async with facilitator.page.expect_download() as download:
        await facilitator.click("#note-markdown")
    await (await download.value).save_as(target)
    return target.read_text(encoding="utf-8")


async def test_a_session_from_its_making_to_its_erasing(
    practice: Practice, browser: Browser, tmp_path: Path
) -> None:
    speech = with_silence(SPEECH, tmp_path / "speech.wav", lead_s=0.0, trail_s=8.0)
    async with (
        chromium(microphone=speech) as speaking,
        tab(browser, f"{practice.coach.web}/sign-in") as desk,
    ):
        await sign_in(desk)
        links = await invite(desk)
        async with (
            tab(browser, links["facilitator"]) as facilitator,
            tab(speaking, links["partner"]) as partner,
        ):
            await join(facilitator)
            await status(facilitator, "waiting_for_partner")
            await agree(partner)
            await indicated(partner, "listening")
            await expect(card(facilitator)).to_have_attribute("data-progress", "complete")
            assert practice.engine.found((HEARD, *WORDS)) >= {"Wilhelmina", HEARD}
            assert await partner.data_messages() == []
            await write_note(facilitator)
            await pause_and_resume(facilitator, partner)
            await overseen(desk)
            await withdraw(facilitator, partner)
            await desk.click("[data-do=end]", "#end-now")
            for page in (facilitator, partner):
                await expect(page.find("#ended")).to_contain_text("The session has ended.")
            assert "- what it protects" in await take_note(facilitator, tmp_path / "note.md")
        await expect(desk.find(".session-times")).to_contain_text("erased")
        assert await violations(desk.page) == []
    assert practice.engine.found((HEARD, *WORDS)) == set()
    assert not any(word in practice.coach.log() for word in (HEARD, *WORDS))
