"""Notices from the server: shown to whom they are for, and forged by nobody."""

import asyncio
import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.support.clients import RtcPerson
from tests.support.coach import livekit_settings, run_coach
from tests.support.pages import facilitating
from tests.support.stage import ROOM, Stage

from coach.notices import send_notice

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TOPIC = "coach.notice"
MARKUP = "Ten minutes <b>left</b>"


async def notify(stage: Stage, folder: Path, session: str, text: str) -> tuple[int, str]:
    """The operator's command; how it ended and what it said."""
    home = stage.coach.log_file.parent / "home"
    environment = {**livekit_settings(stage.livekit), "coach_home": str(home)}
    command = ("sessions", "notify", session, text)
    done = await asyncio.to_thread(run_coach, folder, *command, environment=environment)
    return done.returncode, done.stdout + done.stderr


def received(person: RtcPerson) -> list[str]:
    """The notices that came to this person."""
    return [text for kind, text in person.raw if kind == "data_packet_received" and TOPIC in text]


async def test_a_notice_reaches_whom_it_is_for_and_nobody_can_forge_one(
    stage: Stage, browser: Browser, tmp_path: Path
) -> None:
    async with facilitating(stage, browser) as (facilitator, partner):
        notices = facilitator.page.get_by_test_id("notice")
        forged = json.dumps({"text": "Go home", "at": 0})
        await partner.room.local_participant.publish_data(
            forged, destination_identities=["facilitator"], topic=TOPIC
        )
        async with stage.api() as server:
            await send_notice(server, ROOM, "For one", ["partner"])
        await partner.until(lambda: len(received(partner)) == 1)
        ended = await notify(stage, tmp_path, partner.session_id, MARKUP)
        assert ended == (0, "Shown to: partner, facilitator\n")
        await expect(notices).to_have_text([MARKUP])
        await expect(facilitator.find("#announcer")).to_have_text(MARKUP)
        await partner.until(lambda: len(received(partner)) == 2)
        assert partner.statuses == []
