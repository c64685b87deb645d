"""A whole session without a key: the partner speaks, the rehearsal hears and writes."""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from tests.support.clients import person
from tests.support.coach import livekit_settings, running_coach
from tests.support.speech import utterances

from coach.livekit_server import Endpoint

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]


async def test_a_partners_words_come_back_as_a_hint(livekit: Endpoint, tmp_path: Path) -> None:
    said = utterances()["partner-father"]
    async with (
        running_coach(tmp_path, "dev", environment=livekit_settings(livekit)) as coach,
        person("facilitator", coach.web) as facilitator,
        person("partner", coach.web) as partner,
    ):
        async with aiohttp.ClientSession() as http, http.get(f"{coach.web}/api/info") as info:
            assert (await info.json())["rehearsal"] is True
        await partner.publish_microphone()
        await partner.agree()
        await facilitator.until(facilitator.is_heard)
        assert facilitator.statuses[-1]["mode"] == "rehearsal"
        speaking = asyncio.create_task(partner.say(said.path, then_silence_s=10))
        try:
            await facilitator.until(
                lambda: facilitator.hints and facilitator.hints[0].complete, timeout_s=25
            )
        finally:
            speaking.cancel()
        hint = facilitator.hints[0]
        assert "your father" in hint.text("summary"), coach.log()
        assert hint.text("suggestion")
        assert " | " in hint.text("follow_up")
        assert partner.hints == []
