"""People come and go: all at once, or both for a while."""

import asyncio
import sys
import time
from pathlib import Path

import pytest
from livekit import api
from tests.faults.conftest import Note, clean_log
from tests.faults.watching import call
from tests.support.stage import ROOM, Stage, running_stage

from coach.livekit_server import Endpoint

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

GUESTS = 60
LIMIT_S = 60.0
AWAY_S = 25.0
"""Longer than a room with LiveKit's default settings lasts when all people have left."""


async def come_and_go(stage: Stage) -> None:
    """All of them."""
    secret = stage.livekit.api_secret.get_secret_value()
    grants = api.VideoGrants(room_join=True, room=ROOM)
    tokens = [
        api.AccessToken(stage.livekit.api_key, secret)
        .with_identity(f"guest-{number}")
        .with_grants(grants)
        .to_jwt()
        for number in range(GUESTS)
    ]
    guests = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.support.guests", stage.livekit.url, *tokens),
        stderr=asyncio.subprocess.PIPE,
    )
    _, complained = await asyncio.wait_for(guests.communicate(), LIMIT_S)
    assert guests.returncode == 0, complained.decode()


async def test_sixty_people_join_and_leave_at_once(
    livekit: Endpoint, tmp_path: Path, note: Note
) -> None:
    many = {"session_max_participants": str(GUESTS + 5)}
    async with running_stage(tmp_path / "coach", livekit, **many) as stage:
        await stage.close_room()
        with clean_log(stage.coach.log):
            async with call(stage.web) as both:
                await both.expect_many_hints(stage.provider)
                await both.hear_a_hint()
                began = time.monotonic()
                await come_and_go(stage)
                await both.hear_a_hint()
                both.assert_each_once()
                both.assert_sound(began)
                assert stage.coach.log().count("Joined room") == 1
                noticed = both.watcher.told_offline(began)
                note(
                    "60 joins and leaves at once",
                    both.watcher.saw(began),
                    noticed=noticed,
                    back=None,
                )


async def test_both_leave_and_come_back(stage: Stage, note: Note) -> None:
    async with call(stage.web) as both:
        await both.expect_many_hints(stage.provider)
        await both.hear_a_hint()
        both.assert_each_once()
    await asyncio.sleep(AWAY_S)
    came = time.monotonic()
    async with call(stage.web) as both:
        back = time.monotonic()
        await both.hear_a_hint()
        assert both.seqs() == [2], both.facilitator.seen()
        both.assert_sound(back)
        asked = stage.provider.chat_calls[-1].messages[1]["content"]
        assert "Hints already given" in asked
        note("both people leave for 25 s", "their own absence", noticed=None, back=back - came)
