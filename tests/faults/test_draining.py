"""A worker that is told to end lets its sessions go on for a while, and takes no other."""

import asyncio
import contextlib
import signal
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from livekit import api
from tests.faults.conftest import assert_no_exception
from tests.support.clients import TOPICS, RtcPerson
from tests.support.coach import Coach, running_worker
from tests.support.provider import scripted_provider
from tests.support.stage import services

from coach.livekit_server import Endpoint
from coach.protocol import AGENT_NAME

pytestmark = [pytest.mark.faults, pytest.mark.lengthy, pytest.mark.asyncio(loop_scope="module")]

DRAIN_S = 6


@dataclass(slots=True)
class Guest:
    """The facilitator of a room that no web app knows."""

    person: RtcPerson

    def reasons(self) -> set[str]:
        return {status["reason"] for status in self.person.statuses}


@asynccontextmanager
async def guest(livekit: Endpoint, room: str) -> AsyncIterator[Guest]:
    """In a room with a coach, until the block ends."""
    secret = livekit.api_secret.get_secret_value()
    grants = api.VideoGrants(room_join=True, room=room)
    token = api.AccessToken(livekit.api_key, secret).with_identity("facilitator")
    someone = RtcPerson("facilitator", "")
    for topic in TOPICS:
        someone.room.register_text_stream_handler(topic, someone._on_stream)
    await someone.room.connect(livekit.url, token.with_grants(grants).to_jwt())
    try:
        yield Guest(someone)
    finally:
        await someone.room.disconnect()


async def dispatch(livekit: Endpoint, room: str) -> None:
    secret = livekit.api_secret.get_secret_value()
    async with api.LiveKitAPI(livekit.url, livekit.api_key, secret) as server:
        request = api.CreateAgentDispatchRequest(agent_name=AGENT_NAME, room=room)
        await server.agent_dispatch.create_dispatch(request)


@asynccontextmanager
async def at_work(livekit: Endpoint, home: Path) -> AsyncIterator[tuple[Coach, Guest]]:
    """A worker alone with one session, in a room of its own."""
    async with scripted_provider() as provider:
        settings = services(livekit, provider) | {
            "coach_drain_seconds": str(DRAIN_S),
        }
        with running_worker(home, home / "home", **settings) as worker:
            await worker.until(lambda: "Connected to LiveKit server" in worker.log())
            room = f"draining-{home.name}"
            async with guest(livekit, room) as someone:
                await dispatch(livekit, room)
                await someone.person.until(lambda: someone.person.statuses)
                yield worker, someone


async def test_sigterm_drains_and_a_second_one_ends_at_once(
    livekit: Endpoint, tmp_path: Path
) -> None:
    async with at_work(livekit, tmp_path / "first") as (worker, someone):
        worker.process.terminate()
        asked = time.monotonic()
        await someone.person.until(lambda: "draining" in someone.reasons(), timeout_s=5)
        async with guest(livekit, "refused") as refused:
            await dispatch(livekit, "refused")
            code = await asyncio.to_thread(worker.process.wait, DRAIN_S + 15)
            assert refused.person.statuses == []
        assert code == 0, worker.log()
        assert time.monotonic() - asked >= DRAIN_S
        assert_no_exception(worker.log())
    async with at_work(livekit, tmp_path / "second") as (worker, someone):
        worker.process.terminate()
        await someone.person.until(lambda: "draining" in someone.reasons(), timeout_s=5)
        worker.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(worker.process.wait, DRAIN_S / 2)
        assert worker.process.returncode == 1, worker.log()
