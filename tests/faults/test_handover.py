"""A worker that is told to end hands its sessions to another one, and is gone."""

import asyncio
import time
from itertools import pairwise
from pathlib import Path

import pytest
from livekit import api
from tests.faults.test_draining import Guest, dispatch, guest
from tests.support.coach import running_worker
from tests.support.provider import scripted_provider
from tests.support.stage import services

from coach.livekit_server import Endpoint

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

CONNECTED = "Connected to LiveKit server"
ROOM = "handed-over"
MOST = 8
SILENCE_MS = 5000
"""Without a word from the coach for so long, the page says that it is offline."""


def coach_of(someone: Guest) -> str:
    coach = someone.person.coach()
    return coach.sid if coach else ""


async def test_another_worker_takes_the_session_over(livekit: Endpoint, tmp_path: Path) -> None:
    async with scripted_provider() as provider, guest(livekit, ROOM) as someone:
        settings = services(livekit, provider)
        home = tmp_path / "home"
        with running_worker(tmp_path / "first", home, **settings) as first:
            await first.until(lambda: CONNECTED in first.log())
            await dispatch(livekit, ROOM)
            await someone.person.until(lambda: someone.person.statuses)
            before = coach_of(someone)
            with running_worker(tmp_path / "second", home, **settings) as second:
                await second.until(lambda: CONNECTED in second.log())
                first.process.terminate()
                await asyncio.to_thread(first.process.wait, 30)
                assert first.process.returncode == 0, first.log()
                beats = len(someone.person.statuses)
                await someone.person.until(lambda: len(someone.person.statuses) > beats)
                assert f"Joined room: {ROOM}" in second.log(), second.log()
                assert coach_of(someone) not in ("", before)
                assert someone.person.statuses[-1]["reason"] != "draining"
                told = [status["at"] for status in someone.person.statuses]
                told.append(round(time.time() * 1000))
                assert max(after - one for one, after in pairwise(told)) < SILENCE_MS
                assert "Traceback" not in first.log() + second.log(), first.log() + second.log()


async def test_a_worker_takes_eight_sessions_at_once_and_no_ninth(
    livekit: Endpoint, tmp_path: Path
) -> None:
    async with scripted_provider() as provider:
        settings = services(livekit, provider) | {
            "coach_drain_seconds": "0",
            "coach_max_sessions": str(MOST),
        }
        with running_worker(tmp_path / "full", tmp_path / "home", **settings) as worker:
            await worker.until(lambda: CONNECTED in worker.log())
            rooms = [f"full-{number}" for number in range(MOST)]
            await asyncio.gather(*(dispatch(livekit, room) for room in rooms))
            await worker.until(lambda: all(f"Joined room: {one}" in worker.log() for one in rooms))
            await dispatch(livekit, "ninth")
            await close(livekit, rooms[0])
            async with asyncio.timeout(30):
                while "Joined room: tenth" not in worker.log():
                    await dispatch(livekit, "tenth")
                    await asyncio.sleep(3)
            assert "Joined room: ninth" not in worker.log()


async def close(livekit: Endpoint, room: str) -> None:
    secret = livekit.api_secret.get_secret_value()
    async with api.LiveKitAPI(livekit.url, livekit.api_key, secret) as server:
        await server.room.delete_room(api.DeleteRoomRequest(room=room))
